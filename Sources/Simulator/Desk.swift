import Domain

/// The shop's agent desk: it hears every word, gives conversations to bot and people, and closes them.
///
/// It looks on and never speaks: with and without it the shop writes the same messages at the same times. Customers do
/// too, but for what they add while they wait for a person (`World.planImpatience`).
struct Desk: Sendable {
    /// Something that the desk or its people do at a planned time.
    enum Step: Sendable {
        /// People take over, and one of them is given the conversation before the reply.
        case takeOver(replyAt: Int64)
        case assign(replyAt: Int64, isSecond: Bool)
        case resolve(by: SenderKind)
        case rate(Int)
        /// The customer's own doing: one more message, if nobody has answered since.
        case writeAgain(since: Int64)
    }

    struct Task: Sendable {
        var person: Int
        var conversation: Int
        var step: Step
    }

    /// One message that the desk tells of.
    struct Message: Sendable {
        var id: String
        var at: Int64
        var learn: Truth.Reference
    }

    /// What the desk knows of one person. Seconds since the epoch, `Int64.min` = never.
    struct Thread: Sendable {
        /// Number of the conversation; 0 before the first.
        var conversation = 0
        var status = DeskStatus.resolved
        var agent: String?
        var team: String?
        var isUrgent = false
        var resolvedAt = Int64.min
        /// The latest second in which the desk said something of the conversation.
        var notedAt = Int64.min
        var heardAt = Int64.min
        var answeredAt = Int64.min
        /// Replies that somebody is about to write: nobody closes a conversation before them.
        var repliesDue = 0
    }

    var chance: Chance
    /// Of customers who wait.
    var impatience: Chance
    var threads: [Int: Thread] = [:]
    private var agenda = Heap<Task>()
    private var conversationCount = 0
    private var eventCount: Int64 = 0
    private var wordCount: UInt64 = 0

    /// Taken up again within this time it is the same conversation.
    static let reopenSeconds: Int64 = 7 * 86_400

    init(seed: UInt64) {
        chance = Chance(seed: seed, stream: 0x4445_534B_0000_0000)
        impatience = Chance(seed: seed, stream: 0x494D_5041_0000_0000)
    }

    var nextTime: Int64? { agenda.nextTime }

    mutating func nextTask(before end: Int64) -> (time: Int64, element: Task)? { agenda.popFirst(before: end) }

    mutating func plan(_ step: Step, for person: Int, at second: Int64) {
        let conversation = threads[person, default: Thread()].conversation
        agenda.add(Task(person: person, conversation: conversation, step: step), at: second)
    }

    mutating func nextConversation() -> Int {
        conversationCount += 1
        return conversationCount
    }

    mutating func nextEvent() -> Int64 {
        eventCount += 1
        return eventCount
    }

    /// Counts the messages that customers add.
    mutating func nextWord() -> UInt64 {
        wordCount &+= 1
        return wordCount
    }

    mutating func expectReply(to person: Int) { threads[person, default: Thread()].repliesDue += 1 }

    /// Mostly the assigned agent answers, now and then whoever is free.
    mutating func agent(for person: Int, or free: String) -> String {
        guard let agent = threads[person]?.agent, chance.happens(0.92) else { return free }
        return agent
    }

    /// Somebody answered in the phone: the desk does not see it, but its people know.
    mutating func repliedElsewhere(to person: Int, at second: Int64) {
        threads[person, default: Thread()].repliesDue -= 1
        threads[person, default: Thread()].answeredAt = second
    }
}
