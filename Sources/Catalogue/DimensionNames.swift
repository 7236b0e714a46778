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
        case .responder: Text(id: "Penjawab", en: "Responder")
        case .desk: Text(id: "Aplikasi layanan", en: "Agent desk")
        case .entry: Text(id: "Jalan masuk", en: "Entry")
        case .priority: Text(id: "Prioritas", en: "Priority")
        case .openedBy: Text(id: "Dibuka oleh", en: "Opened by")
        case .handledBy: Text(id: "Ditangani oleh", en: "Handled by")
        case .kind: Text(id: "Jenis hasil", en: "Outcome kind")
        case .sourceSystem: Text(id: "Sistem asal", en: "Source system")
        case .model: Text(id: "Model atribusi", en: "Attribution model")
        case .touch: Text(id: "Sentuhan", en: "Touch")
        case .ad: Text(id: "Iklan", en: "Ad")
        case .currency: Text(id: "Mata uang", en: "Currency")
        case .pricingType: Text(id: "Jenis tagihan", en: "Pricing type")
        case .market: Text(id: "Pasar tarif", en: "Rate market")
        case .wasteReason: Text(id: "Sebab terbuang", en: "Waste reason")
        case .shift: Text(id: "Sif", en: "Shift")
        case .weekday: Text(id: "Hari dalam minggu", en: "Weekday")
        case .hourOfDay: Text(id: "Jam", en: "Hour of day")
        }
    }

    /// What the values are and where they come from.
    package var definition: Text {
        switch self {
        case .waba, .phoneNumber, .template, .templateLanguage, .category, .messageType: contentDefinition
        case .useCase, .campaign, .variant, .senderKind, .agent, .team: purposeDefinition
        case .country, .errorCode, .errorClass, .source: circumstanceDefinition
        case .responder, .desk, .entry, .priority, .openedBy, .handledBy: serviceDefinition
        case .kind, .sourceSystem, .model, .touch, .ad: resultDefinition
        case .currency, .pricingType, .market, .wasteReason: costDefinition
        case .shift, .weekday, .hourOfDay: timeDefinition
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
                id:
                    "Nomor WhatsApp milik bisnis yang mengirim pesan atau dihubungi, menurut ID-nya di Meta. Bukan "
                    + "nomor pelanggan.",
                en: "The business's own WhatsApp number that sent the message or was written to, by its id at Meta. "
                    + "Never a customer's.")
        case .template:
            Text(
                id:
                    "Nama templat pesan. Kosong untuk pesan bebas dan bila templatnya belum diketahui. Pada waktu "
                    + "tunggu dan percakapan: templat yang dibalas pelanggan.",
                en: "Name of the message template. Empty for free-form messages and when the template is not known. Of "
                    + "a wait or conversation: the template that the customer answered.")
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
                id:
                    "Nama kampanye yang dilampirkan bisnis saat mengirim. Pada waktu tunggu dan percakapan: kampanye "
                    + "dari pesan yang dibalas pelanggan.",
                en: "Name of the campaign that the business attached to the send. Of a wait or conversation: that of "
                    + "the message which the customer answered.")
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
                id: "Agen atau bot yang mengirim atau menjawab, menurut ID yang dilampirkan bisnis atau aplikasi "
                    + "layanan. Untuk yang belum dijawab: agen yang ditugasi.",
                en: "The agent or bot that sent or answered it, by the id that the business or its desk gave. Where "
                    + "nobody has answered: the agent it is assigned to.")
        default:
            Text(
                id: "Tim dari agen yang mengirim, menjawab, atau ditugasi.",
                en: "The team of the agent that sent it, answered it, or is assigned to it.")
        }
    }

    private var circumstanceDefinition: Text {
        switch self {
        case .country:
            Text(
                id: "Negara pelanggan (kode ISO), dari kode negara nomornya atau awalan ID penggunanya.",
                en: "The customer's country (ISO code), from the number's prefix or that of the user id.")
        case .errorCode:
            Text(
                id: "Kode kesalahan Meta dari pesan yang gagal atau ditolak.",
                en: "Meta's error code of a message that failed or was rejected.")
        case .errorClass:
            Text(
                id: "Kelompok sebab dari kode kesalahan, agar mudah ditindaklanjuti.",
                en: "The family of causes that an error code belongs to, so that it can be acted on.")
        default:
            Text(
                id: "Dari mana pengiriman ini diketahui: catatan pengiriman bisnis (send_log), data yang "
                    + "dititipkan saat mengirim (callback_data), status Meta saja (status_only), aplikasi WhatsApp "
                    + "Business (business_app), aplikasi lain pada nomor yang sama (other_app), atau riwayat "
                    + "percakapan (history).",
                en: "How the send became known: the business's send log (send_log), data attached to the send "
                    + "(callback_data), Meta's statuses alone (status_only), the WhatsApp Business app "
                    + "(business_app), another app on the same number (other_app), or the chat history (history).")
        }
    }

    private var serviceDefinition: Text {
        switch self {
        case .responder:
            Text(
                id: "Siapa yang menjawab: bot, human (orang), unknown bila tidak diketahui, none bila belum dijawab. "
                    + "Untuk percakapan: siapa yang memberi jawaban pertama.",
                en:
                    "Who answered: bot, human, unknown when nobody says, none when not answered. Of a conversation: "
                    + "who gave its first answer.")
        case .desk:
            Text(
                id: "Aplikasi tempat agen bekerja yang melaporkannya, misalnya chatwoot. Kosong bila hanya diketahui "
                    + "dari Meta.",
                en: "The agents' software that told of it, such as chatwoot. Empty when it is known from Meta alone.")
        case .entry:
            Text(
                id: "Bagaimana pelanggan datang: organic (menulis sendiri), ad (dari iklan), template_reply (membalas "
                    + "templat), atau link (dari tautan atau tombol bisnis).",
                en: "How the customer came: organic (on their own), ad (from an advertisement), template_reply "
                    + "(answering a template), or link (by a link or button of the business).")
        case .priority:
            Text(
                id: "Tingkat kepentingan menurut aplikasi layanan, misalnya urgent atau high.",
                en: "Urgency in the desk's own word, such as urgent or high.")
        case .openedBy:
            Text(
                id: "Siapa yang memulai percakapan: customer (pelanggan) atau business (bisnis).",
                en: "Who began the conversation: customer or business.")
        default:
            Text(
                id: "Siapa yang melayani percakapan: bot, human (orang), both (keduanya), atau none (belum ada).",
                en: "Who served the conversation: bot, human, both, or none.")
        }
    }

    private var timeDefinition: Text {
        switch self {
        case .shift:
            Text(
                id:
                    "Sif saat pelanggan mulai menunggu atau percakapan dimulai, di zona waktu pertanyaan. Bawaannya "
                    + "pagi 07–15, siang 15–23, malam 23–07; bisnis dapat menggantinya.",
                en: "The shift in which the wait or conversation began, in the zone of the query. By default pagi "
                    + "(morning) 07–15, siang (afternoon) 15–23, malam (night) 23–07; a business may set its own.")
        case .weekday:
            Text(
                id: "Hari saat pesan dikirim, hasil terjadi, atau tunggu atau percakapan dimulai, di zona waktu "
                    + "pertanyaan: 1 Senin sampai 7 Minggu.",
                en:
                    "Day of the week of the send, of the outcome, or on which the wait or conversation began, in the "
                    + "zone of the query: 1 Monday to 7 Sunday.")
        default:
            Text(
                id: "Jam saat pesan dikirim, hasil terjadi, atau tunggu atau percakapan dimulai, di zona waktu "
                    + "pertanyaan: 00 sampai 23.",
                en: "Hour of the send, of the outcome, or in which the wait or conversation began, in the zone of the "
                    + "query: 00 to 23.")
        }
    }
}
