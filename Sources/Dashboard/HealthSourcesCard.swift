import Analytics
import Domain
import Storage
import Web

/// Where data comes from, and whether each source is as lively as it usually is.
struct HealthSourcesCard: Card {
    let name = "health_sources"
    let title = Text(id: "Dari mana data datang", en: "Where data comes from")
    let height = CardHeight(17, narrow: 24)
    let isLive = true
    /// Days that are summed in the table.
    static let days = 28

    func load(_ scope: Scope) async throws -> [SourceHealth] { try await scope.health().sources }

    func lead(_ sources: [SourceHealth], _ scope: Scope) -> HTML {
        guard !sources.isEmpty else { return "" }
        let silent = sources.filter { $0.light == .silent }.map { Self.title($0.source)(scope.language) }
        let late = sources.filter { $0.light == .late }.map { Self.title($0.source)(scope.language) }
        if !silent.isEmpty {
            let names = silent.joined(separator: ", ")
            return scope.pill(.bad, scope.say("Berhenti: \(names)", "Stopped: \(names)"))
        }
        if !late.isEmpty {
            let names = late.joined(separator: ", ")
            return scope.pill(.warn, scope.say("Lebih sepi dari biasanya: \(names)", "Quieter than usual: \(names)"))
        }
        return scope.pill(.good, scope.say("Seperti biasanya", "As usual"))
    }

    func view(_ sources: [SourceHealth], _ scope: Scope) -> HTML {
        guard !sources.isEmpty else {
            let link: HTML =
                scope.viewer.may(.settings)
                ? "<a class=\"button\" href=\"\(StartPage.path)\">\(scope.say("Hubungkan Meta", "Connect Meta"))</a>"
                : ""
            return """
                <div class="empty"><p>\(scope.say(
                "Belum ada yang datang. Begitu kiriman pertama tiba, tiap sumber muncul di sini dengan lampunya.",
                "Nothing has come yet. With the first delivery each source appears here with its light."
                ))</p>\(link)</div>
                """
        }
        let heads = [
            scope.say("Sumber", "Source"), scope.say("Keadaan", "State"), scope.say("Terakhir", "Latest"),
            scope.say("Kiriman, 28 hari", "Deliveries, 28 days"), scope.say("Per hari, 90 hari", "By day, 90 days"),
        ]
        return HealthTable.html(heads, numeric: [2, 3], sources.map { row($0, scope) })
            + "<p class=\"muted small spaced\">\(legend(scope))</p>"
    }

    private func legend(_ scope: Scope) -> String {
        scope.say(
            "Lampu membandingkan dengan jam yang sama di minggu-minggu sebelumnya, jadi malam dan hari libur toko "
                + "tidak dianggap gangguan. Merah: biasanya ada 10 kiriman atau lebih, kini tidak satu pun.",
            "The light compares with the same hours of the weeks before, so that nights and days off are no fault. "
                + "Red: 10 deliveries or more would be usual, and there is none.")
    }

    private func row(_ source: SourceHealth, _ scope: Scope) -> [HTML] {
        let counts = source.recent(Self.days)
        let events = scope.figures.integer(counts.events)
        return [
            name(source.source, scope), state(source, scope), scope.since(source.lastAt),
            """
            <strong>\(scope.figures.integer(counts.deliveries))</strong>\
            <span class="interval">\(scope.say("\(events) kejadian", "\(events) events"))</span>
            """,
            spark(source, scope),
        ]
    }

    /// A name of the business's own stands beside the kind of source that it is.
    private func name(_ source: ReceiptSource, _ scope: Scope) -> HTML {
        let title = Self.title(source)(scope.language)
        guard !source.name.isEmpty else { return "\(title)" }
        let kind = Self.title(ReceiptSource(source.source))(scope.language)
        return "\(title)<span class=\"interval\">\(kind)</span>"
    }

    private func state(_ source: SourceHealth, _ scope: Scope) -> HTML {
        let usual = source.usual.map { scope.figures.integer(Int64($0.rounded())) }
        switch source.light {
        case .good: return scope.pill(.good, scope.say("Lancar", "Fine"))
        case .occasional: return scope.pill(.quiet, scope.say("Sesekali", "Occasional"))
        case .late:
            let words = usual.map { scope.say("biasanya ±\($0) kiriman", "usually ±\($0) deliveries") } ?? ""
            return scope.pill(.warn, scope.say("Sepi", "Quiet")) + "<span class=\"interval\">\(words)</span>"
        case .silent:
            let words =
                usual.map { scope.say("biasanya ±\($0) kiriman", "usually ±\($0) deliveries") }
                ?? scope.say("lebih dari seminggu", "for more than a week")
            return scope.pill(.bad, scope.say("Berhenti", "Stopped"))
                + "<span class=\"interval\">\(words). \(Self.remedy(source.source.source)(scope.language))</span>"
        }
    }

    /// What to look at when a source has stopped.
    private static func remedy(_ source: DeliverySource) -> Text {
        switch source {
        case .metaWebhook:
            Text(
                id: "Jalankan uji webhook di bawah, lalu periksa langganan di dasbor Meta.",
                en: "Run the webhook test below, then check the subscription in Meta's dashboard.")
        case .sendLog, .deskEvents, .outcomes, .custom:
            Text(
                id: "Periksa program yang mengirimnya dan kuncinya.",
                en: "Check the program that sends it, and its key.")
        default:
            Text(
                id: "Periksa webhook dan rahasianya di penyedia itu.",
                en: "Check the webhook and its secret at that provider.")
        }
    }

    private func spark(_ source: SourceHealth, _ scope: Scope) -> HTML {
        let values = source.days.map(\.counts.deliveries)
        guard values.count > 1, let most = values.max(), most > 0 else { return "–" }
        let step = 96 / Double(values.count - 1)
        let points = values.enumerated().map { index, value in
            let (x, y) = (Double(index) * step, 21 - Double(value) / Double(most) * 20)
            return "\((x * 10).rounded() / 10) \((y * 10).rounded() / 10)"
        }
        let words = scope.say(
            "Kiriman per hari, tertinggi \(scope.figures.integer(most))",
            "Deliveries by day, \(scope.figures.integer(most)) at most")
        return """
            <svg class="spark inline" viewBox="0 0 96 22" preserveAspectRatio="none" role="img" aria-label="\(words)">\
            <path d="M\(points.joined(separator: "L"))"/></svg>
            """
    }

    /// The same in every language.
    private static func plain(_ name: String) -> Text { Text(id: name, en: name) }

    static func title(_ source: ReceiptSource) -> Text {
        guard source.name.isEmpty else { return plain(source.name) }
        return switch source.source {
        case .metaWebhook: Text(id: "Webhook Meta", en: "Meta's webhooks")
        case .sendLog: Text(id: "Catatan pengiriman", en: "Send log")
        case .chatwoot: plain("Chatwoot")
        case .deskEvents: Text(id: "Aplikasi layanan", en: "Agent desk")
        case .settings: Text(id: "Pengaturan", en: "Settings")
        case .outcomes: Text(id: "Hasil lewat API", en: "Outcomes by API")
        case .midtrans: plain("Midtrans")
        case .xendit: plain("Xendit")
        case .stripe: plain("Stripe")
        case .calcom: plain("Cal.com")
        case .calendly: plain("Calendly")
        case .custom: Text(id: "Sistem sendiri", en: "Your own system")
        case .links: Text(id: "Tautan dibuat", en: "Links made")
        case .clicks: Text(id: "Tautan dibuka", en: "Links opened")
        case .rateCard: Text(id: "Daftar harga", en: "Rate cards")
        }
    }

    func exports(_ sources: [SourceHealth], _ scope: Scope) -> [Export] {
        guard !sources.isEmpty else { return [] }
        let rows = sources.flatMap { source in
            source.days.map { day -> [ExportTable.Value] in
                [
                    .words(source.source.source.name), source.source.name.isEmpty ? .none : .words(source.source.name),
                    .words(source.light.rawValue), .time(source.lastAt), .words(day.date.description),
                    .whole(day.counts.deliveries), .whole(day.counts.events), .whole(day.counts.duplicates),
                    .whole(day.counts.outOfOrder), .whole(day.counts.notUnderstood),
                ]
            }
        }
        return [
            HealthTable.export(
                [
                    "source", "name", "light", "last_at", "date", "deliveries", "events", "duplicates", "out_of_order",
                    "not_understood",
                ], rows)
        ]
    }
}
