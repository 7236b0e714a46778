import Catalogue
import Domain
import Ledgers
import TestSupport
import Testing

/// The fold against the definitions, and its own laws, over timelines by chance.
@Suite struct ServiceGeneratedTests {
    private static let batches = 0..<30
    private static let perBatch = 100

    private func forEachTimeline(_ batch: Int, _ body: (Int, [ThreadEntry], ServiceContext) -> Void) {
        for seed in (batch * Self.perBatch)..<((batch + 1) * Self.perBatch) {
            var maker = TimelineMaker(seed: seed)
            let entries = maker.entries()
            body(seed, entries, maker.context(after: entries))
        }
    }

    @Test("The fold gives what the definitions say", arguments: batches)
    func definitions(batch: Int) {
        forEachTimeline(batch) { seed, entries, context in
            let folded = Tell.fold(entries, context).map {
                ServiceOracle.Session(
                    conversation: $0.conversation, waits: $0.waits, openSplit: $0.openSplit, isLone: $0.isLone)
            }
            #expect(folded == ServiceOracle(entries: entries, context: context).sessions, "seed \(seed)")
        }
    }

    @Test("Folding again from the start of any conversation gives the rest unchanged", arguments: batches)
    func resumption(batch: Int) {
        forEachTimeline(batch) { seed, entries, context in
            let sessions = Tell.fold(entries, context)
            for (place, session) in sessions.enumerated() {
                let from = entries.firstIndex {
                    $0.at == session.conversation.startedAt && $0.key == session.conversation.key
                }
                let rest = Tell.fold(Array(entries[(from ?? 0)...]), context, carry: session.carryBefore)
                #expect(rest == Array(sessions[place...]), "seed \(seed), conversation \(place)")
            }
        }
    }

    @Test("The order in which entries are told does not matter", arguments: batches)
    func permutations(batch: Int) {
        forEachTimeline(batch) { seed, entries, context in
            var dice = Dice(seed: UInt64(seed))
            let shuffled = entries.shuffled(using: &dice)
            #expect(Tell.fold(shuffled, context) == Tell.fold(entries, context), "seed \(seed)")
        }
    }

    @Test("The parts of a wait add up to the wait; an open one has none yet", arguments: batches)
    func splits(batch: Int) {
        forEachTimeline(batch) { seed, entries, context in
            for session in Tell.fold(entries, context) {
                for wait in session.waits {
                    let length = wait.endedAt?.microseconds(since: wait.startedAt) ?? 0
                    #expect(wait.split.total == length, "seed \(seed)")
                }
                let open = session.waits.last.flatMap { $0.ending == .open ? $0 : nil }
                #expect(
                    session.openSplit?.total == open.map { context.asOf.microseconds(since: $0.startedAt) },
                    "seed \(seed)")
            }
        }
    }

    @Test("A fact stays as it is until it is due, and is another one then", arguments: batches)
    func due(batch: Int) {
        forEachTimeline(batch) { seed, entries, context in
            guard let last = Tell.fold(entries, context).last else { return }
            let dues = (last.waits.map(\.dueAt) + [last.conversation.dueAt]).compactMap { $0 }
            func facts(asOf: Instant) -> ([WaitFact], ConversationFact)? {
                var later = context
                later.asOf = asOf
                return Tell.fold(entries, later).last.map { ($0.waits, $0.conversation) }
            }
            guard let next = dues.min() else {
                let later = facts(asOf: context.asOf.adding(seconds: 1_000 * 86_400))
                #expect(later?.0 == last.waits && later?.1 == last.conversation, "seed \(seed)")
                return
            }
            let before = facts(asOf: Instant(microseconds: next.microseconds - 1))
            #expect(before?.0 == last.waits && before?.1 == last.conversation, "seed \(seed)")
            let then = facts(asOf: next)
            #expect(then?.0 != last.waits || then?.1 != last.conversation, "seed \(seed)")
        }
    }

    @Test("A lone message is the same conversation whatever went before it", arguments: batches)
    func lone(batch: Int) {
        forEachTimeline(batch) { seed, entries, context in
            for session in Tell.fold(entries, context) where session.isLone {
                let fact = session.conversation
                let entry = entries.first { $0.at == fact.startedAt && $0.key == fact.key }
                guard case .outbound(let outbound) = entry?.kind else {
                    Issue.record("seed \(seed): no message of the business")
                    continue
                }
                #expect(
                    fact
                        == .lone(
                            at: fact.startedAt, key: fact.key, outbound: outbound, phoneNumber: context.phoneNumber),
                    "seed \(seed)")
                #expect(session.waits.isEmpty && session.openSplit == nil, "seed \(seed)")
            }
        }
    }

    @Test("A story covers its conversation without gaps, and agrees with the splits", arguments: batches)
    func stories(batch: Int) {
        forEachTimeline(batch) { seed, entries, context in
            var ledger = ServiceLedger(context: context)
            var own: [ThreadEntry] = []
            for entry in entries {
                if let session = ledger.take(entry) {
                    check(ServiceStory(session: session, entries: own, context: context), context, seed)
                    own = []
                }
                own.append(entry)
            }
            guard let last = ledger.finish() else { return }
            check(ServiceStory(session: last, entries: own, context: context), context, seed)
        }
    }

    private func check(_ story: ServiceStory, _ context: ServiceContext, _ seed: Int) {
        let session = story.session
        let intervals = story.intervals
        #expect(intervals.first.map { $0.from == session.conversation.startedAt } ?? true, "seed \(seed)")
        for (one, next) in zip(intervals, intervals.dropFirst()) {
            #expect(one.to == next.from && one.waitingFor != next.waitingFor, "seed \(seed)")
        }
        for interval in intervals { #expect(interval.to.map { $0 > interval.from } ?? true, "seed \(seed)") }
        if session.conversation.isOver, !session.isLone {
            let end = intervals.last?.to ?? session.conversation.startedAt
            #expect(end >= session.conversation.lastAt, "seed \(seed)")
            #expect(intervals.allSatisfy { $0.to != nil }, "seed \(seed)")
        } else if !session.isLone {
            #expect(!intervals.isEmpty && intervals.last?.to == nil, "seed \(seed)")
        }
        #expect(story.steps == story.steps.sorted { $0.at < $1.at }, "seed \(seed)")
        for wait in session.waits {
            let end = wait.endedAt ?? context.asOf
            var split = WaitFact.Split()
            for interval in intervals {
                let (from, to) = (max(interval.from, wait.startedAt), min(interval.to ?? end, end))
                if from < to { split.add(to.microseconds(since: from), for: interval.waitingFor) }
            }
            #expect(split == (wait.ending == .open ? session.openSplit : wait.split), "seed \(seed)")
        }
    }

    @Test("Contributions add up to what is counted by hand", arguments: batches)
    func contributions(batch: Int) {
        forEachTimeline(batch) { seed, entries, context in
            let sessions = Tell.fold(entries, context)
            let waits = sessions.flatMap(\.waits)
            let conversations = sessions.map(\.conversation)
            #expect(Sums(waits.map(\.contribution)) == Sums(counting: waits), "seed \(seed)")
            #expect(Sums(conversations.map(\.contribution)) == Sums(counting: conversations), "seed \(seed)")
        }
    }
}
