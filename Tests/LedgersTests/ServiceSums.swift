import Catalogue
import Domain
import Ledgers

/// Measures and durations of many facts by quarter hour, from contributions or counted one by one.
struct Sums: Equatable {
    struct Place: Hashable {
        var quarter: QuarterHour
        var key: Int
    }
    var measures: [Place: Int64] = [:]
    var durations: [Place: [Int64]] = [:]

    init(_ contributions: [ServiceContribution]) {
        for part in contributions.flatMap(\.parts) {
            for (key, amount) in part.measures {
                measures[.init(quarter: part.quarter, key: key), default: 0] += amount
            }
            for (key, values) in part.durations {
                durations[.init(quarter: part.quarter, key: key), default: []] += values
            }
        }
        settle()
    }

    init(counting waits: [WaitFact]) {
        for measure in WaitMeasure.allCases {
            for wait in waits {
                measures[Self.place(wait.startedAt, measure.rawValue), default: 0] += wait.amount(measure)
            }
        }
        for duration in WaitDuration.allCases {
            for wait in waits {
                durations[Self.place(wait.startedAt, duration.rawValue), default: []] += wait.values(duration)
            }
        }
        settle()
    }

    init(counting conversations: [ConversationFact]) {
        for fact in conversations {
            for measure in ConversationMeasure.stored where measure != .inbound && measure != .outbound {
                measures[Self.place(fact.startedAt, measure.rawValue), default: 0] += fact.amount(measure)
            }
            for activity in fact.activity {
                let quarter = activity.quarter.start
                measures[Self.place(quarter, ConversationMeasure.inbound.rawValue), default: 0] += activity.inbound
                measures[Self.place(quarter, ConversationMeasure.outbound.rawValue), default: 0] += activity.outbound
            }
            guard let resolvedAt = fact.resolvedAt else { continue }
            durations[Self.place(fact.startedAt, ConversationDuration.resolution.rawValue), default: []]
                .append(resolvedAt.microseconds - fact.startedAt.microseconds)
        }
        settle()
    }

    private static func place(_ at: Instant, _ key: Int) -> Place {
        Place(quarter: QuarterHour(containing: at), key: key)
    }

    private mutating func settle() {
        measures = measures.filter { $0.value != 0 }
        durations = durations.filter { !$0.value.isEmpty }.mapValues { $0.sorted() }
    }
}

extension WaitFact {
    private var response: Int64? {
        guard case .answered(let at) = ending else { return nil }
        return at.microseconds - startedAt.microseconds
    }
    private var handoff: Int64? {
        guard let handoffAt, let handoffReplyAt else { return nil }
        return handoffReplyAt.microseconds - handoffAt.microseconds
    }
    private var first: Int64? { isFirstInConversation ? response : nil }
    private var last: Int64? { response.map { $0 - (repeats.last ?? 0) } }

    fileprivate func values(_ duration: WaitDuration) -> [Int64] {
        switch duration {
        case .response: [response].compactMap { $0 }
        case .responseLast: [last].compactMap { $0 }
        case .firstResponse: [first].compactMap { $0 }
        case .handoffResponse: [handoff].compactMap { $0 }
        case .businessResponse: [businessMicroseconds].compactMap { $0 }
        case .abandonedAfter:
            if case .abandoned(let at) = ending { [at.microseconds - startedAt.microseconds] } else { [] }
        case .openFor: []
        case .extraMessageAt: repeats
        case .firstRepeatAt: Array(repeats.prefix(1))
        case .firstBusinessResponse: [isFirstInConversation ? businessMicroseconds : nil].compactMap { $0 }
        case .businessResponseLast: [businessLastMicroseconds].compactMap { $0 }
        }
    }

    fileprivate func amount(_ measure: WaitMeasure) -> Int64 {
        switch measure {
        case .waits: 1
        case .answered: response == nil ? 0 : 1
        case .open: ending == .open ? 1 : 0
        case .abandoned: response == nil && ending != .open ? 1 : 0
        case .repeated: repeats.isEmpty ? 0 : 1
        case .messages: Int64(repeats.count) + 1
        case .extraMessages: Int64(repeats.count)
        case .responseTime: response ?? 0
        case .responseTimeLast: last ?? 0
        case .firstAnswered: first == nil ? 0 : 1
        case .firstResponseTime: first ?? 0
        case .handoffAnswered: handoff == nil ? 0 : 1
        case .handoffResponseTime: handoff ?? 0
        case .businessAnswered: businessMicroseconds == nil ? 0 : 1
        case .businessResponseTime: businessMicroseconds ?? 0
        case .targetMet: target == .met ? 1 : 0
        case .targetMissed: target == .missed ? 1 : 0
        case .botTime: split.bot
        case .queueTime: split.queue
        case .agentTime: split.agent
        case .closedTime: split.closed
        case .firstBusinessAnswered: isFirstInConversation && businessMicroseconds != nil ? 1 : 0
        case .firstBusinessResponseTime: isFirstInConversation ? businessMicroseconds ?? 0 : 0
        case .businessResponseTimeLast: businessLastMicroseconds ?? 0
        }
    }
}

extension ConversationFact {
    fileprivate func amount(_ measure: ConversationMeasure) -> Int64 {
        let hasCustomer = activity.reduce(0) { $0 + $1.inbound } > 0
        switch measure {
        case .conversations: return 1
        case .withCustomer: return hasCustomer ? 1 : 0
        case .resolved: return resolvedAt == nil ? 0 : 1
        case .resolutionTime: return (resolvedAt?.microseconds ?? startedAt.microseconds) - startedAt.microseconds
        case .reopened: return resolvedAt != nil && isReopened ? 1 : 0
        case .closed: return hasCustomer && isOver ? 1 : 0
        case .contained: return hasCustomer && isOver && isAnswered && !hasHuman ? 1 : 0
        case .withBot: return hasBot ? 1 : 0
        case .handedOff: return hasBot && isHandedOff ? 1 : 0
        case .ratingAsked: return isRatingAsked ? 1 : 0
        case .rated: return rating == nil ? 0 : 1
        case .rating: return Int64(rating ?? 0)
        case .converted: return hasCustomer && isConverted ? 1 : 0
        case .inbound, .outbound, .active, .contactsActive, .contactsNew: return 0
        }
    }
}
