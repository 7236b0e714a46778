/// The kind of row that a measure counts.
package enum Fact: String, CaseIterable, Sendable, Codable {
    /// One outbound message (per recipient for a group).
    case message
    /// One time that a customer waited for an answer.
    case wait
    /// One thread's session.
    case conversation
    /// What Meta asks for one delivered message. Counted where the message is: by the time of its send.
    case charge
    /// One business result, by its own time.
    case outcome
    /// One share of an outcome given to one touch by one attribution model, by the time of the touch: of the send when
    /// the touch belongs to a message.
    case credit
}

/// An additive measure of one fact, summed in cells and answers.
package enum Measure: Hashable, Sendable {
    case message(MessageMeasure)
    case wait(WaitMeasure)
    case conversation(ConversationMeasure)
    case charge(ChargeMeasure)
    case outcome(OutcomeMeasure)
    case credit(CreditMeasure)

    package var fact: Fact {
        switch self {
        case .message: .message
        case .wait: .wait
        case .conversation: .conversation
        case .charge: .charge
        case .outcome: .outcome
        case .credit: .credit
        }
    }

    /// Column of the measure in the store.
    package var column: String {
        switch self {
        case .message(let measure): measure.column
        case .wait(let measure): measure.column
        case .conversation(let measure): measure.column
        case .charge(let measure): measure.column
        case .outcome(let measure): measure.column
        case .credit(let measure): measure.column
        }
    }

    /// Its place among the measures of its fact.
    package var index: Int {
        switch self {
        case .message(let measure): measure.rawValue
        case .wait(let measure): measure.rawValue
        case .conversation(let measure): measure.rawValue
        case .charge(let measure): measure.rawValue
        case .outcome(let measure): measure.rawValue
        case .credit(let measure): measure.rawValue
        }
    }

    /// Whether it is an amount of money, in millionths of the fact's `currency`: sums of different currencies are never
    /// added up.
    package var isMoney: Bool {
        switch self {
        case .charge(let measure): measure.isMoney
        case .outcome(let measure): measure.isMoney
        case .credit(let measure): measure.isMoney
        case .message, .wait, .conversation: false
        }
    }

    /// Whether it counts people or conversations once however often they appear: such a sum over buckets is not the
    /// number of the whole range, so that it is never kept in cells.
    package var isDistinct: Bool {
        if case .conversation(let measure) = self { measure.isDistinct } else { false }
    }
    /// Distinct people.
    package var isOfContacts: Bool {
        if case .conversation(let measure) = self { measure.isOfContacts } else { false }
    }

    /// The measures of a fact in the order of their place.
    package static func all(of fact: Fact) -> [Measure] {
        switch fact {
        case .message: MessageMeasure.allCases.map(Measure.message)
        case .wait: WaitMeasure.allCases.map(Measure.wait)
        case .conversation: ConversationMeasure.allCases.map(Measure.conversation)
        case .charge: ChargeMeasure.allCases.map(Measure.charge)
        case .outcome: OutcomeMeasure.allCases.map(Measure.outcome)
        case .credit: CreditMeasure.allCases.map(Measure.credit)
        }
    }
}

/// An additive measure of fact `message`: 0 or 1 for each row.
///
/// The raw value is the bit of the measure in a stored fact's flags and its place in a cell: append only.
package enum MessageMeasure: Int, CaseIterable, Sendable, Codable {
    /// Sends asked of Meta, rejected ones included.
    case attempted = 0
    /// Meta answered the send with an error.
    case rejected
    /// Accepted by Meta: has a message id, or any status.
    case accepted
    /// A `delivered`, `read` or `played` status exists.
    case delivered
    /// A `read` or `played` status exists.
    case read
    /// The latest word is `failed`.
    case failed
    /// Accepted, nothing final yet, still inside its time-to-live.
    case pending
    /// Accepted, nothing final, time-to-live over.
    case expired
    /// Delivered, and answered by its recipient.
    case replied
    /// Delivered, and its recipient tapped one of its buttons or list rows.
    case tapped
    /// Delivered, and replied, tapped, or its tracked link opened: it was read, receipt or not.
    case proven
    /// Proven and a read receipt came too.
    case provenRead
    /// Delivered, and the recipient stopped marketing within 72 h of the send.
    case optedOut
    /// Delivered, and its recipient tapped one of its buttons or rows, or opened its tracked link.
    case clicked
    /// Not sent on purpose: its person is in a campaign's control group. Not attempted.
    case heldOut
    /// Delivered or held out, and an outcome of its person came within 7 days of the send.
    case followed

    package var column: String { snakeCased("\(self)") }
}

/// An additive measure of fact `wait`. Times are sums of microseconds. The raw value is its place in a cell:
/// append only.
package enum WaitMeasure: Int, CaseIterable, Sendable, Codable {
    case waits = 0
    case answered
    /// Not answered yet, not given up.
    case open
    /// Never answered.
    case abandoned
    /// Two or more customer messages.
    case repeated
    /// Customer messages inside it.
    case messages
    /// Customer messages beyond the first.
    case extraMessages
    /// Answered: first message → reply.
    case responseTime
    /// Answered: last message before the reply → reply.
    case responseTimeLast
    /// Answered, and begins a conversation.
    case firstAnswered
    case firstResponseTime
    /// A bot gave it to people, and a person replied.
    case handoffAnswered
    case handoffResponseTime
    /// Answered, and a calendar says which of its seconds were open hours.
    case businessAnswered
    case businessResponseTime
    /// A service target applies, and the answer came within it.
    case targetMet
    /// A service target applies, and it passed before the answer, or without one.
    case targetMissed
    /// How long it waited for each, over answered and abandoned waits; closed hours are apart from all three.
    case botTime
    case queueTime
    case agentTime
    case closedTime
    /// Answered, begins a conversation, and has a calendar.
    case firstBusinessAnswered
    case firstBusinessResponseTime
    /// Of `businessAnswered`: open time between the last message and the reply.
    case businessResponseTimeLast

    package var column: String { Self.columns[rawValue] }
    private static let columns = allCases.map { snakeCased("\($0)") }
}

/// An additive measure of fact `conversation`. The raw value is its place in a cell; distinct ones, which no cell
/// keeps, come last.
package enum ConversationMeasure: Int, CaseIterable, Sendable, Codable {
    case conversations = 0
    /// The customer wrote in it.
    case withCustomer
    /// Messages from the customer, counted at their own time.
    case inbound
    /// Messages to the customer, templates included, counted at their own time.
    case outbound
    case resolved
    /// Resolved: start → resolution, microseconds.
    case resolutionTime
    /// Resolved, and taken up again: by the desk, or by the customer within 7 days.
    case reopened
    /// Over, with a message of the customer in it.
    case closed
    /// Closed with an answer, and no person took part.
    case contained
    /// A bot took part.
    case withBot
    /// A bot took part and gave it to people.
    case handedOff
    case ratingAsked
    case rated
    /// Sum of ratings 1 … 5.
    case rating
    /// The customer wrote in it, and an outcome of theirs came within 7 days of its start and before the next one.
    case converted
    /// Distinct: at least one message in the bucket.
    case active
    /// Distinct people with at least one message in the bucket.
    case contactsActive
    /// Distinct people whose first message ever is in the bucket.
    case contactsNew

    package var isDistinct: Bool { self == .active || isOfContacts }
    /// People rather than conversations.
    package var isOfContacts: Bool { self == .contactsActive || self == .contactsNew }
    package var column: String { Self.columns[rawValue] }
    private static let columns = allCases.map { snakeCased("\($0)") }
    /// Those that cells keep.
    package static let stored = allCases.filter { !$0.isDistinct }
}

/// An additive measure of fact `charge`. The raw value is its place in a cell: append only.
package enum ChargeMeasure: Int, CaseIterable, Sendable, Codable {
    /// Delivered messages, priced or not.
    case messages = 0
    /// Money: what Meta asks.
    case cost
    /// Cost more than nothing.
    case charged
    /// Cost nothing: window, entry point, quota, another app's.
    case free
    /// No price is known: never counted as 0.
    case unknown
    /// Charged, and old enough to say whether it had any effect.
    case judged
    /// Money: cost of the judged ones.
    case judgedCost
    /// Judged, and nothing to show for it: neither read, replied to, clicked, nor followed by an outcome in 7 days.
    case wasted
    /// Money: cost of the wasted ones.
    case wastedCost
    /// Of charged ones: their template's category was raised by Meta before.
    case raised
    /// Money: what those cost more than they would have in the category before.
    case raisedCost

    package var isMoney: Bool {
        switch self {
        case .cost, .judgedCost, .wastedCost, .raisedCost: true
        default: false
        }
    }
    package var column: String { Self.columns[rawValue] }
    private static let columns = allCases.map { snakeCased("\($0)") }
}

/// An additive measure of fact `outcome`. The raw value is its place in a cell: append only.
package enum OutcomeMeasure: Int, CaseIterable, Sendable, Codable {
    /// Confirmed, and not cancelled since.
    case outcomes = 0
    /// Money: value of those, refunds and chargebacks taken off.
    case value
    /// Of `outcomes`: they have a value.
    case valued
    /// Of `outcomes`: no touch lies in their look-back window.
    case unattributed
    /// Of `outcomes`: nobody is known whose outcome it could be. Part of `unattributed`.
    case unmatched
    /// Confirmed and cancelled since: none of `outcomes`.
    case cancelled
    /// Of `outcomes`: all or part of the money went back.
    case refunded
    /// Money: what went back, of `outcomes`.
    case refundedValue

    package var isMoney: Bool { self == .value || self == .refundedValue }
    package var column: String { Self.columns[rawValue] }
    private static let columns = allCases.map { snakeCased("\($0)") }
}

/// An additive measure of fact `credit`. The raw value is its place in a cell: append only.
package enum CreditMeasure: Int, CaseIterable, Sendable, Codable {
    /// Shares of outcomes in millionths: one outcome and model add up to 1 000 000.
    case share = 0
    /// Money: value times share; one outcome and model add up to its value to the last unit.
    case value
    /// Touches with a share.
    case credits
    /// Messages with at least one credit of the model: each once, however many outcomes it is credited with.
    case converted

    package var isMoney: Bool { self == .value }
    package var column: String { Self.columns[rawValue] }
    private static let columns = allCases.map { snakeCased("\($0)") }
}

/// A duration of one fact, kept as a histogram in cells.
package enum FactDuration: Hashable, Sendable {
    case message(MessageDuration)
    case wait(WaitDuration)
    case conversation(ConversationDuration)
    case credit(CreditDuration)

    package var fact: Fact {
        switch self {
        case .message: .message
        case .wait: .wait
        case .conversation: .conversation
        case .credit: .credit
        }
    }

    /// Its key among the durations of its fact.
    package var index: Int {
        switch self {
        case .message(let duration): duration.rawValue
        case .wait(let duration): duration.rawValue
        case .conversation(let duration): duration.rawValue
        case .credit(let duration): duration.rawValue
        }
    }

    package static func all(of fact: Fact) -> [FactDuration] {
        switch fact {
        case .message: MessageDuration.allCases.map(FactDuration.message)
        case .wait: WaitDuration.allCases.map(FactDuration.wait)
        case .conversation: ConversationDuration.allCases.map(FactDuration.conversation)
        case .credit: CreditDuration.allCases.map(FactDuration.credit)
        case .charge, .outcome: []
        }
    }
}

package enum MessageDuration: Int, CaseIterable, Sendable, Codable {
    /// Send → the earliest of delivered, read, played.
    case timeToDeliver = 0
    /// `delivered` → the earliest of read, played; only where a `delivered` status exists.
    case timeToRead
}

package enum WaitDuration: Int, CaseIterable, Sendable, Codable {
    /// Answered: first message → reply.
    case response = 0
    /// Answered: last message before the reply → reply.
    case responseLast
    /// Answered, and begins a conversation: first message → reply.
    case firstResponse
    /// Hand-off by a bot → first reply of a person.
    case handoffResponse
    /// Answered, with a calendar: open time between first message and reply.
    case businessResponse
    /// Abandoned: first message → when it was given up.
    case abandonedAfter
    /// Open: first message → now. Changes by itself, so that it is never in cells: the few open waits are looked at.
    case openFor
    /// First message → each further message: several for one wait.
    case extraMessageAt
    /// First message → the second.
    case firstRepeatAt
    /// Answered, begins a conversation, with a calendar: open time between first message and reply.
    case firstBusinessResponse
    /// Answered, with a calendar: open time between the last message before the reply and the reply.
    case businessResponseLast
}

package enum ConversationDuration: Int, CaseIterable, Sendable, Codable {
    /// Start → resolution.
    case resolution = 0
}

package enum CreditDuration: Int, CaseIterable, Sendable, Codable {
    /// Touch → outcome, each credit once.
    case timeToOutcome = 0
}

/// `responseTimeLast` → `response_time_last`.
func snakeCased(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}
