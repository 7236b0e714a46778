import Domain

/// Kinds of outcome as people call them; a business's own words stay as they are.
enum KindNames {
    static func name(_ kind: String, _ language: Language) -> String {
        let known: Text? =
            switch kind {
            case OutcomeKind.ticketResolved: Text(id: "Tiket selesai", en: "Tickets resolved")
            case OutcomeKind.click: Text(id: "Klik tombol", en: "Button clicks")
            case OutcomeKind.payment: Text(id: "Pembayaran", en: "Payments")
            case OutcomeKind.booking: Text(id: "Pemesanan jadwal", en: "Bookings")
            case OutcomeKind.lead: Text(id: "Prospek", en: "Leads")
            case OutcomeKind.order: Text(id: "Pesanan katalog", en: "Catalogue orders")
            case OutcomeKind.purchaseDetected: Text(id: "Pembelian dugaan Meta", en: "Purchases guessed by Meta")
            default: nil
            }
        return known?(language) ?? kind
    }
}
