import Domain
import Ledgers

/// A compact binary form of `MessageState`: a version byte, then the fields in order, each with a mark of presence.
/// About 150 bytes for a message with all its statuses; JSON would be four times that and slower to read.
enum StateRecord {
    private static let version: UInt8 = 3

    static func encode(_ state: MessageState) -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(version)
        writer.string(state.id.value)
        writer.optional(state.participant)
        for time in times(of: state) { writer.optional(time) }
        writer.varint(UInt64(state.otherStatuses.count))
        for (word, at) in state.otherStatuses.sorted(by: { $0.key < $1.key }) {
            writer.string(word)
            writer.signed(at.microseconds)
        }
        writer.varint(UInt64(state.errors.count))
        for error in state.errors.sorted() {
            writer.signed(error.at.microseconds)
            writer.signed(Int64(error.code))
        }
        writer.byte((state.isLogged ? 1 : 0) | (state.isRejected ? 2 : 0) | (state.isHeldOut ? 4 : 0))
        writer.optional(state.conversationID)
        writer.optional(state.echo?.rawValue)
        writer.optional(state.line.account?.value)
        writer.optional(state.line.phoneNumber?.value)
        writer.optional(state.line.displayPhoneNumber)
        writer.optional(state.recipient.phone)
        writer.optional(state.recipient.userID)
        writer.optional(state.recipient.parentUserID)
        writer.optional(state.group?.value)
        writer.varint(UInt64(state.participants.count))
        for participant in state.participants.sorted() { writer.string(participant) }
        writer.optional(state.messageType)
        encode(state.loggedTags, into: &writer)
        writer.byte(state.callbackTags == nil ? 0 : 1)
        if let tags = state.callbackTags { encode(tags, into: &writer) }
        writer.byte(state.deskTags == nil ? 0 : 1)
        if let tags = state.deskTags { encode(tags, into: &writer) }
        writer.optional(state.desk)
        writer.optional(number: state.deskConversation)
        writer.optional(state.templateID?.value)
        writer.byte(state.timeToLiveSeconds == nil ? 0 : 1)
        if let seconds = state.timeToLiveSeconds { writer.signed(seconds) }
        encode(state.pricing, into: &writer)
        return writer.bytes
    }

    /// Nil when the bytes are not a record of this version (a damaged page).
    static func decode(_ bytes: UnsafeRawBufferPointer) -> MessageState? {
        var reader = ByteReader(bytes)
        guard reader.byte() == version else { return nil }
        var state = MessageState(id: MessageID(reader.string()))
        state.participant = reader.optional()
        state.loggedAt = reader.optionalInstant()
        state.sentAt = reader.optionalInstant()
        state.deliveredAt = reader.optionalInstant()
        state.readAt = reader.optionalInstant()
        state.playedAt = reader.optionalInstant()
        state.failedAt = reader.optionalInstant()
        state.succeededAt = reader.optionalInstant()
        state.heardAt = reader.optionalInstant()
        state.quotedAt = reader.optionalInstant()
        state.lastQuotedAt = reader.optionalInstant()
        state.tappedAt = reader.optionalInstant()
        state.linkOpenedAt = reader.optionalInstant()
        for _ in 0..<reader.count() {
            let word = reader.string()
            state.otherStatuses[word] = Instant(microseconds: reader.signed())
        }
        for _ in 0..<reader.count() {
            let at = Instant(microseconds: reader.signed())
            state.errors.insert(.init(at: at, code: Int(reader.signed())))
        }
        let known = reader.byte()
        state.isLogged = known & 1 != 0
        state.isRejected = known & 2 != 0
        state.isHeldOut = known & 4 != 0
        state.conversationID = reader.optional()
        state.echo = reader.optional().flatMap(EchoedMessage.Origin.init(rawValue:))
        state.line.account = reader.optional().map { AccountID($0) }
        state.line.phoneNumber = reader.optional().map { PhoneNumberID($0) }
        state.line.displayPhoneNumber = reader.optional()
        state.recipient.phone = reader.optional()
        state.recipient.userID = reader.optional()
        state.recipient.parentUserID = reader.optional()
        state.group = reader.optional().map { GroupID($0) }
        for _ in 0..<reader.count() { state.participants.insert(reader.string()) }
        state.messageType = reader.optional()
        state.loggedTags = decodeTags(&reader)
        if reader.byte() == 1 { state.callbackTags = decodeTags(&reader) }
        if reader.byte() == 1 { state.deskTags = decodeTags(&reader) }
        state.desk = reader.optional()
        state.deskConversation = reader.optionalNumber()
        state.templateID = reader.optional().map { TemplateID($0) }
        if reader.byte() == 1 { state.timeToLiveSeconds = reader.signed() }
        state.pricing = decodePricing(&reader)
        return reader.failed ? nil : state
    }

    private static func times(of state: MessageState) -> [Instant?] {
        [
            state.loggedAt, state.sentAt, state.deliveredAt, state.readAt, state.playedAt, state.failedAt,
            state.succeededAt,
            state.heardAt, state.quotedAt, state.lastQuotedAt, state.tappedAt, state.linkOpenedAt,
        ]
    }

    private static func encode(_ tags: SendTags, into writer: inout ByteWriter) {
        // Most messages have few tags: one byte says that there are none.
        guard tags != SendTags() else { return writer.byte(0) }
        writer.byte(1)
        writer.optional(tags.template)
        writer.optional(tags.templateLanguage)
        writer.optional(tags.category)
        writer.optional(tags.useCase)
        writer.optional(tags.campaign)
        writer.optional(tags.variant)
        writer.optional(tags.senderKind?.rawValue)
        writer.optional(tags.agent)
        writer.optional(tags.team)
        writer.varint(UInt64(tags.other.count))
        for (key, value) in tags.other.sorted(by: { $0.key < $1.key }) {
            writer.string(key)
            writer.string(value)
        }
    }

    private static func decodeTags(_ reader: inout ByteReader) -> SendTags {
        guard reader.byte() == 1 else { return SendTags() }
        var tags = SendTags()
        tags.template = reader.optional()
        tags.templateLanguage = reader.optional()
        tags.category = reader.optional()
        tags.useCase = reader.optional()
        tags.campaign = reader.optional()
        tags.variant = reader.optional()
        tags.senderKind = reader.optional().flatMap(SenderKind.init(rawValue:))
        tags.agent = reader.optional()
        tags.team = reader.optional()
        for _ in 0..<reader.count() {
            let key = reader.string()
            tags.other[key] = reader.string()
        }
        return tags
    }

    private static func encode(_ pricing: MessageState.TimedPricing?, into writer: inout ByteWriter) {
        guard let pricing else { return writer.byte(0) }
        writer.byte(1)
        writer.signed(pricing.at.microseconds)
        writer.optional(pricing.pricing.model)
        writer.optional(pricing.pricing.type)
        writer.optional(pricing.pricing.category)
        writer.byte(pricing.pricing.billable.map { $0 ? 2 : 1 } ?? 0)
        writer.byte(pricing.pricing.estimatedCostMicros == nil ? 0 : 1)
        if let micros = pricing.pricing.estimatedCostMicros { writer.signed(micros) }
        writer.optional(pricing.pricing.costCurrency)
    }

    private static func decodePricing(_ reader: inout ByteReader) -> MessageState.TimedPricing? {
        guard reader.byte() == 1 else { return nil }
        let at = Instant(microseconds: reader.signed())
        var pricing = Pricing()
        pricing.model = reader.optional()
        pricing.type = reader.optional()
        pricing.category = reader.optional()
        switch reader.byte() {
        case 2: pricing.billable = true
        case 1: pricing.billable = false
        default: pricing.billable = nil
        }
        if reader.byte() == 1 { pricing.estimatedCostMicros = reader.signed() }
        pricing.costCurrency = reader.optional()
        return .init(at: at, pricing: pricing)
    }
}
