import Analytics
import Catalogue
import Domain
import Insights
import Storage
import Web

/// What needs somebody now: what the watch found, and plain facts that are no finding: people waiting long, failures
/// of every day, data that do not come, money that runs out. Nothing is said twice.
struct AttentionCard: Card {
    /// A projection that is this far behind is worth a word.
    private static let lagSecondsMax = 30.0
    /// One thing to look at.
    struct Item: Sendable, Hashable {
        enum Weight: Int, Sendable, Comparable {
            case urgent, soon
            static func < (a: Weight, b: Weight) -> Bool { a.rawValue < b.rawValue }
        }
        var weight: Weight
        var statement: String
        var action: String
        var url: String
    }
    struct Model: Sendable {
        var waits: [OpenWait]
        var failures: Answer
        var causes: Answer
        var arrival: Arrival
        var undecodable: Int64
        var budgets: [BudgetStanding]
        /// Nil where nobody watches.
        var found: FindingsNow?
    }
    /// Findings shown in full; the others are on their page.
    static let findingsMax = 4
    /// Waits looked at: beyond this it is "more than".
    static let waitsMax = 500
    /// Failures below this share are part of every day.
    static let failureRateMin = 0.02
    static let quietSeconds: Int64 = 6 * 3600

    let name = "attention"
    let title = Text(id: "Perlu perhatian sekarang", en: "Needs attention now")
    let isLive = true
    let height = CardHeight(10, narrow: 20)

    func load(_ scope: Scope) async throws -> Model {
        async let waits = scope.store.openWaits(
            matching: scope.filters.conditions(among: Dimension.stored(.wait)), limit: Self.waitsMax)
        async let failures = scope.ask(["failure_rate", "messages_failed", "messages_expired"])
        async let causes = scope.ask(
            ["messages_failed"], by: [.errorCode], order: [Query.Order(by: "messages_failed", isDescending: true)],
            limit: 1)
        async let status = scope.store.projectionStatus()
        async let arrival = scope.arrival()
        async let found = FindingsNow(scope)
        async let budgets = scope.analyst.budgetStandings(try await scope.store.costSettings().budgets)
        return try await Model(
            waits: waits, failures: failures, causes: causes, arrival: arrival, undecodable: status.notUnderstood,
            budgets: budgets, found: found)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        let found = (model.found?.lasting ?? []).map { finding -> [ExportTable.Value] in
            [
                .words(finding.severity.word), .words(finding.title(scope.language)),
                .words(finding.action(scope.language)), .words(finding.id),
            ]
        }
        let rows = Self.items(model, scope).map { item -> [ExportTable.Value] in
            [
                .words(item.weight == .urgent ? "urgent" : "soon"), .words(item.statement), .words(item.action), .none,
            ]
        }
        return [.table(ExportTable(columns: ["weight", "statement", "action", "finding"], rows: found + rows))]
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let items = Self.items(model, scope)
        let found = model.found?.lasting ?? []
        guard !items.isEmpty || !found.isEmpty else {
            return """
                <div class="empty"><p><span class="pill good">\(scope.say("Aman", "All well"))</span> \
                \(scope.say(
                    "Tidak ada yang menunggu terlalu lama, gagal, atau tertahan.",
                    "Nobody waits too long, little fails, and all data are counted."))</p></div>\
                \(watching(model, scope))
                """
        }
        let findings = found.prefix(Self.findingsMax).map { FindingItem(finding: $0, scope: scope, isBrief: true).html }
        let list = items.map { item -> HTML in
            let tone: HTML = item.weight == .urgent ? "bad" : "warn"
            let word = item.weight == .urgent ? scope.say("mendesak", "urgent") : scope.say("segera", "soon")
            return """
                <li><span class="pill \(tone)">\(word)</span> <span>\(item.statement)</span> \
                <a href="\(item.url)">\(item.action)</a></li>
                """
        }
        let first: HTML = findings.isEmpty ? "" : "<ul class=\"findings\">\(findings)</ul>"
        let second: HTML = list.isEmpty ? "" : "<ul class=\"attention\">\(list)</ul>"
        return first + second + watching(model, scope)
    }

    /// How many more there are, and what is being watched.
    private func watching(_ model: Model, _ scope: Scope) -> HTML {
        guard let found = model.found else { return "" }
        let more = found.lasting.count - Self.findingsMax
        var links: [String] = []
        if more > 0 { links.append(scope.say("\(more) temuan lain", "\(more) more findings")) }
        if found.mutedCount > 0 {
            links.append(scope.say("\(found.mutedCount) dibisukan", "\(found.mutedCount) muted"))
        }
        if links.isEmpty { links.append(scope.say("Semua temuan", "All findings")) }
        return """
            <p class="aside">\(found.watching(scope)) \
            <a href="\(scope.url(Navigation.findings.path))">\(links.joined(separator: ", "))</a> · \
            <a href="\(Pages.digestPath)">\(scope.say("Rangkuman kemarin", "Yesterday's digest"))</a></p>
            """
    }

    // MARK: What counts

    static func items(_ model: Model, _ scope: Scope) -> [Item] {
        let all = waiting(model, scope) + failing(model, scope) + data(model, scope) + money(model, scope)
        return all.enumerated().sorted { ($0.element.weight, $0.offset) < ($1.element.weight, $1.offset) }
            .map(\.element)
    }

    private static func waiting(_ model: Model, _ scope: Scope) -> [Item] {
        let figures = scope.figures
        let standings = model.waits.map { $0.standing(at: scope.now) }
        let action = scope.say("Lihat siapa", "See who")
        let url = scope.url(Navigation.service.path) + "#card-waiting"
        var items: [Item] = []
        let missed = standings.filter { $0 == .missed }.count
        if missed > 0 {
            let count = figures.integer(missed) + (model.waits.count == waitsMax ? "+" : "")
            items.append(
                Item(
                    weight: .urgent,
                    statement: scope.say(
                        "\(count) pelanggan menunggu lebih lama dari target.",
                        "\(count) customers wait longer than promised."), action: action, url: url))
        }
        let soon = standings.filter { $0 == .dueSoon }.count
        if soon > 0 {
            let count = figures.integer(soon)
            items.append(
                Item(
                    weight: .soon,
                    statement: scope.say(
                        "\(count) pelanggan hampir melewati target.", "\(count) customers are nearly past the target."),
                    action: action, url: url))
        }
        return items
    }

    private static func failing(_ model: Model, _ scope: Scope) -> [Item] {
        let figures = scope.figures
        // The watch has said it better.
        guard !(model.found?.holds([.deliveryDown, .silentFailure, .templatePaused]) ?? false) else { return [] }
        guard let rate = model.failures.cell(0, "failure_rate").number, rate >= failureRateMin,
            scope.sample(model.failures, 0, "failure_rate")?.isSmall == false
        else { return [] }
        let failed = figures.count(model.failures.cell(0, "messages_failed").number)
        let code = model.causes.cell(0, "error_code").text
        let count = figures.count(model.causes.cell(0, "messages_failed").number)
        let cause = code.flatMap { Int($0) }.map { ErrorCatalogue[$0].title(scope.language) }
        let most =
            cause.map { scope.say(" Terbanyak: \($0) (\(count)).", " Most: \($0) (\(count)).") } ?? ""
        return [
            Item(
                weight: .soon,
                statement: scope.say(
                    "\(failed) pesan gagal (\(figures.percent(rate))).",
                    "\(failed) messages failed (\(figures.percent(rate)))."
                ) + most, action: scope.say("Lihat sebab dan tindakan", "See causes and remedies"),
                url: scope.url(Navigation.delivery.path) + "#card-failures")
        ]
    }

    private static func data(_ model: Model, _ scope: Scope) -> [Item] {
        let figures = scope.figures
        let action = scope.say("Periksa data", "Check the data")
        let url = Navigation.health.path
        var items: [Item] = []
        if model.arrival.lagSeconds > Self.lagSecondsMax {
            let age = figures.age(model.arrival.lagSeconds)
            items.append(
                Item(
                    weight: .urgent,
                    statement: scope.say(
                        "Penghitungan tertinggal \(age): angka di bawah belum lengkap.",
                        "Counting is \(age) behind: the numbers below are not complete."), action: action, url: url))
        }
        let isTold = model.found?.holds([.webhooksLate]) ?? false
        if let fresh = model.arrival.freshTo, !scope.data.isDemo, !isTold {
            let quiet = scope.now.microseconds(since: fresh) / 1_000_000
            if quiet > quietSeconds {
                items.append(
                    Item(
                        weight: .soon,
                        statement: scope.say(
                            "Tidak ada kiriman dari Meta sejak \(figures.age(Double(quiet))) lalu.",
                            "Nothing has come from Meta for \(figures.age(Double(quiet)))."), action: action, url: url))
            }
        }
        if model.undecodable > 0 {
            let count = figures.integer(model.undecodable)
            items.append(
                Item(
                    weight: .soon,
                    statement: scope.say(
                        "\(count) bagian kiriman belum dipahami; tersimpan, belum dihitung.",
                        "\(count) pieces of deliveries are not understood; kept, not counted."),
                    action: action, url: url))
        }
        return items
    }

    private static func money(_ model: Model, _ scope: Scope) -> [Item] {
        model.budgets.compactMap { standing in
            let name = standing.budget.scope.name(scope.language)
            let amount = scope.figures.money(standing.budget.amount)
            let statement: String
            if standing.isUsedUp {
                statement = scope.say(
                    "Anggaran \(name) (\(amount)) sudah habis.", "The budget \(name) (\(amount)) is used up.")
            } else if let day = standing.usedUpOn {
                let date = scope.figures.shortDate(day)
                statement = scope.say(
                    "Anggaran \(name) (\(amount)) akan habis sekitar \(date).",
                    "The budget \(name) (\(amount)) will be used up around \(date).")
            } else {
                return nil
            }
            return Item(
                weight: standing.isUsedUp ? .urgent : .soon, statement: statement,
                action: scope.say("Lihat biaya", "See costs"), url: scope.url(Navigation.costs.path))
        }
    }
}
