import Catalogue
import Domain

extension Playbook {
    /// An error code among the failures that are too many.
    package struct Code: Sendable, Hashable {
        package var code: Int
        package var count: Double
        /// As many as were to be expected.
        package var expected: Double
        package init(code: Int, count: Double, expected: Double) {
            self.code = code
            self.count = count
            self.expected = expected
        }
    }

    /// What is known when delivery falls.
    package struct DeliveryEvidence: Sendable {
        package var shift: SegmentShift
        package var codes: [Code]
        package var hours: Double
        /// Marks of the account timeline that fit.
        package var marks: [Cause]
        /// Share of all that the business sends.
        package var shareOfAll: Double
        package var query: String?
        package var codeQuery: String?

        package init(
            shift: SegmentShift, codes: [Code], hours: Double, marks: [Cause] = [], shareOfAll: Double = 0,
            query: String? = nil, codeQuery: String? = nil
        ) {
            self.shift = shift
            self.codes = codes
            self.hours = hours
            self.marks = marks
            self.shareOfAll = shareOfAll
            self.query = query
            self.codeQuery = codeQuery
        }
    }

    /// Play 1. Delivery down → which error codes, which template, country, number, list → what Meta's code asks for.
    package static func delivery(_ evidence: DeliveryEvidence) -> Play {
        let shift = evidence.shift
        let (rate, usual) = (Figure.percent(shift.rate), Figure.percent(shift.expectedRate))
        let place = shift.segment.words
        let codes = evidence.codes.filter { $0.count > $0.expected }
            .sorted { ($0.count - $0.expected, $1.code) > ($1.count - $1.expected, $0.code) }
        let excess = max(1, shift.excess)
        let top = codes.first.flatMap { ($0.count - $0.expected) >= 0.3 * excess ? $0 : nil }
        var causes: [Cause] = []
        if let top { causes.append(cause(of: top, shift, excess: excess, query: evidence.codeQuery)) }
        causes.append(placeCause(shift, query: evidence.query))
        for code in codes.dropFirst(top == nil ? 0 : 1).prefix(2) where (code.count - code.expected) >= 0.15 * excess {
            causes.append(cause(of: code, shift, excess: excess, query: evidence.codeQuery))
        }
        causes += evidence.marks
        if top == nil { causes.append(notEnoughData) }
        let daily = shift.excess / max(1, evidence.hours) * 24
        let amount = perDay(daily)
        let severity: Severity =
            shift.rate > 0.5 && evidence.shareOfAll > 0.05 || evidence.shareOfAll * shift.rate > 0.15
            ? .critical : .warning
        return Play(
            severity: severity,
            title: Text(
                id: "Pengiriman turun di \(place.id): \(rate.id) gagal, biasanya \(usual.id)",
                en: "Delivery is down for \(place.en): \(rate.en) fail, usually \(usual.en)"),
            causes: causes,
            impact: Impact(
                messages: daily.rounded(), people: daily.rounded(),
                text: Text(
                    id: "Kalau berlanjut, \(amount.id) tidak sampai.",
                    en: "If it goes on, \(amount.en) will not arrive."),
                query: evidence.query),
            action: deliveryAction(top?.code, shift.segment))
    }

    private static func cause(of code: Code, _ shift: SegmentShift, excess: Double, query: String?) -> Cause {
        let error = ErrorCatalogue[code.code]
        let share = min(1, (code.count - code.expected) / excess)
        let part = Figure.percent(share)
        return Cause(
            kind: .error,
            text: Text(
                id: "\(part.id) dari tambahan gagalnya berkode \(code.code), \(error.title.id). \(error.cause.id)",
                en: "\(part.en) of the extra failures carry code \(code.code), \(error.title.en). \(error.cause.en)"),
            segment: shift.segment.adding(.errorCode, String(code.code)), share: share, errorCode: code.code,
            query: query)
    }

    private static func placeCause(_ shift: SegmentShift, query: String?) -> Cause {
        let share = Figure.percent(shift.share)
        let place = shift.segment.words
        return Cause(
            kind: .segment,
            text: shift.segment.isEverything
                ? Text(
                    id: "Terjadi di seluruh bisnis, bukan di satu templat, negara, atau nomor saja.",
                    en: "It happens everywhere, not in one template, country or number alone.")
                : Text(
                    id: "\(share.id) dari tambahan gagalnya ada di \(place.id).",
                    en: "\(share.en) of the extra failures are in \(place.en)."),
            segment: shift.segment, share: shift.share, query: query)
    }

    private static func deliveryAction(_ code: Int?, _ segment: Segment) -> Text {
        guard let code else {
            return Text(
                id: "Buka daftar pesan yang gagal dan lihat kodenya. Tahan pengiriman ke segmen ini sampai jelas.",
                en: "Open the failed messages and see their codes. Hold sends to this segment until it is clear.")
        }
        let error = ErrorCatalogue[code]
        let next: Text =
            switch error.errorClass {
            case .recipient, .optOut, .frequencyCap:
                Text(
                    id: "Periksa izin dan kebersihan daftar penerima, keluarkan nomor yang berkali-kali gagal, "
                        + "lalu jeda segmen ini kalau belum membaik.",
                    en: "Check opt-in and the hygiene of the list, take out numbers that failed repeatedly, and pause "
                        + "this segment if it does not get better.")
            default:
                segment[.template] != nil
                    ? Text(
                        id: "Jeda templat ini di segmen tersebut sampai penyebabnya beres.",
                        en: "Pause this template for that segment until the cause is dealt with.")
                    : Text(
                        id: "Tahan kiriman massal sampai penyebabnya beres.",
                        en: "Hold bulk sends until the cause is dealt with.")
            }
        return sentence([error.remedy, next])
    }
}
