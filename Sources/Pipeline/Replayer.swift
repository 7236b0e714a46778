import Domain
import Storage

/// Folds what the inbox holds into a store, at once and as of one moment: for recounts and rebuilds.
package enum Replayer {
    /// Projects deliveries after the store's cursor up to `last`. Returns the cursor then.
    @discardableResult
    package static func fill(
        _ store: any AnalyticsStore, from inbox: any Inbox, to last: Int64, home: Home, asOf: Instant,
        onProgress: (@Sendable (Int64) -> Void)? = nil
    ) async throws -> Int64 {
        let decoder = DeliveryDecoder(home: home)
        var cursor = try await store.cursor()
        while cursor < last {
            try Task.checkCancellation()
            let read = try await inbox.read(after: cursor, bytesMax: Projector.batchBytesMax)
            let deliveries = read.filter { $0.sequence <= last }
            guard let batch = decoder.batch(deliveries, asOf: asOf) else { break }
            try await store.apply(batch)
            cursor = batch.cursor
            onProgress?(cursor)
        }
        try await store.apply(ProjectionBatch(items: [], cursor: cursor, receivedAt: asOf, asOf: asOf))
        while try await store.recountStale() {}
        return cursor
    }
}
