import Alerts
import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// Sends the requests of notifiers over HTTP.
package struct AlertTransport: Sendable {
    /// Longest time that one request may take.
    private static let seconds: Int64 = 20
    /// What is read of an answer: enough to tell what went wrong.
    private static let answerBytesMax = 16 * 1024

    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        // A signed message is for the address that was entered, and no other.
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(10)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    package init() {}

    package func send(_ request: OutgoingRequest) async throws(OutgoingFault) -> OutgoingResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        outgoing.body = .bytes(request.body)
        do {
            let response = try await Self.client.execute(outgoing, timeout: .seconds(Self.seconds))
            var body: [UInt8] = []
            // The status decides; an answer that breaks off or never ends changes nothing about it.
            do {
                for try await part in response.body {
                    body += part.readableBytesView.prefix(Self.answerBytesMax - body.count)
                    if body.count >= Self.answerBytesMax { break }
                }
            } catch {}
            return OutgoingResponse(
                status: Int(response.status.code), retryAfter: response.headers.first(name: "Retry-After"), body: body)
        } catch let error as HTTPClientError {
            let isSlow = [.connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded].contains(error)
            throw isSlow ? .slow : .unreachable
        } catch {
            // The types of the TLS library differ from system to system; their names tell.
            let name = String(reflecting: type(of: error))
            throw name.contains("SSL") || name.contains("TLS") ? .untrusted : .unreachable
        }
    }
}
