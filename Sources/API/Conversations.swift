import Catalogue
import Domain
import Hummingbird
import Ledgers
import Storage
import Web

/// One conversation's whole story.
extension Surfaces {
    private static let conversationPath = "/api/v1/conversations/"

    var conversation: Operation {
        Operation(
            // A message id may hold a slash, so the pattern takes everything that is left of the path.
            .get, "/api/v1/conversations/{id}", pattern: "/api/v1/conversations/**",
            access: .roles([.analyst, .admin], person: .conversations),
            group: .stories,
            summary: Text(id: "Riwayat satu percakapan", en: "The story of one conversation"),
            detail: Text(
                id: "Apa yang terjadi, dan siapa yang ditunggu di antaranya: setiap selang waktu disebut namanya. "
                    + "Pelanggan tidak disebut, isi pesan tidak disimpan.",
                en: "What happened, and whom everybody waited for in between: every interval has its name. The "
                    + "customer is not named, and the words of messages are not kept."),
            parameters: [
                .path(
                    "id", .string,
                    Text(
                        id: "ID percakapan, atau ID pesan apa pun di dalamnya (wamid.…).",
                        en: "The conversation's id, or that of any message in it (wamid.…)."))
            ],
            answers: [
                .json(
                    200, Text(id: "Riwayat", en: "The story"), .reference("ConversationStory"),
                    example: ServiceExamples.conversation),
                .problem(404, Text(id: "Percakapan tidak dikenal", en: "The conversation is not known")),
            ]
        ) { [self] request, context in
            let id = PercentCoding.decode(request.uri.path.utf8.dropFirst(Self.conversationPath.utf8.count))
            guard !id.isEmpty, let story = try await store.conversation(id) else {
                throw Failure(
                    .notFound,
                    id: "Percakapan ini tidak dikenal. Pakai ID dari daftar yang menunggu, atau ID pesan (wamid.…) di "
                        + "dalamnya; yang baru terjadi muncul dalam beberapa detik.",
                    en: "This conversation is not known. Use an id of a list of waits, or that of a message (wamid.…) "
                        + "in it; what has just happened appears within seconds.")
            }
            // Programs read stories by the thousand; a person who looks at one is noted.
            if context.session != nil { try await note(.openedConversation, context, subject: story.id) }
            var writer = JSONWriter(reservingBytes: 4096)
            writer.object { story.write(to: &$0) }
            return .json(writer)
        }
    }
}

extension ConversationStory {
    func write(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("phone_number", phoneNumber?.value)
        conversation.write(to: &writer)
        writer.member("waits", array: { for wait in waits { $0.object { wait.write(to: &$0) } } })
        writer.member("steps", array: { for step in story.steps { $0.object { step.write(to: &$0) } } })
        writer.member("intervals", array: { for part in story.intervals { $0.object { part.write(to: &$0) } } })
    }
}

extension ConversationFact {
    func write(to writer: inout JSONWriter) {
        writer.member("started_at", RFC3339.format(startedAt))
        writer.member("last_message_at", RFC3339.format(lastAt))
        writer.member("resolved_at", resolvedAt.map { RFC3339.format($0) })
        writer.member("reopened", isReopened)
        writer.member("over", isOver)
        writer.member("answered", isAnswered)
        writer.member("bot", hasBot)
        writer.member("human", hasHuman)
        writer.member("handed_off", isHandedOff)
        writer.member("rating", rating)
        writer.member(
            "messages_inbound", activity.reduce(Int64(0)) { $0 &+ $1.inbound })
        writer.member(
            "messages_outbound", activity.reduce(Int64(0)) { $0 &+ $1.outbound })
        writer.member("dimensions", Dimension.named(dimensions, of: .conversation))
    }
}

extension WaitFact {
    func write(to writer: inout JSONWriter) {
        writer.member("started_at", RFC3339.format(startedAt))
        writer.member("last_message_at", RFC3339.format(lastMessageAt))
        writer.member("messages", repeats.count + 1)
        switch ending {
        case .answered(let at):
            writer.member("state", "answered")
            writer.member("ended_at", RFC3339.format(at))
            writer.member("seconds", Double(at.microseconds(since: startedAt)) / 1_000_000)
        case .abandoned(let at):
            writer.member("state", "abandoned")
            writer.member("ended_at", RFC3339.format(at))
            writer.member("seconds", Double(at.microseconds(since: startedAt)) / 1_000_000)
        case .open:
            writer.member("state", "open")
            for name in ["ended_at", "seconds"] {
                writer.key(name)
                writer.null()
            }
        }
        writer.member("responder", responder.rawValue)
        writer.member("first_in_conversation", isFirstInConversation)
        writer.member("handed_off_at", handoffAt.map { RFC3339.format($0) })
        writer.member("person_replied_at", handoffReplyAt.map { RFC3339.format($0) })
        writer.member("business_seconds", businessMicroseconds.map { Double($0) / 1_000_000 })
        writer.member(
            "waited_for",
            object: {
                $0.member("bot", Double(split.bot) / 1_000_000)
                $0.member("queue", Double(split.queue) / 1_000_000)
                $0.member("agent", Double(split.agent) / 1_000_000)
                $0.member("closed", Double(split.closed) / 1_000_000)
            })
        switch target {
        case .none: writer.member("target", "none")
        case .due: writer.member("target", "due")
        case .met: writer.member("target", "met")
        case .missed: writer.member("target", "missed")
        }
        if case .due(let at) = target { writer.member("due_at", RFC3339.format(at)) }
        writer.member("dimensions", Dimension.named(dimensions, of: .wait))
    }
}

extension ServiceStory.Step {
    func write(to writer: inout JSONWriter) {
        writer.member("at", RFC3339.format(at))
        writer.member("what", what.rawValue)
        writer.member("name", what.name)
        writer.member("by", by?.rawValue)
        writer.member("agent", agent)
        writer.member("team", team)
        writer.member("detail", detail)
    }
}

extension ServiceStory.Interval {
    func write(to writer: inout JSONWriter) {
        writer.member("from", RFC3339.format(from))
        writer.member("to", to.map { RFC3339.format($0) })
        writer.member("seconds", to.map { Double($0.microseconds(since: from)) / 1_000_000 })
        writer.member("waiting_for", waitingFor.word)
        writer.member("agent", waitingFor.agent)
        writer.member("name", waitingFor.name)
    }
}

extension Dimension {
    /// Values in the order of a fact's stored dimensions, by name.
    fileprivate static func named(_ values: [String?], of fact: Fact) -> [Dimension: String] {
        var named: [Dimension: String] = [:]
        for (dimension, value) in zip(stored(fact), values) { named[dimension] = value }
        return named
    }
}
