import Analytics
import Catalogue
import Domain
import Web

/// At which hour is a message best sent?
struct SendingHoursCard: Card {
    static let metrics = ["reply_rate", "read_rate_floor", "click_rate", "messages_delivered"]

    let name = "sending_hours"
    let title = Text(id: "Jam kirim dan tanggapannya", en: "Hours of sending, and what came of it")
    let height = CardHeight(11, narrow: 15)

    func load(_ scope: Scope) async throws -> Answer {
        try await scope.ask(
            Self.metrics, by: [.weekday, .hourOfDay],
            order: [Query.Order(by: "weekday"), Query.Order(by: "hour_of_day")])
    }

    private func metric(_ scope: Scope) -> String {
        scope.filters.option(.sort).flatMap { Self.metrics.contains($0) ? $0 : nil } ?? Self.metrics[0]
    }

    func exports(_ answer: Answer, _ scope: Scope) -> [Export] { [.answer(answer)] }

    func view(_ answer: Answer, _ scope: Scope) -> HTML {
        guard !answer.rows.isEmpty else { return Empty.messages(scope) }
        let metric = metric(scope)
        let tabs = Tabs(
            option: .sort, label: scope.say("Angka yang mana", "Which number"),
            choices: Self.metrics.map { ($0, Catalogue.metric($0)?.name(scope.language) ?? $0) }, current: metric,
            scope: scope)
        let note = scope.say(
            "Menurut jam pesan dikirim, bukan jam orang membacanya. Angka miring: pesannya terlalu sedikit untuk "
                + "disimpulkan; pilih rentang yang lebih panjang.",
            "By the hour at which messages were sent, not at which people read them. Numbers in italics rest on too "
                + "few messages to conclude from; choose a longer range.")
        return tabs.html + "<p class=\"muted small spaced\">\(note)</p>"
            + Heatmap(answer, metric, scope).html
    }
}
