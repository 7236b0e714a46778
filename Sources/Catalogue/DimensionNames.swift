import Domain

extension Dimension: Identifiable {
    package var id: String { rawValue }

    package var name: Text {
        switch self {
        case .waba: Text(id: "Akun WhatsApp Business", en: "WhatsApp Business account")
        case .phoneNumber: Text(id: "Nomor bisnis", en: "Business number")
        case .template: Text(id: "Templat", en: "Template")
        case .templateLanguage: Text(id: "Bahasa templat", en: "Template language")
        case .category: Text(id: "Kategori", en: "Category")
        case .messageType: Text(id: "Jenis pesan", en: "Message type")
        case .useCase: Text(id: "Kegunaan", en: "Use case")
        case .campaign: Text(id: "Kampanye", en: "Campaign")
        case .variant: Text(id: "Varian", en: "Variant")
        case .senderKind: Text(id: "Jenis pengirim", en: "Sender kind")
        case .agent: Text(id: "Agen", en: "Agent")
        case .team: Text(id: "Tim", en: "Team")
        case .country: Text(id: "Negara", en: "Country")
        case .errorCode: Text(id: "Kode kesalahan", en: "Error code")
        case .errorClass: Text(id: "Jenis kesalahan", en: "Error class")
        case .source: Text(id: "Sumber", en: "Source")
        case .weekday: Text(id: "Hari dalam minggu", en: "Weekday")
        case .hourOfDay: Text(id: "Jam", en: "Hour of day")
        }
    }

    /// What the values are and where they come from.
    package var definition: Text {
        switch self {
        case .waba, .phoneNumber, .template, .templateLanguage, .category, .messageType: contentDefinition
        case .useCase, .campaign, .variant, .senderKind, .agent, .team: purposeDefinition
        case .country, .errorCode, .errorClass, .source, .weekday, .hourOfDay: circumstanceDefinition
        }
    }

    private var contentDefinition: Text {
        switch self {
        case .waba:
            Text(
                id: "Akun WhatsApp Business (WABA) yang mengirim pesan, menurut nomor akunnya di Meta.",
                en: "The WhatsApp Business account (WABA) that sent the message, by its number at Meta.")
        case .phoneNumber:
            Text(
                id: "Nomor WhatsApp milik bisnis yang mengirim pesan, menurut ID-nya di Meta. Bukan nomor pelanggan.",
                en: "The business's own WhatsApp number that sent the message, by its id at Meta. Never a customer's.")
        case .template:
            Text(
                id: "Nama templat pesan. Kosong untuk pesan bebas dan bila templatnya belum diketahui.",
                en: "Name of the message template. Empty for free-form messages and when the template is not known.")
        case .templateLanguage:
            Text(
                id: "Kode bahasa templat yang dikirim, misalnya id atau en_US.",
                en: "Language code of the template that was sent, such as id or en_US.")
        case .category:
            Text(
                id: "Kategori yang dipakai Meta untuk menagih: marketing, utility, authentication, service, "
                    + "dan lainnya. Sebelum Meta menyebutnya, dipakai kategori yang dicatat saat pengiriman.",
                en: "The category that Meta priced: marketing, utility, authentication, service and others. "
                    + "Until Meta names it, the one declared at the send.")
        default:
            Text(
                id: "Jenis isi pesan: template, text, image, interactive, dan lainnya.",
                en: "Kind of content: template, text, image, interactive and others.")
        }
    }

    private var purposeDefinition: Text {
        switch self {
        case .useCase:
            Text(
                id: "Tujuan pengiriman: notification, customer_service, broadcast, atau kata milik bisnis sendiri.",
                en: "What the message was for: notification, customer_service, broadcast, or the business's own word.")
        case .campaign:
            Text(
                id: "Nama kampanye yang dilampirkan bisnis saat mengirim.",
                en: "Name of the campaign that the business attached to the send.")
        case .variant:
            Text(
                id: "Versi isi pesan yang sedang dibandingkan, misalnya A atau B.",
                en: "Version of the copy under comparison, such as A or B.")
        case .senderKind:
            Text(
                id: "Siapa yang menulis pesan: bot, human (orang), system, atau unknown bila tidak diketahui.",
                en: "Who wrote the message: bot, human, system, or unknown.")
        case .agent:
            Text(
                id: "Agen atau bot yang mengirim, menurut ID yang dilampirkan bisnis.",
                en: "The agent or bot that sent it, by the id that the business attached.")
        default:
            Text(
                id: "Tim dari agen yang mengirim.",
                en: "The team of the agent that sent it.")
        }
    }

    private var circumstanceDefinition: Text {
        switch self {
        case .country:
            Text(
                id: "Negara penerima (kode ISO), dari kode negara nomornya atau awalan ID penggunanya.",
                en: "The recipient's country (ISO code), from the number's prefix or that of the user id.")
        case .errorCode:
            Text(
                id: "Kode kesalahan Meta dari pesan yang gagal atau ditolak.",
                en: "Meta's error code of a message that failed or was rejected.")
        case .errorClass:
            Text(
                id: "Kelompok sebab dari kode kesalahan, agar mudah ditindaklanjuti.",
                en: "The family of causes that an error code belongs to, so that it can be acted on.")
        case .source:
            Text(
                id: "Dari mana pengiriman ini diketahui: catatan pengiriman bisnis (send_log), data yang "
                    + "dititipkan saat mengirim (callback_data), status Meta saja (status_only), aplikasi WhatsApp "
                    + "Business (business_app), aplikasi lain pada nomor yang sama (other_app), atau riwayat "
                    + "percakapan (history).",
                en: "How the send became known: the business's send log (send_log), data attached to the send "
                    + "(callback_data), Meta's statuses alone (status_only), the WhatsApp Business app "
                    + "(business_app), another app on the same number (other_app), or the chat history (history).")
        case .weekday:
            Text(
                id: "Hari saat pesan dikirim di zona waktu pertanyaan: 1 Senin sampai 7 Minggu.",
                en: "Day of the week of the send in the zone of the query: 1 Monday to 7 Sunday.")
        default:
            Text(
                id: "Jam saat pesan dikirim di zona waktu pertanyaan: 00 sampai 23.",
                en: "Hour of the send in the zone of the query: 00 to 23.")
        }
    }
}
