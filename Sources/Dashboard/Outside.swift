import Domain
import Synchronization
import Web

/// What the pages need to know of the connections to Meta and others, for those who set them up.
package final class Outside: Sendable {
    package let connections: ConnectionLog
    /// Shown only to those who may change settings.
    package let verifyToken: String?
    /// Where the world reaches this server, without a slash at its end; nil when nobody has said.
    package let baseURL: String?
    /// Webhooks of payment and booking providers and desks, by the last part of their path, whose secret is set.
    package let ready: Set<String>
    /// Sends test deliveries to the server itself: straight, or by the public address.
    private let test: @Sendable (_ byPublicAddress: Bool) async -> WebhookTest
    private let last = Mutex<WebhookTest?>(nil)

    package init(
        connections: ConnectionLog, verifyToken: String?, baseURL: String?, ready: Set<String>,
        test: @escaping @Sendable (_ byPublicAddress: Bool) async -> WebhookTest
    ) {
        self.connections = connections
        self.verifyToken = verifyToken
        self.baseURL = baseURL
        self.ready = ready
        self.test = test
    }

    var lastTest: WebhookTest? { last.withLock { $0 } }

    func runTest(byPublicAddress: Bool) async {
        let result = await test(byPublicAddress && baseURL != nil)
        last.withLock { $0 = result }
        connections.changed()
    }
}
