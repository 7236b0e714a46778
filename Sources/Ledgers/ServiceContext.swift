import Domain

/// Everything beside the timeline that decides what a thread's waits and conversations are.
package struct ServiceContext: Sendable {
    package var rules: ServiceRules
    package var hours: HoursBook
    package var targets: [ServiceTarget]
    /// The business's end of the thread.
    package var phoneNumber: PhoneNumberID?
    /// What "now" is for what is still going on.
    package var asOf: Instant

    package init(
        rules: ServiceRules = ServiceRules(), hours: HoursBook = HoursBook([]), targets: [ServiceTarget] = [],
        phoneNumber: PhoneNumberID? = nil, asOf: Instant
    ) {
        self.rules = rules
        self.hours = hours
        self.targets = targets
        self.phoneNumber = phoneNumber
        self.asOf = asOf
    }

    /// The opening hours in force for a team's work on this thread's number.
    func hours(ofTeam team: String?) -> OpenHours? { hours.hours(phoneNumber: phoneNumber, team: team) }
}

/// Who looks after a thread, as the desk (or Meta) last told.
package struct Charge: Hashable, Sendable {
    /// Whose move it is. The raw value is stored: never renumber.
    package enum Holder: Int64, Hashable, Sendable, CaseIterable {
        /// Nobody said since the thread began or was resolved.
        case unknown = 0
        case bot
        case people
    }
    package var holder: Holder
    /// The assignee.
    package var agent: String?
    package var team: String?
    package var priority: String?

    package init(holder: Holder = .unknown, agent: String? = nil, team: String? = nil, priority: String? = nil) {
        self.holder = holder
        self.agent = agent
        self.team = team
        self.priority = priority
    }
}

/// What one conversation hands to the next. Whoever folds a thread from the start of a conversation with the carry
/// before it gets the same as whoever folds it from the beginning.
package struct ServiceCarry: Hashable, Sendable {
    /// A template with which the business last spoke.
    package struct LastTemplate: Hashable, Sendable {
        /// Of its entry.
        package var key: Int64
        package var at: Instant
        package var template: String?
        package var campaign: String?

        package init(key: Int64, at: Instant, template: String?, campaign: String?) {
            self.key = key
            self.at = at
            self.template = template
            self.campaign = campaign
        }
    }
    package var charge: Charge
    /// The desk that last told of a message.
    package var desk: String?
    /// Nil when the business last said something else, or nothing for a day.
    package var lastTemplate: LastTemplate?

    package init(charge: Charge = Charge(), desk: String? = nil, lastTemplate: LastTemplate? = nil) {
        self.charge = charge
        self.desk = desk
        self.lastTemplate = lastTemplate
    }

    package static let none = ServiceCarry()

    /// The carry of a conversation that starts at an instant: without what can no longer matter, so that carries with
    /// equal consequences are equal.
    func starting(at instant: Instant) -> ServiceCarry {
        var carry = self
        if let last = lastTemplate, !last.isFresh(at: instant) { carry.lastTemplate = nil }
        return carry
    }
}

extension ServiceCarry.LastTemplate {
    /// Whether what is typed at an instant still counts as its answer.
    func isFresh(at instant: Instant) -> Bool {
        instant < at.adding(seconds: ThreadLedger.replyWindowSeconds)
    }
}
