import Analytics
import Catalogue
import Domain
import Web

/// What will become of the messages whose receipts are still on their way?
struct MaturityCard: Card {
    struct Model: Sendable {
        var answer: Answer
        /// Rows of cohorts that are not settled, the newest first.
        var young: [Int]
    }
    /// Above this share of known receipts a cohort does not change any more that anybody would see.
    static let settled = 0.995
    static let rowsMax = 14

    let name = "maturity"
    let title = Text(id: "Pesan baru: sejauh ini dan perkiraan", en: "New messages: so far, and expected")
    let width = CardWidth.half
    let height = CardHeight(7, narrow: 8)

    func load(_ scope: Scope) async throws -> Model {
        let answer = try await scope.ask(
            ["messages", "delivery_rate", "delivery_rate_expected"], grain: .day, order: [Query.Order(by: "time")])
        let young = answer.rows.indices.filter { row in
            let maturity = answer.maturities.indices.contains(row) ? answer.maturities[row] : nil
            return (answer.cell(row, "messages").number ?? 0) > 0 && (maturity.map { $0 < Self.settled } ?? false)
        }
        return Model(answer: answer, young: young.reversed())
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let answer = model.answer
        guard answer.totals.contains(where: { ($0.number ?? 0) > 0 }) else { return Empty.messages(scope) }
        guard !model.young.isEmpty else {
            return scope.sentence(
                "Semua tanda terima untuk rentang ini sudah datang: tingkat sampainya tidak akan berubah lagi.",
                "All receipts for this range are in: its delivery rate will not change any more.")
        }
        let heads = [
            scope.say("Dikirim", "Sent"), scope.say("Pesan", "Messages"), scope.say("Sampai sejauh ini", "So far"),
            scope.say("Perkiraan akhir", "Expected in the end"),
        ]
        let note = scope.say(
            "Tanda terima datang belakangan, jadi hari-hari terbaru selalu tampak lebih buruk. Perkiraan memakai "
                + "kebiasaan 28 hari terakhir; selangnya 95\u{A0}%.",
            "Receipts come late, so that the newest days always look worse. The estimate goes by the last 28 days; its "
                + "interval is 95%.")
        return """
            <p class="muted small">\(note)</p>
            <div class="table"><table class="stack two dense"><thead><tr><th scope="col">\(heads[0])</th>\
            \(heads.dropFirst().dropLast().map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })\
            <th scope="col" class="number">\(heads[3]) \(About.metric("delivery_rate_expected", scope))</th></tr></thead>
            <tbody>\(model.young.prefix(Self.rowsMax).map { row($0, answer, heads, scope) })</tbody></table></div>
            """
    }

    private func row(_ row: Int, _ answer: Answer, _ heads: [String], _ scope: Scope) -> HTML {
        let day = answer.cell(row, "time").text.flatMap { LocalDate(String($0.prefix(10))) }
        let interval: HTML =
            scope.interval(answer, row, "delivery_rate_expected").map { "<span class=\"interval\">\($0)</span>" } ?? ""
        let share = scope.figures.percent(answer.maturities[row], places: 0)
        let known = scope.say("\(share) diketahui", "\(share) known")
        return """
            <tr><th scope="row">\(day.map(scope.figures.weekdayDate) ?? "–")</th>\
            <td class="number" data-label="\(heads[1])">\(scope.number(answer, row, "messages"))</td>\
            <td class="number" data-label="\(heads[2])"><div>\(scope.number(answer, row, "delivery_rate"))\
            <span class="interval">\(known)</span></div></td>\
            <td class="number" data-label="\(heads[3])"><div>\
            <strong>\(scope.number(answer, row, "delivery_rate_expected"))</strong>\(interval)</div></td></tr>

            """
    }
}
