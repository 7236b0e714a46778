import Catalogue
import Domain
import Ledgers

/// Compact binary forms of outcomes and of what leads to them.
enum OutcomeRecord {
    private static let version: UInt8 = 1

    // MARK: State

    static func encode(_ state: OutcomeState) -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(version)
        writer.string(state.source)
        writer.string(state.id)
        encode(state.kind, into: &writer) { $0.string($1) }
        encode(state.value, into: &writer) { encode($1, into: &$0) }
        writer.optional(state.confirmedAt)
        encode(state.restatedAt, into: &writer) { $0.signed($1.microseconds) }
        writer.optional(state.confirmedRevision)
        encode(state.unfinished, into: &writer) {
            $0.signed($1.at.microseconds)
            $0.byte($1.isFailed ? 1 : 0)
        }
        writer.byte((state.isCancelled ? 1 : 0) | (state.isCancelledForGood ? 2 : 0))
        writer.optional(state.cancelledRevision)
        encode(state.names, into: &writer) { encode($1.party, into: &$0) }
        encode(state.message, into: &writer) { $0.string($1.value) }
        encode(state.conversation, into: &writer) { $0.string($1) }
        encode(state.link, into: &writer) { $0.string($1) }
        encode(state.clickID, into: &writer) { $0.string($1) }
        encode(state.account, into: &writer) { $0.string($1.value) }
        encode(state.phoneNumber, into: &writer) { $0.string($1.value) }
        encode(state.refunds, into: &writer)
        encode(state.refundedTotal, into: &writer)
        encode(state.chargebacks, into: &writer)
        writer.optional(state.firstAt)
        writer.byte(state.handler == nil ? 0 : 1)
        if let handler = state.handler {
            writer.optional(handler.agent)
            writer.optional(handler.team)
            writer.optional(handler.desk)
        }
        return writer.bytes
    }

    /// Nil when the bytes are no record of this version (a damaged page).
    static func decodeState(_ bytes: UnsafeRawBufferPointer) -> OutcomeState? {
        var reader = ByteReader(bytes)
        guard reader.byte() == version else { return nil }
        var state = OutcomeState(source: reader.string(), id: reader.string())
        state.kind = told(&reader) { $0.string() }
        state.value = told(&reader) { decodeAmount(&$0) }
        state.confirmedAt = reader.optionalInstant()
        state.restatedAt = told(&reader) { Instant(microseconds: $0.signed()) }
        state.confirmedRevision = reader.optionalInstant()
        state.unfinished = told(&reader) {
            OutcomeState.Unfinished(at: Instant(microseconds: $0.signed()), isFailed: $0.byte() == 1)
        }
        let marks = reader.byte()
        state.isCancelled = marks & 1 != 0
        state.isCancelledForGood = marks & 2 != 0
        state.cancelledRevision = reader.optionalInstant()
        state.names = told(&reader) { OutcomeState.Names(decodeParty(&$0)) }
        state.message = told(&reader) { MessageID($0.string()) }
        state.conversation = told(&reader) { $0.string() }
        state.link = told(&reader) { $0.string() }
        state.clickID = told(&reader) { $0.string() }
        state.account = told(&reader) { AccountID($0.string()) }
        state.phoneNumber = told(&reader) { PhoneNumberID($0.string()) }
        state.refunds = decodeReturns(&reader)
        state.refundedTotal = decodeReturned(&reader)
        state.chargebacks = decodeReturns(&reader)
        state.firstAt = reader.optionalInstant()
        if reader.byte() == 1 {
            state.handler = OutcomeState.Handler(
                agent: reader.optional(), team: reader.optional(), desk: reader.optional())
        }
        return reader.failed ? nil : state
    }

    private static func encode<Value>(
        _ told: OutcomeState.Told<Value>?, into writer: inout ByteWriter, _ value: (inout ByteWriter, Value) -> Void
    ) {
        guard let told else { return writer.byte(0) }
        writer.byte(told.weight == 0 ? 1 : 2)
        writer.signed(told.revision.microseconds)
        value(&writer, told.value)
    }

    private static func told<Value>(
        _ reader: inout ByteReader, _ value: (inout ByteReader) -> Value
    ) -> OutcomeState.Told<Value>? {
        let mark = reader.byte()
        guard mark != 0 else { return nil }
        let revision = Instant(microseconds: reader.signed())
        return OutcomeState.Told(weight: mark == 2 ? 1 : 0, revision: revision, value: value(&reader))
    }

    private static func encode(_ amount: OutcomeState.Amount, into writer: inout ByteWriter) {
        writer.string(amount.currency)
        writer.signed(amount.micros)
    }

    private static func decodeAmount(_ reader: inout ByteReader) -> OutcomeState.Amount {
        let currency = reader.string()
        return OutcomeState.Amount(Money(micros: reader.signed(), currency: currency))
    }

    private static func encode(_ returns: [String: OutcomeState.Returned], into writer: inout ByteWriter) {
        writer.varint(UInt64(returns.count))
        for (id, returned) in returns.sorted(by: { $0.key < $1.key }) {
            writer.string(id)
            encode(returned, into: &writer)
        }
    }

    private static func decodeReturns(_ reader: inout ByteReader) -> [String: OutcomeState.Returned] {
        var returns: [String: OutcomeState.Returned] = [:]
        for _ in 0..<reader.count() {
            let id = reader.string()
            returns[id] = decodeReturned(&reader)
        }
        return returns
    }

    private static func encode(_ returned: OutcomeState.Returned, into writer: inout ByteWriter) {
        writer.byte(
            (returned.isWhole ? 1 : 0) | (returned.isReversed ? 2 : 0) | (returned.amount == nil ? 0 : 4))
        if let amount = returned.amount { encode(amount, into: &writer) }
    }

    private static func decodeReturned(_ reader: inout ByteReader) -> OutcomeState.Returned {
        let marks = reader.byte()
        return OutcomeState.Returned(
            amount: marks & 4 == 0 ? nil : decodeAmount(&reader), isWhole: marks & 1 != 0, isReversed: marks & 2 != 0)
    }

    static func encode(_ party: Party, into writer: inout ByteWriter) {
        writer.optional(party.phone)
        writer.optional(party.userID)
        writer.optional(party.parentUserID)
    }

    static func decodeParty(_ reader: inout ByteReader) -> Party {
        Party(phone: reader.optional(), userID: reader.optional(), parentUserID: reader.optional())
    }

    // MARK: What is counted

    static func encode(_ counted: OutcomeTable.Counted?) -> [UInt8] {
        guard let counted else { return [] }
        let fact = counted.fact
        var writer = ByteWriter()
        writer.byte(
            (fact.isCancelled ? 1 : 0) | (fact.isRefunded ? 2 : 0) | (fact.isMatched ? 4 : 0)
                | (fact.isAttributed ? 8 : 0) | (fact.value == nil ? 0 : 16))
        writer.signed(fact.at.microseconds)
        if let value = fact.value { writer.signed(value) }
        writer.signed(fact.refunded)
        writer.varint(UInt64(counted.credits.count))
        for credit in counted.credits {
            let touch = credit.touch
            writer.byte(
                touch.kind.number | (touch.message == nil ? 0 : 64) | (touch.ad == nil ? 0 : 128))
            writer.signed(fact.at.microseconds &- touch.at.microseconds)
            if let message = touch.message {
                writer.signed(message.row)
                writer.signed(touch.at.microseconds &- message.cohortAt.microseconds)
            }
            writer.signed(touch.segment)
            if let ad = touch.ad { writer.string(ad) }
            writer.byte(credit.converted)
            var mask: UInt8 = 0
            for place in AttributionLedger.models.indices where credit.shares[place] != 0 { mask |= 1 << UInt8(place) }
            writer.byte(mask)
            for place in AttributionLedger.models.indices where credit.shares[place] != 0 {
                writer.signed(credit.shares[place])
            }
        }
        return writer.bytes
    }

    /// Nil when it counts nothing, or cannot be read (a damaged page).
    static func decodeCounted(
        _ bytes: UnsafeRawBufferPointer, segment: Int64, dimensions: [String?]
    ) -> OutcomeTable.Counted? {
        guard !bytes.isEmpty else { return nil }
        var reader = ByteReader(bytes)
        let marks = reader.byte()
        let at = Instant(microseconds: reader.signed())
        let value = marks & 16 == 0 ? nil : reader.signed()
        let fact = OutcomeFact(
            at: at, isCancelled: marks & 1 != 0, value: value, isRefunded: marks & 2 != 0, refunded: reader.signed(),
            isMatched: marks & 4 != 0, isAttributed: marks & 8 != 0, dimensions: dimensions)
        var credits: [AttributionLedger.Credit] = []
        for _ in 0..<reader.count() { credits.append(decodeCredit(&reader, outcomeAt: at)) }
        return reader.failed ? nil : OutcomeTable.Counted(fact: fact, segment: segment, credits: credits)
    }

    private static func decodeCredit(_ reader: inout ByteReader, outcomeAt: Instant) -> AttributionLedger.Credit {
        let head = reader.byte()
        let at = Instant(microseconds: outcomeAt.microseconds &- reader.signed())
        var touch = Touch(kind: TouchKind(number: head & 63) ?? .message, at: at, key: 0)
        if head & 64 != 0 {
            let row = reader.signed()
            touch.message = Touch.Message(
                row: row, cohortAt: Instant(microseconds: at.microseconds &- reader.signed()))
        }
        touch.segment = reader.signed()
        if head & 128 != 0 { touch.ad = reader.string() }
        var credit = AttributionLedger.Credit(touch: touch, shares: .zero, converted: reader.byte())
        let mask = reader.byte()
        for place in AttributionLedger.models.indices where mask & (1 << UInt8(place)) != 0 {
            credit.shares[place] = reader.signed()
        }
        return credit
    }
}

/// Compact binary forms of links, clicks, actions and settings.
enum ActionRecord {
    static func encode(_ link: TrackedLink) -> [UInt8] {
        var writer = ByteWriter()
        writer.string(link.code)
        writer.optional(link.message?.value)
        OutcomeRecord.encode(link.recipient, into: &writer)
        writer.optional(link.campaign)
        writer.signed(link.createdAt.microseconds)
        return writer.bytes
    }

    static func decodeLink(_ bytes: UnsafeRawBufferPointer) -> TrackedLink? {
        var reader = ByteReader(bytes)
        let link = TrackedLink(
            code: reader.string(), message: reader.optional().map { MessageID($0) },
            recipient: OutcomeRecord.decodeParty(&reader), campaign: reader.optional(),
            createdAt: Instant(microseconds: reader.signed()))
        return reader.failed ? nil : link
    }

    /// Without its id and time, which are columns.
    static func encode(_ click: TrackedClick) -> [UInt8] {
        var writer = ByteWriter()
        OutcomeRecord.encode(click.person, into: &writer)
        writer.optional(click.message?.value)
        writer.optional(click.campaign)
        return writer.bytes
    }

    static func decodeClick(_ bytes: UnsafeRawBufferPointer, at: Instant) -> TrackedClick? {
        var reader = ByteReader(bytes)
        let click = TrackedClick(
            id: "", code: "", at: at, person: OutcomeRecord.decodeParty(&reader),
            message: reader.optional().map { MessageID($0) }, campaign: reader.optional())
        return reader.failed ? nil : click
    }

    static func encode(_ action: CustomerAction) -> [UInt8] {
        var writer = ByteWriter()
        writer.string(action.id)
        switch action.deed {
        case nil: writer.byte(0)
        case .tap(let payload):
            writer.byte(1)
            writer.optional(payload)
        case .form(let name, let token):
            writer.byte(2)
            writer.optional(name)
            writer.optional(token)
        case .order(let items, let micros, let currency):
            writer.byte(3)
            writer.signed(Int64(items))
            writer.signed(micros)
            writer.optional(currency)
        case .automatic(let name, let micros, let currency):
            writer.byte(4)
            writer.string(name)
            writer.optional(number: micros)
            writer.optional(currency)
        }
        writer.byte(action.ad == nil ? 0 : 1)
        if let ad = action.ad {
            writer.optional(ad.sourceID)
            writer.optional(ad.sourceType)
            writer.optional(ad.clickID)
        }
        writer.optional(number: action.repliesTo)
        let identity = action.identity
        OutcomeRecord.encode(identity.party, into: &writer)
        writer.optional(identity.message?.value)
        writer.optional(identity.clickID)
        writer.optional(identity.line.account?.value)
        writer.optional(identity.line.phoneNumber?.value)
        return writer.bytes
    }

    static func decodeAction(_ bytes: UnsafeRawBufferPointer, at: Instant) -> CustomerAction? {
        var reader = ByteReader(bytes)
        var action = CustomerAction(id: reader.string(), at: at, deed: nil)
        switch reader.byte() {
        case 1: action.deed = .tap(payload: reader.optional())
        case 2: action.deed = .form(name: reader.optional(), token: reader.optional())
        case 3:
            action.deed = .order(
                items: Int(clamping: reader.signed()), totalMicros: reader.signed(), currency: reader.optional())
        case 4:
            action.deed = .automatic(
                name: reader.string(), valueMicros: reader.optionalNumber(), currency: reader.optional())
        default: break
        }
        if reader.byte() == 1 {
            action.ad = CustomerAction.Ad(
                sourceID: reader.optional(), sourceType: reader.optional(), clickID: reader.optional())
        }
        action.repliesTo = reader.optionalNumber()
        action.identity.party = OutcomeRecord.decodeParty(&reader)
        action.identity.message = reader.optional().map { MessageID($0) }
        action.identity.clickID = reader.optional()
        action.identity.line.account = reader.optional().map { AccountID($0) }
        action.identity.line.phoneNumber = reader.optional().map { PhoneNumberID($0) }
        return reader.failed ? nil : action
    }

    // MARK: Settings

    static func encode(_ rules: [OutcomeRule]) -> [UInt8] {
        var writer = ByteWriter()
        writer.varint(UInt64(rules.count))
        for rule in rules {
            switch rule.trigger {
            case .flow(let prefix):
                writer.byte(1)
                writer.optional(prefix)
            case .tap(let prefix):
                writer.byte(2)
                writer.string(prefix)
            case .order: writer.byte(3)
            case .automatic(let name):
                writer.byte(4)
                writer.string(name)
            }
            writer.string(rule.kind)
            writer.byte(rule.value == nil ? 0 : 1)
            if let value = rule.value {
                writer.signed(value.micros)
                writer.string(value.currency)
            }
        }
        return writer.bytes
    }

    static func decodeRules(_ bytes: UnsafeRawBufferPointer) -> [OutcomeRule]? {
        var reader = ByteReader(bytes)
        var rules: [OutcomeRule] = []
        for _ in 0..<reader.count() {
            let trigger: OutcomeRule.Trigger
            switch reader.byte() {
            case 1: trigger = .flow(tokenPrefix: reader.optional())
            case 2: trigger = .tap(payloadPrefix: reader.string())
            case 3: trigger = .order
            default: trigger = .automatic(name: reader.string())
            }
            var rule = OutcomeRule(trigger: trigger, kind: reader.string())
            if reader.byte() == 1 {
                let micros = reader.signed()
                rule.value = Money(micros: micros, currency: reader.string())
            }
            rules.append(rule)
        }
        return reader.failed ? nil : rules
    }

    static func encode(_ settings: AttributionSettings) -> [UInt8] {
        var writer = ByteWriter()
        writer.signed(settings.lookbackSeconds)
        writer.varint(UInt64(settings.lookbackByKind.count))
        for (kind, seconds) in settings.lookbackByKind.sorted(by: { $0.key < $1.key }) {
            writer.string(kind)
            writer.signed(seconds)
        }
        return writer.bytes
    }

    static func decodeAttribution(_ bytes: UnsafeRawBufferPointer) -> AttributionSettings? {
        var reader = ByteReader(bytes)
        var settings = AttributionSettings(lookbackSeconds: reader.signed())
        for _ in 0..<reader.count() {
            let kind = reader.string()
            settings.lookbackByKind[kind] = reader.signed()
        }
        return reader.failed ? nil : settings
    }
}
