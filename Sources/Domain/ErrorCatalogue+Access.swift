// Access to Meta's Graph API: tokens, permissions, request quotas, and faults on Meta's side.

extension ErrorCatalogue {
    static let access: [Entry] = [
        Entry(
            [0], .auth, .engineer, .recoverable,
            title: Text(id: "Token ditolak", en: "Token rejected"),
            cause: Text(
                id: "Token akses kedaluwarsa, dicabut, atau tidak terbaca oleh Meta.",
                en: "The access token has expired, was revoked, or cannot be read by Meta."
            ),
            remedy: Text(
                id: "Buat token baru untuk pengguna sistem, lalu ganti token di aplikasi pengirim.",
                en: "Create a new system-user token and put it into the sending application."
            )
        ),
        Entry(
            [1], .platform, .engineer, .transient,
            title: Text(id: "Kesalahan API yang tidak dijelaskan", en: "Unexplained API fault"),
            cause: Text(
                id: "Permintaan salah bentuk, atau server Meta sedang bermasalah; kode ini tidak membedakannya.",
                en: "The request is malformed or Meta's server is at fault; this code does not tell which."
            ),
            remedy: Text(
                id: "Periksa halaman status Meta dan coba lagi; bila tetap gagal, periksa isi permintaan.",
                en: "Check Meta's status page and try again; if it keeps failing, inspect the request."
            )
        ),
        Entry(
            [2], .platform, .meta, .transient,
            title: Text(id: "Layanan API tidak tersedia", en: "API service unavailable"),
            cause: Text(
                id: "Server Meta sedang mati atau kelebihan beban.",
                en: "Meta's servers are down or overloaded."
            ),
            remedy: Text(id: "Coba lagi dengan jeda yang makin panjang.", en: "Try again with growing pauses.")
        ),
        Entry(
            [3], .auth, .engineer, .recoverable,
            title: Text(id: "Kemampuan API tidak diizinkan", en: "API capability not allowed"),
            cause: Text(
                id: "Aplikasi tidak memiliki izin untuk operasi ini.",
                en: "The app lacks the permission for this operation."
            ),
            remedy: Text(
                id: "Periksa izin pada token dan kemampuan aplikasi di dasbor Meta.",
                en: "Check the token's permissions and the app's capabilities in Meta's dashboard."
            )
        ),
        Entry(
            [4], .rate, .engineer, .transient,
            title: Text(id: "Kuota panggilan aplikasi habis", en: "App call quota used up"),
            cause: Text(
                id: "Aplikasi memanggil Graph API lebih sering daripada yang diizinkan per jam.",
                en: "The app called the Graph API more often than its hourly quota allows."
            ),
            remedy: Text(
                id: "Perlambat panggilan; lihat sisa kuota di header pemakaian Meta.",
                en: "Slow the calls down; Meta's usage header shows what is left."
            )
        ),
        Entry(
            [10], .auth, .engineer, .recoverable,
            title: Text(id: "Izin tidak ada", en: "Permission missing"),
            cause: Text(
                id: "Izin belum diberikan, sudah dicabut, atau akun tidak memenuhi syarat.",
                en: "The permission was never granted, was removed, or the account is not eligible."
            ),
            remedy: Text(
                id: "Berikan ulang izin WhatsApp pada pengguna sistem.",
                en: "Grant the WhatsApp permissions to the system user again."
            )
        ),
        Entry(
            [33], .config, .engineer, .recoverable,
            title: Text(id: "Nomor bisnis tidak ada lagi", en: "Business number is gone"),
            cause: Text(
                id: "ID nomor telepon merujuk pada nomor yang sudah dihapus.",
                en: "The phone number id points to a number that was deleted."
            ),
            remedy: Text(
                id: "Perbaiki ID nomor telepon di aplikasi pengirim.",
                en: "Correct the phone number id in the sending application."
            )
        ),
        Entry(
            [100], .param, .engineer, .recoverable,
            title: Text(id: "Parameter tidak sah", en: "Invalid parameter"),
            cause: Text(
                id: "Ada parameter yang tidak dikenal, salah eja, atau terlalu panjang.",
                en: "A parameter is unknown, misspelt or too long."
            ),
            remedy: Text(
                id: "Cocokkan permintaan dengan dokumentasi; rincian galat menyebut parameternya.",
                en: "Compare the request with the documentation; the error details name the parameter."
            )
        ),
        Entry(
            [190], .auth, .engineer, .recoverable,
            title: Text(id: "Token kedaluwarsa", en: "Token expired"),
            cause: Text(
                id: "Masa berlaku token akses sudah habis, sehingga semua pengiriman ditolak.",
                en: "The access token has run out, so every send is refused."
            ),
            remedy: Text(
                id: "Pakai token permanen dari pengguna sistem.",
                en: "Use a permanent token of a system user."
            )
        ),
        Entry(
            [613], .rate, .engineer, .transient,
            title: Text(id: "Terlalu sering memeriksa izin telepon", en: "Call permission checked too often"),
            cause: Text(
                id: "Status izin menelepon ditanyakan terlalu sering.",
                en: "The state of call permissions was asked for too often."
            ),
            remedy: Text(
                id: "Simpan hasil pemeriksaan dan kurangi frekuensinya.",
                en: "Keep the answer and ask less often."
            )
        ),
        Entry(
            [80007], .rate, .engineer, .transient,
            title: Text(id: "Batas pengelolaan akun tercapai", en: "Account management limit reached"),
            cause: Text(
                id: "Akun WhatsApp Business memakai habis kuota panggilan pengelolaannya.",
                en: "The WhatsApp Business Account used up its quota of management calls."
            ),
            remedy: Text(
                id: "Perlambat sinkronisasi templat, nomor, dan analitik.",
                en: "Slow down the syncing of templates, numbers and analytics."
            )
        ),
        Entry(
            [80008], .rate, .engineer, .transient,
            title: Text(id: "Batas API pengelolaan WhatsApp", en: "WhatsApp management API limit"),
            cause: Text(
                id: "Kuota panggilan API pengelolaan WhatsApp terlampaui.",
                en: "The quota of WhatsApp management API calls was exceeded."
            ),
            remedy: Text(
                id: "Perlambat panggilan; lihat sisa kuota di header pemakaian Meta.",
                en: "Slow the calls down; Meta's usage header shows what is left."
            )
        ),
        Entry(
            [130429], .rate, .engineer, .transient,
            title: Text(id: "Batas kecepatan nomor tercapai", en: "Number throughput reached"),
            cause: Text(
                id: "Pesan dikirim lebih cepat daripada batas per detik nomor ini.",
                en: "Messages were sent faster than this number's limit per second."
            ),
            remedy: Text(
                id: "Antrekan dan kirim ulang dengan jeda; ajukan kenaikan kapasitas bila sering terjadi.",
                en: "Queue and resend with pauses; ask for higher throughput if this is frequent."
            )
        ),
        Entry(
            [131000], .platform, .meta, .transient,
            title: Text(id: "Kesalahan di pihak Meta", en: "Something went wrong at Meta"),
            cause: Text(
                id: "Meta gagal memproses pesan tanpa menjelaskan sebabnya.",
                en: "Meta failed to process the message and does not say why."
            ),
            remedy: Text(
                id: "Coba sekali atau dua kali lagi; bila berlanjut, buka tiket ke Meta.",
                en: "Try once or twice more; if it persists, open a ticket with Meta."
            )
        ),
        Entry(
            [131005], .auth, .engineer, .recoverable,
            title: Text(id: "Akses ditolak", en: "Access denied"),
            cause: Text(
                id: "Token tidak memiliki hak atas nomor atau akun ini.",
                en: "The token has no right to this number or account."
            ),
            remedy: Text(
                id: "Periksa izin token dan aset yang ditugaskan kepada pengguna sistem.",
                en: "Check the token's permissions and the assets assigned to the system user."
            )
        ),
        Entry(
            [131016], .platform, .meta, .transient,
            title: Text(id: "Layanan sementara tidak tersedia", en: "Service temporarily unavailable"),
            cause: Text(
                id: "Salah satu layanan Meta sedang tidak dapat dipakai.",
                en: "One of Meta's services cannot be used at the moment."
            ),
            remedy: Text(
                id: "Coba lagi dengan jeda; periksa halaman status Meta.",
                en: "Try again with pauses; check Meta's status page."
            )
        ),
        Entry(
            [131056], .rate, .engineer, .transient,
            title: Text(id: "Terlalu banyak pesan ke satu orang", en: "Too many messages to one person"),
            cause: Text(
                id: "Nomor ini mengirim terlalu rapat kepada pelanggan yang sama.",
                en: "This number sent too many messages to the same customer in a short time."
            ),
            remedy: Text(
                id: "Tunggu dan kirim ulang dengan jeda 4, 16, 64 detik; gabungkan pesan beruntun.",
                en: "Wait and resend after 4, 16, 64 seconds; merge bursts of messages."
            )
        ),
        Entry(
            [131057], .platform, .meta, .transient,
            title: Text(id: "Akun sedang dipelihara", en: "Account under maintenance"),
            cause: Text(
                id: "Meta sedang mengubah akun, misalnya menaikkan kapasitas pengiriman.",
                en: "Meta is changing the account, for instance raising its throughput."
            ),
            remedy: Text(id: "Coba lagi setelah beberapa menit.", en: "Try again after a few minutes.")
        ),
        Entry(
            [133004], .platform, .meta, .transient,
            title: Text(id: "Server pendaftaran tidak tersedia", en: "Registration server unavailable"),
            cause: Text(
                id: "Server Meta untuk pendaftaran nomor sedang tidak dapat dipakai.",
                en: "Meta's server for number registration cannot be used at the moment."
            ),
            remedy: Text(
                id: "Coba lagi nanti; periksa halaman status Meta.",
                en: "Try again later; check Meta's status page."
            )
        ),
        Entry(
            [135000], .param, .engineer, .recoverable,
            title: Text(id: "Permintaan ditolak tanpa rincian", en: "Request refused without details"),
            cause: Text(
                id: "Ada masalah pada isi permintaan, tetapi Meta tidak menyebut bagian mana.",
                en: "Something in the request is wrong, but Meta does not say what."
            ),
            remedy: Text(
                id: "Bandingkan isi permintaan dengan contoh yang berhasil.",
                en: "Compare the request with one that works."
            )
        ),
        Entry(
            [2494055], .rate, .engineer, .transient,
            title: Text(id: "Batas kecepatan nomor (subkode)", en: "Number throughput (subcode)"),
            cause: Text(
                id: "Rincian dari 130429: batas per detik nomor terlampaui.",
                en: "A detail of 130429: the number's limit per second was exceeded."
            ),
            remedy: Text(id: "Antrekan dan kirim ulang dengan jeda.", en: "Queue and resend with pauses.")
        ),
        Entry(
            [2494100], .platform, .meta, .transient,
            title: Text(id: "Mode pemeliharaan", en: "Maintenance mode"),
            cause: Text(id: "Nomor sedang dipelihara oleh Meta.", en: "The number is under maintenance at Meta."),
            remedy: Text(id: "Coba lagi setelah beberapa menit.", en: "Try again after a few minutes.")
        ),
    ]
}
