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
        var isRejected = false
        var rejectionCode: Int?
        var failureCode: Int?
        var logKnownAt = Int64.max
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
    }

    let scenario: Scenario
    var stories: [Story] = []
    var words: [Word] = []
    var stops: [Stop] = []

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
        case .word(let index): words[index].knownAt = min(words[index].knownAt, known)
        case .stop(let index): stops[index].knownAt = min(stops[index].knownAt, known)
        }
    }
}
