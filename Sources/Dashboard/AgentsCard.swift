import Analytics
import Catalogue
import Domain
import Web

/// Who answers how much, how fast, and with what result?
struct AgentsCard: Card {
    struct Model: Sendable {
        var teams: Answer
        var agents: Answer
    }
    static let columns: [Breakdown.Column] = [
        .init("waits_answered", Text(id: "Jawaban", en: "Answers")),
        .init("response_time_p50", word: "Median"),
        .init("response_time_p90", word: "P90"),
        .init("sla_attainment", Text(id: "Sesuai target", en: "Within target")),
        .init("resolution_rate", Text(id: "Selesai", en: "Resolved")),
        .init("csat_mean", Text(id: "Penilaian", en: "Rating")),
        .init("conversation_conversion_rate", Text(id: "Jadi hasil", en: "Led to outcomes")),
    ]
    static let rowsMax = 30
    private static let teamTitle = Text(id: "Menurut tim", en: "By team")
    private static let agentTitle = Text(id: "Menurut agen", en: "By agent")

    let name = "agents"
    let title = Text(id: "Tim dan agen", en: "Teams and agents")
    let height = CardHeight(24, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        let order = [Query.Order(by: "waits_answered", isDescending: true)]
        let metrics = Self.columns.map(\.metric)
        async let teams = scope.ask(metrics, by: [.team], order: order, limit: Self.rowsMax)
        async let agents = scope.ask(metrics, by: [.agent], order: order, limit: Self.rowsMax)
        return try await Model(teams: teams, agents: agents)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let agents = table(.agent, model.agents, Text(id: "tanpa agen", en: "no agent"), scope)
        let teams = table(.team, model.teams, Text(id: "tanpa tim", en: "no team"), scope)
        guard !agents.isEmpty || !teams.isEmpty else { return Empty.waits(scope) }
        // One row that is nobody's says nothing.
        let isNamed = { (table: Breakdown) in
            table.answer.rows.indices.contains { table.answer.cell($0, table.dimension.rawValue).text != nil }
        }
        guard isNamed(agents) || isNamed(teams) else {
            return scope.sentence(
                "Belum ada agen atau tim yang diketahui. Hubungkan aplikasi layanan, atau sebut `sender.agent` pada "
                    + "catatan kirim, agar jawaban dapat dirinci per orang.",
                "No agent or team is known yet. Connect an agent desk, or name `sender.agent` in the send log, so that "
                    + "answers can be told apart by person.")
        }
        let byTeam: HTML = isNamed(teams) ? scope.heading(Self.teamTitle) + teams.html : ""
        let byAgent: HTML = isNamed(agents) ? scope.heading(Self.agentTitle) + agents.html : ""
        return byTeam + byAgent
            + pale(scope)
    }

    private func pale(_ scope: Scope) -> HTML {
        let words = scope.say(
            "Angka pudar: contohnya (n) terlalu sedikit untuk membandingkan.",
            "Pale numbers: the sample (n) is too small to compare by.")
        return "<p class=\"muted small\">\(words)</p>"
    }

    private func table(_ dimension: Dimension, _ answer: Answer, _ none: Text, _ scope: Scope) -> Breakdown {
        Breakdown(
            dimension: dimension, columns: Self.columns, answer: answer, scope: scope, none: none,
            isShown: { (answer.cell($0, "waits_answered").number ?? 0) > 0 })
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.teams, name: "teams", title: Self.teamTitle),
            .answer(model.agents, name: "agents", title: Self.agentTitle),
        ]
    }
}
