// What stops one message: the recipient, the window, caps, content and media.

extension ErrorCatalogue {
    static let messages: [Entry] = [
        Entry(
            [130403], .optOut, .campaignManager, .final,
            title: Text(id: "Diblokir", en: "Blocked"),
            cause: Text(
                id: "Ada blokir antara pelanggan ini dan bisnis; sumber yang ada tidak sepakat siapa yang memasangnya.",
                en: "There is a block between this customer and the business; sources disagree on who set it."
            ),
            remedy: Text(
                id: "Berhenti mengirim kepada orang ini; buka blokir hanya bila bisnis yang memasangnya.",
                en: "Stop sending to this person; unblock only if the business set the block."
            )
        ),
        Entry(
            [130472], .experiment, .campaignManager, .final,
            title: Text(id: "Pelanggan masuk kelompok uji Meta", en: "Customer is in a Meta experiment"),
            cause: Text(
                id: "Meta menahan pesan pemasaran bagi sebagian orang untuk penelitian; tidak ditagih.",
                en: "Meta withholds marketing from some people for research; not charged."
            ),
            remedy: Text(
                id: "Jangan kirim ulang: hasilnya sama. Pakai saluran lain atau ajak pelanggan menulis lebih dulu.",
                en: "Do not resend: the result is the same. Use another channel or invite the customer to write first."
            )
        ),
        Entry(
            [130497], .policy, .businessOwner, .final,
            title: Text(id: "Negara tujuan tidak diizinkan", en: "Country not allowed"),
            cause: Text(
                id: "Kategori bisnis ini tidak boleh mengirim pesan ke negara tersebut.",
                en: "This kind of business may not message that country."
            ),
            remedy: Text(id: "Keluarkan negara itu dari daftar kirim.", en: "Take that country off the sending list.")
        ),
        Entry(
            [131008], .param, .engineer, .recoverable,
            title: Text(id: "Parameter wajib tidak ada", en: "Required parameter missing"),
            cause: Text(
                id: "Permintaan tidak memuat bagian yang wajib.",
                en: "The request lacks a part that is required."
            ),
            remedy: Text(
                id: "Lengkapi permintaan sesuai rincian galat.",
                en: "Complete the request as the error details say."
            )
        ),
        Entry(
            [131009], .param, .engineer, .recoverable,
            title: Text(id: "Nilai parameter tidak sah", en: "Parameter value invalid"),
            cause: Text(
                id: "Satu nilai tidak dapat diterima; pada Marketing Messages bisa berarti sinkronisasi belum selesai.",
                en: "A value is not accepted; on Marketing Messages it may mean that syncing has not finished."
            ),
            remedy: Text(
                id: "Perbaiki nilainya; untuk templat baru, tunggu 10 menit lalu coba lagi.",
                en: "Correct the value; for a new template, wait 10 minutes and try again."
            )
        ),
        Entry(
            [131021], .param, .engineer, .final,
            title: Text(id: "Pengirim sama dengan penerima", en: "Sender is the recipient"),
            cause: Text(
                id: "Pesan ditujukan ke nomor bisnis itu sendiri.",
                en: "The message is addressed to the business's own number."
            ),
            remedy: Text(
                id: "Keluarkan nomor sendiri dari daftar kirim.",
                en: "Take your own number off the sending list."
            )
        ),
        Entry(
            [131026], .recipient, .campaignManager, .final,
            title: Text(id: "Pesan tidak dapat diantar", en: "Message undeliverable"),
            cause: Text(
                id: "Nomor tidak ada di WhatsApp, aplikasinya terlalu lama, ketentuan belum disetujui, atau sebabnya "
                    + "dirahasiakan demi privasi.",
                en: "The number is not on WhatsApp, its app is too old, terms were not accepted, or the reason is "
                    + "hidden for privacy."
            ),
            remedy: Text(
                id: "Periksa kebenaran nomor dan sumber daftar; setelah 2–3 kali gagal, hentikan pengiriman ke nomor "
                    + "ini.",
                en: "Verify the number and where the list came from; after 2–3 failures stop sending to it."
            )
        ),
        Entry(
            [131030], .config, .engineer, .recoverable,
            title: Text(id: "Penerima tidak ada di daftar uji", en: "Recipient not on the test list"),
            cause: Text(
                id: "Nomor uji hanya boleh mengirim ke lima nomor yang didaftarkan.",
                en: "A test number may only send to five listed numbers."
            ),
            remedy: Text(
                id: "Tambahkan penerima ke daftar uji, atau pakai nomor bisnis sungguhan.",
                en: "Add the recipient to the test list, or use a real business number."
            )
        ),
        Entry(
            [131047], .window, .serviceLead, .recoverable,
            title: Text(id: "Jendela 24 jam sudah tutup", en: "The 24-hour window is closed"),
            cause: Text(
                id: "Lebih dari 24 jam sejak pesan terakhir pelanggan, dan yang dikirim bukan templat.",
                en: "More than 24 hours since the customer's last message, and this was not a template."
            ),
            remedy: Text(
                id: "Kirim templat; balas lebih cepat agar jendela masih terbuka.",
                en: "Send a template; answer sooner, while the window is open."
            )
        ),
        Entry(
            [131048], .quality, .campaignManager, .recoverable,
            title: Text(id: "Dibatasi karena laporan spam", en: "Limited because of spam reports"),
            cause: Text(
                id: "Terlalu banyak pelanggan memblokir atau melaporkan nomor ini.",
                en: "Too many customers blocked or reported this number."
            ),
            remedy: Text(
                id: "Hentikan kampanye, jangan kirim ulang; periksa kualitas nomor, izin, dan sasaran daftar.",
                en: "Stop the campaign and do not resend; check number quality, consent and targeting."
            )
        ),
        Entry(
            [131049], .frequencyCap, .campaignManager, .recoverable,
            title: Text(id: "Batas pesan pemasaran per orang", en: "Marketing cap per person"),
            cause: Text(
                id: "Meta menahan pesan karena orang ini sudah menerima cukup banyak pesan pemasaran.",
                en: "Meta held the message back because this person already gets enough marketing."
            ),
            remedy: Text(
                id: "Tunggu sedikitnya 24 jam dan jangan ulang terus; kurangi frekuensi, utamakan pelanggan yang "
                    + "aktif.",
                en: "Wait at least 24 hours and do not loop; send less often and put active customers first."
            )
        ),
        Entry(
            [131050], .optOut, .campaignManager, .final,
            title: Text(id: "Pelanggan berhenti dari pemasaran", en: "Customer stopped marketing"),
            cause: Text(
                id: "Orang ini memilih tidak menerima pesan pemasaran dari bisnis Anda.",
                en: "This person chose not to get marketing messages from your business."
            ),
            remedy: Text(
                id: "Jangan kirim pemasaran lagi sampai pelanggan mengaktifkannya kembali.",
                en: "Send no more marketing until the customer turns it on again."
            )
        ),
        Entry(
            [131051], .param, .engineer, .final,
            title: Text(id: "Jenis pesan tidak didukung", en: "Message type not supported"),
            cause: Text(
                id: "Jenis pesan keluar salah, atau pesan masuk tidak dapat ditampilkan kepada bisnis.",
                en: "The outgoing type is wrong, or the incoming message cannot be shown to a business."
            ),
            remedy: Text(
                id: "Perbaiki jenis pesan keluar; abaikan untuk pesan masuk.",
                en: "Correct the type of an outgoing message; ignore it on an incoming one."
            )
        ),
        Entry(
            [131052], .media, .serviceLead, .recoverable,
            title: Text(id: "Media pelanggan gagal diunduh", en: "Customer's media not fetched"),
            cause: Text(
                id: "Berkas yang dikirim pelanggan tidak dapat diambil.",
                en: "The file that the customer sent could not be fetched."
            ),
            remedy: Text(
                id: "Minta pelanggan mengirim ulang berkasnya.",
                en: "Ask the customer to send the file again."
            )
        ),
        Entry(
            [131053], .media, .engineer, .recoverable,
            title: Text(id: "Media ditolak", en: "Media rejected"),
            cause: Text(
                id: "Jenis, ukuran, atau tautan berkas Anda tidak dapat diterima.",
                en: "The type, size or link of your file is not accepted."
            ),
            remedy: Text(
                id: "Periksa jenis MIME, ukuran, dan apakah tautannya terbuka untuk umum.",
                en: "Check the MIME type, the size and that the link is public."
            )
        ),
        Entry(
            [131058], .template, .engineer, .recoverable,
            title: Text(id: "Templat contoh hanya untuk nomor uji", en: "Sample template only for test numbers"),
            cause: Text(
                id: "Templat hello_world dikirim dari nomor sungguhan.",
                en: "The hello_world template was sent from a real number."
            ),
            remedy: Text(id: "Pakai templat sendiri yang sudah disetujui.", en: "Use an approved template of your own.")
        ),
        Entry(
            [131060], .media, .serviceLead, .final,
            title: Text(id: "Isi pesan masuk tidak tersedia", en: "Incoming content unavailable"),
            cause: Text(
                id: "Isi pesan pelanggan, misalnya sekali lihat, tidak diberikan kepada bisnis.",
                en: "The content, for instance view-once, is not given to businesses."
            ),
            remedy: Text(
                id: "Minta pelanggan mengirim ulang dengan cara biasa bila perlu.",
                en: "Ask the customer to send it the usual way if you need it."
            )
        ),
        Entry(
            [131062], .param, .engineer, .recoverable,
            title: Text(id: "Perlu nomor telepon", en: "Phone number needed"),
            cause: Text(
                id: "Pesan ini, misalnya kode autentikasi, tidak dapat dikirim hanya dengan ID pengguna.",
                en: "This message, such as an authentication code, cannot go to a user id alone."
            ),
            remedy: Text(
                id: "Kirim ke nomor telepon; minta nomornya dengan tombol permintaan kontak.",
                en: "Send to the phone number; ask for it with the contact-request button."
            )
        ),
        Entry(
            [131064], .quality, .campaignManager, .recoverable,
            title: Text(id: "Dibatasi karena salah kategori", en: "Limited for wrong categories"),
            cause: Text(
                id: "Batas pesan diturunkan karena templat berkali-kali dimasukkan ke kategori yang salah.",
                en: "Messaging is limited because templates were repeatedly put in the wrong category."
            ),
            remedy: Text(
                id: "Perbaiki kategori templat, lalu tunggu pembatasan berakhir.",
                en: "Correct the template categories, then wait for the limit to lift."
            )
        ),
        Entry(
            [137000], .recipient, .serviceLead, .recoverable,
            title: Text(id: "Kunci identitas tidak cocok", en: "Identity key mismatch"),
            cause: Text(
                id: "Pelanggan mengganti perangkat atau memasang ulang WhatsApp sejak identitasnya dicatat.",
                en: "The customer changed device or reinstalled WhatsApp since the identity was noted."
            ),
            remedy: Text(
                id: "Pastikan identitas pelanggan, perbarui kuncinya, lalu kirim ulang.",
                en: "Confirm who the customer is, update the key and send again."
            )
        ),
    ]
}
