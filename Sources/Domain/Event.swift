/// One normalised thing that happened at a point in time, from any source.
///
/// An event holds what analysis needs and nothing more: no message text, no profile name, no media. Phone
/// numbers appear only inside `Party`, because they are how a person is recognised.
package enum Event: Hashable, Sendable {
    /// Something Meta said about an outbound message.
    case status(MessageStatus)
    /// What the business knows about a message it sent (send log or proxy).
    case send(SendRecord)
    /// A message from a customer.
    case inbound(InboundMessage)
    /// A message that left by another door: the WhatsApp Business app, another app that owns the thread, history.
    case echo(EchoedMessage)
    /// Two names of one person.
    case identity(IdentityLink)
    /// A person's wish about marketing messages.
    case preference(PreferenceChange)
    /// A link tapped in a marketing message; Meta names neither message nor person.
    case linkClick(LinkClick)
    /// Template, number, account, flow, group, hand-over, payment set-up: one mark on the account timeline.
    case account(AccountEvent)
    case call(CallEvent)
    case payment(PaymentStatus)
    /// Meta's own guess of a lead or purchase after an ad.
    case automatic(AutomaticEvent)
    /// What an agent desk told.
    case desk(DeskEvent)
    /// A thread changed hands between apps.
    case handover(Handover)
    /// The business changed its opening hours.
    case calendar(CalendarChange)
    /// The business changed its service targets: these are all that hold from now on.
    case serviceTargets([ServiceTarget])
    /// Something told about a business result.
    case outcome(OutcomeEvent)
    /// A short link was made.
    case link(TrackedLink)
    /// A short link was opened.
    case click(TrackedClick)
    /// What costs are counted by has changed.
    case cost(CostChange)
    /// The business's rules of what is an outcome: these are all that hold from now on.
    case outcomeRules([OutcomeRule])
    case attribution(AttributionSettings)
    /// Bytes that were not understood: kept raw in the inbox, counted by field, shown.
    case notUnderstood(NotUnderstood)
}

/// A person as named by one payload. At least one of the three is known, or the party is anonymous.
package struct Party: Hashable, Sendable {
    /// Phone number: digits, no `+` (Meta's `wa_id`).
    package var phone: String?
    /// Business-scoped user id, `CC.…`.
    package var userID: String?
    /// The same person across linked business portfolios.
    package var parentUserID: String?

    package init(phone: String? = nil, userID: String? = nil, parentUserID: String? = nil) {
        self.phone = phone
        self.userID = userID
        self.parentUserID = parentUserID
    }
    package var isAnonymous: Bool { phone == nil && userID == nil && parentUserID == nil }
}

/// The business's end of a thread.
package struct Line: Hashable, Sendable {
    package var account: AccountID?
    package var phoneNumber: PhoneNumberID?
    /// Digits as displayed; shown to users of the dashboard, since it is the business's own number.
    package var displayPhoneNumber: String?

    package init(account: AccountID? = nil, phoneNumber: PhoneNumberID? = nil, displayPhoneNumber: String? = nil) {
        self.account = account
        self.phoneNumber = phoneNumber
        self.displayPhoneNumber = displayPhoneNumber
    }
}
