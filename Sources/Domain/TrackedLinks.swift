/// A short link of the business's own, with what it knows of whom it was sent to.
package struct TrackedLink: Hashable, Sendable {
    /// What stands in its address.
    package var code: String
    /// The message that it was sent in, when it is one per recipient and the id was known.
    package var message: MessageID?
    /// Whom it was sent to, when it is one per recipient.
    package var recipient: Party
    package var campaign: String?
    package var createdAt: Instant

    package init(
        code: String, message: MessageID? = nil, recipient: Party = Party(), campaign: String? = nil,
        createdAt: Instant
    ) {
        self.code = code
        self.message = message
        self.recipient = recipient
        self.campaign = campaign
        self.createdAt = createdAt
    }
}

/// One opening of a tracked link.
package struct TrackedClick: Hashable, Sendable {
    /// Unique to this opening.
    package var id: String
    package var code: String
    package var at: Instant
    /// The recipient, from the link itself or from the signed token in the address; anonymous when neither says.
    package var person: Party
    package var message: MessageID?
    package var campaign: String?
    /// Opened by a program that looks at links (a preview, a scanner): never counted as a click.
    package var isRobot: Bool

    package init(
        id: String, code: String, at: Instant, person: Party = Party(), message: MessageID? = nil,
        campaign: String? = nil, isRobot: Bool = false
    ) {
        self.id = id
        self.code = code
        self.at = at
        self.person = person
        self.message = message
        self.campaign = campaign
        self.isRobot = isRobot
    }
}
