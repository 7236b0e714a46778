import AsyncHTTPClient
import Dashboard
import Domain
import NIOCore
import NIOHTTP1
import Synchronization
import Web
import WhatsApp

/// Sends deliveries that hold nothing to the server's own webhook address, over real connections: what Meta would
/// meet there.
struct WebhookTester: Sendable {
    /// The port, once the server listens.
    final class Listener: Sendable {
        private let state = Mutex<Int?>(nil)
        var port: Int? {
            get { state.withLock { $0 } }
            set { state.withLock { $0 = newValue } }
        }
    }
    let listener: Listener
    /// What the server listens on.
    let host: String
    /// The only other address that is ever asked.
    let baseURL: String?
    let secret: String?
    let verifyToken: String?
    let connections: ConnectionLog
    let now: @Sendable () -> Instant

    private static let path = "/webhooks/meta"
    private static let body = Array(#"{"object":"whatsapp_business_account","entry":[]}"#.utf8)
    private static let seconds: Int64 = 10
    private static let answerBytesMax = 64 * 1024

    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        // Meta follows no redirect either; and nobody else may be asked in our name.
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(seconds)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    func run(byPublicAddress: Bool) async -> WebhookTest {
        let isPublic = byPublicAddress && baseURL != nil
        let base = isPublic ? baseURL : local
        var steps: [WebhookTest.Step] = []
        for kind in WebhookTest.Kind.allCases {
            steps.append(.init(kind: kind, outcome: await outcome(kind, base)))
        }
        return WebhookTest(at: now(), address: (base ?? "") + Self.path, isPublic: isPublic, steps: steps)
    }

    /// Nil until the server listens.
    private var local: String? {
        guard let port = listener.port else { return nil }
        let name: String
        switch host {
        case "0.0.0.0", "": name = "127.0.0.1"
        case "::", "[::]": name = "[::1]"
        default: name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        }
        return "http://\(name):\(port)"
    }

    private func outcome(_ kind: WebhookTest.Kind, _ base: String?) async -> WebhookTest.Outcome {
        guard let base else { return .unreachable }
        switch kind {
        case .handshake: return await verifyToken.asyncOutcome { await shake($0, base) }
        case .wrongToken: return await verifyToken.asyncOutcome { await shake($0 + "x", base) }
        case .signed:
            return await secret.asyncOutcome { await deliver(Signature.sign(body: Self.body, secret: $0), base) }
        case .unsigned: return await secret.asyncOutcome { _ in await deliver(nil, base) }
        case .wronglySigned:
            return await secret.asyncOutcome { await deliver(Signature.sign(body: Self.body, secret: $0 + "x"), base) }
        }
    }

    private func shake(_ token: String, _ base: String) async -> WebhookTest.Outcome {
        let challenge = connections.testToken.prefix(12).description
        let query = URLQuery([("hub.mode", "subscribe"), ("hub.challenge", challenge), ("hub.verify_token", token)])
        let request = HTTPClientRequest(url: query.url(path: base + Self.path))
        let (outcome, text) = await send(request)
        return outcome == .answered(200) && text != challenge ? .stranger : outcome
    }

    private func deliver(_ signature: String?, _ base: String) async -> WebhookTest.Outcome {
        var request = HTTPClientRequest(url: base + Self.path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let signature { request.headers.add(name: "X-Hub-Signature-256", value: signature) }
        request.body = .bytes(Self.body)
        return await send(request).outcome
    }

    private func send(_ request: HTTPClientRequest) async -> (outcome: WebhookTest.Outcome, text: String) {
        var request = request
        request.headers.add(name: ConnectionLog.testField, value: connections.testToken)
        do {
            let response = try await Self.client.execute(request, timeout: .seconds(Self.seconds))
            let status = Int(response.status.code)
            let bytes = try await response.body.collect(upTo: Self.answerBytesMax)
            if (300..<400).contains(status) { return (.redirected, "") }
            return (.answered(status), String(decoding: bytes.readableBytesView, as: UTF8.self))
        } catch let error as HTTPClientError {
            let isSlow = [.connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded].contains(error)
            return (isSlow ? .slow : .unreachable, "")
        } catch {
            // The types of the TLS library are not ours to import; their names tell.
            let name = String(reflecting: type(of: error))
            return (name.contains("SSL") || name.contains("TLS") ? .untrusted : .unreachable, "")
        }
    }
}

extension String? {
    /// What comes of a step that needs this value; without it the step is not made.
    fileprivate func asyncOutcome(_ step: (String) async -> WebhookTest.Outcome) async -> WebhookTest.Outcome {
        guard let value = self, !value.isEmpty else { return .skipped }
        return await step(value)
    }
}
