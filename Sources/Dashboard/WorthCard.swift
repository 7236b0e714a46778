import Analytics
import Catalogue
import Domain
import Web

/// What does delivery bring? The technical number with its outcome beside it.
struct WorthCard: Card {
    struct Model: Sendable {
        var all: Answer
        /// Each currency by itself.
        var amounts: Answer
    }
    static let metrics = [
        "messages_delivered", "delivery_rate", "conversion_rate", "value_credited", "cost", "return_on_spend",
    ]

    let name = "worth"
    let title = Text(id: "Pengiriman dan hasilnya", en: "Delivery and what it brings")

    func load(_ scope: Scope) async throws -> Model {
        async let all = scope.ask(Self.metrics)
        async let amounts = scope.ask(["value_credited", "cost"], by: [.currency])
        return try await Model(all: all, amounts: amounts)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        let words = scope.say("Rincian hasil", "Outcomes in detail")
        return "<p><a href=\"\(scope.url(Navigation.outcomes.path))\">\(words)</a></p>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let answer = model.all
        guard (answer.total("messages_delivered") ?? 0) > 0 else { return Empty.messages(scope) }
        let lesson: HTML =
            answer.total("conversion_rate") ?? 0 == 0
            ? scope.sentence(
                "Belum ada hasil yang teratribusi. Hubungkan pembayaran, pemesanan, atau sistem sendiri di halaman "
                    + "Hasil.",
                "Nothing is credited yet. Connect payments, bookings or your own systems on the page Outcomes.")
            : ""
        return """
            \(scope.headline(Self.metrics, answer, amounts: model.amounts))
            \(lesson)\(scope.notes(answer.meta.notes))
            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.all)] }
}
