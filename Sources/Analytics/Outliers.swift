import Catalogue
import Domain
import Storage

/// An answered wait that `response_outliers` counts, with the fence that it passed.
package struct Outlier: Hashable, Sendable {
    package var wait: AnsweredWait
    /// Answers of the same kind of responder in the same week that took longer than this are outliers.
    package var fenceSeconds: Double
}

extension Analyst {
    /// The longest of the waits behind `response_outliers`, the longest first.
    /// - Parameter filters: on stored dimensions of waits only.
    package func outliers(
        _ range: Range<Instant>, filters: [Filter] = [], limit: Int
    ) async throws -> [Outlier] {
        let thresholds = try await outlierThresholds(range)
        var found: [Outlier] = []
        for fence in thresholds.fences(in: range) where !fence.aboveBin.isEmpty {
            let waits = try await store.answeredWaits(
                in: fence.range, aboveBin: fence.aboveBin, matching: filters, limit: limit)
            for wait in waits {
                let responder = wait.dimensions[.responder]
                guard let fence = thresholds.threshold(startedAt: wait.startedAt, responder: responder) else {
                    continue
                }
                found.append(Outlier(wait: wait, fenceSeconds: fence.seconds))
            }
        }
        found.sort {
            ($1.wait.responseMicroseconds, $0.wait.startedAt, $0.wait.conversation)
                < ($0.wait.responseMicroseconds, $1.wait.startedAt, $1.wait.conversation)
        }
        return Array(found.prefix(limit))
    }
}
