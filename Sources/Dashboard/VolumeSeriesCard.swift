import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Does it become more or less?
struct VolumeSeriesCard: Card {
    struct Model: Sendable {
        var conversations: Answer
        var people: Answer
        var marks: [TimelineMark]
    }

    let name = "volume-days"
    let title = Text(id: "Volume dari waktu ke waktu", en: "Volume over time")
    let height = CardHeight(24, narrow: 24)
    let why = ["conversations", "messages_inbound", "messages_outbound", "conversation_conversion_rate"]

    func load(_ scope: Scope) async throws -> Model {
        let grain = scope.seriesGrain
        let order = [Query.Order(by: "time")]
        async let conversations = scope.ask(
            ["conversations", "messages_inbound", "messages_outbound", "conversation_conversion_rate"], grain: grain,
            order: order)
        // Nobody is new twice in a day: hours would need every thread to be gone through.
        async let people = scope.ask(
            ["contacts_active", "contacts_new"], grain: grain == .hour ? .day : grain, order: order)
        let answers = try await (conversations, people)
        return Model(
            conversations: answers.0, people: answers.1, marks: try await scope.marks(answers.0))
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.conversations.total("conversations") ?? 0) > 0 else { return Empty.conversations(scope) }
        let conversations = Chart.overTime(
            model.conversations, [ChartLine("conversations", .volume)], scope, marks: model.marks)
        let messages = Chart.overTime(
            model.conversations,
            [
                ChartLine("messages_inbound", .replied, scope.say("Masuk", "Inbound")),
                ChartLine("messages_outbound", .sent, scope.say("Keluar", "Outbound")),
            ], scope, kind: .stacked)
        let people = Chart.overTime(
            model.people,
            [
                ChartLine("contacts_active", .a, scope.say("Aktif", "Active")),
                ChartLine("contacts_new", .b, scope.say("Baru", "New")),
            ], scope)
        return scope.heading(Text(id: "Percakapan yang dimulai", en: "Conversations that began")) + conversations.html
            + scope.heading(Text(id: "Pesan masuk dan keluar", en: "Messages in and out")) + messages.html
            + scope.heading(Text(id: "Pelanggan aktif dan baru", en: "Active and new contacts")) + people.html
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.conversations, title: Text(id: "Percakapan dan pesan", en: "Conversations and messages")),
            .answer(model.people, name: "people", title: Text(id: "Orang", en: "People")),
        ]
    }
}
