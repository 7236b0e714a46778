import Domain

extension Incident {
    /// One incident of the past, from its beginning to its end.
    package struct Record: Hashable, Sendable {
        package var since: Instant
        package var firedAt: Instant
        /// Nil while it lasts.
        package var resolvedAt: Instant?
        package var reopened: Int
        package var worst: Anomaly
    }

    /// What a rule would have said of a series: its incidents in the order in which they fired, each with its last end.
    /// The detectors see each bucket as they would have seen it then, after only the ones before it.
    ///
    /// - Parameter from: earlier buckets are only learned from.
    package static func replay(
        _ series: Series, specials: [SpecialPeriod] = [], rule: Rule = Rule(), from: Instant = .distantPast
    ) -> [Record] {
        var watch = SeriesWatch(series.rule, specials: specials)
        var incident = Incident(rule)
        var records: [Record] = []
        for point in series.points {
            let found = point.isComplete ? watch.closed(point) : watch.open([point])
            guard point.start >= from else { continue }
            let change = incident.observe(Evidence(found), at: point.start)
            guard let since = incident.since, let firedAt = incident.firedAt, let worst = incident.worst else {
                continue
            }
            switch change {
            case .fired:
                records.append(
                    Record(since: since, firedAt: firedAt, resolvedAt: nil, reopened: 0, worst: worst))
            case .updated, .recovering, .resumed, .resolved, .reopened:
                guard let last = records.indices.last else { continue }
                records[last] = Record(
                    since: since, firedAt: firedAt, resolvedAt: incident.resolvedAt, reopened: incident.reopened,
                    worst: worst)
            case nil: break
            }
        }
        return records
    }
}

extension Incident.Evidence {
    /// What the anomalies of one bucket say: the strongest of them; nothing known where the data is late.
    package init(_ anomalies: [Anomaly]) {
        if anomalies.contains(where: { $0.kind == .lateData }) {
            self = .unknown
        } else if let strongest = anomalies.min(by: { $0.pValue < $1.pValue }) {
            self = .anomalous(strongest)
        } else {
            self = .clear
        }
    }
}
