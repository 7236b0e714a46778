import Analytics
import Connectors
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Insights
import Storage
import SurfaceSupport
import WhatsApp

@testable import API
@testable import Web

/// A server over fakes, and the requests that tests make of it.
struct Site {
    static let instant = Instant(seconds: 1_795_400_000)
    static let secret = "app-secret"
    static let chatwootSecret = "chatwoot-secret"

    var inbox = CountingInbox()
    var store = ListStore()
    var keys = ListKeys()
    var links = ListLinks()
    var linkBaseURL: String?
    var outcomeSecrets: [OutcomeProvider: WebhookSecrets] = [:]
    var secrets: AppSecrets? = AppSecrets(["other", Site.secret])
    var chatwootSecrets: ChatwootSecrets? = ChatwootSecrets(["older", Site.chatwootSecret])
    var verifyToken: String? = "verify me +1"
    var streams = EventStreams()
    var readiness: @Sendable () async -> Failure? = { nil }
    var isInboxFull = false
    var findings: (any FindingStore)?
    var findingDesk: FindingDesk?

    var surfaces: Surfaces {
        let now: @Sendable () -> Instant = { Self.instant }
        let workspace = Workspace()
        var surfaces = Surfaces(
            inbox: isInboxFull ? FullInbox() : inbox, store: store, keys: keys, links: links,
            analyst: Analyst(store: store, workspace: workspace, now: now), workspace: workspace, secrets: secrets,
            chatwootSecrets: chatwootSecrets, verifyToken: verifyToken, now: now, version: "1.2.3", streams: streams)
        surfaces.linkBaseURL = linkBaseURL
        surfaces.outcomeSecrets = outcomeSecrets
        surfaces.readiness = readiness
        surfaces.findings = findings
        surfaces.findingDesk = findingDesk
        return surfaces
    }

    func key(_ role: APIKey.Role) async throws -> String {
        let key = APIKeySecret.generate(role: role.rawValue)
        _ = try await keys.insertKey(
            name: role.rawValue, role: role, digest: APIKeySecret.digest(of: key), createdAt: Self.instant)
        return key
    }

    /// Sends one request to the router and hands back what came.
    func send(
        _ method: HTTPRequest.Method, _ uri: String, headers: HTTPFields = [:], body: [UInt8]? = nil,
        key: String? = nil
    ) async throws -> Reply {
        var headers = headers
        if let key { headers[.authorization] = "Bearer \(key)" }
        let fields = headers
        let app = Application(router: surfaces.router())
        return try await app.test(.router) { client in
            try await client.execute(
                uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(bytes: $0) }
            ) { Reply($0) }
        }
    }

    /// Sends several requests to one server, so that what it counts adds up.
    func sendAll(
        _ requests: [(method: HTTPRequest.Method, uri: String, headers: HTTPFields, body: [UInt8])]
    ) async throws -> [Reply] {
        let app = Application(router: surfaces.router())
        return try await app.test(.router) { client in
            var replies: [Reply] = []
            for request in requests {
                replies.append(
                    try await client.execute(
                        uri: request.uri, method: request.method, headers: request.headers,
                        body: ByteBuffer(bytes: request.body)
                    ) { Reply($0) })
            }
            return replies
        }
    }

    func webhook(_ body: [UInt8], signature: String?) async throws -> Reply {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let signature, let name = HTTPField.Name("X-Hub-Signature-256") { headers[name] = signature }
        return try await send(.post, "/webhooks/meta", headers: headers, body: body)
    }
}

struct Reply: Sendable {
    var status: Int
    var headers: HTTPFields
    var bytes: [UInt8]
    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        bytes = Array(buffer: response.body)
    }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSON.Value? { try? JSON.parse(bytes) }
    var type: String { headers[.contentType] ?? "" }
    /// The last word of a problem's type; nil when this is no problem.
    var problem: String? {
        guard type.hasPrefix("application/problem+json"), let type = json?["type"]?.string,
            json?["status"]?.int64 == Int64(status), json?["title"]?.string != nil, json?["detail"]?.string != nil
        else { return nil }
        let prefix = "/docs#problem-"
        return type.hasPrefix(prefix) ? String(type.dropFirst(prefix.count)) : nil
    }
}

/// An inbox whose disk is full.
struct FullInbox: Inbox {
    func append(_ body: [UInt8], source: DeliverySource, receivedAt: Instant) async throws -> Int64 {
        throw Failure(.unavailable, id: "Disk penuh.", en: "The disk is full.")
    }
    func read(after sequence: Int64, bytesMax: Int) async throws -> [Delivery] { [] }
    func lastSequence() async throws -> Int64 { 0 }
    func receivedAt(after sequence: Int64) async throws -> Instant? { nil }
    func compact(before instant: Instant, projectedTo sequence: Int64) async throws -> Int { 0 }
}
