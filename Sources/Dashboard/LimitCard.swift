import Analytics
import Domain
import Insights
import Web

/// Does sending come up against Meta's limit?
struct LimitCard: Card {
    let name = "messaging-limit"
    let title = Text(id: "Batas pengiriman Meta", en: "Meta's messaging limit")
    let height = CardHeight(6, narrow: 9)
    let isLive = true

    func load(_ scope: Scope) async throws -> LimitStanding {
        try await scope.analyst.limitStanding(planned: Self.planned(scope))
    }

    private static func planned(_ scope: Scope) -> Int? {
        scope.filters.option(.recipients).flatMap { Int($0) }.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
    }

    func view(_ standing: LimitStanding, _ scope: Scope) -> HTML {
        let sentence: HTML = "<p class=\"statement\">\(HTML(prose: standing.sentence(scope.language)))</p>"
        guard case .recipients(let most)? = standing.limit else { return sentence }
        let figures = scope.figures
        let share = Double(standing.used) / Double(max(1, most))
        let left = standing.projection?.leftOver ?? 0
        let rest: HTML =
            Self.planned(scope) != nil && left > 0
            ? """
            <p>\(scope.say(
                "\(figures.integer(left)) penerima belum dapat dikirimi dalam 36 jam ke depan.",
                "\(figures.integer(left)) recipients cannot be written to within the next 36 hours."))</p>
            """ : ""
        let form = AskForm(
            card: name,
            fields: [
                .init(
                    option: .recipients, label: scope.say("Masih akan dikirimi", "Still to be written to"),
                    value: Self.planned(scope).map { "\($0)" } ?? "", range: 0...1_000_000_000,
                    unit: scope.say("orang", "people"))
            ], button: scope.say("Hitung", "Work it out"), scope: scope
        ).html
        let used = figures.integer(standing.used)
        let limit = figures.integer(most)
        return """
            \(sentence)\(rest)<p>\(scope.say("24 jam terakhir", "Last 24 hours")): <strong>\(used)</strong> / \(limit) \
            \(scope.bar(share, isCalm: share < 0.8))</p>\(form)
            <p class="muted small">\(scope.say(
                "Dihitung dari pesan templat semua nomor; orang yang mendapat beberapa pesan terhitung beberapa "
                    + "kali, jadi perkiraan ini condong terlalu awal.",
                "Counted from template messages of all numbers; somebody who got several counts several times, so this "
                    + "errs on the early side."))</p>
            """
    }

    func exports(_ standing: LimitStanding, _ scope: Scope) -> [Export] {
        guard standing.limit != nil else { return [] }
        let rows = standing.sent.filter { $0.recipients > 0 }.map { entry -> [ExportTable.Value] in
            [.words(standing.clock.rfc3339(entry.at)), .whole(Int64(entry.recipients))]
        }
        return [
            .table(
                ExportTable(
                    columns: ["time", "recipients"], rows: rows, api: "/api/v1/messaging-limit",
                    command: "pantau messaging-limit"))
        ]
    }
}
