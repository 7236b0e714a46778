import Domain
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Web
import WhatsApp

/// `POST /webhooks/meta`: the signature is checked over the raw bytes, the bytes are committed, and only then is the
/// delivery acknowledged. Nothing is decoded here, so no payload can be refused for what it says.
///
/// This is the one route under load, so it stands outside the middleware: counters only, no log line, no JSON on the
/// way of a good delivery.
struct WebhookReceiver: HTTPResponder {
    typealias Context = WebContext

    static let path = "/webhooks/meta"
    private static let signatureField = HTTPField.Name("X-Hub-Signature-256")

    let inbox: any Inbox
    let secrets: AppSecrets?
    let now: @Sendable () -> Instant
    let telemetry: Telemetry
    let language: Language

    func respond(to request: Request, context: WebContext) async throws -> Response {
        let start = ContinuousClock.now
        do {
            guard let secrets else { throw Self.noSecret }
            let body = try await request.bytes(upTo: Limits.webhookBodyBytesMax)
            let signature = Self.signatureField.flatMap { request.headers[$0] }
            guard Signature.verify(body: body, header: signature, secrets: secrets) else { throw Self.unsigned }
            try await inbox.append(body, source: .metaWebhook, receivedAt: now())
            telemetry.acknowledged(after: ContinuousClock.now - start)
            return Response(status: .ok)
        } catch {
            return refuse(error, request, context)
        }
    }

    private func refuse(_ error: any Error, _ request: Request, _ context: WebContext) -> Response {
        var problem = Problem(translating: error)
        switch problem.status.code {
        case 401: telemetry.unsigned.add()
        case 413: telemetry.tooLarge.add()
        case 503: telemetry.unavailable.add()
        case 500:
            // Whatever went wrong, the delivery was not committed: Meta shall bring it again.
            telemetry.unavailable.add()
            context.logger.error("a delivery was not committed", metadata: ["error": "\(type(of: error))"])
            problem = Self.notCommitted
        default: telemetry.broken.add()
        }
        return problem.response(in: Language.negotiated(for: request, standard: language))
    }

    static let noSecret = Problem(
        Failure(
            .misconfigured,
            id: "Rahasia aplikasi Meta belum diatur, jadi tanda tangan webhook tidak dapat diperiksa. "
                + "Isi PANTAU_META_APP_SECRET lalu jalankan ulang.",
            en: "No Meta app secret is set, so the signature of webhooks cannot be checked. "
                + "Set PANTAU_META_APP_SECRET and restart."))

    static let unsigned: Problem = {
        var problem = Problem(
            Failure(
                .unauthorised,
                id: "Tanda tangan X-Hub-Signature-256 tidak ada atau tidak cocok; tidak ada yang disimpan. "
                    + "Pastikan PANTAU_META_APP_SECRET berisi rahasia aplikasi yang berlangganan webhook ini.",
                en: "X-Hub-Signature-256 is missing or does not match; nothing was stored. "
                    + "Check that PANTAU_META_APP_SECRET holds the secret of the app subscribed to this webhook."))
        problem.headers[.wwwAuthenticate] = nil
        return problem
    }()

    static let notCommitted = Problem(
        Failure(
            .unavailable,
            id: "Kiriman belum tersimpan di disk. Kirim lagi sebentar lagi.",
            en: "The delivery could not be stored on disk. Send it again shortly."))
}

extension Surfaces {
    func webhookOperations() -> [Operation] {
        [handshake, delivery]
    }

    private var handshake: Operation {
        Operation(
            .get, WebhookReceiver.path, access: .open, group: .webhooks,
            summary: Text(id: "Verifikasi alamat webhook", en: "Handshake of Meta's webhook"),
            detail: Text(
                id:
                    "Dipanggil Meta ketika alamat webhook disimpan. Token "
                    + "dibandingkan dengan PANTAU_META_VERIFY_TOKEN.",
                en: "Called by Meta when the webhook address is saved. The token is compared with "
                    + "PANTAU_META_VERIFY_TOKEN."),
            parameters: [
                .query(
                    "hub.mode", .word(["subscribe"]), isRequired: true,
                    Text(id: "Selalu subscribe.", en: "Always subscribe.")),
                .query(
                    "hub.challenge", .string, isRequired: true,
                    Text(id: "Dikembalikan apa adanya.", en: "Returned as it is.")),
                .query(
                    "hub.verify_token", .string, isRequired: true,
                    Text(id: "Token verifikasi.", en: "The verify token.")),
            ],
            answers: [
                Answered(
                    200, Text(id: "Nilai hub.challenge", en: "The value of hub.challenge"), type: "text/plain",
                    schema: .string),
                .problem(403, Text(id: "Mode atau token salah", en: "Wrong mode or token")),
            ]
        ) { [verifyToken] request, _ in
            let query = request.urlQuery
            guard let verifyToken, !verifyToken.isEmpty else {
                throw Failure(
                    .forbidden,
                    id: "Token verifikasi belum diatur. Isi PANTAU_META_VERIFY_TOKEN lalu jalankan ulang.",
                    en: "No verify token is set. Set PANTAU_META_VERIFY_TOKEN and restart.")
            }
            guard query["hub.mode"] == "subscribe", let challenge = query["hub.challenge"],
                let token = query["hub.verify_token"], ConstantTime.equal(token, verifyToken)
            else {
                throw Failure(
                    .forbidden,
                    id: "Token verifikasi tidak cocok. Samakan token di dasbor Meta dengan PANTAU_META_VERIFY_TOKEN.",
                    en: "The verify token does not match. Make the token in Meta's dashboard equal to "
                        + "PANTAU_META_VERIFY_TOKEN.")
            }
            return .text(challenge)
        }
    }

    /// Served by `WebhookReceiver`; stands here for the documentation.
    private var delivery: Operation {
        Operation(
            .post, WebhookReceiver.path, access: .open, group: .webhooks,
            summary: Text(id: "Terima kiriman webhook", en: "Take in a webhook delivery"),
            detail: Text(
                id: "Isi mentah paling besar 4 MiB dengan X-Hub-Signature-256. Dijawab 200 setelah tersimpan di disk.",
                en: "A raw body of up to 4 MiB with X-Hub-Signature-256. Answered 200 once it is on disk."),
            parameters: [
                .header(
                    "X-Hub-Signature-256", .string, isRequired: true,
                    Text(id: "sha256= dan HMAC isi mentah.", en: "sha256= and the HMAC of the raw body."))
            ],
            body: Accepted(
                type: "application/json", schema: .anyObject,
                example: #"{"object":"whatsapp_business_account","entry":[]}"#),
            answers: [
                Answered(200, Text(id: "Sudah tersimpan", en: "Stored")),
                .problem(401, Text(id: "Tanda tangan salah; tidak disimpan", en: "Bad signature; nothing stored")),
                .problem(413, Text(id: "Lebih dari 4 MiB", en: "More than 4 MiB")),
                .problem(503, Text(id: "Belum tersimpan: kirim lagi", en: "Not stored: send it again")),
            ], handler: nil)
    }
}
