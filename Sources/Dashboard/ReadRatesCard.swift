import Analytics
import Catalogue
import Domain
import Web

/// How many are really read: what receipts say, what is certain, and what is likely?
struct ReadRatesCard: Card {
    struct Model: Sendable {
        var total: Answer
        var byUseCase: Answer
    }
    static let metrics = ["read_rate", "read_rate_floor", "read_rate_expected"]

    let name = "read_rates"
    let title = Text(id: "Dibaca: tiga cara menghitung", en: "Read: three ways to count")
    let height = CardHeight(14, narrow: 24)
    let why = ["read_rate_floor", "read_rate"]

    func load(_ scope: Scope) async throws -> Model {
        async let total = scope.ask(Self.metrics)
        async let byUseCase = scope.ask(
            Self.metrics, by: [.useCase], order: [Query.Order(by: "read_rate", isDescending: true)])
        return try await Model(total: total, byUseCase: byUseCase)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.total, title: title),
            .answer(model.byUseCase, name: "use_case", title: Dimension.useCase.name),
        ]
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.total.cell(0, "read_rate").number != nil else { return Empty.messages(scope) }
        let expected = model.total.cell(0, "read_rate_expected").number
        let words = [
            scope.say(
                "Tanda centang biru saja. Orang yang mematikannya tidak terhitung, jadi ini batas bawah.",
                "Blue ticks alone. Readers who switched them off are not counted, so this is a lower bound."),
            scope.say(
                "Ditambah mereka yang membalas atau mengklik: pasti dibaca, walau tanpa centang biru.",
                "With those who replied or clicked added: certainly read, blue tick or not."),
            expected == nil
                ? scope.say(
                    "Belum dapat diperkirakan: perlu paling sedikit 20 pesan yang dibalas atau diklik dan juga "
                        + "bercentang biru.",
                    "Cannot be judged yet: it takes at least 20 messages that were replied to or clicked and have a "
                        + "blue tick too.")
                : scope.say(
                    "Dari mereka yang menanggapi terlihat berapa yang mematikan centang biru; sisanya dikoreksi dengan "
                        + "itu. Pakai angka ini untuk menilai isi pesan.",
                    "Those who reacted show how many switch blue ticks off; the rest is corrected by that. Use this "
                        + "one to judge a message's content."),
        ]
        let figures = zip(Self.metrics, words).compactMap { id, words -> HTML? in
            guard let metric = Catalogue.metric(id) else { return nil }
            let interval: HTML = scope.interval(model.total, 0, id).map { "<span>\($0)</span>" } ?? ""
            return """
                <div><dt>\(metric.name(scope.language)) \(About.metric(id, scope))</dt>\
                <dd>\(scope.number(model.total, 0, id))<span class="beside">\(interval)</span>\
                <span class="beside">\(words)</span></dd></div>
                """
        }
        let table = MetricTable(
            dimension: .useCase, metrics: Self.metrics, answer: model.byUseCase, scope: scope,
            target: { scope.url(scope.filters.setting(.useCase, to: [$0])) })
        return "<dl class=\"figures\">\(figures)</dl>" + table.html + scope.notes(model.total.meta.notes)
    }
}
