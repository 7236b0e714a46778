import API
import Analytics
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SurfaceSupport
import Web
import WhatsApp

@testable import Dashboard

struct Reply: Sendable {
    var status: Int
    var headers: HTTPFields
    var text: String
}

/// A suite that asks a server for its pages.
protocol Asking {}

extension Asking {
    /// Monday 23 November 2026, 10:33:20 in Jakarta.
    static var instant: Instant { Instant(seconds: 1_795_404_800) }

    /// A server on a real socket, so that its peer is this machine, whose visitors it lets in as a demonstration does.
    func ask(
        _ store: ListStore, inbox: CountingInbox = CountingInbox(), keys: ListKeys = ListKeys(),
        secrets: AppSecrets? = AppSecrets(["secret"]), streams: EventStreams = EventStreams(), _ uri: String,
        method: HTTPRequest.Method = .get, headers: HTTPFields = [:], body: String? = nil, isLocal: Bool = true
    ) async throws -> Reply {
        let instant = Self.instant
        let now: @Sendable () -> Instant = { instant }
        let workspace = Workspace()
        let analyst = Analyst(store: store, workspace: workspace, now: now)
        let surfaces = Surfaces(
            inbox: inbox, store: store, keys: keys, links: ListLinks(), analyst: analyst, workspace: workspace,
            secrets: secrets, verifyToken: nil, now: now, version: "1.2.3", streams: streams,
            letsLocalVisitorsIn: true)
        var pages = Pages(
            store: store, analyst: analyst, workspace: workspace, gate: surfaces.gate, arrival: surfaces.arrival,
            now: now, version: "1.2.3", hasSecret: secrets != nil, hasVerifyToken: false, streams: surfaces.streams)
        pages.patience = .seconds(60)
        let app = Application(
            router: surfaces.router { pages.add(to: $0) },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        return try await app.test(isLocal ? .live : .router) { client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
            ) {
                Reply(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
            }
        }
    }
}
