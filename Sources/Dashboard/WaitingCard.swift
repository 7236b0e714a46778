import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Who waits now, and for whom?
struct WaitingCard: Card {
    struct Model: Sendable {
        /// The longest first.
        var waits: [OpenWait]
        var isCut: Bool
        /// Whether a customer has ever written.
        var hasWaits: Bool
    }
    static let rowsMax = 50

    let name = "waiting"
    let title = Text(id: "Siapa yang menunggu sekarang", en: "Who waits now")
    let height = CardHeight(5, narrow: 6)
    let isLive = true

    func load(_ scope: Scope) async throws -> Model {
        let waits = try await scope.store.openWaits(
            matching: scope.filters.conditions(among: Dimension.stored(.wait)), limit: Self.rowsMax + 1)
        var hasWaits = !waits.isEmpty
        if !hasWaits {
            let answer = try await scope.analyst.ask(Query(metrics: ["waits"], range: .preset(.last90Days)))
            hasWaits = (answer.totals.first?.number ?? 0) > 0
        }
        return Model(
            waits: Array(waits.prefix(Self.rowsMax)), isCut: waits.count > Self.rowsMax, hasWaits: hasWaits)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.hasWaits else { return "" }
        let standings = model.waits.map { $0.standing(at: scope.now) }
        let missed = standings.filter { $0 == .missed }.count
        let soon = standings.filter { $0 == .dueSoon }.count
        let count = scope.figures.integer(model.waits.count) + (model.isCut ? "+" : "")
        if model.waits.isEmpty {
            return "<span class=\"pill good\">\(scope.say("Tidak ada yang menunggu", "Nobody waits"))</span>"
        }
        var pills: HTML = "<span class=\"pill quiet\">\(scope.say("\(count) menunggu", "\(count) waiting"))</span>"
        if missed > 0 {
            let words = scope.say(
                "\(scope.figures.integer(missed)) lewat target", "\(scope.figures.integer(missed)) past the target")
            pills += "<span class=\"pill bad\">\(words)</span>"
        }
        if soon > 0 {
            let words = scope.say(
                "\(scope.figures.integer(soon)) hampir lewat", "\(scope.figures.integer(soon)) nearly past")
            pills += "<span class=\"pill warn\">\(words)</span>"
        }
        return pills
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.hasWaits else { return DeskLesson(scope: scope).html }
        guard !model.waits.isEmpty else {
            let words = scope.say(
                "Semua pelanggan sudah dijawab. Daftar ini berubah sendiri begitu ada yang menulis.",
                "Every customer has an answer. This list changes by itself when one writes.")
            return "<div class=\"empty\"><p>\(words)</p></div>"
        }
        let heads = Self.heads(scope)
        let cut = scope.say(
            "Menampilkan \(Self.rowsMax) yang paling lama menunggu.", "Showing the \(Self.rowsMax) longest waits.")
        return """
            <div class="table tall"><table class="stack two">
            <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(model.waits.map { row($0, heads, scope) })</tbody></table></div>\
            \(model.isCut ? "<p class=\"muted small\">\(cut)</p>" : "")
            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        guard model.hasWaits else { return [] }
        let rows = model.waits.map { wait -> [ExportTable.Value] in
            [
                .words(wait.conversation), .words(wait.waitingFor.rawValue), .words(RFC3339.format(wait.since)),
                .number(wait.waitedSeconds(at: scope.now)), .whole(Int64(wait.messages)),
                .text(wait.dueAt.map { RFC3339.format($0) }), .words(wait.standing(at: scope.now).rawValue),
                .text(wait.dimensions[.agent]), .text(wait.dimensions[.team]), .text(wait.dimensions[.phoneNumber]),
            ]
        }
        let table = ExportTable(
            columns: [
                "conversation", "waiting_for", "since", "waited_seconds", "messages", "due_at", "standing", "agent",
                "team", "phone_number",
            ], rows: rows,
            api: scope.api(
                "/api/v1/waits/open", among: Dimension.stored(.wait).filter { $0 != .responder }, hasRange: false),
            command: "pantau waits")
        return [.table(table)]
    }

    private static func heads(_ scope: Scope) -> [String] {
        [
            scope.say("Menunggu sejak", "Waiting since"), scope.say("Yang ditunggu", "Waiting for"),
            scope.say("Target", "Target"), scope.say("Pesan", "Messages"), scope.say("Nomor", "Number"),
        ]
    }

    private func row(_ wait: OpenWait, _ heads: [String], _ scope: Scope) -> HTML {
        let figures = scope.figures
        let waited = figures.age(wait.waitedSeconds(at: scope.now))
        let number = wait.dimensions[.phoneNumber].map { scope.link(.phoneNumber, $0, $0) } ?? "–"
        return """
            <tr><th scope="row">\(scope.conversation(wait.conversation, waited))\
            <span class="interval">\(figures.time(wait.since))</span></th>\
            <td data-label="\(heads[1])"><div>\(wait.waitingFor.name(scope.language))\(scope.holder(wait.dimensions))</div></td>\
            <td data-label="\(heads[2])"><div>\(target(wait, scope))</div></td>\
            <td data-label="\(heads[3])">\(figures.integer(wait.messages))</td>\
            <td data-label="\(heads[4])">\(number)</td></tr>

            """
    }

    private func target(_ wait: OpenWait, _ scope: Scope) -> HTML {
        let due: HTML = wait.dueAt.map { "<span class=\"interval\">\(scope.figures.time($0))</span>" } ?? ""
        switch wait.standing(at: scope.now) {
        case .missed: return "<span class=\"pill bad\">\(scope.say("lewat", "past"))</span>\(due)"
        case .dueSoon: return "<span class=\"pill warn\">\(scope.say("hampir lewat", "nearly past"))</span>\(due)"
        case .inTime: return "<span class=\"pill good\">\(scope.say("masih dalam", "in time"))</span>\(due)"
        case .noTarget: return "–"
        }
    }
}

extension OpenWait.WaitingFor {
    var name: Text {
        switch self {
        case .bot: Text(id: "Bot", en: "Bot")
        case .queue: Text(id: "Antrean orang", en: "Queue for people")
        case .agent: Text(id: "Agen", en: "Agent")
        }
    }
}

extension Responder {
    /// Of an answered wait, by the value of the dimension.
    var name: Text {
        switch self {
        case .bot: Text(id: "Bot", en: "Bots")
        case .human: Text(id: "Orang", en: "People")
        case .unknown: Text(id: "Tidak diketahui", en: "Unknown")
        case .none: Text(id: "Tidak ada", en: "Nobody")
        }
    }
}
