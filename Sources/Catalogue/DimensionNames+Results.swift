import Domain

extension Dimension {
    /// Of what was achieved, and through what.
    var resultDefinition: Text {
        switch self {
        case .kind:
            Text(
                id: "Hasil apa yang tercapai: payment_confirmed (pembayaran), booking, lead, ticket_resolved, "
                    + "cta_click, atau kata milik bisnis sendiri.",
                en: "What was achieved: payment_confirmed, booking, lead, ticket_resolved, cta_click, or the "
                    + "business's own word.")
        case .sourceSystem:
            Text(
                id: "Sistem yang melaporkan hasilnya, misalnya midtrans, stripe, shop, atau chatwoot.",
                en: "The system that told of the outcome, such as midtrans, stripe, shop or chatwoot.")
        case .model:
            Text(
                id: "Cara membagi satu hasil kepada sentuhan sebelumnya: last_touch (bawaan), first_touch, linear, "
                    + "position, time_decay, atau last_click. Tiap model membagi semua hasil dari awal, jadi angka "
                    + "antarmodel tidak dijumlahkan.",
                en: "How one outcome is shared among the touches before it: last_touch (the default), first_touch, "
                    + "linear, position, time_decay or last_click. Each model shares out every outcome anew, so models "
                    + "do not add up.")
        case .touch:
            Text(
                id: "Jenis sentuhan yang mendapat bagian: message (pesan sampai), click (tombol atau tautan dibuka), "
                    + "reply (balasan pelanggan), agent_reply (agen menulis), atau ad (iklan). Untuk hasil: sentuhan "
                    + "terakhirnya, kosong bila tidak ada.",
                en: "The kind of touch that got the credit: message (delivered), click (a button or link), reply (of "
                    + "the customer), agent_reply (an agent wrote) or ad. Of an outcome: its last touch, empty when it "
                    + "has none.")
        default:
            Text(
                id: "Iklan atau kiriman yang membawa pelanggan, menurut ID-nya di Meta. Bukan ID klik.",
                en: "The ad or post that brought the customer, by its id at Meta. Never the id of a click.")
        }
    }

    /// Of what is paid.
    var costDefinition: Text {
        switch self {
        case .currency:
            Text(
                id: "Mata uang jumlahnya (kode ISO 4217). Mata uang berbeda tidak pernah dijumlahkan, dan tidak "
                    + "dikonversi tanpa kurs dari bisnis.",
                en: "The currency of the amount (ISO 4217). Different currencies are never added up, nor converted "
                    + "without a rate that the business entered.")
        case .pricingType:
            Text(
                id: "Ditagih atau gratis menurut Meta: regular, free_customer_service, free_entry_point, dan lainnya; "
                    + "unknown bila Meta tidak menyebutnya.",
                en: "Charged or free in Meta's word: regular, free_customer_service, free_entry_point and others; "
                    + "unknown when Meta does not say.")
        case .market:
            Text(
                id: "Pasar pada kartu tarif Meta yang mencakup negara penerima, misalnya Indonesia atau Rest of Asia "
                    + "Pacific.",
                en: "The market of Meta's rate card that the recipient's country belonged to, such as Indonesia or "
                    + "Rest of Asia Pacific.")
        default:
            Text(
                id: "Mengapa biaya pesan ini dianggap terbuang. Setiap pesan terbuang punya satu sebab; kosong untuk "
                    + "yang tidak terbuang.",
                en: "Why the cost of this message counts as wasted. Each wasted message has one reason; empty for "
                    + "those that were not.")
        }
    }
}
