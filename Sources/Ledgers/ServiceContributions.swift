import Catalogue
import Domain

extension WaitFact {
    /// What the wait adds to the numbers, all of it at its start. `open_for` is not in it: it changes by itself.
    package var contribution: ServiceContribution {
        var part = ServiceContribution.Part(quarter: QuarterHour(containing: startedAt))
        part.add(.waits, 1)
        part.add(.messages, 1 &+ Int64(repeats.count))
        part.add(.extraMessages, Int64(repeats.count))
        part.add(.repeated, repeats.isEmpty ? 0 : 1)
        part.add(.extraMessageAt, repeats)
        part.add(.firstRepeatAt, Array(repeats.prefix(1)))
        switch ending {
        case .open: part.add(.open, 1)
        case .abandoned(let at):
            part.add(.abandoned, 1)
            part.add(.abandonedAfter, [at.microseconds(since: startedAt)])
        case .answered(let at): addAnswer(at, to: &part)
        }
        if let handoffAt, let handoffReplyAt {
            let response = handoffReplyAt.microseconds(since: handoffAt)
            part.add(.handoffAnswered, .handoffResponseTime, .handoffResponse, response)
        }
        if let businessMicroseconds {
            part.add(.businessAnswered, .businessResponseTime, .businessResponse, businessMicroseconds)
            if isFirstInConversation {
                part.add(
                    .firstBusinessAnswered, .firstBusinessResponseTime, .firstBusinessResponse, businessMicroseconds)
            }
        }
        if let businessLastMicroseconds {
            part.add(.businessResponseTimeLast, businessLastMicroseconds)
            part.add(.businessResponseLast, [businessLastMicroseconds])
        }
        part.add(.targetMet, target == .met ? 1 : 0)
        part.add(.targetMissed, target == .missed ? 1 : 0)
        part.add(.botTime, split.bot)
        part.add(.queueTime, split.queue)
        part.add(.agentTime, split.agent)
        part.add(.closedTime, split.closed)
        return ServiceContribution(parts: [part])
    }

    private func addAnswer(_ at: Instant, to part: inout ServiceContribution.Part) {
        let response = at.microseconds(since: startedAt)
        part.add(.answered, .responseTime, .response, response)
        let last = at.microseconds(since: lastMessageAt)
        part.add(.responseTimeLast, last)
        part.add(.responseLast, [last])
        if isFirstInConversation { part.add(.firstAnswered, .firstResponseTime, .firstResponse, response) }
    }
}

extension ConversationFact {
    /// What the conversation adds to the numbers: messages at their own time, all else at its start.
    package var contribution: ServiceContribution {
        var part = ServiceContribution.Part(quarter: QuarterHour(containing: startedAt))
        let isWithCustomer = activity.contains { $0.inbound > 0 }
        let isClosed = isOver && isWithCustomer
        part.add(.conversations, 1)
        part.add(.withCustomer, isWithCustomer ? 1 : 0)
        if let resolvedAt {
            let resolution = resolvedAt.microseconds(since: startedAt)
            part.add(.resolved, 1)
            part.add(.resolutionTime, resolution)
            part.add(.resolution, [resolution])
            part.add(.reopened, isReopened ? 1 : 0)
        }
        part.add(.closed, isClosed ? 1 : 0)
        part.add(.contained, isClosed && isAnswered && !hasHuman ? 1 : 0)
        part.add(.withBot, hasBot ? 1 : 0)
        part.add(.handedOff, hasBot && isHandedOff ? 1 : 0)
        part.add(.ratingAsked, isRatingAsked ? 1 : 0)
        part.add(.rated, rating == nil ? 0 : 1)
        part.add(.rating, Int64(rating ?? 0))
        part.add(.converted, isWithCustomer && isConverted ? 1 : 0)
        var parts = [part]
        for messages in activity {
            if messages.quarter != parts[parts.count - 1].quarter { parts.append(.init(quarter: messages.quarter)) }
            parts[parts.count - 1].add(.inbound, messages.inbound)
            parts[parts.count - 1].add(.outbound, messages.outbound)
        }
        return ServiceContribution(parts: parts)
    }
}

extension ServiceContribution.Part {
    fileprivate mutating func add(_ measure: WaitMeasure, _ amount: Int64) {
        guard amount != 0 else { return }
        measures[measure.rawValue, default: 0] &+= amount
    }

    fileprivate mutating func add(_ measure: ConversationMeasure, _ amount: Int64) {
        guard amount != 0 else { return }
        measures[measure.rawValue, default: 0] &+= amount
    }

    fileprivate mutating func add(_ duration: WaitDuration, _ microseconds: [Int64]) {
        guard !microseconds.isEmpty else { return }
        durations[duration.rawValue, default: []] += microseconds
    }

    fileprivate mutating func add(_ duration: ConversationDuration, _ microseconds: [Int64]) {
        durations[duration.rawValue, default: []] += microseconds
    }

    /// One duration in the three forms in which it is kept: how many, their sum, each in its bucket.
    fileprivate mutating func add(
        _ count: WaitMeasure, _ sum: WaitMeasure, _ duration: WaitDuration, _ microseconds: Int64
    ) {
        add(count, 1)
        add(sum, microseconds)
        add(duration, [microseconds])
    }
}
