/// One mark on the account timeline.
package struct AccountEvent: Hashable, Sendable {
    /// What the mark is about.
    package enum Subject: Hashable, Sendable {
        case template(id: TemplateID?, name: String?, language: String?)
        case phoneNumber(id: PhoneNumberID?, display: String?)
        case account
        case flow(id: String?)
        case group(GroupID?)
        /// A thread that changed owner.
        case thread(Party)
        case paymentConfiguration(String?)
        case other(String?)
    }
    /// Meta's field, e.g. `message_template_status_update`.
    package var field: String
    package var account: AccountID?
    package var subject: Subject
    /// Meta's event word, or the new value: `PAUSED`, `RED`, `TIER_10K`.
    package var event: String
    /// The earlier value where Meta tells it.
    package var previous: String?
    /// Every further scalar that the payload told, flat, keys as Meta spells them, joined with dots
    /// (`other_info.title`). No personal data.
    package var details: [String: String]
    package var at: Instant?

    package init(
        field: String, account: AccountID?, subject: Subject, event: String, previous: String? = nil,
        details: [String: String] = [:], at: Instant? = nil
    ) {
        self.field = field
        self.account = account
        self.subject = subject
        self.event = event
        self.previous = previous
        self.details = details
        self.at = at
    }
}

/// Field `calls`: an event of a call or a status of one. Never a message status.
package struct CallEvent: Hashable, Sendable {
    package var call: CallID
    package var line: Line
    package var party: Party
    /// `connect`, `terminate`, … or for statuses `RINGING`, `ACCEPTED`, `REJECTED`.
    package var event: String
    /// True when it came in `statuses[]`.
    package var isStatus: Bool
    /// `BUSINESS_INITIATED` or `USER_INITIATED`.
    package var direction: String?
    /// `COMPLETED` or `FAILED` on terminate.
    package var outcome: String?
    package var durationSeconds: Int64?
    package var errors: [ErrorNote]
    package var at: Instant
    /// `biz_opaque_callback_data` of a call that the business made.
    package var tags: SendTags?
    /// What the business put behind the call button or link that was tapped (`cta_payload`, `deeplink_payload`).
    package var payload: String?

    package init(
        call: CallID, line: Line, party: Party, event: String, isStatus: Bool, direction: String? = nil,
        outcome: String? = nil, durationSeconds: Int64? = nil, errors: [ErrorNote] = [], at: Instant,
        tags: SendTags? = nil, payload: String? = nil
    ) {
        self.call = call
        self.line = line
        self.party = party
        self.event = event
        self.isStatus = isStatus
        self.direction = direction
        self.outcome = outcome
        self.durationSeconds = durationSeconds
        self.errors = errors
        self.at = at
        self.tags = tags
        self.payload = payload
    }
}

/// `statuses[]` of type `payment` (India, Brazil).
package struct PaymentStatus: Hashable, Sendable {
    package var message: MessageID
    package var line: Line
    package var payer: Party
    package var referenceID: String?
    /// `pending`, `captured`, `failed`.
    package var status: String
    /// In millionths of the currency.
    package var amountMicros: Int64?
    package var currency: String?
    package var transactionID: String?
    package var refundedMicros: Int64
    package var at: Instant

    package init(
        message: MessageID, line: Line, payer: Party, referenceID: String? = nil, status: String,
        amountMicros: Int64? = nil, currency: String? = nil, transactionID: String? = nil, refundedMicros: Int64 = 0,
        at: Instant
    ) {
        self.message = message
        self.line = line
        self.payer = payer
        self.referenceID = referenceID
        self.status = status
        self.amountMicros = amountMicros
        self.currency = currency
        self.transactionID = transactionID
        self.refundedMicros = refundedMicros
        self.at = at
    }
}

/// Something that was not understood. The bytes stay in the inbox; this says where and why.
package struct NotUnderstood: Hashable, Sendable {
    /// Meta's field, or the source (`sends`), or `body` when the whole delivery is not JSON.
    package var field: String
    package var reason: Reason
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case notJSON, tooDeep, notAnObject, unknownField, missingKey, badValue, emptyChange
    }
    package init(field: String, reason: Reason) {
        self.field = field
        self.reason = reason
    }
}
