import Analytics
import Catalogue
import Domain
import Storage
import Web

/// From a number to the messages behind it.
enum MessagesPage {
    static let path = "/messages"
    static func url(_ id: MessageID) -> String { "\(path)/\(PercentCoding.encode(id.value))" }

    /// A link to the messages that a measure counts under the filters of the page, for those who may see them; for
    /// others the words alone.
    /// - Parameter html: what is linked, instead of `words`.
    static func link(
        _ scope: Scope, _ measure: String?, _ words: String?, narrowed: (Dimension, String?)? = nil,
        html: HTML? = nil
    ) -> HTML {
        let inside = html ?? "\(words ?? "")"
        guard scope.viewer.may(.conversations) else { return html ?? "" }
        var filters = scope.filters.withoutOptions.setting(.measure, to: measure)
        if let narrowed { filters = filters.setting(narrowed.0, to: [narrowed.1]) }
        return "<a href=\"\(filters.url(path: path))\">\(inside)</a>"
    }
}

extension Board {
    /// Single messages under the filters of a number.
    static let messages = Board(
        Navigation.delivery, path: MessagesPage.path, title: Text(id: "Pesan satu per satu", en: "Single messages"),
        about: Text(
            id: "Pesan di balik sebuah angka, dari yang terbaru. Buka satu untuk membaca riwayatnya.",
            en: "The messages behind a number, the newest first. Open one to read its story."),
        permission: .conversations, dimensions: [.template, .campaign, .errorCode, .country, .phoneNumber],
        cards: [MessageListCard()])
}

/// The messages that a measure counts, page by page.
struct MessageListCard: Card {
    struct Model: Sendable {
        var list: MessageList
        var measure: String?
        /// What single messages cannot be narrowed by.
        var ignored: [Dimension]
    }
    static let rowsMax = 50
    /// Words that are offered; others of `RecipientSelection.measures` work in the address all the same.
    static let measures: [String?] = [
        nil, "delivered", "read", "replied", "clicked", "opted_out", "failed", "rejected", "expired", "pending",
        "wasted",
    ]

    let name = "messages"
    let title = Text(id: "Pesan", en: "Messages")
    let permission = Permission.conversations
    let height = CardHeight(24, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        let known = Set(Dimension.stored(.message) + Dimension.stored(.charge))
        let measure = scope.filters.option(.measure)
        let list = try await scope.analyst.messages(
            range: scope.filters.range, filters: scope.filters.conditions(among: known), measure: measure,
            after: scope.filters.option(.after).flatMap { MessageRow.Place($0) }, limit: Self.rowsMax)
        return Model(list: list, measure: measure, ignored: scope.filters.dimensions.filter { !known.contains($0) })
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard let total = model.list.total, total > 0 else { return "" }
        let count = scope.figures.integer(total)
        return "<p>\(scope.say("\(count) pesan", total == 1 ? "1 message" : "\(count) messages"))</p>"
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        guard !model.list.rows.isEmpty else { return [] }
        let dimensions: [Dimension] = [.template, .campaign, .variant, .useCase, .country, .phoneNumber, .errorCode]
        return [
            .table(
                ExportTable(
                    columns: ["message", "sent_at", "recipient", "state"] + dimensions.map(\.rawValue)
                        + ["cost", "currency"],
                    rows: model.list.rows.map { row in
                        let head: [ExportTable.Value] = [
                            .words(row.id.value), .words(scope.figures.clock.rfc3339(row.place.sentAt)),
                            row.recipient.map(ExportTable.Value.words) ?? .none,
                            .words(MessageStanding(row.measures).word),
                        ]
                        let values = dimensions.map { row.dimensions[$0].map(ExportTable.Value.words) ?? .none }
                        let cost: [ExportTable.Value] =
                            row.cost.map { [.amount($0), .words($0.currency)] } ?? [.none, .none]
                        return head + values + cost
                    }))
        ]
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let choices = Self.measures.map { word in (word: word ?? "", title: Self.name(of: word, scope)) }
        let known = choices.contains { $0.word == model.measure ?? "" }
        let tabs = Tabs(
            option: .measure, label: scope.say("Pesan yang mana", "Which messages"),
            choices: known ? choices : choices + [(model.measure ?? "", model.measure ?? "")],
            current: model.measure ?? "", scope: scope
        ).html
        guard !model.list.rows.isEmpty else {
            let nothing =
                model.measure == nil
                ? Empty.messages(scope)
                : scope.sentence(
                    "Tidak ada pesan seperti itu pada rentang dan filter ini.",
                    "There is no such message in this range with these filters.")
            return tabs + nothing
        }
        let heads = Self.heads(scope)
        return """
            \(tabs)
            \(note(model, scope))
            <div class="table spaced"><table class="stack two"><thead><tr>\
            \(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(model.list.rows.map { row($0, heads, scope) })</tbody></table></div>
            \(turning(model, scope))
            """
    }

    private static func heads(_ scope: Scope) -> [String] {
        [
            scope.say("Dikirim", "Sent"), scope.say("Penerima", "Recipient"), scope.say("Pesan", "Message"),
            scope.say("Keadaan", "State"), scope.say("Biaya", "Cost"),
        ]
    }

    private func note(_ model: Model, _ scope: Scope) -> HTML {
        guard !model.ignored.isEmpty else { return "" }
        let names = model.ignored.map { $0.name(scope.language).lowercased() }.joined(separator: ", ")
        return """
            <p class="muted small">\(scope.say(
                "Tidak disaring menurut \(names): satu pesan tidak memilikinya.",
                "Not filtered by \(names): a single message has none."))</p>
            """
    }

    private func row(_ row: MessageRow, _ heads: [String], _ scope: Scope) -> HTML {
        let standing = MessageStanding(row.measures)
        let error: HTML =
            row.dimensions[.errorCode].flatMap { Int($0) }.map { code in
                "<span class=\"interval\"><code>\(code)</code> \(ErrorCatalogue[code].title(scope.language))</span>"
            } ?? ""
        let what =
            row.dimensions[.template] ?? row.dimensions[.messageType] ?? scope.say("pesan bebas", "free-form message")
        let beside: HTML = row.dimensions[.campaign].map { "<span class=\"interval\">\($0)</span>" } ?? ""
        return """
            <tr><th scope="row"><a href="\(MessagesPage.url(row.id))">\(scope.figures.exactTime(row.place.sentAt))</a>\
            </th><td data-label="\(heads[1])">\(row.recipient ?? "–")</td>\
            <td data-label="\(heads[2])"><div>\(what)\(beside)</div></td>\
            <td data-label="\(heads[3])"><div>\(standing.pill(scope))\(error)</div></td>\
            <td class="number" data-label="\(heads[4])">\(scope.figures.money(row.cost))</td></tr>

            """
    }

    private func turning(_ model: Model, _ scope: Scope) -> HTML {
        var links: [HTML] = []
        if scope.filters.option(.after) != nil {
            let url = scope.url(scope.filters.setting(.after, to: nil))
            links.append("<a href=\"\(url)\">← \(scope.say("Ke yang terbaru", "To the newest"))</a>")
        }
        if let next = model.list.next {
            let url = scope.url(scope.filters.setting(.after, to: next.word))
            links.append("<a href=\"\(url)\" rel=\"next\">\(scope.say("Lebih lama", "Older")) →</a>")
        }
        let turning: HTML = links.isEmpty ? "" : "<p class=\"turning\">\(links)</p>"
        return turning + RecipientExport(scope: scope).html
    }

    static func name(of measure: String?, _ scope: Scope) -> String {
        switch measure {
        case nil: scope.say("Semua", "All")
        case "wasted": scope.say("Biaya terbuang", "Cost wasted")
        case let word?:
            MessageStanding(rawValue: word)?.name(scope.language)
                ?? (word == "clicked"
                    ? scope.say("Diklik", "Clicked")
                    : word == "opted_out" ? scope.say("Berhenti", "Opted out") : word)
        }
    }
}

/// How far one message got.
enum MessageStanding: String, CaseIterable {
    case heldOut = "held_out"
    case rejected, failed, replied, read, delivered, expired, pending, accepted

    init(_ measures: Set<MessageMeasure>) {
        let known: [(MessageMeasure, MessageStanding)] = [
            (.heldOut, .heldOut), (.rejected, .rejected), (.failed, .failed), (.replied, .replied), (.read, .read),
            (.delivered, .delivered), (.expired, .expired), (.pending, .pending),
        ]
        self = known.first { measures.contains($0.0) }?.1 ?? .accepted
    }

    var word: String { rawValue }

    var name: Text {
        switch self {
        case .heldOut: Text(id: "Ditahan", en: "Held out")
        case .rejected: Text(id: "Ditolak", en: "Rejected")
        case .failed: Text(id: "Gagal", en: "Failed")
        case .replied: Text(id: "Dibalas", en: "Replied to")
        case .read: Text(id: "Dibaca", en: "Read")
        case .delivered: Text(id: "Sampai", en: "Delivered")
        case .expired: Text(id: "Kedaluwarsa", en: "Expired")
        case .pending: Text(id: "Menunggu", en: "Pending")
        case .accepted: Text(id: "Diterima Meta", en: "Accepted")
        }
    }

    func pill(_ scope: Scope) -> HTML {
        let tone: HTML
        switch self {
        case .rejected, .failed: tone = "bad"
        case .replied, .read, .delivered: tone = "good"
        case .expired, .pending: tone = "warn"
        case .heldOut, .accepted: tone = "quiet"
        }
        return "<span class=\"pill \(tone)\">\(name(scope.language))</span>"
    }
}
