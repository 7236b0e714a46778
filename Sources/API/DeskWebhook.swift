import Connectors
import Domain
import HTTPTypes
import Web

/// `/webhooks/chatwoot`: deliveries of a Chatwoot webhook. A delivery that comes twice (`X-Chatwoot-Delivery`) is kept
/// twice and counted once: events are idempotent.
enum DeskWebhook {
    static let path = "/webhooks/chatwoot"
    private static let signatureField = HTTPField.Name("X-Chatwoot-Signature")
    private static let timestampField = HTTPField.Name("X-Chatwoot-Timestamp")

    static func door(_ secrets: ChatwootSecrets?, _ telemetry: Telemetry) -> WebhookReceiver.Door {
        WebhookReceiver.Door(
            path: path, source: .chatwoot, deliveries: telemetry.chatwoot, check: secrets.map(check),
            noSecret: noSecret)
    }

    private static func check(_ secrets: ChatwootSecrets) -> WebhookReceiver.Check {
        { body, headers, now in
            refusal(
                ChatwootSignature.verify(
                    body: body, signature: signatureField.flatMap { headers[$0] },
                    timestamp: timestampField.flatMap { headers[$0] }, secrets: secrets, now: now))
        }
    }

    private static func refusal(_ verdict: ChatwootSignature.Verdict) -> WebhookReceiver.Refusal? {
        switch verdict {
        case .valid: nil
        case .missing: WebhookReceiver.Refusal(problem: missing, outcome: .unsigned)
        case .malformed, .wrong: WebhookReceiver.Refusal(problem: wrong, outcome: .unsigned)
        case .expired: WebhookReceiver.Refusal(problem: expired, outcome: .expired)
        case .future: WebhookReceiver.Refusal(problem: ahead, outcome: .expired)
        }
    }

    static let noSecret = Problem(
        Failure(
            .misconfigured,
            id: "Rahasia webhook Chatwoot belum diatur, jadi tanda tangannya tidak dapat diperiksa. Salin rahasia "
                + "webhook dari Chatwoot ke PANTAU_CHATWOOT_SECRET (beberapa dipisahkan koma), lalu jalankan ulang.",
            en:
                "No Chatwoot secret is set, so its signature cannot be checked. Copy the webhook's secret from "
                + "Chatwoot to PANTAU_CHATWOOT_SECRET (several with commas between them) and restart."))

    private static let missing = WebhookReceiver.unsigned(
        id: "X-Chatwoot-Signature atau X-Chatwoot-Timestamp tidak ada; tidak ada yang disimpan. Chatwoot "
            + "menandatangani webhook sejak versi 4.13: perbarui Chatwoot bila lebih lama.",
        en: "X-Chatwoot-Signature or X-Chatwoot-Timestamp is missing; nothing was stored. Chatwoot signs webhooks from "
            + "version 4.13 on: update an older one.")

    private static let wrong = WebhookReceiver.unsigned(
        id: "X-Chatwoot-Signature tidak cocok; tidak ada yang disimpan. Pastikan PANTAU_CHATWOOT_SECRET berisi rahasia "
            + "webhook ini di Chatwoot, dan proksi tidak mengubah isi permintaan.",
        en: "X-Chatwoot-Signature does not match; nothing was stored. Check that PANTAU_CHATWOOT_SECRET holds this "
            + "webhook's secret in Chatwoot, and that no proxy alters the body.")

    private static let expired = WebhookReceiver.unsigned(
        id: "Ditandatangani lebih dari \(ChatwootSignature.windowSeconds / 60) menit yang lalu; tidak ada yang "
            + "disimpan. Bila ini bukan kiriman ulang, samakan jam kedua server (NTP).",
        en: "Signed more than \(ChatwootSignature.windowSeconds / 60) minutes ago; nothing was stored. Unless this was "
            + "a replay, set the clocks of both servers (NTP).")

    private static let ahead = WebhookReceiver.unsigned(
        id: "Ditandatangani untuk waktu yang lebih dari \(ChatwootSignature.windowSeconds / 60) menit di depan; tidak "
            + "ada yang disimpan. Samakan jam kedua server (NTP).",
        en: "Signed for a time more than \(ChatwootSignature.windowSeconds / 60) minutes ahead; nothing was stored. "
            + "Set the clocks of both servers (NTP).")

    /// Served by `WebhookReceiver`; stands here for the documentation.
    static let operation = Operation(
        .post, path, access: .open, group: .webhooks,
        summary: Text(id: "Terima kiriman Chatwoot", en: "Take in a Chatwoot delivery"),
        detail: Text(
            id: "Isi mentah paling besar 4 MiB, ditandatangani Chatwoot dengan salah satu PANTAU_CHATWOOT_SECRET dan "
                + "tidak lebih dari 5 menit yang lalu. Dijawab 200 setelah tersimpan di disk. Kiriman yang sama boleh "
                + "datang lagi: dihitung sekali.",
            en: "A raw body of up to 4 MiB, signed by Chatwoot with one of PANTAU_CHATWOOT_SECRET not more than 5 "
                + "minutes ago. Answered 200 once it is on disk. The same delivery may come again: it counts once."),
        parameters: [
            .header(
                "X-Chatwoot-Signature", .string, isRequired: true,
                Text(
                    id: "sha256= dan HMAC dari cap waktu, titik, dan isi mentah.",
                    en: "sha256= and the HMAC of timestamp, full stop and raw body.")),
            .header(
                "X-Chatwoot-Timestamp", .integer, isRequired: true,
                Text(id: "Detik Unix saat ditandatangani.", en: "Unix seconds of signing.")),
        ],
        body: Accepted(type: "application/json", schema: .anyObject, example: ServiceExamples.chatwoot),
        answers: WebhookReceiver.answers, handler: nil)
}
