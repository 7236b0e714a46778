// Numbers: registration, migration, usernames and the syncing of a connected phone.

extension ErrorCatalogue {
    static let onboarding: [Entry] = [
        Entry(
            [131037], .config, .businessOwner, .recoverable,
            title: Text(id: "Nama tampilan belum disetujui", en: "Display name not approved"),
            cause: Text(
                id: "Nomor dari Meta belum memiliki nama tampilan yang disetujui.",
                en: "A number provided by Meta has no approved display name yet."
            ),
            remedy: Text(
                id: "Ajukan nama tampilan dan tunggu persetujuan.",
                en: "Submit a display name and wait for approval."
            )
        ),
        Entry(
            [131045], .config, .engineer, .recoverable,
            title: Text(id: "Sertifikat nomor salah", en: "Number certificate wrong"),
            cause: Text(id: "Pendaftaran nomor bermasalah.", en: "Something is wrong with the number's registration."),
            remedy: Text(id: "Daftarkan ulang nomor.", en: "Register the number again.")
        ),
        Entry(
            [133000], .config, .engineer, .recoverable,
            title: Text(id: "Pencabutan nomor belum selesai", en: "Deregistration incomplete"),
            cause: Text(
                id: "Pencabutan pendaftaran sebelumnya tidak tuntas.",
                en: "An earlier deregistration did not finish."
            ),
            remedy: Text(
                id: "Cabut pendaftaran sekali lagi, lalu daftarkan.",
                en: "Deregister once more, then register."
            )
        ),
        Entry(
            [133005], .config, .engineer, .recoverable,
            title: Text(id: "PIN salah", en: "Wrong PIN"),
            cause: Text(
                id: "PIN verifikasi dua langkah tidak cocok.",
                en: "The two-step verification PIN does not match."
            ),
            remedy: Text(
                id: "Periksa PIN, atau atur ulang di WhatsApp Manager.",
                en: "Check the PIN or reset it in WhatsApp Manager."
            )
        ),
        Entry(
            [133006], .config, .engineer, .recoverable,
            title: Text(id: "Nomor perlu diverifikasi ulang", en: "Number needs verification again"),
            cause: Text(
                id: "Nomor harus diverifikasi sebelum didaftarkan.",
                en: "The number must be verified before it can be registered."
            ),
            remedy: Text(id: "Verifikasi nomor lewat SMS atau telepon.", en: "Verify the number by SMS or call.")
        ),
        Entry(
            [133008], .config, .engineer, .recoverable,
            title: Text(id: "Terlalu banyak percobaan PIN", en: "Too many PIN attempts"),
            cause: Text(id: "PIN yang salah dimasukkan terlalu sering.", en: "A wrong PIN was entered too often."),
            remedy: Text(
                id: "Tunggu selama waktu yang disebut dalam rincian galat.",
                en: "Wait as long as the error details say."
            )
        ),
        Entry(
            [133009], .config, .engineer, .recoverable,
            title: Text(id: "PIN dimasukkan terlalu cepat", en: "PIN entered too fast"),
            cause: Text(id: "Percobaan PIN terlalu rapat.", en: "PIN attempts came too close together."),
            remedy: Text(id: "Tunggu sebentar, lalu coba lagi.", en: "Wait a little, then try again.")
        ),
        Entry(
            [133010], .config, .engineer, .recoverable,
            title: Text(id: "Nomor belum terdaftar", en: "Number not registered"),
            cause: Text(
                id: "Nomor pengirim belum terdaftar di platform.",
                en: "The sending number is not registered on the platform."
            ),
            remedy: Text(id: "Daftarkan nomor sebelum mengirim.", en: "Register the number before sending.")
        ),
        Entry(
            [133015], .config, .engineer, .recoverable,
            title: Text(id: "Nomor baru saja dihapus", en: "Number just deleted"),
            cause: Text(id: "Penghapusan nomor belum selesai.", en: "The number's deletion has not finished."),
            remedy: Text(id: "Tunggu 5 menit, lalu daftarkan.", en: "Wait 5 minutes, then register.")
        ),
        Entry(
            [133016], .rate, .engineer, .recoverable,
            title: Text(id: "Terlalu sering mendaftar", en: "Registered too often"),
            cause: Text(
                id: "Batas pendaftaran nomor terlampaui; nomor dikunci hingga 72 jam.",
                en: "The limit of registrations was exceeded; the number is locked for up to 72 hours."
            ),
            remedy: Text(
                id: "Tunggu sampai kunci berakhir; jangan mendaftar berulang.",
                en: "Wait for the lock to end; do not keep registering."
            )
        ),
        Entry(
            [136024], .config, .engineer, .recoverable,
            title: Text(id: "Terlalu sering meminta kode", en: "Code requested too often"),
            cause: Text(
                id: "Kode verifikasi diminta terlalu sering.",
                en: "The verification code was asked for too often."
            ),
            remedy: Text(id: "Tunggu sebelum meminta kode lagi.", en: "Wait before asking again.")
        ),
        Entry(
            [147001], .username, .businessOwner, .recoverable,
            title: Text(id: "Nama pengguna sudah dipakai", en: "Username taken"),
            cause: Text(
                id: "Nama pengguna bisnis itu sudah dipakai pihak lain.",
                en: "Somebody else holds this business username."
            ),
            remedy: Text(id: "Pilih nama lain.", en: "Choose another name.")
        ),
        Entry(
            [147002], .username, .businessOwner, .recoverable,
            title: Text(id: "Belum berhak atas nama pengguna", en: "Not eligible for a username"),
            cause: Text(
                id: "Akun atau nama itu belum memenuhi syarat.",
                en: "The account or the name is not eligible."
            ),
            remedy: Text(id: "Periksa syarat nama pengguna bisnis.", en: "Check the rules for business usernames.")
        ),
        Entry(
            [147003], .username, .businessOwner, .recoverable,
            title: Text(id: "Halaman Facebook belum ditautkan", en: "Facebook Page not linked"),
            cause: Text(
                id: "Nama itu dipakai halaman Facebook yang belum ditautkan.",
                en: "The name belongs to a Facebook Page that is not linked."
            ),
            remedy: Text(
                id: "Tautkan halaman Facebook ke portofolio bisnis.",
                en: "Link the Page to the business portfolio."
            )
        ),
        Entry(
            [147004], .username, .businessOwner, .recoverable,
            title: Text(id: "Akun Instagram belum ditautkan", en: "Instagram account not linked"),
            cause: Text(
                id: "Nama itu dipakai akun Instagram yang belum ditautkan.",
                en: "The name belongs to an Instagram account that is not linked."
            ),
            remedy: Text(
                id: "Tautkan akun Instagram ke portofolio bisnis.",
                en: "Link the Instagram account to the business portfolio."
            )
        ),
        Entry(
            [147005], .username, .businessOwner, .recoverable,
            title: Text(id: "Nama pengguna perlu dipindahkan", en: "Username must be transferred"),
            cause: Text(
                id: "Nama itu ada pada nomor lain milik bisnis yang sama.",
                en: "The name sits on another number of the business."
            ),
            remedy: Text(id: "Pindahkan nama pengguna dari nomor itu.", en: "Transfer the username from that number.")
        ),
        Entry(
            [2388001, 2388012, 2388091, 2388093, 2388103], .config, .engineer, .recoverable,
            title: Text(id: "Migrasi nomor gagal", en: "Number migration failed"),
            cause: Text(
                id: "Nomor tidak dapat dipindahkan: nomor, akun asal, atau akun tujuan belum memenuhi syarat.",
                en: "The number cannot be moved: the number, its old account or the new one does not meet the "
                    + "conditions."
            ),
            remedy: Text(
                id: "Baca rincian galat, penuhi syaratnya, lalu ulangi pemindahan.",
                en: "Read the error details, meet the condition, then move it again."
            )
        ),
        Entry(
            [2494164, 2494165, 2494166, 2494167, 2494168, 2494176, 2494177, 2494179], .param, .engineer, .recoverable,
            title: Text(id: "Pendaftaran dalam aplikasi gagal", en: "In-app signup failed"),
            cause: Text(
                id: "Satu masukan pendaftaran dalam aplikasi tidak dapat diterima.",
                en: "An input of the in-app signup is not accepted."
            ),
            remedy: Text(
                id: "Perbaiki masukan yang disebut dalam rincian galat.",
                en: "Correct the input that the error details name."
            )
        ),
        Entry(
            [2593107], .sync, .engineer, .recoverable,
            title: Text(id: "Batas sinkronisasi tercapai", en: "Sync limit reached"),
            cause: Text(
                id: "Riwayat atau kontak aplikasi WhatsApp Business sudah pernah diminta.",
                en: "The WhatsApp Business app's history or contacts were already asked for."
            ),
            remedy: Text(
                id: "Putuskan dan hubungkan ulang nomor bila sinkronisasi memang harus diulang.",
                en: "Disconnect and connect the number again if it must be synced once more."
            )
        ),
        Entry(
            [2593108], .sync, .engineer, .recoverable,
            title: Text(id: "Terlambat untuk sinkronisasi", en: "Too late to sync"),
            cause: Text(
                id: "Sinkronisasi hanya dapat diminta dalam 24 jam setelah nomor terhubung.",
                en: "Syncing can only be asked for within 24 hours of connecting the number."
            ),
            remedy: Text(
                id: "Hubungkan ulang nomor, lalu segera minta sinkronisasi.",
                en: "Connect the number again and ask at once."
            )
        ),
        Entry(
            [2593109], .sync, .businessOwner, .recoverable,
            title: Text(id: "Riwayat tidak dibagikan", en: "History not shared"),
            cause: Text(
                id: "Bisnis memilih tidak membagikan riwayat obrolan saat menghubungkan nomor.",
                en: "The business chose not to share chat history when connecting the number."
            ),
            remedy: Text(
                id: "Hubungkan ulang nomor dan izinkan riwayat bila diinginkan.",
                en: "Connect the number again and allow history if you want it."
            )
        ),
    ]
}
