import Catalogue
import Domain

/// What events say about a thread, and how two tellings of the same thing join.
extension ThreadEntry {
    /// The key of something with these names, the same in every process.
    package static func key(_ names: String...) -> Int64 {
        var hash = StableHash()
        for name in names { hash.combine(name) }
        return Int64(bitPattern: hash.value)
    }

    /// The key of a message: for an outbound one that of its row.
    package static func key(of message: MessageID) -> Int64 { key(message.value) }

    /// Nil for what is no word of the customer: reactions, edits, system notes.
    package init?(_ inbound: InboundMessage) {
        guard inbound.kind.isAnswer else { return nil }
        let isFromAd = inbound.referral.map { $0.sourceType != nil || $0.clickID != nil } ?? false
        let isFromLink = inbound.referredProduct != nil || inbound.referral?.ref != nil
        let said = Inbound(
            isFromAd: isFromAd, isFromLink: isFromLink && !isFromAd,
            repliesTo: inbound.repliesTo.map { Self.key(of: $0) }, country: inbound.sender.country)
        self.init(at: inbound.at, key: Self.key(of: inbound.message), kind: .inbound(said))
    }

    package static func stop(at: Instant) -> ThreadEntry { ThreadEntry(at: at, key: key("stop"), kind: .stop) }
    /// The customer allowed marketing again.
    package static func resume(at: Instant) -> ThreadEntry { ThreadEntry(at: at, key: key("resume"), kind: .resume) }

    /// Nil when neither people nor a bot of Meta's took the thread.
    package init?(_ handover: Handover) {
        let kind: Kind
        switch handover.newOwnerRole {
        case "customer_service", "escalation": kind = .handoff
        case "ai_agent": kind = .botTookOver
        default: return nil
        }
        self.init(at: handover.at, key: Self.key("handover", handover.newOwnerRole ?? ""), kind: kind)
    }

    /// What the same thing is when it was told twice: the same in either order.
    package static func join(_ a: Kind, _ b: Kind) -> Kind {
        switch (a, b) {
        case (.inbound(let a), .inbound(let b)):
            .inbound(
                Inbound(
                    isContent: a.isContent || b.isContent, isFromAd: a.isFromAd || b.isFromAd,
                    isFromLink: a.isFromLink || b.isFromLink, repliesTo: settled(a.repliesTo, b.repliesTo),
                    country: settled(a.country, b.country), desk: settled(a.desk, b.desk)))
        case (.outbound(let a), .outbound(let b)):
            .outbound(
                Outbound(
                    isTemplate: a.isTemplate || b.isTemplate, template: settled(a.template, b.template),
                    campaign: settled(a.campaign, b.campaign), author: author(a.author, b.author),
                    agent: settled(a.agent, b.agent), team: settled(a.team, b.team),
                    country: settled(a.country, b.country), desk: settled(a.desk, b.desk)))
        case (.assigned(let agentA, let teamA), .assigned(let agentB, let teamB)):
            .assigned(agent: settled(agentA, agentB), team: settled(teamA, teamB))
        case (.priority(let a), .priority(let b)): .priority(settled(a, b))
        case (.rated(let a), .rated(let b)): .rated(min(a, b))
        case (.status(let a, let byA), .status(let b, let byB)):
            .status(
                a.rawValue < b.rawValue ? a : b,
                by: settled(byA?.rawValue, byB?.rawValue).flatMap(SenderKind.init(rawValue:)))
        default: a
        }
    }

    private static func author(_ a: SenderKind, _ b: SenderKind) -> SenderKind {
        if a == .unknown { return b }
        if b == .unknown { return a }
        return a.rawValue < b.rawValue ? a : b
    }
}

extension ThreadEntry.Outbound {
    /// From the dimension values of a message's fact; nil for what is no message to read: reactions, edits.
    package init?(dimensions: [String?]) {
        func value(_ dimension: Dimension) -> String? {
            Dimension.stored(.message).firstIndex(of: dimension).flatMap {
                dimensions.indices.contains($0) ? dimensions[$0] : nil
            }
        }
        let type = value(.messageType)
        if let type, Self.silentTypes.contains(type) { return nil }
        let category = value(.category) ?? ""
        // Only templates are priced in these categories; a type that is told decides.
        let isPricedAsTemplate = ["marketing", "utility", "authentication"].contains { category.hasPrefix($0) }
        self.init(
            isTemplate: value(.template) != nil || type == "template" || (type == nil && isPricedAsTemplate),
            template: value(.template), campaign: value(.campaign),
            author: value(.senderKind).flatMap(SenderKind.init(rawValue:)) ?? .unknown, agent: value(.agent),
            team: value(.team), country: value(.country), desk: value(.desk))
    }

    private static let silentTypes: Set<String> = ["reaction", "edit", "revoke"]
}

extension Party {
    /// ISO code, from the number or the user id's prefix.
    package var country: String? { phone.flatMap(Country.ofPhone) ?? userID.flatMap(Country.ofUserID) }
}
