import Domain
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Web

/// `POST /webhooks/…`: the signature is checked over the raw bytes, the bytes are committed, and only then is the
/// delivery acknowledged. Nothing is decoded here, so no payload can be refused for what it says.
///
/// Meta's is the one route under load, so webhooks stand outside the middleware: counters only, no log line, no JSON on
/// the way of a good delivery.
struct WebhookReceiver: HTTPResponder {
    typealias Context = WebContext

    /// Nil when the provider signed these bytes.
    typealias Check = @Sendable (_ body: [UInt8], _ headers: HTTPFields, _ now: Instant) -> Refusal?

    /// What is a provider's own.
    struct Door: Sendable {
        let path: String
        let source: DeliverySource
        let deliveries: Telemetry.Deliveries
        /// Nil when there is no secret to check with: then every delivery is refused with `noSecret`.
        let check: Check?
        let noSecret: Problem
        var noSecretMark: ConnectionMark?
    }
    /// Why a delivery is not the provider's.
    struct Refusal: Sendable {
        var problem: Problem
        var outcome: Telemetry.Deliveries.Outcome
        /// For those who set the connection up.
        var mark: ConnectionMark?
    }

    let door: Door
    let inbox: any Inbox
    let now: @Sendable () -> Instant
    let telemetry: Telemetry
    let connections: ConnectionLog
    let language: Language

    func respond(to request: Request, context: WebContext) async throws -> Response {
        let start = ContinuousClock.now
        do {
            guard let check = door.check else {
                if let mark = door.noSecretMark { connections.note(mark, at: now(), by: request.headers) }
                throw door.noSecret
            }
            let body = try await request.bytes(upTo: Limits.webhookBodyBytesMax)
            let receivedAt = now()
            if let refusal = check(body, request.headers, receivedAt) {
                door.deliveries.add(refusal.outcome)
                if let mark = refusal.mark { connections.note(mark, at: receivedAt, by: request.headers) }
                return refusal.problem.response(in: Language.negotiated(for: request, standard: language))
            }
            try await inbox.append(body, source: door.source, receivedAt: receivedAt)
            door.deliveries.add(.accepted)
            telemetry.acknowledged(after: ContinuousClock.now - start)
            return Response(status: .ok)
        } catch {
            return refuse(error, request, context)
        }
    }

    private func refuse(_ error: any Error, _ request: Request, _ context: WebContext) -> Response {
        var problem = Problem(translating: error)
        switch problem.status.code {
        case 413: door.deliveries.add(.tooLarge)
        case 503: door.deliveries.add(.unavailable)
        case 500:
            // Whatever went wrong, the delivery was not committed: the sender shall bring it again.
            door.deliveries.add(.unavailable)
            context.logger.error("a delivery was not committed", metadata: ["error": "\(type(of: error))"])
            problem = Self.notCommitted
        default: door.deliveries.add(.broken)
        }
        return problem.response(in: Language.negotiated(for: request, standard: language))
    }

    static let notCommitted = Problem(
        Failure(
            .unavailable,
            id: "Kiriman belum tersimpan di disk. Kirim lagi sebentar lagi.",
            en: "The delivery could not be stored on disk. Send it again shortly."))

    /// A refusal of a signature. It asks for no key.
    static func unsigned(id: String, en: String) -> Problem {
        var problem = Problem(Failure(.unauthorised, id: id, en: en))
        problem.headers[.wwwAuthenticate] = nil
        return problem
    }
}
