import Domain

extension Catalogue {
    /// Percentiles of the durations of fact `message`, from histograms with a relative error of at most 1 %.
    static let messageDurations: [Metric] =
        [
            percentile(.timeToDeliver, 0.5, minimumSample: 10),
            percentile(.timeToDeliver, 0.9, minimumSample: 50),
            percentile(.timeToDeliver, 0.99, minimumSample: 500),
            percentile(.timeToRead, 0.5, minimumSample: 10),
            percentile(.timeToRead, 0.9, minimumSample: 50),
        ]

    /// The sample is small while fewer than five durations lie above the percentile.
    private static func percentile(_ duration: MessageDuration, _ quantile: Double, minimumSample: Int64) -> Metric {
        let percent = Int((quantile * 100).rounded())
        let isMedian = percent == 50
        let id: String
        let name: Text
        let subject: Text
        switch duration {
        case .timeToDeliver:
            id = "time_to_deliver_p\(percent)"
            name = Text(id: "Waktu sampai", en: "Time to deliver")
            subject = Text(
                id: "waktu dari pengiriman sampai tiba di ponsel. Pesan yang tidak pernah sampai tidak ikut dihitung.",
                en: "the send to its arrival on the phone. Messages that never arrived are not counted.")
        case .timeToRead:
            id = "time_to_read_p\(percent)"
            name = Text(id: "Waktu sampai dibaca", en: "Time to read")
            subject = Text(
                id: "waktu dari tiba di ponsel sampai dibaca. Hanya pesan dengan tanda sampai dan tanda dibaca.",
                en: "arrival on the phone to being read. Only messages with both receipts are counted.")
        }
        let share = Text(
            id: isMedian ? "Separuh pesan lebih cepat dari ini: " : "\(percent) % pesan lebih cepat dari ini: ",
            en: isMedian
                ? "Half of the messages were faster than this: from " : "\(percent) % were faster than this: from ")
        return Metric(
            id: id,
            name: Text(
                id: name.id + (isMedian ? " (median)" : " (p\(percent))"),
                en: name.en + (isMedian ? " (median)" : " (p\(percent))")),
            definition: Text(id: share.id + subject.id, en: share.en + subject.en),
            formula: "quantile \(quantile) of "
                + (duration == .timeToDeliver ? "delivered − sent" : "read − delivered"),
            unit: .seconds, direction: .lowerIsBetter, expression: .quantile(.message(duration), quantile),
            maturity: duration == .timeToDeliver ? .delivery : .read, minimumSample: minimumSample)
    }
}
