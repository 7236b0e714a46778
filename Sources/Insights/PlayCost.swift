import Catalogue
import Domain

extension Playbook {
    /// What is known when a message costs more than before.
    package struct CostEvidence: Sendable {
        package var segment: Segment
        /// For each charged message.
        package var price: Double
        package var usualPrice: Double
        package var currency: String
        package var messages: Double
        package var hours: Double
        /// Categories before and now, where they changed.
        package var category: (from: String, to: String)?
        /// When Meta said so.
        package var raisedAt: Instant?
        package var query: String?

        package init(
            segment: Segment, price: Double, usualPrice: Double, currency: String, messages: Double, hours: Double,
            category: (from: String, to: String)? = nil, raisedAt: Instant? = nil, query: String? = nil
        ) {
            self.segment = segment
            self.price = price
            self.usualPrice = usualPrice
            self.currency = currency
            self.messages = messages
            self.hours = hours
            self.category = category
            self.raisedAt = raisedAt
            self.query = query
        }
    }

    package static func cost(_ evidence: CostEvidence) -> Play {
        let place = evidence.segment.words
        let (now, then) = (
            Figure.money(evidence.price, evidence.currency), Figure.money(evidence.usualPrice, evidence.currency)
        )
        let daily = (evidence.price - evidence.usualPrice) * evidence.messages / max(1, evidence.hours) * 24
        let money = Figure.money(daily, evidence.currency)
        let impact = Impact(
            messages: (evidence.messages / max(1, evidence.hours) * 24).rounded(), money: daily,
            currency: evidence.currency,
            text: Text(
                id: "Tambahan biaya sekitar \(money.id) per hari.", en: "About \(money.en) more a day."),
            query: evidence.query)
        guard let category = evidence.category else {
            return Play(
                severity: .warning,
                title: Text(
                    id: "Biaya \(place.id) naik: \(now.id) per pesan, sebelumnya \(then.id)",
                    en: "Cost is up for \(place.en): \(now.en) a message, before \(then.en)"),
                causes: [
                    Cause(
                        kind: .segment,
                        text: Text(
                            id: "Kategorinya tetap, jadi yang berubah tarif atau negara penerimanya.",
                            en: "The category is the same, so rates or the countries of recipients have changed."),
                        segment: evidence.segment, share: 1, query: evidence.query)
                ], impact: impact,
                action: Text(
                    id: "Periksa kartu tarif terbaru Meta dan pembagian negara penerima, lalu sesuaikan anggaran.",
                    en: "Check Meta's latest rate card and the mix of countries, then adjust the budget."))
        }
        return Play(
            severity: .warning,
            title: Text(
                id: "Kategori \(place.id) naik ke \(category.to): \(now.id) per pesan, sebelumnya \(then.id)",
                en: "Category of \(place.en) raised to \(category.to): \(now.en) a message, before \(then.en)"),
            causes: [
                Cause(
                    kind: .mark,
                    text: Text(
                        id: "Meta memindahkan \(place.id) dari kategori \(category.from) ke \(category.to).",
                        en: "Meta moved \(place.en) from category \(category.from) to \(category.to)."),
                    segment: evidence.segment.adding(.category, category.to), share: 1, at: evidence.raisedAt,
                    query: evidence.query)
            ], impact: impact,
            action: Text(
                id: "Hapus kalimat promosi dari templat ini lalu ajukan peninjauan kategori, "
                    + "atau buat versi baru yang murni \(category.from). Sampai itu selesai, hitung biaya barunya.",
                en: "Take promotional wording out and ask for a category review, or make a new version that is purely "
                    + "\(category.from). Until then reckon with the new cost."))
    }
}
