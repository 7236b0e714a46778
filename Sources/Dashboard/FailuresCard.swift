import Analytics
import Catalogue
import Domain
import Web

/// Why do messages fail, who can mend it, and which can still be sent?
struct FailuresCard: Card {
    struct Failed: Sendable, Hashable {
        /// Meta's code; nil when Meta gave none.
        var code: Int?
        /// Failed after Meta took them in, and turned down at once.
        var failed: Int64
        var rejected: Int64
        var before: Int64?
        var count: Int64 { failed &+ rejected }
        /// What becomes of the same message when it is sent again; nil where nobody can tell.
        var outlook: MetaError.Outlook? { code.map { ErrorCatalogue[$0].outlook } }
    }
    struct Model: Sendable {
        var rows: [Failed]
        var total: Int64
        var messages: Int64
        /// Whether there is a period before to compare with.
        var hasBefore: Bool
        var answer: Answer

        func count(_ outlook: MetaError.Outlook?) -> Int64 {
            rows.reduce(0) { $1.outlook == outlook ? $0 &+ $1.count : $0 }
        }
    }
    static let rowsMax = 30

    let name = "failures"
    let title = Text(id: "Mengapa pesan gagal", en: "Why messages fail")
    let height = CardHeight(24, narrow: 24)
    let why = ["failure_rate", "messages_failed"]

    func load(_ scope: Scope) async throws -> Model {
        async let byCode = scope.ask(
            ["messages_failed", "messages_rejected"], by: [.errorCode],
            order: [Query.Order(by: "messages_failed", isDescending: true)])
        async let all = scope.ask(["messages_failed", "messages_rejected", "messages_attempted"])
        let (answer, whole) = try await (byCode, all)
        let rows = answer.rows.indices.map { row -> Failed in
            Failed(
                code: answer.cell(row, "error_code").text.flatMap { Int($0) },
                failed: Self.count(answer.cell(row, "messages_failed")),
                rejected: Self.count(answer.cell(row, "messages_rejected")), before: Self.before(row, answer))
        }
        let failed = Self.count(whole.cell(0, "messages_failed"))
        let rejected = Self.count(whole.cell(0, "messages_rejected"))
        return Model(
            rows: rows.filter { $0.count > 0 }.sorted { ($0.count, $1.code ?? 0) > ($1.count, $0.code ?? 0) },
            total: failed &+ rejected, messages: Self.count(whole.cell(0, "messages_attempted")),
            hasBefore: whole.hasBefore, answer: answer)
    }

    private static func count(_ cell: Cell) -> Int64 { Int64(cell.number ?? 0) }

    private static func before(_ row: Int, _ answer: Answer) -> Int64? {
        guard let comparison = answer.comparison, comparison.rows.indices.contains(row),
            let failed = answer.index(of: "messages_failed"), let rejected = answer.index(of: "messages_rejected")
        else { return nil }
        return count(comparison.rows[row][failed]) &+ count(comparison.rows[row][rejected])
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.total > 0 else { return "" }
        let figures = scope.figures
        let share = model.messages > 0 ? Double(model.total) / Double(model.messages) : nil
        let total = figures.integer(model.total)
        return """
            <p>\(scope.say(
                "\(total) pesan, \(figures.percent(share)) dari yang dicoba",
                "\(total) messages, \(figures.percent(share)) of those attempted")) \
            \(About.metric("messages_failed", scope))</p>
            """
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.total > 0 else {
            guard model.messages > 0 else { return Empty.messages(scope) }
            let good = scope.say("Tidak ada pesan yang gagal pada rentang ini.", "No message failed in this range.")
            return "<div class=\"empty\"><p>\(good)</p></div>"
        }
        let hidden = model.rows.count - Self.rowsMax
        let hiddenCodes = scope.say(
            "\(hidden) kode lain yang lebih jarang tidak ditampilkan.", "\(hidden) rarer codes are not shown.")
        let rest: HTML = hidden > 0 ? "<p class=\"muted small\">\(hiddenCodes)</p>" : ""
        return """
            \(prospects(model, scope))
            <div class="table spaced"><table class="stack two dense"><thead><tr>
            <th scope="col">\(scope.say("Kesalahan", "Error"))</th>
            <th scope="col">\(scope.say("Sebab dan tindakan", "Cause and remedy"))</th>
            <th scope="col">\(Self.owner(scope))</th>
            <th scope="col">\(Self.again(scope))</th>
            <th scope="col" class="number">\(Self.messages(scope))</th>
            <th scope="col" class="number">\(Self.share(scope))</th>
            </tr></thead><tbody>\(model.rows.prefix(Self.rowsMax).map { row($0, model, scope) })</tbody></table></div>\
            \(rest)
            """
    }

    /// How many of them can still reach their recipients.
    private func prospects(_ model: Model, _ scope: Scope) -> HTML {
        let parts: [(MetaError.Outlook?, String)] = [
            (.transient, scope.say("dapat dikirim ulang apa adanya", "can be sent again as they are")),
            (.recoverable, scope.say("dapat dikirim setelah diperbaiki", "can be sent once mended")),
            (.final, scope.say("tidak akan sampai", "will not arrive")),
            (nil, scope.say("tanpa kode, tidak dapat dinilai", "without a code: nobody can tell")),
        ]
        let items = parts.compactMap { outlook, words -> HTML? in
            let count = model.count(outlook)
            guard count > 0 else { return nil }
            return "<div><dt>\(words)</dt><dd>\(scope.figures.integer(count))</dd></div>"
        }
        return "<dl class=\"figures\">\(items)</dl>"
    }

    // Heads of columns, which on a phone stand in each row.
    private static func owner(_ scope: Scope) -> String { scope.say("Penanggung jawab", "Who acts") }
    private static func again(_ scope: Scope) -> String { scope.say("Kirim ulang", "Send again") }
    private static func messages(_ scope: Scope) -> String { scope.say("Pesan", "Messages") }
    private static func share(_ scope: Scope) -> String { scope.say("Porsi", "Share") }

    private func row(_ failed: Failed, _ model: Model, _ scope: Scope) -> HTML {
        let figures = scope.figures
        let share = Double(failed.count) / Double(max(1, model.total))
        let moved = Change(from: failed.before.map(Double.init), to: Double(failed.count), unit: .count)
        let change = model.hasBefore ? figures.change(moved, .lowerIsBetter) : ""
        let beneath: HTML = change.isEmpty ? "" : "<span class=\"interval\">\(change)</span>"
        return """
            <tr>\(explanation(failed, scope))
            <td class="number" data-label="\(Self.messages(scope))"><div><strong>\(count(failed, scope))</strong>\
            \(beneath)</div></td>
            <td class="number" data-label="\(Self.share(scope))"><div>\(figures.percent(share))\
            \(scope.bar(share))</div></td></tr>

            """
    }

    /// As a link to the messages themselves, for those who may see them.
    private func count(_ failed: Failed, _ scope: Scope) -> HTML {
        let words = scope.figures.integer(failed.count)
        return MessagesPage.link(
            scope, failed.failed >= failed.rejected ? "failed" : "rejected", nil,
            narrowed: (.errorCode, failed.code.map(String.init)), html: "\(words)")
    }

    private func explanation(_ failed: Failed, _ scope: Scope) -> HTML {
        guard let code = failed.code else {
            let title = scope.say("Tanpa kode", "No code")
            let reason = scope.say(
                "Meta menyatakan gagal tanpa menyebut sebabnya.", "Meta reported a failure without a reason.")
            return """
                <th scope="row">\(title)</th>
                <td class="remedy muted"><p>\(reason)</p></td><td data-label="\(Self.owner(scope))">–</td>\
                <td data-label="\(Self.again(scope))">–</td>
                """
        }
        let error = ErrorCatalogue[code]
        return """
            <th scope="row">\(error.title(scope.language))<span class="interval"><code>\(code)</code> · \
            \(error.errorClass.name(scope.language))</span></th>
            <td class="remedy"><p class="muted">\(error.cause(scope.language))</p>\
            <p>\(error.remedy(scope.language))</p></td>
            <td data-label="\(Self.owner(scope))">\(error.owner.name(scope.language))</td>
            <td data-label="\(Self.again(scope))">\(error.outlook.pill(scope))</td>
            """
    }
}

extension MetaError.Outlook {
    /// Whether it is worth sending again, in a word.
    func pill(_ scope: Scope) -> HTML {
        switch self {
        case .transient: "<span class=\"pill good\">\(scope.say("ya, nanti", "yes, later"))</span>"
        case .recoverable: "<span class=\"pill quiet\">\(scope.say("setelah diperbaiki", "once mended"))</span>"
        case .final: "<span class=\"pill bad\">\(scope.say("tidak", "no"))</span>"
        }
    }
}
