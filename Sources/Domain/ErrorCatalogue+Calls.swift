// Calls. Meta reserves 138000–138025; a number without an entry gets the entry of the range.

extension ErrorCatalogue {
    static let calls: [Entry] = [
        Entry(
            [138000], .call, .engineer, .recoverable,
            title: Text(id: "Panggilan belum diaktifkan", en: "Calling not enabled"),
            cause: Text(
                id: "Fitur panggilan belum aktif pada nomor ini.",
                en: "Calling is not turned on for this number."
            ),
            remedy: Text(id: "Aktifkan panggilan di pengaturan nomor.", en: "Turn calling on in the number's settings.")
        ),
        Entry(
            [138001], .call, .serviceLead, .final,
            title: Text(id: "Pelanggan tidak dapat ditelepon", en: "Customer cannot be called"),
            cause: Text(
                id: "Nomor tidak ada di WhatsApp, aplikasinya lama, atau panggilan dimatikan.",
                en: "The number is not on WhatsApp, its app is old, or calls are off."
            ),
            remedy: Text(id: "Hubungi pelanggan lewat pesan.", en: "Reach the customer by message.")
        ),
        Entry(
            [138002], .call, .serviceLead, .transient,
            title: Text(id: "Terlalu banyak panggilan bersamaan", en: "Too many calls at once"),
            cause: Text(
                id: "Batas panggilan serentak nomor ini tercapai.",
                en: "The number's limit of simultaneous calls is reached."
            ),
            remedy: Text(id: "Tunggu panggilan lain selesai.", en: "Wait for another call to end.")
        ),
        Entry(
            [138003], .call, .engineer, .final,
            title: Text(id: "Panggilan ganda", en: "Duplicate call"),
            cause: Text(
                id: "Panggilan dengan pelanggan ini sudah berlangsung.",
                en: "There is already a call with this customer."
            ),
            remedy: Text(
                id: "Akhiri panggilan sebelumnya sebelum menelepon lagi.",
                en: "End the earlier call before calling again."
            )
        ),
        Entry(
            [138004], .call, .meta, .transient,
            title: Text(id: "Sambungan gagal", en: "Connection failed"),
            cause: Text(id: "Panggilan gagal tersambung di pihak Meta.", en: "Meta could not connect the call."),
            remedy: Text(
                id: "Coba lagi; periksa tawaran SDP bila berulang.",
                en: "Try again; check the SDP offer if it recurs."
            )
        ),
        Entry(
            [138005], .call, .engineer, .transient,
            title: Text(id: "Terlalu sering menelepon", en: "Calls too frequent"),
            cause: Text(
                id: "Terlalu banyak permintaan panggilan dalam waktu singkat.",
                en: "Too many call requests came in a short time."
            ),
            remedy: Text(id: "Perlambat lalu coba lagi.", en: "Slow down and try again.")
        ),
        Entry(
            [138006], .call, .serviceLead, .recoverable,
            title: Text(id: "Belum ada izin menelepon", en: "No permission to call"),
            cause: Text(
                id: "Pelanggan belum mengizinkan bisnis ini menelepon.",
                en: "The customer has not allowed this business to call."
            ),
            remedy: Text(id: "Kirim permintaan izin menelepon lebih dulu.", en: "Send a call permission request first.")
        ),
        Entry(
            [138007], .call, .meta, .transient,
            title: Text(id: "Waktu sambungan habis", en: "Connection timed out"),
            cause: Text(id: "Sambungan tidak selesai pada waktunya.", en: "The connection was not made in time."),
            remedy: Text(id: "Coba lagi.", en: "Try again.")
        ),
        Entry(
            [138009], .call, .serviceLead, .recoverable,
            title: Text(id: "Batas permintaan izin tercapai", en: "Permission request limit"),
            cause: Text(
                id: "Izin menelepon sudah terlalu sering diminta dari pelanggan ini.",
                en: "This customer was asked for permission too often."
            ),
            remedy: Text(id: "Tunggu sebelum meminta lagi.", en: "Wait before asking again.")
        ),
        Entry(
            [138012], .call, .serviceLead, .recoverable,
            title: Text(id: "Batas panggilan 24 jam", en: "24-hour call limit"),
            cause: Text(
                id: "Jumlah panggilan ke pelanggan ini dalam 24 jam sudah habis.",
                en: "The calls to this customer allowed in 24 hours are used up."
            ),
            remedy: Text(
                id: "Tunggu hingga 24 jam berlalu atau kirim pesan.",
                en: "Wait for the 24 hours to pass, or send a message."
            )
        ),
        Entry(
            [138013], .call, .businessOwner, .final,
            title: Text(id: "Telepon keluar tidak tersedia", en: "Outgoing calls unavailable"),
            cause: Text(
                id: "Panggilan dari bisnis tidak tersedia untuk negara nomor ini.",
                en: "Business-initiated calls are not available for this number's country."
            ),
            remedy: Text(id: "Ajak pelanggan yang menelepon.", en: "Invite the customer to call you.")
        ),
        Entry(
            [138014], .call, .businessOwner, .recoverable,
            title: Text(id: "Panggilan dimatikan karena kualitas", en: "Calling off for low quality"),
            cause: Text(
                id: "Terlalu banyak umpan balik buruk atas panggilan bisnis.",
                en: "There was too much bad feedback on the business's calls."
            ),
            remedy: Text(
                id: "Telepon lebih jarang dan hanya atas kebutuhan pelanggan; tunggu pemulihan.",
                en: "Call less and only when the customer needs it; wait for recovery."
            )
        ),
        Entry(
            [138015], .call, .businessOwner, .recoverable,
            title: Text(id: "Batas pesan terlalu rendah", en: "Messaging limit too low"),
            cause: Text(
                id: "Panggilan memerlukan batas pesan sedikitnya 2.000.",
                en: "Calling needs a messaging limit of at least 2,000."
            ),
            remedy: Text(id: "Naikkan batas pesan dahulu.", en: "Raise the messaging limit first.")
        ),
        Entry(
            [138017], .call, .serviceLead, .final,
            title: Text(id: "Izin tetap sudah ada", en: "Permanent permission exists"),
            cause: Text(
                id: "Pelanggan sudah memberi izin tetap; tidak perlu meminta lagi.",
                en: "The customer already gave permanent permission; no need to ask."
            ),
            remedy: Text(id: "Langsung telepon.", en: "Just call.")
        ),
        Entry(
            [138018], .call, .engineer, .recoverable,
            title: Text(id: "Syarat panggilan belum lengkap", en: "Calling prerequisites missing"),
            cause: Text(
                id: "Ada syarat panggilan yang belum dipenuhi nomor ini.",
                en: "The number does not meet some condition for calling."
            ),
            remedy: Text(
                id: "Lengkapi syarat yang disebut dalam rincian galat.",
                en: "Meet the condition that the error details name."
            )
        ),
        Entry(
            [138019, 138020, 138021, 138022, 138023], .call, .engineer, .recoverable,
            title: Text(id: "Media panggilan gagal", en: "Call media failed"),
            cause: Text(
                id: "Panggilan putus karena penyiapan, relai, atau aliran suaranya gagal.",
                en: "The call ended because its set-up, relay or audio stream failed."
            ),
            remedy: Text(
                id: "Periksa SDP, ICE, dan dinding api pada sistem telepon Anda.",
                en: "Check SDP, ICE and the firewall of your phone system."
            )
        ),
        Entry(
            [138024, 138025], .call, .engineer, .recoverable,
            title: Text(id: "Masalah SIP", en: "SIP problem"),
            cause: Text(id: "Panggilan gagal pada sambungan SIP.", en: "The call failed on the SIP connection."),
            remedy: Text(
                id: "Periksa pengaturan SIP: server, sandi, dan TLS.",
                en: "Check the SIP settings: server, password and TLS."
            )
        ),
    ]
}
