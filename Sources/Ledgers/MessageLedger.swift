import Domain

/// Folds what events tell about outbound messages into `MessageState`: a join, so order does not matter.
package enum MessageLedger {
    /// Whose state an event changes: the message, or one participant's copy of a group message.
    package struct Key: Hashable, Sendable {
        package var id: MessageID
        package var participant: String?
        package init(id: MessageID, participant: String? = nil) {
            self.id = id
            self.participant = participant
        }
        /// The group message that a participant's copy belongs to.
        package var header: Key? { participant == nil ? nil : Key(id: id) }
    }

    /// A participant's name inside a group message: the business-scoped id where Meta tells it, since the
    /// phone number may be missing from some of a message's statuses and not from others.
    package static func participantName(_ party: Party) -> String? { party.userID ?? party.phone }

    package static func key(of status: MessageStatus) -> Key {
        Key(id: status.message, participant: status.group == nil ? nil : participantName(status.recipient))
    }

    /// The message that an inbound one answers by name, if it does.
    package static func key(answeredBy inbound: InboundMessage) -> Key? {
        guard inbound.kind.isAnswer, let id = inbound.repliesTo else { return nil }
        return Key(id: id, participant: inbound.group == nil ? nil : participantName(inbound.sender))
    }

    // MARK: Joins

    package static func join(_ status: MessageStatus, into state: inout MessageState) {
        join(status.line, into: &state.line)
        join(status.recipient, into: &state.recipient)
        state.group = settled(state.group, status.group)
        switch status.status {
        case .sent: state.sentAt = earliest(state.sentAt, status.at)
        case .delivered: state.deliveredAt = earliest(state.deliveredAt, status.at)
        case .read: state.readAt = earliest(state.readAt, status.at)
        case .played: state.playedAt = earliest(state.playedAt, status.at)
        case .failed: state.failedAt = latest(state.failedAt, status.at)
        case .other(let word): state.otherStatuses[word] = earliest(state.otherStatuses[word], status.at)
        }
        if [.delivered, .read, .played].contains(status.status) {
            state.succeededAt = latest(state.succeededAt, status.at)
        }
        for error in status.errors { state.errors.insert(.init(at: status.at, code: error.code)) }
        if status.status == .failed, status.errors.isEmpty { state.errors.insert(.init(at: status.at, code: 0)) }
        if let pricing = status.pricing {
            let told = MessageState.TimedPricing(at: status.at, pricing: pricing)
            if state.pricing.map({ $0 < told }) ?? true { state.pricing = told }
            if pricing.model?.uppercased() == Pricing.conversationBased {
                state.conversationID = settled(state.conversationID, status.conversation?.id)
            }
        }
        if let tags = status.tags { state.callbackTags = joined(state.callbackTags ?? SendTags(), tags) }
        state.templateID = settled(state.templateID, status.template)
    }

    package static func join(_ send: SendRecord, receivedAt: Instant, into state: inout MessageState) {
        join(send.line, into: &state.line)
        join(send.recipient, into: &state.recipient)
        state.group = settled(state.group, send.group)
        // Without a time of its own a record says when it came; a status then tells better.
        if let sentAt = send.sentAt { state.loggedAt = earliest(state.loggedAt, sentAt) }
        if send.isHeldOut {
            state.isHeldOut = true
        } else if send.isRejected {
            state.isRejected = true
        } else {
            state.isLogged = true
        }
        if send.sentAt == nil { state.heardAt = earliest(state.heardAt, receivedAt) }
        state.messageType = settled(state.messageType, send.messageType)
        state.loggedTags = joined(state.loggedTags, send.tags)
        state.timeToLiveSeconds = settled(state.timeToLiveSeconds, send.timeToLiveSeconds)
        for error in send.errors {
            let at = send.sentAt ?? MessageState.TimedError.untold
            state.errors.insert(.init(at: at, code: error.code))
        }
    }

    package static func join(_ echo: EchoedMessage, into state: inout MessageState) {
        join(echo.line, into: &state.line)
        join(echo.recipient, into: &state.recipient)
        state.echo = [state.echo, echo.origin].compactMap { $0 }.min { $0.rawValue < $1.rawValue }
        state.heardAt = earliest(state.heardAt, echo.at)
        state.messageType = settled(state.messageType, echo.type)
        if let template = echo.template {
            state.loggedTags.template = settled(state.loggedTags.template, template)
        }
    }

    /// An inbound message that names this one: a quote, or a tap on its button.
    package static func join(answer inbound: InboundMessage, into state: inout MessageState) {
        join(inbound.line, into: &state.line)
        join(inbound.sender, into: &state.recipient)
        state.quotedAt = earliest(state.quotedAt, inbound.at)
        state.lastQuotedAt = latest(state.lastQuotedAt, inbound.at)
        if case .tap = inbound.kind { state.tappedAt = earliest(state.tappedAt, inbound.at) }
    }

    /// An opening of the tracked link that was sent in this message. Programs that look at links are nobody's click.
    package static func join(click: TrackedClick, into state: inout MessageState) {
        guard !click.isRobot else { return }
        join(click.person, into: &state.recipient)
        state.linkOpenedAt = earliest(state.linkOpenedAt, click.at)
    }

    /// What an agent desk told of a message that Meta knows by the same id.
    /// - Parameters:
    ///   - conversation: key of the desk's conversation.
    ///   - contact: the conversation's customer.
    package static func join(
        _ message: DeskMessage, of desk: String, at: Instant, conversation: Int64, contact: Party, line: Line,
        into state: inout MessageState
    ) {
        join(line, into: &state.line)
        join(contact, into: &state.recipient)
        state.heardAt = earliest(state.heardAt, at)
        let author = message.author == .unknown ? nil : message.author
        let tags = SendTags(senderKind: author, agent: message.agent, team: message.team)
        state.deskTags = joined(state.deskTags ?? SendTags(), tags)
        state.desk = settled(state.desk, desk)
        state.deskConversation = settled(state.deskConversation, conversation)
        if message.isTemplate { state.messageType = settled(state.messageType, "template") }
    }

    /// What a participant's copy takes from the group message that it belongs to.
    package static func inherit(from header: MessageState, into copy: inout MessageState) {
        join(header.line, into: &copy.line)
        copy.loggedAt = earliest(copy.loggedAt, header.loggedAt)
        // `sent` comes once, for the group.
        copy.sentAt = earliest(copy.sentAt, header.sentAt)
        copy.messageType = settled(copy.messageType, header.messageType)
        copy.loggedTags = joined(copy.loggedTags, header.loggedTags)
        if let tags = header.callbackTags { copy.callbackTags = joined(copy.callbackTags ?? SendTags(), tags) }
        copy.timeToLiveSeconds = settled(copy.timeToLiveSeconds, header.timeToLiveSeconds)
        if header.isLogged { copy.isLogged = true }
    }

    // MARK: Parts

    private static func join(_ line: Line, into known: inout Line) {
        known.account = settled(known.account, line.account)
        known.phoneNumber = settled(known.phoneNumber, line.phoneNumber)
        known.displayPhoneNumber = settled(known.displayPhoneNumber, line.displayPhoneNumber)
    }

    private static func join(_ party: Party, into known: inout Party) {
        known.phone = settled(known.phone, party.phone)
        known.userID = settled(known.userID, party.userID)
        known.parentUserID = settled(known.parentUserID, party.parentUserID)
    }

    static func joined(_ a: SendTags, _ b: SendTags) -> SendTags {
        SendTags(
            template: settled(a.template, b.template),
            templateLanguage: settled(a.templateLanguage, b.templateLanguage),
            category: settled(a.category, b.category),
            useCase: settled(a.useCase, b.useCase),
            campaign: settled(a.campaign, b.campaign),
            variant: settled(a.variant, b.variant),
            senderKind: settled(a.senderKind?.rawValue, b.senderKind?.rawValue).flatMap(SenderKind.init(rawValue:)),
            agent: settled(a.agent, b.agent),
            team: settled(a.team, b.team),
            other: a.other.merging(b.other) { min($0, $1) }
        )
    }
}

extension InboundMessage.Kind {
    /// Words or a choice of the customer: what counts as an answer. Not reactions, edits, system notes.
    package var isAnswer: Bool {
        switch self {
        case .content, .tap, .form, .order, .unsupported, .other: true
        case .reaction, .edit, .revoke, .callPermission, .system, .welcome: false
        }
    }

    /// A tap on a button by which businesses let people leave.
    package var isOptOut: Bool {
        guard case .tap(let payload?) = self else { return false }
        return Self.optOutPayloads.contains(payload.uppercased())
    }

    private static let optOutPayloads: Set<String> = [
        "STOP", "STOP PROMO", "STOP PROMOTIONS", "STOP_PROMO", "BERHENTI", "BERHENTI BERLANGGANAN", "UNSUBSCRIBE",
        "OPT OUT", "OPT-OUT", "OPT_OUT", "OPTOUT", "PARAR", "SAIR",
    ]
}

extension Pricing {
    /// `pricing_model` of the time when conversations were paid for.
    static let conversationBased = "CBP"
}
