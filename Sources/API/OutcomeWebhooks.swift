import Connectors
import Domain
import HTTPTypes
import Web

/// `/webhooks/midtrans`, `xendit`, `stripe`, `calcom`, `calendly`, `custom`: each checks its own provider's signature.
/// A delivery that comes twice is kept twice and counted once: an outcome is known by its source and id.
enum OutcomeWebhooks {
    static func doors(
        _ secrets: [OutcomeProvider: WebhookSecrets], _ telemetry: Telemetry
    ) -> [WebhookReceiver.Door] {
        OutcomeProvider.allCases.map { provider in
            WebhookReceiver.Door(
                path: path(provider), source: provider.source, deliveries: deliveries(provider, telemetry),
                check: secrets[provider].flatMap { $0.isEmpty ? nil : check(provider, $0) },
                noSecret: noSecret(provider))
        }
    }

    static func path(_ provider: OutcomeProvider) -> String { "/webhooks/\(provider.name)" }

    private static func check(_ provider: OutcomeProvider, _ secrets: WebhookSecrets) -> WebhookReceiver.Check {
        { body, headers, now in
            let verdict = provider.verify(body: body, secrets: secrets, now: now) { name in
                HTTPField.Name(name).flatMap { headers[$0] }
            }
            return switch verdict {
            case .valid: nil
            case .missing: WebhookReceiver.Refusal(problem: missing(provider), outcome: .unsigned)
            case .wrong: WebhookReceiver.Refusal(problem: wrong(provider), outcome: .unsigned)
            case .expired: WebhookReceiver.Refusal(problem: expired(provider), outcome: .expired)
            }
        }
    }

    private static func deliveries(_ provider: OutcomeProvider, _ telemetry: Telemetry) -> Telemetry.Deliveries {
        switch provider {
        case .midtrans: telemetry.midtrans
        case .xendit: telemetry.xendit
        case .stripe: telemetry.stripe
        case .calcom: telemetry.calcom
        case .calendly: telemetry.calendly
        case .custom: telemetry.custom
        }
    }

    // MARK: What a refusal says

    private static func noSecret(_ provider: OutcomeProvider) -> Problem {
        Problem(
            Failure(
                .misconfigured,
                id: "Rahasia \(provider.title.id) belum diatur, jadi tanda tangannya tidak dapat diperiksa. Salin "
                    + "\(provider.secret.id) ke \(provider.setting) (beberapa dipisahkan koma), lalu jalankan ulang.",
                en: "No secret of \(provider.title.en) is set, so its signature cannot be checked. Copy "
                    + "\(provider.secret.en) to \(provider.setting) (several with commas between them) and restart."))
    }

    private static func missing(_ provider: OutcomeProvider) -> Problem {
        WebhookReceiver.unsigned(
            id: "\(provider.carrier) tidak ada; tidak ada yang disimpan. Pastikan \(provider.title.id) sendiri yang "
                + "mengirim, secret diisi di sana, dan proksi meneruskan kepala permintaan.",
            en: "\(provider.carrier) is missing; nothing was stored. Check that \(provider.title.en) itself sent this, "
                + "that a secret is set there, and that no proxy drops headers.")
    }

    private static func wrong(_ provider: OutcomeProvider) -> Problem {
        WebhookReceiver.unsigned(
            id: "\(provider.carrier) tidak cocok; tidak ada yang disimpan. Pastikan \(provider.setting) berisi "
                + "\(provider.secret.id), dan proksi tidak mengubah isi permintaan.",
            en: "\(provider.carrier) does not match; nothing was stored. Check that \(provider.setting) holds "
                + "\(provider.secret.en), and that no proxy alters the body.")
    }

    private static func expired(_ provider: OutcomeProvider) -> Problem {
        WebhookReceiver.unsigned(
            id: "\(provider.carrier) benar, tetapi untuk waktu yang terlalu jauh dari sekarang; tidak ada yang "
                + "disimpan. Bila ini bukan kiriman ulang, samakan jam server ini (NTP).",
            en: "\(provider.carrier) is right, but for a time too far from now; nothing was stored. Unless this was a "
                + "replay, set this server's clock (NTP).")
    }

    // MARK: Documentation

    /// Served by `WebhookReceiver`; stand here for the documentation.
    static let operations = OutcomeProvider.allCases.map { provider in
        Operation(
            .post, path(provider), access: .open, group: .webhooks,
            summary: Text(
                id: "Terima kiriman \(provider.title.id)", en: "Take in a delivery of \(provider.title.en)"),
            detail: Text(
                id: "Isi mentah paling besar 4 MiB, ditandatangani dengan salah satu \(provider.setting). Dijawab 200 "
                    + "setelah tersimpan di disk. Kiriman yang sama boleh datang lagi: dihitung sekali.",
                en: "A raw body of up to 4 MiB, signed with one of \(provider.setting). Answered 200 once it is on "
                    + "disk. The same delivery may come again: it counts once."),
            parameters: provider.signatureHeader.map { name in
                [.header(name, .string, isRequired: true, provider.signatureDetail)]
            } ?? [],
            body: Accepted(type: "application/json", schema: .anyObject, example: provider.example),
            answers: WebhookReceiver.answers, handler: nil)
    }
}

extension OutcomeProvider {
    /// As people know it, after "of" in either language.
    fileprivate var title: Text {
        switch self {
        case .midtrans: Self.name("Midtrans")
        case .xendit: Self.name("Xendit")
        case .stripe: Self.name("Stripe")
        case .calcom: Self.name("Cal.com")
        case .calendly: Self.name("Calendly")
        case .custom: Text(id: "sistem sendiri", en: "a system of your own")
        }
    }

    /// A proper name is the same in every language.
    private static func name(_ name: String) -> Text { Text(id: name, en: name) }

    /// Where its secrets are set.
    fileprivate var setting: String {
        switch self {
        case .midtrans: "PANTAU_MIDTRANS_SERVER_KEY"
        case .xendit: "PANTAU_XENDIT_CALLBACK_TOKEN"
        case .stripe: "PANTAU_STRIPE_WEBHOOK_SECRET"
        case .calcom: "PANTAU_CALCOM_WEBHOOK_SECRET"
        case .calendly: "PANTAU_CALENDLY_SIGNING_KEY"
        case .custom: "PANTAU_CUSTOM_WEBHOOK_SECRET"
        }
    }

    /// What the secret is called there, and where it is found.
    fileprivate var secret: Text {
        switch self {
        case .midtrans:
            Text(
                id: "Server Key (Midtrans → Settings → Access Keys)",
                en: "the server key (Midtrans → Settings → Access Keys)")
        case .xendit:
            Text(
                id: "token verifikasi webhook (Xendit → Settings → Webhooks)",
                en: "the webhook verification token (Xendit → Settings → Webhooks)")
        case .stripe:
            Text(
                id: "signing secret whsec_… milik endpoint ini (Stripe → Developers → Webhooks)",
                en: "this endpoint's signing secret whsec_… (Stripe → Developers → Webhooks)")
        case .calcom:
            Text(
                id: "secret webhook ini (Cal.com → Settings → Developer → Webhooks)",
                en: "this webhook's secret (Cal.com → Settings → Developer → Webhooks)")
        case .calendly:
            Text(
                id: "signing key langganan webhook ini (signing_key pada API Calendly)",
                en: "this webhook subscription's signing key (signing_key in Calendly's API)")
        case .custom:
            Text(
                id: "secret yang dipakai sistem Anda untuk menandatangani",
                en: "the secret that your system signs with")
        }
    }

    /// What carries the signature.
    fileprivate var carrier: String { signatureHeader ?? "signature_key" }

    fileprivate var signatureDetail: Text {
        switch self {
        case .midtrans: Text(id: "Ada di dalam isi.", en: "Stands in the body.")
        case .xendit: Text(id: "Token verifikasi webhook akun.", en: "The account's webhook verification token.")
        case .stripe, .calendly, .custom:
            Text(
                id: "t=<detik Unix>,v1=<HMAC-SHA256 heksadesimal dari waktu, titik, dan isi mentah>.",
                en: "t=<Unix seconds>,v1=<hexadecimal HMAC-SHA256 of time, full stop and raw body>.")
        case .calcom:
            Text(
                id: "HMAC-SHA256 heksadesimal dari isi mentah.", en: "The hexadecimal HMAC-SHA256 of the raw body.")
        }
    }

    fileprivate var example: String {
        switch self {
        case .midtrans: OutcomeExamples.midtrans
        case .xendit: OutcomeExamples.xendit
        case .stripe: OutcomeExamples.stripe
        case .calcom: OutcomeExamples.calcom
        case .calendly: OutcomeExamples.calendly
        case .custom: OutcomeExamples.outcome
        }
    }
}
