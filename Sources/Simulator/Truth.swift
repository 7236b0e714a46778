import Domain

/// What really happened in a run, kept apart from anything that measures it.
///
/// Everything is remembered with the time at which it became known (`receivedAt` of the first delivery that said it),
/// so that the truth can be told as of any instant of the run.
package struct Truth: Sendable {
    struct Tick: Hashable, Sendable {
        /// Seconds since the epoch; `Int64.min` while it has not happened.
        var at = Int64.min
        /// Microseconds since the epoch of the first delivery that says so.
        var knownAt = Int64.max
        var carriesPricing = false

        func at(asOf known: Int64) -> Int64? { knownAt <= known ? at : nil }
    }

    struct Story: Sendable {
        var outbound: Outbound
        var country: String
        var pricedCategory: String
        /// `pricing.type`.
        var pricedType = ""
        var isRejected = false
        var rejectionCode: Int?
        var failureCode: Int?
        var logKnownAt = Int64.max
        /// When the desk told of it first; `Int64.max` when it never did.
        var deskKnownAt = Int64.max
        var sent = Tick()
        var delivered = Tick()
        var read = Tick()
        var played = Tick()
        var failed = Tick()
    }

    /// A message from a customer, as the truth keeps it.
    struct Word: Sendable {
        var person: Int
        var line: Int
        var at: Int64
        var quotes: String?
        /// False for reactions and system messages: they answer nothing.
        var isContent: Bool
        var isFromAd: Bool
        var country: String
        /// A quick reply, button or list row.
        var isTap = false
        /// Index of the outcome that the message itself is; -1 for none.
        var outcome = -1
        var knownAt = Int64.max
        /// When the desk told of it first; `Int64.max` when it never did.
        var deskKnownAt = Int64.max
    }

    /// An answer typed in the WhatsApp Business app.
    struct Echo: Sendable {
        var person: Int
        var line: Int
        var at: Int64
        var country: String
        var knownAt = Int64.max
    }

    /// What the desk said of a conversation; its messages are words and stories.
    struct DeskNote: Sendable {
        enum What: Hashable, Sendable {
            case status(DeskStatus, by: SenderKind?)
            case assigned(agent: String?, team: String?)
            case handoff
            case priority(String?)
            case ratingAsked
            case rated(Int)
        }
        var person: Int
        var line: Int
        var at: Int64
        var what: What
        var knownAt = Int64.max
    }

    /// A wish to get no more marketing.
    struct Stop: Sendable {
        var person: Int
        var line: Int
        var at: Int64
        var knownAt = Int64.max
    }

    /// What a delivery makes known.
    enum Reference: Hashable, Sendable {
        case nothing
        case log(Int)
        case sent(Int), delivered(Int), read(Int), played(Int), failed(Int)
        case word(Int)
        case stop(Int)
        case echo(Int)
        /// The desk's word of a message that Meta tells of too.
        case deskStory(Int), deskWord(Int)
        case deskNote(Int)
        case outcome(Int, telling: Int)
        case click(Int)
        case heldOut(Int)
    }

    let scenario: Scenario
    var stories: [Story] = []
    var words: [Word] = []
    var stops: [Stop] = []
    var echoes: [Echo] = []
    var deskNotes: [DeskNote] = []
    var outcomeStories: [OutcomeStory] = []
    var openings: [Opening] = []
    var heldOut: [HeldOut] = []

    init(scenario: Scenario) { self.scenario = scenario }

    /// Messages that the business tried to send and that any delivery can ever tell of.
    package var messageCount: Int { stories.count }
    /// Messages from customers, system messages and reactions included.
    package var inboundCount: Int { words.count }

    mutating func learn(_ reference: Reference, at known: Int64) {
        switch reference {
        case .nothing: return
        case .log(let index): stories[index].logKnownAt = min(stories[index].logKnownAt, known)
        case .sent(let index): stories[index].sent.knownAt = min(stories[index].sent.knownAt, known)
        case .delivered(let index): stories[index].delivered.knownAt = min(stories[index].delivered.knownAt, known)
        case .read(let index): stories[index].read.knownAt = min(stories[index].read.knownAt, known)
        case .played(let index): stories[index].played.knownAt = min(stories[index].played.knownAt, known)
        case .failed(let index): stories[index].failed.knownAt = min(stories[index].failed.knownAt, known)
        case .word(let index):
            words[index].knownAt = min(words[index].knownAt, known)
            if words[index].outcome >= 0 { learn(.outcome(words[index].outcome, telling: 0), at: known) }
        case .stop(let index): stops[index].knownAt = min(stops[index].knownAt, known)
        case .echo(let index): echoes[index].knownAt = min(echoes[index].knownAt, known)
        case .deskStory(let index): stories[index].deskKnownAt = min(stories[index].deskKnownAt, known)
        case .deskWord(let index): words[index].deskKnownAt = min(words[index].deskKnownAt, known)
        case .deskNote(let index): deskNotes[index].knownAt = min(deskNotes[index].knownAt, known)
        case .outcome(let index, let telling):
            let before = outcomeStories[index].tellings[telling].knownAt
            outcomeStories[index].tellings[telling].knownAt = min(before, known)
        case .click(let index): openings[index].knownAt = min(openings[index].knownAt, known)
        case .heldOut(let index): heldOut[index].knownAt = min(heldOut[index].knownAt, known)
        }
    }
}
