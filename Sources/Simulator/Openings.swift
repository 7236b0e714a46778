import Domain

/// Tracked links: how they are made for a message, and what happens when one is opened.
extension World {
    /// The link in a message: the campaign's, made before, or one of its own, made once the message has an id.
    mutating func makeLink(for message: Outbound, chance: inout Chance) -> Trade.Link? {
        guard let trade else { return nil }
        if let campaign = message.campaign {
            return Trade.Link(
                code: trade.linkCode(campaign, person: message.person), person: message.person, message: message.id,
                campaign: campaign, isShared: trade.isShared(campaign))
        }
        let link = Trade.Link(
            code: Trade.code(chance.next()), person: message.person, message: message.id, campaign: nil,
            isShared: false)
        let entry = LinkFormat.link(
            code: link.code, person: people[message.person], message: message.id, campaign: nil,
            createdAt: message.at)
        self.trade?.traffic.post(.links, LinkFormat.links([entry]), at: message.at)
        return link
    }

    mutating func open(_ link: Trade.Link, isRobot: Bool, at time: Int64) {
        guard let number = trade?.next("click") else { return }
        let id = "open-\(number)"
        let owner = people[link.person]
        var learn: [Truth.Reference] = []
        if recordsTruth {
            learn = [.click(truth.openings.count)]
            truth.openings.append(
                Truth.Opening(
                    id: id, code: link.code, person: link.person, line: owner.line, at: time, message: link.message,
                    campaign: link.campaign, isRobot: isRobot))
        }
        // A campaign's link was made before its messages had ids.
        let body = LinkFormat.click(
            id: id, code: link.code, at: time, person: owner, message: link.campaign == nil ? link.message : nil,
            campaign: link.campaign, isRobot: isRobot)
        trade?.traffic.post(.clicks, body, at: time, learn: learn)
    }
}
