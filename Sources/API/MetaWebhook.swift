import Domain
import HTTPTypes
import Hummingbird
import Web
import WhatsApp

/// `/webhooks/meta`: Meta's handshake, and its deliveries.
enum MetaWebhook {
    static let path = "/webhooks/meta"
    private static let signatureField = HTTPField.Name("X-Hub-Signature-256")

    static func door(_ secrets: AppSecrets?, _ telemetry: Telemetry) -> WebhookReceiver.Door {
        WebhookReceiver.Door(
            path: path, source: .metaWebhook, deliveries: telemetry.meta, check: secrets.map(check),
            noSecret: noSecret, noSecretMark: .webhookNoSecret)
    }

    private static func check(_ secrets: AppSecrets) -> WebhookReceiver.Check {
        { body, headers, _ in
            let signature = signatureField.flatMap { headers[$0] }
            guard !Signature.verify(body: body, header: signature, secrets: secrets) else { return nil }
            let mark: ConnectionMark = signature == nil ? .webhookUnsigned : .webhookWrongSignature
            return WebhookReceiver.Refusal(problem: unsigned, outcome: .unsigned, mark: mark)
        }
    }

    static let noSecret = Problem(
        Failure(
            .misconfigured,
            id: "Rahasia aplikasi Meta belum diatur, jadi tanda tangan webhook tidak dapat diperiksa. "
                + "Isi PANTAU_META_APP_SECRET lalu jalankan ulang.",
            en: "No Meta app secret is set, so the signature of webhooks cannot be checked. "
                + "Set PANTAU_META_APP_SECRET and restart."))

    static let unsigned = WebhookReceiver.unsigned(
        id: "Tanda tangan X-Hub-Signature-256 tidak ada atau tidak cocok; tidak ada yang disimpan. "
            + "Pastikan PANTAU_META_APP_SECRET berisi rahasia aplikasi yang berlangganan webhook ini.",
        en: "X-Hub-Signature-256 is missing or does not match; nothing was stored. "
            + "Check that PANTAU_META_APP_SECRET holds the secret of the app subscribed to this webhook.")
}

extension Surfaces {
    func metaOperations() -> [Operation] {
        [handshake, delivery]
    }

    private var handshake: Operation {
        Operation(
            .get, MetaWebhook.path, access: .open, group: .webhooks,
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
        ) { [verifyToken, connections, now] request, _ in
            let query = request.urlQuery
            guard let verifyToken, !verifyToken.isEmpty else {
                connections.note(.handshakeNoToken, at: now(), by: request.headers)
                throw Failure(
                    .forbidden,
                    id: "Token verifikasi belum diatur. Isi PANTAU_META_VERIFY_TOKEN lalu jalankan ulang.",
                    en: "No verify token is set. Set PANTAU_META_VERIFY_TOKEN and restart.")
            }
            guard query["hub.mode"] == "subscribe", let challenge = query["hub.challenge"],
                let token = query["hub.verify_token"], ConstantTime.equal(token, verifyToken)
            else {
                // A look with a browser asks for nothing, and is no failed handshake.
                if query["hub.verify_token"] != nil {
                    connections.note(.handshakeWrongToken, at: now(), by: request.headers)
                }
                throw Failure(
                    .forbidden,
                    id: "Token verifikasi tidak cocok. Samakan token di dasbor Meta dengan PANTAU_META_VERIFY_TOKEN.",
                    en: "The verify token does not match. Make the token in Meta's dashboard equal to "
                        + "PANTAU_META_VERIFY_TOKEN.")
            }
            connections.note(.handshake, at: now(), by: request.headers)
            return .text(challenge)
        }
    }

    /// Served by `WebhookReceiver`; stands here for the documentation.
    private var delivery: Operation {
        Operation(
            .post, MetaWebhook.path, access: .open, group: .webhooks,
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
            answers: WebhookReceiver.answers, handler: nil)
    }
}

extension WebhookReceiver {
    /// What any webhook is answered.
    static let answers: [Answered] = [
        Answered(200, Text(id: "Sudah tersimpan", en: "Stored")),
        .problem(401, Text(id: "Tanda tangan salah; tidak disimpan", en: "Bad signature; nothing stored")),
        .problem(413, Text(id: "Lebih dari 4 MiB", en: "More than 4 MiB")),
        .problem(503, Text(id: "Belum tersimpan: kirim lagi", en: "Not stored: send it again")),
    ]
}
