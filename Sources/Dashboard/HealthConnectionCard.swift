import Analytics
import Domain
import Web

/// The door where Meta knocks: the last handshake, the last refusal, and a test of the door.
struct HealthConnectionCard: Card {
    struct Model: Sendable {
        var connection: DataHealth.Connection
        var test: WebhookTest?
    }
    let name = "health_connection"
    let title = Text(id: "Pintu webhook", en: "The webhook door")
    let height = CardHeight(6, narrow: 7)
    let isLive = true
    /// A refusal is told as news for so long.
    static let newsSeconds: Int64 = 86_400

    func load(_ scope: Scope) async throws -> Model {
        Model(connection: try await scope.health().connection, test: scope.outside?.lastTest)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.connection.hasSecret else {
            return scope.pill(.bad, scope.say("Tertutup: app secret belum diisi", "Closed: no app secret is set"))
        }
        if let refusal = model.connection.refusal, Self.isNews(refusal.at, scope) {
            return scope.pill(.warn, scope.say("Ada kiriman yang ditolak", "Deliveries were refused"))
        }
        return scope.pill(.good, scope.say("Terbuka", "Open"))
    }

    static func isNews(_ instant: Instant, _ scope: Scope) -> Bool {
        scope.now.microseconds(since: instant) < newsSeconds * 1_000_000
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let connection = model.connection
        let handshake: HTML =
            connection.marks[.handshake].map { scope.since($0.at) }
            ?? "\(scope.say("belum tercatat", "none noted yet"))"
        var lines: [HTML] = [
            line(scope.say("Jabat tangan Meta terakhir", "Meta's last handshake"), handshake),
            line("App secret", set(connection.hasSecret, "PANTAU_META_APP_SECRET", scope)),
            line(
                scope.say("Token verifikasi", "Verify token"),
                set(connection.hasVerifyToken, "PANTAU_META_VERIFY_TOKEN", scope)),
        ]
        if let refusal = connection.refusal {
            let count = connection.marks[refusal.mark]?.count ?? 1
            lines.insert(
                line(
                    scope.say("Penolakan terakhir", "Last refusal"),
                    """
                    \(scope.since(refusal.at)), \(scope.say(
                    "\(scope.figures.integer(count)) kali sejauh ini", "\(scope.figures.integer(count)) times so far"))\
                    <span class="interval">\(HTML(prose: Self.cause(refusal.mark)(scope.language)))</span>
                    """), at: 1)
        }
        return "<ul class=\"list\">\(lines)</ul>" + tester(model, scope)
    }

    private func line(_ name: String, _ value: HTML) -> HTML {
        "<li><span>\(name)</span><span class=\"apart\">\(value)</span></li>"
    }

    private func set(_ isSet: Bool, _ variable: String, _ scope: Scope) -> HTML {
        isSet
            ? scope.pill(.good, scope.say("terisi", "set"))
            : scope.pill(.bad, scope.say("kosong", "not set")) + " <code>\(variable)</code>"
    }

    /// Why deliveries are refused, as far as the refusal tells.
    static func cause(_ mark: ConnectionMark) -> Text {
        switch mark {
        case .webhookWrongSignature:
            Text(
                id: "Tanda tangannya tidak cocok. Paling sering `PANTAU_META_APP_SECRET` berisi rahasia aplikasi lain, "
                    + "atau proksi mengubah isi kiriman.",
                en: "Its signature does not match. Mostly `PANTAU_META_APP_SECRET` holds the secret of another app, or "
                    + "a proxy changes the body.")
        case .webhookUnsigned:
            Text(
                id: "Tanpa tanda tangan: bukan dari Meta, atau proksi membuang `X-Hub-Signature-256`.",
                en: "Without a signature: not from Meta, or a proxy drops `X-Hub-Signature-256`.")
        case .webhookNoSecret:
            Text(
                id: "`PANTAU_META_APP_SECRET` kosong, jadi tidak ada yang dapat diperiksa. Meta mencoba lagi nanti.",
                en: "`PANTAU_META_APP_SECRET` is not set, so nothing can be checked. Meta tries again later.")
        case .handshakeWrongToken:
            Text(
                id: "Token di dasbor Meta berbeda dari `PANTAU_META_VERIFY_TOKEN`.",
                en: "The token in Meta's dashboard differs from `PANTAU_META_VERIFY_TOKEN`.")
        case .handshakeNoToken:
            Text(
                id: "`PANTAU_META_VERIFY_TOKEN` kosong. Isi, jalankan ulang, lalu tekan Verify and save lagi.",
                en: "`PANTAU_META_VERIFY_TOKEN` is not set. Set it, restart, then press Verify and save again.")
        default: Text(id: "Tidak diketahui.", en: "Not known.")
        }
    }

    // MARK: The test

    private func tester(_ model: Model, _ scope: Scope) -> HTML {
        guard scope.viewer.may(.settings), !scope.data.isDemo, let outside = scope.outside else { return "" }
        let byAddress: HTML =
            outside.baseURL.map {
                """
                <button type="submit" name="by" value="public">\(scope.say("Uji lewat", "Test by")) \($0)</button>
                """
            } ?? ""
        return """
            <div class="spaced"><form method="post" action="/health/test" class="actions">
            <input type="hidden" name="form_token" value="\(scope.viewer.formToken)">
            <button type="submit" name="by" value="direct" class="primary">\(scope.say(
            "Uji webhook", "Test the webhook"))</button>\(byAddress)
            <span class="muted small">\(scope.say(
            "Mengirim kiriman kosong ke server ini sendiri; tidak ada angka yang berubah.",
            "Sends empty deliveries to this server itself; no number changes."))</span></form>
            \(model.test.map { result($0, scope) })</div>
            """
    }

    private func result(_ test: WebhookTest, _ scope: Scope) -> HTML {
        let rows = test.steps.map { step -> HTML in
            let state =
                step.isGood
                ? scope.pill(.good, step.kind.good(scope.language))
                : scope.pill(step.outcome == .skipped ? .quiet : .bad, scope.say("Gagal", "Failed"))
            let remedy: HTML =
                step.remedy.map { "<span class=\"interval\">\(HTML(prose: $0(scope.language)))</span>" } ?? ""
            return
                "<li><span>\(step.kind.title(scope.language))</span><span class=\"apart\">\(state)\(remedy)</span></li>"
        }
        return """
            <div role="status" class="spaced" id="webhook-test"><p><strong>\(test.isGood
                ? scope.say("Pintu bekerja seperti seharusnya.", "The door works as it should.")
                : scope.say("Ada yang perlu dibenahi.", "Something is to be mended."))</strong> \
            <span class="muted small"><code>\(test.address)</code> · \(scope.since(test.at))</span></p>
            <ul class="list spaced">\(rows)</ul></div>
            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        let connection = model.connection
        return [
            HealthTable.export(
                ["app_secret_set", "verify_token_set", "last_handshake_at", "last_refusal", "last_refusal_at"],
                [
                    [
                        .words(connection.hasSecret ? "true" : "false"),
                        .words(connection.hasVerifyToken ? "true" : "false"), .time(connection.marks[.handshake]?.at),
                        connection.refusal.map { .words($0.mark.rawValue) } ?? .none, .time(connection.refusal?.at),
                    ]
                ])
        ]
    }
}
