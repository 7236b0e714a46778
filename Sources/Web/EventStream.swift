import Domain
import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Synchronization

/// The places for clients that stay to be told of changes (server-sent events): each holds a connection and asks the
/// store again and again, so that there are only so many.
package final class EventStreams: Sendable {
    package struct Pace: Sendable {
        /// Between looks at the data version.
        package var look: Duration = .seconds(1)
        /// Least time between two events.
        package var event: Duration = .seconds(2)
        /// Longest time without an event or a heartbeat; what depends on the clock is looked at again then.
        package var heartbeat: Duration = .seconds(15)
        /// After this the stream ends and the client comes again: a revoked key is heard of by then.
        package var life: Duration = .seconds(300)
        package init() {}
    }
    package let pace: Pace
    package let seatsMax: Int
    private let taken = Mutex<Int>(0)

    package init(pace: Pace = Pace(), seatsMax: Int = 64) {
        self.pace = pace
        self.seatsMax = seatsMax
    }

    /// Streams that are open.
    package var openCount: Int { taken.withLock { $0 } }

    /// A place, given back when the last reference to it goes: also that of a response which is never sent.
    private final class Seat: Sendable {
        private let streams: EventStreams
        init?(_ streams: EventStreams) {
            let isFree = streams.taken.withLock { taken in
                guard taken < streams.seatsMax else { return false }
                taken += 1
                return true
            }
            guard isFree else { return nil }
            self.streams = streams
        }
        deinit { streams.taken.withLock { $0 -= 1 } }
    }

    /// A response that sends `content` at once and again whenever it has changed after a new data version, or by time.
    /// Throws a `Problem` when no place is free, and whatever the first `content` throws.
    /// - Parameters:
    ///   - name: of the events.
    ///   - version: the data version, asked every `pace.look`.
    package func response(
        _ name: String, version: @escaping @Sendable () async throws -> Int64,
        content: @escaping @Sendable () async throws -> String
    ) async throws -> Response {
        guard let seat = Seat(self) else { throw Self.full }
        let firstVersion = try await version()
        let first = try await content()
        let pace = pace
        let body = ResponseBody { writer in
            defer { withExtendedLifetime(seat) {} }
            try await writer.write(ByteBuffer(string: "retry: 3000\n\n" + Self.event(name, firstVersion, first)))
            var told = (version: firstVersion, content: first, at: ContinuousClock.now)
            let end = told.at.advanced(by: pace.life)
            // A fault of the store ends the stream: the client comes again, and is then told what is wrong.
            while !Task.isCancelled, !Task.isShuttingDownGracefully, ContinuousClock.now < end {
                try await Task.sleep(for: min(pace.look, ContinuousClock.now.duration(to: end)))
                let quiet = told.at.duration(to: .now)
                guard quiet >= pace.event, let version = try? await version() else { continue }
                guard version != told.version || quiet >= pace.heartbeat else { continue }
                guard let content = try? await content() else { break }
                let news = content == told.content ? ": \n\n" : Self.event(name, version, content)
                try await writer.write(ByteBuffer(string: news))
                told = (version, content, .now)
            }
            try await writer.finish(nil)
        }
        var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8"]
        // Told to nginx: an event that waits in a buffer for others is none.
        headers.set(HTTPFieldNames.accelBuffering, "no")
        return Response(status: .ok, headers: headers, body: body)
    }

    /// One event; each line of its data on a line of its own.
    static func event(_ name: String, _ version: Int64, _ content: String) -> String {
        let lines = content.split(omittingEmptySubsequences: false) { $0.isNewline }
        return "event: \(name)\nid: \(version)\n" + lines.map { "data: \($0)\n" }.joined() + "\n"
    }

    private static let full = Problem(
        Failure(
            .unavailable,
            id: "Terlalu banyak aliran langsung yang terbuka. Tutup yang tidak dipakai, atau minta daftarnya saja.",
            en: "Too many live streams are open. Close those that are not used, or ask for the list instead."))
}

extension Request {
    /// Whether the first media type that is named of the two is that of server-sent events.
    package var wantsEvents: Bool {
        for part in (headers[.accept] ?? "").lowercased().split(separator: ",") {
            let type = part.prefix { $0 != ";" }.filter { $0 != " " }
            if type == "text/event-stream" { return true }
            if type == "application/json" { return false }
        }
        return false
    }
}
