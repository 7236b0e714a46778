/// How much the simulated business earns through its channel, and how. Shares are 0 to 1.
///
/// People buy for one of three reasons: a message moved them (its link, its buttons, its mere reading), somebody of the
/// business talked to them, or nothing of it all did (`organicPerPersonDay`).
package struct OutcomeRates: Hashable, Sendable {
    /// Of those who read a message with a tracked link, the share that opens it.
    package var opens = 0.09
    /// Of delivered links, the share that a preview or scanner opens by itself.
    package var robotOpens = 0.12
    /// Of those who opened the link: who pays, and who books.
    package var paysAfterClick = 0.16
    package var booksAfterClick = 0.03
    /// Of those who answered a template: who pays, books, completes a flow, or orders from the catalogue.
    package var paysAfterReply = 0.10
    package var booksAfterReply = 0.05
    package var leads = 0.10
    package var orders = 0.06
    /// Of those who read a marketing message and did not touch it, the share that pays within days because of it.
    package var paysAfterView = 0.012
    /// Of answers that people of the business wrote: after how many the customer pays, or books.
    package var paysAfterAgent = 0.05
    package var booksAfterAgent = 0.02
    /// Payments a person and day that no message caused.
    package var organicPerPersonDay = 0.004
    /// Of organic payments, the share of people who never wrote and whom no message ever reached.
    package var strangers = 0.03
    /// Of begun payments at the payment provider, the share that nobody completes.
    package var expires = 0.05
    /// Of payments there, the share that is given back, half of them in part.
    package var refunds = 0.04
    /// Of card payments, the share called off before they are settled; of bookings, the share called off.
    package var cancels = 0.06
    package var reschedules = 0.15
    /// Of outcomes told by the shop's own programs, the share that comes days late.
    package var tellsLate = 0.03
    /// Of messages with a link, the share whose statuses come only days later, after what the message led to.
    package var statusesHeldBack = 0.01
    /// Of people, the share that gets everything and never reads or answers.
    package var dormant = 0.08
    /// Of campaign recipients, the share that is on the list twice and gets the message again within a day.
    package var duplicates = 0.02
    /// Campaigns of this template have a control group of this share of their recipients.
    package var heldOutTemplate: String? = "promo_gajian"
    package var heldOutShare = 0.10

    package init() {}

    package static let usual = OutcomeRates()
}
