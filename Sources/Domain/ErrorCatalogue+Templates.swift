// Templates: approval, parameters, pauses, creation, and the marketing API that sends them.

extension ErrorCatalogue {
    static let templates: [Entry] = [
        Entry(
            [131055], .marketingMessages, .engineer, .recoverable,
            title: Text(id: "Cara kirim tidak diizinkan", en: "Method not allowed"),
            cause: Text(
                id: "API pemasaran dipakai untuk pesan lain, atau Graph API dipakai pada nomor telepon SIP.",
                en: "The marketing API was used for something else, or Graph calls on a SIP number."
            ),
            remedy: Text(
                id: "Pakai API yang sesuai untuk jenis pesan ini.",
                en: "Use the API that fits this kind of message."
            )
        ),
        Entry(
            [131061], .marketingMessages, .engineer, .recoverable,
            title: Text(id: "Templat harga maksimum salah jalur", en: "Max-price template on wrong route"),
            cause: Text(
                id: "Templat dengan harga maksimum dikirim lewat jalur pesan biasa.",
                en: "A template with a maximum price was sent by the ordinary route."
            ),
            remedy: Text(id: "Kirim lewat jalur Marketing Messages.", en: "Send it by the Marketing Messages route.")
        ),
        Entry(
            [131063], .marketingMessages, .engineer, .recoverable,
            title: Text(id: "Pemasaran dimatikan di Cloud API", en: "Marketing off on Cloud API"),
            cause: Text(
                id: "Pengaturan akun melarang templat pemasaran lewat Cloud API.",
                en: "A setting of the account forbids marketing templates on the Cloud API."
            ),
            remedy: Text(
                id: "Kirim lewat Marketing Messages API atau ubah pengaturan akun.",
                en: "Send by the Marketing Messages API or change the account's setting."
            )
        ),
        Entry(
            [132000], .template, .engineer, .recoverable,
            title: Text(id: "Jumlah variabel tidak cocok", en: "Number of variables differs"),
            cause: Text(
                id: "Jumlah nilai yang dikirim berbeda dari jumlah variabel di templat.",
                en: "The send has more or fewer values than the template has variables."
            ),
            remedy: Text(
                id: "Samakan jumlah nilai dengan templat yang disetujui.",
                en: "Give as many values as the approved template asks for."
            )
        ),
        Entry(
            [132001], .template, .engineer, .recoverable,
            title: Text(id: "Templat tidak ada", en: "Template does not exist"),
            cause: Text(
                id: "Nama atau bahasa salah, atau templat belum disetujui atau sudah dihapus.",
                en: "The name or language is wrong, or the template is not approved yet or was deleted."
            ),
            remedy: Text(
                id: "Sinkronkan daftar templat dan periksa kode bahasanya.",
                en: "Sync the list of templates and check the language code."
            )
        ),
        Entry(
            [132005], .template, .engineer, .recoverable,
            title: Text(id: "Teks setelah diisi terlalu panjang", en: "Filled text too long"),
            cause: Text(
                id: "Nilai variabel membuat teks melewati batas panjang.",
                en: "The values make the text longer than allowed."
            ),
            remedy: Text(id: "Pendekkan nilai variabel.", en: "Shorten the values.")
        ),
        Entry(
            [132007], .policy, .campaignManager, .recoverable,
            title: Text(id: "Isi melanggar kebijakan", en: "Content violates policy"),
            cause: Text(
                id: "Isi atau karakter di templat melanggar kebijakan WhatsApp.",
                en: "Content or characters of the template violate WhatsApp's policy."
            ),
            remedy: Text(id: "Ubah isi templat lalu ajukan ulang.", en: "Edit the template and submit it again.")
        ),
        Entry(
            [132008], .template, .engineer, .recoverable,
            title: Text(id: "Nilai variabel tidak sah", en: "Template value invalid"),
            cause: Text(
                id: "Satu nilai variabel templat tidak dapat diterima.",
                en: "A value for a template variable is not accepted."
            ),
            remedy: Text(
                id: "Perbaiki nilai yang disebut dalam rincian galat.",
                en: "Correct the value that the error details name."
            )
        ),
        Entry(
            [132012], .template, .engineer, .recoverable,
            title: Text(id: "Format variabel tidak cocok", en: "Variable format differs"),
            cause: Text(
                id: "Jenis komponen yang dikirim berbeda dari templat.",
                en: "The kinds of components sent differ from the template's."
            ),
            remedy: Text(
                id: "Samakan jenis kepala, tombol, dan variabel dengan templat.",
                en: "Match header, button and variable types with the template."
            )
        ),
        Entry(
            [132015], .quality, .campaignManager, .recoverable,
            title: Text(id: "Templat dijeda", en: "Template paused"),
            cause: Text(
                id: "Kualitas templat rendah, atau pesan yang ditahan dibatalkan saat penyaringan bertahap.",
                en: "The template's quality is low, or messages held by pacing were dropped."
            ),
            remedy: Text(
                id: "Hentikan kampanye, perbaiki isi dan sasaran; jeda pertama 3 jam, kedua 6 jam.",
                en: "Stop the campaign, improve text and targeting; the first pause is 3 hours, the second 6."
            )
        ),
        Entry(
            [132016], .quality, .campaignManager, .recoverable,
            title: Text(id: "Templat dinonaktifkan", en: "Template disabled"),
            cause: Text(
                id: "Templat terlalu sering dijeda karena kualitasnya rendah.",
                en: "The template was paused too often for low quality."
            ),
            remedy: Text(
                id: "Buat templat baru dengan isi dan sasaran yang lebih baik.",
                en: "Create a new template with better text and targeting."
            )
        ),
        Entry(
            [132018], .template, .engineer, .recoverable,
            title: Text(id: "Masalah pada variabel templat", en: "Problem with template variables"),
            cause: Text(
                id: "Ada variabel templat yang tidak dapat diterima.",
                en: "Some template variable is not accepted."
            ),
            remedy: Text(
                id: "Bandingkan variabel dengan templat yang disetujui.",
                en: "Compare the variables with the approved template."
            )
        ),
        Entry(
            [134100], .marketingMessages, .engineer, .recoverable,
            title: Text(id: "Hanya untuk pemasaran", en: "Marketing only"),
            cause: Text(
                id: "Templat yang bukan pemasaran dikirim lewat Marketing Messages API.",
                en: "A template that is not marketing was sent by the Marketing Messages API."
            ),
            remedy: Text(id: "Kirim lewat jalur pesan biasa.", en: "Send it by the ordinary route.")
        ),
        Entry(
            [134101], .marketingMessages, .engineer, .transient,
            title: Text(id: "Templat sedang disinkronkan", en: "Template is syncing"),
            cause: Text(
                id: "Templat baru belum siap di Marketing Messages API.",
                en: "The new template is not ready on the Marketing Messages API yet."
            ),
            remedy: Text(id: "Tunggu 10 menit lalu coba lagi.", en: "Wait 10 minutes and try again.")
        ),
        Entry(
            [134102], .marketingMessages, .engineer, .recoverable,
            title: Text(id: "Templat belum tersedia", en: "Template unavailable"),
            cause: Text(
                id: "Akun belum terdaftar di Marketing Messages API atau sinkronisasinya gagal.",
                en: "The account is not onboarded to the Marketing Messages API, or syncing failed."
            ),
            remedy: Text(
                id: "Periksa status pendaftaran dan sinkronisasi templat.",
                en: "Check the onboarding and sync state of the template."
            )
        ),
        Entry(
            [141002], .template, .engineer, .recoverable,
            title: Text(id: "Templat belum disetujui", en: "Template not approved"),
            cause: Text(
                id: "Pemeriksaan kesehatan menemukan templat tanpa persetujuan.",
                en: "The health check found a template without approval."
            ),
            remedy: Text(
                id: "Tunggu persetujuan atau pakai templat lain.",
                en: "Wait for approval or use another template."
            )
        ),
        Entry(
            [200005], .config, .engineer, .recoverable,
            title: Text(id: "Statistik templat tidak tersedia", en: "Template insights unavailable"),
            cause: Text(
                id: "Statistik templat tidak dapat diambil untuk akun ini.",
                en: "Template insights cannot be read for this account."
            ),
            remedy: Text(
                id: "Periksa kelayakan akun dan status statistik templat.",
                en: "Check the account's eligibility and whether insights are on."
            )
        ),
        Entry(
            [200006], .config, .engineer, .final,
            title: Text(id: "Statistik templat tidak dapat dimatikan", en: "Template insights cannot be turned off"),
            cause: Text(
                id: "Sekali aktif, statistik templat tidak dapat dimatikan.",
                en: "Once on, template insights stay on."
            ),
            remedy: Text(id: "Tidak ada yang perlu dilakukan.", en: "Nothing needs to be done.")
        ),
        Entry(
            [200007], .config, .engineer, .recoverable,
            title: Text(id: "Statistik templat belum aktif", en: "Template insights not enabled"),
            cause: Text(
                id: "Statistik templat belum diaktifkan untuk akun ini.",
                en: "Template insights were not turned on for this account."
            ),
            remedy: Text(
                id: "Aktifkan statistik templat di WhatsApp Manager.",
                en: "Turn template insights on in WhatsApp Manager."
            )
        ),
        Entry(
            [1752041], .marketingMessages, .engineer, .final,
            title: Text(id: "Pendaftaran ganda", en: "Already onboarded"),
            cause: Text(
                id: "Akun ini sudah terdaftar di Marketing Messages API.",
                en: "The account is already onboarded to the Marketing Messages API."
            ),
            remedy: Text(id: "Tidak ada yang perlu dilakukan.", en: "Nothing needs to be done.")
        ),
        Entry(
            [2388019], .template, .campaignManager, .recoverable,
            title: Text(id: "Jumlah templat sudah penuh", en: "Template limit reached"),
            cause: Text(
                id: "Akun sudah memiliki templat sebanyak batasnya.",
                en: "The account already holds as many templates as it may."
            ),
            remedy: Text(id: "Hapus templat lama yang tidak dipakai.", en: "Delete old templates that are not used.")
        ),
        Entry(
            [2388040], .template, .campaignManager, .recoverable,
            title: Text(id: "Bagian templat terlalu panjang", en: "Template part too long"),
            cause: Text(
                id: "Satu bagian templat melewati batas jumlah karakter.",
                en: "A part of the template exceeds its character limit."
            ),
            remedy: Text(id: "Pendekkan bagian itu lalu ajukan lagi.", en: "Shorten it and submit again.")
        ),
        Entry(
            [2388047], .template, .campaignManager, .recoverable,
            title: Text(id: "Format kepala templat salah", en: "Template header format wrong"),
            cause: Text(
                id: "Kepala templat tidak memenuhi aturan formatnya.",
                en: "The header breaks the formatting rules."
            ),
            remedy: Text(id: "Perbaiki kepala templat.", en: "Correct the header.")
        ),
        Entry(
            [2388072], .template, .campaignManager, .recoverable,
            title: Text(id: "Format isi templat salah", en: "Template body format wrong"),
            cause: Text(
                id: "Isi templat tidak memenuhi aturan formatnya.",
                en: "The body breaks the formatting rules."
            ),
            remedy: Text(id: "Perbaiki isi templat.", en: "Correct the body.")
        ),
        Entry(
            [2388073], .template, .campaignManager, .recoverable,
            title: Text(id: "Format kaki templat salah", en: "Template footer format wrong"),
            cause: Text(
                id: "Kaki templat tidak memenuhi aturan formatnya.",
                en: "The footer breaks the formatting rules."
            ),
            remedy: Text(id: "Perbaiki kaki templat.", en: "Correct the footer.")
        ),
        Entry(
            [2388293], .template, .campaignManager, .recoverable,
            title: Text(id: "Terlalu banyak variabel", en: "Too many variables"),
            cause: Text(
                id: "Variabel terlalu banyak dibanding panjang teks templat.",
                en: "There are too many variables for the length of the text."
            ),
            remedy: Text(id: "Kurangi variabel atau tambah teks tetap.", en: "Use fewer variables or more fixed text.")
        ),
        Entry(
            [2388299], .template, .campaignManager, .recoverable,
            title: Text(id: "Variabel di awal atau akhir", en: "Variable at the start or end"),
            cause: Text(
                id: "Templat tidak boleh diawali atau diakhiri variabel.",
                en: "A template may not begin or end with a variable."
            ),
            remedy: Text(
                id: "Tambahkan kata sebelum dan sesudah variabel.",
                en: "Put words before and after the variable."
            )
        ),
    ]
}
