import Catalogue
import Domain

extension Playbook {
    /// What is known when there is more traffic, or as much as ever, and nothing comes of it.
    package struct OutcomeEvidence: Sendable {
        package enum Traffic: Sendable { case conversations, clicks }
        package var segment: Segment
        package var traffic: Traffic
        /// In the window, and as much as is usual for it.
        package var volume: Double
        package var usualVolume: Double
        package var outcomes: Double
        package var expectedOutcomes: Double
        package var hours: Double
        /// Mean value of an outcome, where known.
        package var value: (amount: Double, currency: String)?
        package var marks: [Cause]
        package var query: String?

        package init(
            segment: Segment, traffic: Traffic, volume: Double, usualVolume: Double, outcomes: Double,
            expectedOutcomes: Double, hours: Double, value: (amount: Double, currency: String)? = nil,
            marks: [Cause] = [], query: String? = nil
        ) {
            self.segment = segment
            self.traffic = traffic
            self.volume = volume
            self.usualVolume = usualVolume
            self.outcomes = outcomes
            self.expectedOutcomes = expectedOutcomes
            self.hours = hours
            self.value = value
            self.marks = marks
            self.query = query
        }
    }

    /// Play 3. Volume up without outcomes → which entry, campaign, template → fix copy and CTA, or stop the campaign,
    /// or an outage behind it.
    package static func withoutOutcomes(_ evidence: OutcomeEvidence) -> Play {
        let place = evidence.segment.words
        let missing = max(0, evidence.expectedOutcomes - evidence.outcomes)
        let daily = missing / max(1, evidence.hours) * 24
        let isSurge = evidence.volume >= 1.5 * evidence.usualVolume && evidence.traffic == .conversations
        let number = Figure.number(max(1, daily.rounded()))
        var impact = Impact(
            people: daily.rounded(),
            text: Text(
                id: "Kira-kira \(number.id) hasil per hari tidak terjadi.",
                en: "About \(number.en) outcomes a day do not happen."),
            query: evidence.query)
        if let value = evidence.value {
            let money = Figure.money(daily * value.amount, value.currency)
            impact.money = daily * value.amount
            impact.currency = value.currency
            impact.text = Text(
                id: "Kira-kira \(number.id) hasil per hari tidak terjadi, senilai \(money.id).",
                en: "About \(number.en) outcomes a day do not happen, worth \(money.en).")
        }
        let (got, due) = (Figure.number(evidence.outcomes), Figure.number(evidence.expectedOutcomes.rounded()))
        let factor = Figure.times(evidence.volume / max(1, evidence.usualVolume))
        return Play(
            severity: evidence.outcomes < 0.2 * evidence.expectedOutcomes ? .critical : .warning,
            title: isSurge
                ? Text(
                    id:
                        "Percakapan \(place.id) naik \(factor.id),"
                        + " hasilnya tidak ikut: \(got.id), seharusnya sekitar \(due.id)",
                    en: "Conversations are up \(factor.en) for "
                        + "\(place.en) and outcomes are not: \(got.en), about \(due.en) expected")
                : Text(
                    id: "Klik \(place.id) tidak menjadi hasil: \(got.id), seharusnya sekitar \(due.id)",
                    en: "Clicks on \(place.en) lead to nothing: \(got.en) outcomes, about \(due.en) expected"),
            causes: evidence.marks + [outcomeCause(evidence, isSurge: isSurge)],
            impact: impact,
            action: isSurge
                ? Text(
                    id: "Baca beberapa percakapan baru: apakah yang datang memang calon pembeli? Perbaiki isi dan "
                        + "ajakannya, atau hentikan iklan atau kampanye ini.",
                    en: "Read a few of the new conversations: are these people who would buy? Fix copy and call to "
                        + "action, or stop this ad or campaign.")
                : Text(
                    id: "Coba sendiri dari tautan sampai bayar. Kalau pembayarannya macet, perbaiki dulu dan tahan "
                        + "kampanye ini; kalau lancar, perbaiki isi dan ajakannya.",
                    en: "Go from the link to payment yourself. If payment is stuck, mend it first and hold this "
                        + "campaign; if it works, fix copy and call to action."))
    }

    private static func outcomeCause(_ evidence: OutcomeEvidence, isSurge: Bool) -> Cause {
        let place = evidence.segment.words
        if isSurge {
            let more = Figure.number((evidence.volume - evidence.usualVolume).rounded())
            return Cause(
                kind: .segment,
                text: Text(
                    id: "Tambahan \(more.id) percakapan datang dari \(place.id), dan hampir tidak ada yang membeli.",
                    en: "The \(more.en) more conversations come from \(place.en), and next to none of them buy."),
                segment: evidence.segment, share: 1, query: evidence.query)
        }
        return Cause(
            kind: .outage,
            text: Text(
                id: "Orang tetap mengeklik, tetapi transaksinya tidak selesai. Kemungkinan besar halaman atau "
                    + "pembayaran di balik tautan \(place.id) bermasalah.",
                en: "People click as ever and the purchase is not completed. Most likely the page or payment behind "
                    + "the link of \(place.en) is broken."),
            segment: evidence.segment, share: 1, query: evidence.query)
    }
}
