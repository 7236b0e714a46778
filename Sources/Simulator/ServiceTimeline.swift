import Domain

/// Everything known of one thread at an instant, in order.
struct ServiceTimeline: Sendable {
    struct Word: Sendable {
        var quotes: String?
        var isFromAd: Bool
        var isToldByDesk: Bool
    }
    struct Reply: Sendable {
        var id: String
        var isTemplate = false
        var template: String?
        var campaign: String?
        var author: SenderKind
        var agent: String?
        var team: String?
        var isToldByDesk = false

        /// An automatic message counts as a bot's.
        var responder: Responder {
            switch author {
            case .bot, .system: .bot
            case .human: .human
            case .unknown: .unknown
            }
        }
    }
    enum What: Sendable {
        case word(Word)
        case reply(Reply)
        case note(Truth.DeskNote.What)
    }
    struct Entry: Sendable {
        /// Microseconds.
        var at: Int64
        var what: What

        /// In one second the customer is first, then what the desk says of the conversation, then the business's
        /// messages, then the customer's stars, and `resolved` last.
        var rank: Int {
            switch what {
            case .word: 0
            case .reply: 2
            case .note(.status(.resolved, _)), .note(.status(.snoozed, _)): 4
            case .note(.rated): 3
            case .note: 1
            }
        }
    }

    /// The desk that told of any message before a place.
    func desk(before place: Int) -> String? {
        let isTold = entries[..<place].contains { entry in
            switch entry.what {
            case .word(let word): word.isToldByDesk
            case .reply(let reply): reply.isToldByDesk
            case .note: false
            }
        }
        return isTold ? DeskFormat.source : nil
    }

    var thread: Truth.Thread
    var country: String
    var entries: [Entry] = []

    /// Equal ones keep the order in which they came about.
    mutating func sort() {
        entries = entries.enumerated().sorted {
            ($0.element.at, $0.element.rank, $0.offset) < ($1.element.at, $1.element.rank, $1.offset)
        }.map(\.element)
    }

    static let day: Int64 = 86_400 * 1_000_000
}

extension Truth {
    /// The thread of every person who said or was told anything, from what was received at or before `known`
    /// (microseconds). By person.
    func serviceTimelines(asOf known: Int64) -> [ServiceTimeline] {
        var timelines: [Thread: ServiceTimeline] = [:]
        func add(_ what: ServiceTimeline.What, at: Int64, person: Int, line: Int, country: String) {
            let thread = Thread(person: person, line: line)
            timelines[thread, default: ServiceTimeline(thread: thread, country: country)].entries.append(
                .init(at: at, what: what))
        }
        for word in words where word.isContent && min(word.knownAt, word.deskKnownAt) <= known {
            // What only the desk told names no quote and no ad.
            let isTold = word.knownAt <= known
            let said = ServiceTimeline.Word(
                quotes: isTold ? word.quotes : nil, isFromAd: isTold && word.isFromAd,
                isToldByDesk: word.deskKnownAt <= known)
            add(.word(said), at: word.at * 1_000_000, person: word.person, line: word.line, country: word.country)
        }
        for story in stories {
            guard let (reply, at) = reply(of: story, asOf: known) else { continue }
            add(
                .reply(reply), at: at, person: story.outbound.person, line: story.outbound.line,
                country: story.country)
        }
        for echo in echoes where echo.knownAt <= known {
            add(
                .reply(ServiceTimeline.Reply(id: "", author: .human)), at: echo.at * 1_000_000, person: echo.person,
                line: echo.line, country: echo.country)
        }
        for note in deskNotes where note.knownAt <= known {
            let thread = Thread(person: note.person, line: note.line)
            timelines[thread]?.entries.append(.init(at: note.at * 1_000_000, what: .note(note.what)))
        }
        return timelines.values.sorted { ($0.thread.person, $0.thread.line) < ($1.thread.person, $1.thread.line) }
            .map { timeline in
                var timeline = timeline
                timeline.sort()
                return timeline
            }
    }

    /// Nil for what is not known, was refused, or failed.
    private func reply(of story: Story, asOf known: Int64) -> (reply: ServiceTimeline.Reply, at: Int64)? {
        let isToldByDesk = story.deskKnownAt <= known
        let outbound = story.outbound
        guard let message = describe(story, asOf: known) else {
            guard isToldByDesk else { return nil }
            let reply = ServiceTimeline.Reply(
                id: outbound.id, author: outbound.sender, agent: outbound.agent, team: outbound.team,
                isToldByDesk: true)
            return (reply, outbound.at * 1_000_000)
        }
        guard message.isAccepted, !message.isFailed else { return nil }
        let isSaid = message.senderKind != .unknown
        let isPricedAsTemplate = ["marketing", "utility", "authentication"].contains(message.category ?? "")
        let reply = ServiceTimeline.Reply(
            id: outbound.id, isTemplate: isSaid ? outbound.template != nil : isPricedAsTemplate,
            template: message.template, campaign: message.campaign, author: message.senderKind, agent: message.agent,
            team: message.team, isToldByDesk: isToldByDesk)
        return (reply, message.cohortAt.microseconds)
    }
}
