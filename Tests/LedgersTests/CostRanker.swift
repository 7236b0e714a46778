import Domain
import Ledgers
import Testing

/// Messages as tests write them down, and what they cost when all of them are looked at at once: each group sorted, each
/// message's rank counted. The store keeps the same order step by step.
struct CostRanker {
    var book: CostBook
    var states: [MessageState]

    /// In the order of `states`; nil for what is not charged for at all.
    var charges: [MessageCharge?] {
        let assessed = states.map { CostLedger.assess($0, by: book) }
        var charges = assessed.map { $0?.charge(step: 0) }
        var groups: [RankGroup: [Int]] = [:]
        for (index, assessment) in assessed.enumerated() {
            if let group = assessment?.rank { groups[group, default: []].append(index) }
        }
        for (group, members) in groups {
            let ordered = members.sorted { a, b in
                (assessed[a]?.at ?? .distantPast, states[a].id, states[a].participant ?? "")
                    < (assessed[b]?.at ?? .distantPast, states[b].id, states[b].participant ?? "")
            }
            for (rank, index) in ordered.enumerated() {
                let step = group.thresholds.filter { $0 <= Int64(rank) }.count
                charges[index] = assessed[index]?.charge(step: step)
            }
        }
        return charges
    }

    /// Known amounts by currency, in millionths.
    var totals: [String: Int64] {
        charges.reduce(into: [:]) { totals, charge in
            guard let charge, let micros = charge.micros, let currency = charge.currency else { return }
            totals[currency, default: 0] += micros
        }
    }

    func charge(of id: MessageID) -> MessageCharge? {
        zip(states, charges).first { $0.0.id == id }?.1
    }
}

/// One delivered message with what its price depends on.
struct CostMessage {
    var id: MessageID
    var account: AccountID = "waba-a"
    var number: PhoneNumberID = "P1"
    var phone = "6281200000001"
    var group: GroupID?
    /// UTC.
    var deliveredAt: Instant
    var pricing: Pricing?
    var conversation: String?

    var statuses: [MessageStatus] {
        let line = Line(account: account, phoneNumber: number)
        let note = conversation.map { ConversationNote(id: $0) }
        func status(_ word: DeliveryStatus, _ seconds: Int64, _ pricing: Pricing?) -> MessageStatus {
            MessageStatus(
                message: id, line: line, recipient: Party(phone: phone), group: group, status: word,
                at: deliveredAt.adding(seconds: seconds), pricing: pricing, conversation: note)
        }
        return [status(.sent, -2, pricing), status(.delivered, 0, pricing), status(.read, 60, nil)]
    }

    var state: MessageState { Self.state(statuses, id: id, participant: group == nil ? nil : phone) }

    static func state(_ statuses: [MessageStatus], id: MessageID, participant: String? = nil) -> MessageState {
        var state = MessageState(id: id, participant: participant)
        for status in statuses { MessageLedger.join(status, into: &state) }
        return state
    }
}

extension Pricing {
    static func regular(_ category: String) -> Pricing {
        Pricing(model: "PMP", type: "regular", category: category, billable: true)
    }
    static func free(_ type: String, _ category: String) -> Pricing {
        Pricing(model: "PMP", type: type, category: category, billable: false)
    }
}

enum CostTimes {
    /// `2026-10-01T00:30` as the clocks of a zone show it.
    static func at(_ text: String, _ zone: String = "Asia/Jakarta") throws -> Instant {
        let clock = text.suffix(5).split(separator: ":").compactMap { Int64($0) }
        let second = clock.reduce(0) { $0 * 60 + $1 } * 60
        return try ZoneClock.named(zone).instant(of: try day(String(text.prefix(10))), second: second)
    }

    static func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }
}
