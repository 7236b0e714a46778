import Analytics
import Catalogue
import Domain
import Storage
import Web

/// What do customers wait for: the bot, the queue, an agent, or the next morning?
struct WaitTimesCard: Card {
    static let parts: [Breakdown.Column] = [
        .init("waiting_time_bot_mean", Text(id: "Menunggu bot", en: "For the bot")),
        .init("waiting_time_queue_mean", Text(id: "Dalam antrean", en: "In the queue")),
        .init("waiting_time_agent_mean", Text(id: "Menunggu agen", en: "For the agent")),
        .init("waiting_time_closed_mean", Text(id: "Di luar jam buka", en: "In closed hours")),
    ]
    static let handoff: [Breakdown.Column] = [
        .init("handoff_rate", Text(id: "Dialihkan ke orang", en: "Handed to people")),
        .init("handoff_response_time_p50", Text(id: "Median setelah alih", en: "Median after hand-off")),
        .init("handoff_response_time_p90", Text(id: "P90 setelah alih", en: "P90 after hand-off")),
    ]
    static let hours: [Breakdown.Column] = [
        .init("first_response_time_p50", Text(id: "Median jawaban pertama", en: "Median of first answers")),
        .init("response_time_business_p50", Text(id: "Median, jam buka saja", en: "Median, open hours")),
        .init("response_time_business_p90", Text(id: "P90, jam buka saja", en: "P90, open hours")),
    ]

    let name = "wait-times"
    let title = Text(id: "Waktu tunggu: di mana habisnya", en: "Where the waiting time goes")
    let height = CardHeight(17, narrow: 24)

    struct Model: Sendable {
        var answer: Answer
        var hasHours: Bool
    }

    func load(_ scope: Scope) async throws -> Model {
        async let settings = scope.store.serviceSettings()
        async let answer = scope.ask((Self.parts + Self.handoff + Self.hours).map(\.metric) + ["waits"])
        return try await Model(answer: answer, hasHours: !settings.calendars.isEmpty)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.answer.total("waits") ?? 0) > 0 else { return Empty.waits(scope) }
        return scope.heading(
            Text(id: "Rata-rata satu penantian, menurut yang ditunggu", en: "An average wait, by what it waited for"))
            + scope.totals(Self.parts, model.answer) + bar(model.answer, scope)
            + scope.heading(Text(id: "Setelah bot mengalihkan", en: "After the bot hands over"))
            + scope.totals(Self.handoff, model.answer)
            + scope.heading(Text(id: "Jawaban pertama, dan jam buka saja", en: "First answers, and open hours only"))
            + scope.totals(Self.hours, model.answer) + (model.hasHours ? "" : teach(scope))
    }

    /// The four parts of the wait in proportion.
    private func bar(_ answer: Answer, _ scope: Scope) -> HTML {
        let words = ["bot", "queue", "agent", "closed"]
        let values = Self.parts.map { answer.total($0.metric) ?? 0 }
        let total = values.reduce(0, +)
        guard total > 0 else { return "" }
        var x = 0
        let pieces = zip(words, values).map { word, value -> HTML in
            let wide = Int((value / total * 960).rounded())
            defer { x += wide }
            return "<rect class=\"for-\(word)\" x=\"\(x)\" y=\"0\" width=\"\(wide)\" height=\"16\"/>"
        }
        let legend = zip(words, Self.parts).map { word, part -> HTML in
            """
            <li><svg class="sign" width="10" height="10" aria-hidden="true">\
            <rect class="for-\(word)" width="10" height="10" rx="2"/></svg>\(part.title(scope.language))</li>
            """
        }
        return """
            <figure class="strip"><svg viewBox="0 0 960 16" preserveAspectRatio="none" aria-hidden="true">\(pieces)</svg>\
            <ul class="legend">\(legend)</ul></figure>
            """
    }

    private func teach(_ scope: Scope) -> HTML {
        let words = scope.say(
            "Jam buka belum diatur, jadi waktu di luar jam buka belum dapat dipisahkan.",
            "No opening hours are set, so closed hours cannot be told apart yet.")
        let link: HTML =
            scope.viewer.may(.settings)
            ? " <a href=\"/settings\">\(scope.say("Atur jam buka", "Set opening hours"))</a>" : ""
        return "<p class=\"muted small\">\(words)\(link)</p>"
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }
}
