import Analytics
import Catalogue
import Domain
import Web

/// How many customers wait, how long, and what comes of it?
struct ResponseTimeCard: Card {
    static let waits: [Breakdown.Column] = [
        .init("waits"), .init("waits_answered"), .init("waits_open"), .init("unanswered_rate"),
        .init("response_time_km_p50", Text(id: "Median, yang menunggu ikut", en: "Median, open waits included")),
        .init("repeat_rate"),
    ]
    static let outcomes: [Breakdown.Column] = [
        .init("resolution_rate"), .init("csat_mean"), .init("conversation_conversion_rate"),
    ]

    let name = "response"
    let title = Text(id: "Penantian dan hasilnya", en: "Waits and what comes of them")
    let height = CardHeight(9, narrow: 13)
    let why = ["response_time_p50", "unanswered_rate", "repeat_rate"]

    func load(_ scope: Scope) async throws -> Answer {
        try await scope.ask((Self.waits + Self.outcomes).map(\.metric))
    }

    func view(_ answer: Answer, _ scope: Scope) -> HTML {
        guard (answer.total("waits") ?? 0) > 0 else { return Empty.waits(scope) }
        return scope.totals(Self.waits, answer)
            + scope.heading(Text(id: "Hasil percakapannya", en: "What the conversations led to"))
            + scope.totals(Self.outcomes, answer)
    }

    func exports(_ answer: Answer, _ scope: Scope) -> [Export] { [.answer(answer)] }
}

/// How fast bots answer, or people, and what comes of it?
struct ResponderCard: Card {
    static let times: [Breakdown.Column] = [
        .init("response_time_p50", word: "Median"),
        .init("response_time_p90", Text(id: "P90 (9 dari 10)", en: "P90 (9 of 10)")),
        .init("response_time_p99", Text(id: "P99 (99 dari 100)", en: "P99 (99 of 100)")),
        .init("response_time_mean", Text(id: "Rata-rata", en: "Mean")),
        .init("waits_answered", Text(id: "Jawaban", en: "Answers")),
        .init("sla_attainment", Text(id: "Sesuai target", en: "Within target")),
    ]
    static let outcomes: [Breakdown.Column] = [
        .init("resolution_rate"), .init("csat_mean"), .init("conversation_conversion_rate"),
    ]

    let responder: Responder
    let width = CardWidth.half
    let height = CardHeight(14, narrow: 14)

    var name: String { "response-\(responder.rawValue)" }
    var title: Text {
        responder == .bot
            ? Text(id: "Dijawab bot", en: "Answered by bots") : Text(id: "Dijawab orang", en: "Answered by people")
    }

    func load(_ scope: Scope) async throws -> Answer {
        try await scope.ask(
            (Self.times + Self.outcomes).map(\.metric),
            also: [Filter(dimension: .responder, op: .isIn, values: [responder.rawValue])])
    }

    func view(_ answer: Answer, _ scope: Scope) -> HTML {
        guard (answer.total("waits_answered") ?? 0) > 0 else { return nobody(scope) }
        let about = scope.say(
            "Percakapan yang jawaban pertamanya dari \(responder == .bot ? "bot" : "orang")",
            "Conversations whose first answer came from \(responder == .bot ? "a bot" : "a person")")
        return scope.totals(Self.times, answer) + small(answer, scope)
            + "<h3 class=\"spaced\">\(about)</h3>" + scope.totals(Self.outcomes, answer)
    }

    /// Percentiles from few answers say little.
    private func small(_ answer: Answer, _ scope: Scope) -> HTML {
        let pale = Self.times.filter { scope.sample(answer, 0, $0.metric)?.isSmall ?? false }
        guard !pale.isEmpty else { return "" }
        let names = pale.map { $0.title(scope.language) }.joined(separator: ", ")
        let words = scope.say(
            "Sampel terlalu kecil untuk \(names): bacalah sebagai perkiraan.",
            "The sample is too small for \(names): read as rough.")
        return "<p class=\"muted small\">\(words)</p>"
    }

    private func nobody(_ scope: Scope) -> HTML {
        responder == .bot
            ? scope.sentence(
                "Tidak ada jawaban bot pada rentang ini. Bot dikenali dari aplikasi layanan, atau dari `sender` pada "
                    + "catatan kirim.",
                "No bot answered in this range. Bots are known by the agent desk, or by `sender` in the send log.")
            : scope.sentence(
                "Tidak ada jawaban orang pada rentang ini.", "No person answered in this range.")
    }

    func exports(_ answer: Answer, _ scope: Scope) -> [Export] { [.answer(answer)] }
}

extension Answer {
    /// A metric over all rows.
    func total(_ metric: String) -> Double? { index(of: metric).flatMap { totals[$0].number } }
}

extension Figure {
    /// The totals of some metrics, each with its change against the period before.
    /// - Parameter amounts: the same sums of money split by currency, for when they are of several.
    static func list(_ metrics: [String], _ answer: Answer, _ scope: Scope, amounts: Answer? = nil) -> HTML {
        metrics.compactMap { id -> Figure? in
            guard let metric = Catalogue.metric(id) else { return nil }
            let change = answer.hasBefore ? scope.figures.change(answer.totalChange(id), metric.direction) : ""
            return Figure(
                name: metric.name(scope.language), about: About.metric(id, scope),
                value: scope.figures.total(answer, metric, amounts: amounts), beside: change)
        }.html
    }
}
