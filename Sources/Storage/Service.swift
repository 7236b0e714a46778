import Catalogue
import Domain
import Ledgers

/// One wait that is not over, for the live list. It names no person.
package struct OpenWait: Hashable, Sendable {
    /// For `GET /api/v1/conversations/{id}`.
    package var conversation: String
    package var startedAt: Instant
    package var lastMessageAt: Instant
    package var messages: Int
    /// Handed to people after an answer of the bot, and no person has replied: since when.
    package var handedOffAt: Instant?
    /// Who the customer waits for now.
    package var waitingFor: WaitingFor
    /// When the service target passes; nil when there is none.
    package var dueAt: Instant?
    package var isMissed: Bool
    package var dimensions: [Dimension: String]

    package enum WaitingFor: String, Hashable, Sendable, CaseIterable { case bot, queue, agent }

    package init(
        conversation: String, startedAt: Instant, lastMessageAt: Instant, messages: Int, handedOffAt: Instant? = nil,
        waitingFor: WaitingFor, dueAt: Instant? = nil, isMissed: Bool = false, dimensions: [Dimension: String]
    ) {
        self.conversation = conversation
        self.startedAt = startedAt
        self.lastMessageAt = lastMessageAt
        self.messages = messages
        self.handedOffAt = handedOffAt
        self.waitingFor = waitingFor
        self.dueAt = dueAt
        self.isMissed = isMissed
        self.dimensions = dimensions
    }

    /// When the customer began to wait for what they wait for now.
    package var since: Instant { handedOffAt ?? startedAt }
}

/// One answered wait behind a number.
package struct AnsweredWait: Hashable, Sendable {
    package var conversation: String
    package var startedAt: Instant
    package var responseMicroseconds: Int64
    package var messages: Int
    package var dimensions: [Dimension: String]

    package init(
        conversation: String, startedAt: Instant, responseMicroseconds: Int64, messages: Int,
        dimensions: [Dimension: String]
    ) {
        self.conversation = conversation
        self.startedAt = startedAt
        self.responseMicroseconds = responseMicroseconds
        self.messages = messages
        self.dimensions = dimensions
    }
}

/// One conversation's whole story.
package struct ConversationStory: Sendable {
    package var id: String
    package var phoneNumber: PhoneNumberID?
    package var story: ServiceStory
    package var conversation: ConversationFact
    package var waits: [WaitFact]
    /// Messages of the business that Meta knows, by the key of their step in the story.
    package var messages: [Int64: ConversationMessage]
    /// Outcomes of the person within seven days of its start, and before the next conversation in the thread.
    package var outcomes: [OutcomeRow]

    package init(
        id: String, phoneNumber: PhoneNumberID?, story: ServiceStory, conversation: ConversationFact,
        waits: [WaitFact], messages: [Int64: ConversationMessage] = [:], outcomes: [OutcomeRow] = []
    ) {
        self.messages = messages
        self.outcomes = outcomes
        self.id = id
        self.phoneNumber = phoneNumber
        self.story = story
        self.conversation = conversation
        self.waits = waits
    }
}

/// A message of the business in a conversation.
package struct ConversationMessage: Hashable, Sendable {
    package var id: MessageID
    /// What it cost; nil when it was not delivered.
    package var charge: ChargeStory?

    package init(id: MessageID, charge: ChargeStory? = nil) {
        self.id = id
        self.charge = charge
    }
}

/// What service figures rest on, beside the facts.
package struct ServiceSettings: Hashable, Sendable {
    package var calendars: [WorkCalendar]
    package var targets: [ServiceTarget]
    /// Share of the waits that a change of these has been counted into, 0 … 1; 1 when all are.
    package var recounted: Double

    package init(calendars: [WorkCalendar] = [], targets: [ServiceTarget] = [], recounted: Double = 1) {
        self.calendars = calendars
        self.targets = targets
        self.recounted = recounted
    }
}
