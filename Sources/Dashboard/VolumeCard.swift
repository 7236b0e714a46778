import Analytics
import Catalogue
import Domain
import Web

/// How much is there to do, from how many people, and what comes of it?
struct VolumeCard: Card {
    struct Model: Sendable {
        var people: Answer
        var conversations: Answer
    }
    static let people: [Breakdown.Column] = [
        .init("contacts_active"), .init("contacts_new"), .init("conversations_per_contact"),
    ]
    static let conversations: [Breakdown.Column] = [
        .init("conversations"), .init("messages_inbound"), .init("messages_outbound"),
    ]
    static let outcomes: [Breakdown.Column] = [
        .init("conversation_conversion_rate"), .init("resolution_rate"), .init("csat_mean"),
    ]

    let name = "volume"
    let title = Text(id: "Percakapan dan orangnya", en: "Conversations and people")
    let height = CardHeight(9, narrow: 17)

    func load(_ scope: Scope) async throws -> Model {
        async let people = scope.ask(Self.people.map(\.metric))
        async let conversations = scope.ask((Self.conversations + Self.outcomes).map(\.metric))
        return try await Model(people: people, conversations: conversations)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.conversations.total("conversations") ?? 0) > 0 else { return Empty.conversations(scope) }
        return scope.totals(Self.conversations, model.conversations) + people(model.people, scope)
            + scope.heading(
                Text(id: "Hasil percakapan yang ditulisi pelanggan", en: "What came of those the customer wrote in"))
            + scope.totals(Self.outcomes, model.conversations)
    }

    /// People are told apart by number only.
    private func people(_ answer: Answer, _ scope: Scope) -> HTML {
        let taken = Set(answer.meta.query.filters.map(\.dimension))
        let left = scope.filters.dimensions.filter { !taken.contains($0) }
        let names = left.map { $0.name(scope.language).lowercased() }.joined(separator: ", ")
        let words = scope.say(
            "Orang dihitung sekali per nomor; tidak dapat disaring menurut \(names).",
            "People are counted once for each number; they cannot be filtered by \(names).")
        return scope.heading(Text(id: "Orang", en: "People")) + scope.totals(Self.people, answer)
            + (left.isEmpty ? "" : "<p class=\"muted small\">\(words)</p>")
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.conversations, title: Text(id: "Percakapan", en: "Conversations")),
            .answer(model.people, name: "people", title: Text(id: "Orang", en: "People")),
        ]
    }
}
