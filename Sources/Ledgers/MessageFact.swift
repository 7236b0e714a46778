import Catalogue
import Domain

/// One row of fact `message`: what the state of a message contributes to every number.
package struct MessageFact: Hashable, Sendable {
    /// The cohort: the bucket in which the message counts.
    package var cohortAt: Instant
    package var flags: MessageFlags
    /// Microseconds; nil when it did not happen or was not observed.
    package var timeToDeliver: Int64?
    package var timeToRead: Int64?
    /// When silence turns into `expired`; nil unless pending.
    package var expiresAt: Instant?
    /// Values in the order of `Dimension.stored(.message)`.
    package var dimensions: [String?]

    /// The fact of a state at `asOf`. The bits that depend on the rest of the thread (see `ThreadLedger`) and on what
    /// else its person did are given by `thread`. Nil when nothing dates the message yet.
    package init?(_ state: MessageState, thread: MessageFlags = [], asOf: Instant) {
        guard let cohortAt = state.cohortAt ?? state.quotedAt else { return nil }
        self.cohortAt = cohortAt
        var flags: MessageFlags = thread.intersection([.ofThread, .ofPerson])
        if state.isAccepted { flags.insert(.accepted) }
        if state.isRejected && !state.isAccepted && !state.isGroupHeader { flags.insert(.rejected) }
        if !flags.isDisjoint(with: [.accepted, .rejected]) { flags.insert(.attempted) }
        if state.isOutbound { flags.insert(.outbound) }
        if state.quotedAt != nil { flags.insert(.quoted) }
        if state.tappedAt != nil { flags.insert(.tappedByName) }
        if state.linkOpenedAt != nil { flags.insert(.linkOpened) }
        if state.isControl { flags.insert(.heldOut) }
        if state.isAccepted {
            if state.reachedAt != nil { flags.insert(.delivered) }
            if state.openedAt != nil { flags.insert(.read) }
            if state.isFailed { flags.insert(.failed) }
            if state.reachedAt == nil && state.failedAt == nil {
                let expiry = cohortAt.adding(seconds: Self.timeToLiveSeconds(state))
                if expiry <= asOf {
                    flags.insert(.expired)
                } else {
                    flags.insert(.pending)
                    expiresAt = expiry
                }
            }
        }
        self.flags = flags.settled
        if state.isAccepted, let reachedAt = state.reachedAt {
            timeToDeliver = max(0, reachedAt.microseconds(since: cohortAt))
        }
        if state.isAccepted, let deliveredAt = state.deliveredAt, let openedAt = state.openedAt {
            timeToRead = max(0, openedAt.microseconds(since: deliveredAt))
        }
        dimensions = Self.dimensions(of: state)
    }

    /// How long Meta keeps trying: the send's own setting, else 10 minutes for authentication, else 30 days
    /// (Meta's documentation on time-to-live, Nov 2025). −1 means 30 days.
    static func timeToLiveSeconds(_ state: MessageState) -> Int64 {
        if let set = state.timeToLiveSeconds, set > 0 { return set }
        let isAuthentication = category(of: state).map { $0.hasPrefix("authentication") } ?? false
        return isAuthentication ? 10 * 60 : 30 * 24 * 3600
    }

    /// The category as priced, else as declared at the send.
    package static func category(of state: MessageState) -> String? {
        let declared = state.loggedTags.category ?? state.callbackTags?.category
        return state.pricing?.pricing.category ?? declared?.lowercased()
    }

    private static func dimensions(of state: MessageState) -> [String?] {
        let log = state.loggedTags
        let callback = state.callbackTags
        let template = log.template ?? callback?.template
        let category = category(of: state)
        let campaign = log.campaign ?? callback?.campaign
        let messageType = state.messageType ?? (template == nil ? nil : "template")
        let desk = state.deskTags
        let sender =
            log.senderKind ?? callback?.senderKind ?? desk?.senderKind
            ?? (state.echo == .businessApp ? .human : .unknown)
        let errorCode = state.errorCode
        let useCase =
            log.useCase ?? callback?.useCase
            ?? derivedUseCase(
                isTemplate: template != nil || messageType == "template", isTyped: messageType != nil,
                category: category, campaign: campaign)
        return [
            state.line.account?.value,
            state.line.phoneNumber?.value,
            template.map(label),
            (log.templateLanguage ?? callback?.templateLanguage).map(label),
            category.map(label),
            messageType.map(label),
            useCase.map(label),
            campaign.map(label),
            (log.variant ?? callback?.variant).map(label),
            sender.rawValue,
            (log.agent ?? callback?.agent ?? desk?.agent).map(label),
            (log.team ?? callback?.team ?? desk?.team).map(label),
            state.recipient.country,
            errorCode.map(String.init),
            errorCode.map { ErrorCatalogue[$0].errorClass.rawValue },
            source(of: state).rawValue,
            state.desk.map(label),
        ]
    }

    /// What a send is for when the business does not say: a template of a campaign or of category marketing is a
    /// broadcast, another template a notification, a free-form message customer service. When neither template nor
    /// type is known, the priced category tells which of them it was.
    static func derivedUseCase(isTemplate: Bool, isTyped: Bool, category: String?, campaign: String?) -> String? {
        let isMarketing = category.map(isMarketing) ?? false
        if isTemplate { return campaign != nil || isMarketing ? "broadcast" : "notification" }
        if isTyped { return "customer_service" }
        switch category {
        case nil: return nil
        case "service", "group_service", "referral_conversion": return "customer_service"
        case _ where isMarketing: return "broadcast"
        case "utility", "group_utility", "authentication", "authentication_international":
            return campaign == nil ? "notification" : "broadcast"
        default: return nil
        }
    }

    /// How the send was learned of. The raw value is the value of dimension `source`.
    package enum Source: String, Sendable, CaseIterable {
        case sendLog = "send_log"
        case callbackData = "callback_data"
        case statusOnly = "status_only"
        case businessApp = "business_app"
        case otherApp = "other_app"
        case history
    }

    static func source(of state: MessageState) -> Source {
        if state.isLogged || state.isRejected { return .sendLog }
        if state.callbackTags != nil { return .callbackData }
        switch state.echo {
        case .businessApp: return .businessApp
        case .otherApp: return .otherApp
        case .history: return .history
        case nil: return .statusOnly
        }
    }

    /// Whether a category as priced or declared is one of marketing.
    package static func isMarketing(_ category: String) -> Bool {
        category.hasPrefix("marketing") || category == "group_marketing"
    }

    /// Cuts a value of a dimension at the limit, on a character boundary.
    package static func label(_ text: String) -> String {
        guard text.utf8.count > Limits.labelBytesMax else { return text }
        var cut = text.prefix(Limits.labelBytesMax)
        while cut.utf8.count > Limits.labelBytesMax { cut.removeLast() }
        return String(cut)
    }
}

/// The measures of a fact as bits, with the bits that later folds need to settle them.
package struct MessageFlags: OptionSet, Hashable, Sendable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
    package init(_ measure: MessageMeasure) { rawValue = 1 << Int64(measure.rawValue) }

    package static let attempted = Self(.attempted)
    package static let rejected = Self(.rejected)
    package static let accepted = Self(.accepted)
    package static let delivered = Self(.delivered)
    package static let read = Self(.read)
    package static let failed = Self(.failed)
    package static let pending = Self(.pending)
    package static let expired = Self(.expired)
    package static let replied = Self(.replied)
    package static let tapped = Self(.tapped)
    package static let proven = Self(.proven)
    package static let provenRead = Self(.provenRead)
    package static let optedOut = Self(.optedOut)
    package static let clicked = Self(.clicked)
    package static let heldOut = Self(.heldOut)
    package static let followed = Self(.followed)

    // Evidence: not measures themselves.
    /// The recipient quoted it or tapped its button.
    package static let quoted = Self(rawValue: 1 << 32)
    package static let tappedByName = Self(rawValue: 1 << 33)
    /// The first inbound of the thread within 24 h, before the next outbound.
    package static let windowReply = Self(rawValue: 1 << 34)
    /// The person stopped marketing within 72 h.
    package static let stopped = Self(rawValue: 1 << 35)
    /// Ends the reply window of the message before.
    package static let outbound = Self(rawValue: 1 << 36)
    /// The whole conversation: nothing else was said in its thread for long before and after.
    package static let lone = Self(rawValue: 1 << 37)
    /// Its tracked link was opened by a person.
    package static let linkOpened = Self(rawValue: 1 << 38)
    /// The same, known from what its person did: a link of a campaign with the person's token.
    package static let linkOpenedByPerson = Self(rawValue: 1 << 39)
    /// An outcome of its person came within 7 days of the send.
    package static let outcomeFollowed = Self(rawValue: 1 << 40)
    /// What depends on the rest of the thread.
    package static let ofThread: Self = [.windowReply, .stopped, .lone]
    /// What depends on what else its person did.
    package static let ofPerson: Self = [.linkOpenedByPerson, .outcomeFollowed]

    /// The measures that follow from the evidence.
    package var settled: MessageFlags {
        var flags = subtracting([.replied, .tapped, .proven, .provenRead, .optedOut, .clicked, .followed])
        if contains(.outcomeFollowed), !isDisjoint(with: [.delivered, .heldOut]) { flags.insert(.followed) }
        guard contains(.delivered) else { return flags }
        if !isDisjoint(with: [.quoted, .tappedByName, .windowReply]) { flags.formUnion([.replied, .proven]) }
        if contains(.tappedByName) { flags.insert(.tapped) }
        if !isDisjoint(with: [.tappedByName, .linkOpened, .linkOpenedByPerson]) {
            flags.formUnion([.clicked, .proven])
        }
        if flags.isSuperset(of: [.proven, .read]) { flags.insert(.provenRead) }
        if contains(.stopped) { flags.insert(.optedOut) }
        return flags
    }

    package var measures: Set<MessageMeasure> {
        Set(MessageMeasure.allCases.filter { contains(MessageFlags($0)) })
    }
}
