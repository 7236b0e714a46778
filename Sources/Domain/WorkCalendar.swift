/// When a business is open: by weekday, with holidays and special periods, in a zone of its own.
package struct WorkCalendar: Hashable, Sendable {
    /// Whose hours these are. The narrowest one that fits is used: team, then number, then the whole workspace.
    package enum Scope: Hashable, Sendable {
        case workspace
        case phoneNumber(PhoneNumberID)
        case team(String)
    }

    /// Open from `from` until `to`, in minutes after local midnight; `to` ≤ 1440, `from` < `to`.
    package struct Interval: Hashable, Sendable, Comparable {
        package var from: Int
        package var to: Int
        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }
        package static func < (a: Self, b: Self) -> Bool { (a.from, a.to) < (b.from, b.to) }
    }

    /// A local day on which the weekly hours do not hold.
    package struct Holiday: Hashable, Sendable {
        package var date: LocalDate
        package var name: String
        package init(date: LocalDate, name: String) {
            self.date = date
            self.name = name
        }
    }

    /// Other weekly hours for some local days, both ends included: Ramadan, a sale.
    package struct Special: Hashable, Sendable {
        package var name: String
        package var from: LocalDate
        package var to: LocalDate
        /// By ISO weekday 1 … 7; a weekday without an entry is closed.
        package var weekly: [Int: [Interval]]
        package init(name: String, from: LocalDate, to: LocalDate, weekly: [Int: [Interval]]) {
            self.name = name
            self.from = from
            self.to = to
            self.weekly = weekly
        }
    }

    package var scope: Scope
    /// IANA name.
    package var timeZone: String
    /// By ISO weekday 1 … 7; a weekday without an entry is closed.
    package var weekly: [Int: [Interval]]
    package var holidays: [Holiday]
    /// A later one in the list wins over an earlier one; a holiday wins over both.
    package var specials: [Special]

    package init(
        scope: Scope, timeZone: String, weekly: [Int: [Interval]], holidays: [Holiday] = [], specials: [Special] = []
    ) {
        self.scope = scope
        self.timeZone = timeZone
        self.weekly = weekly
        self.holidays = holidays
        self.specials = specials
    }
}

/// A calendar was set, changed or removed.
package struct CalendarChange: Hashable, Sendable {
    package var scope: WorkCalendar.Scope
    /// Nil: there is none for this scope any more.
    package var calendar: WorkCalendar?
    package init(scope: WorkCalendar.Scope, calendar: WorkCalendar?) {
        self.scope = scope
        self.calendar = calendar
    }
}

/// A promise: a wait of this kind is answered within a time.
package struct ServiceTarget: Hashable, Sendable {
    package enum Clock: String, Hashable, Sendable, CaseIterable {
        /// Every second counts.
        case elapsed
        /// Only seconds of open hours count; without a calendar every second does.
        case business
    }
    /// Conditions: all that are set must hold. Of several targets that fit, the one with the most conditions counts;
    /// of those with equally many, the first in the list.
    package var responder: Responder?
    package var phoneNumber: PhoneNumberID?
    package var team: String?
    package var priority: String?
    /// Longest wait in seconds that keeps the promise.
    package var seconds: Int64
    package var clock: Clock

    package init(
        responder: Responder? = nil, phoneNumber: PhoneNumberID? = nil, team: String? = nil, priority: String? = nil,
        seconds: Int64, clock: Clock = .elapsed
    ) {
        self.responder = responder
        self.phoneNumber = phoneNumber
        self.team = team
        self.priority = priority
        self.seconds = seconds
        self.clock = clock
    }
}

/// Who ended a wait. The raw value is the value of dimension `responder`.
package enum Responder: String, Hashable, Sendable, CaseIterable {
    case bot, human
    /// Somebody did, but nobody said who.
    case unknown
    /// Nobody: open or abandoned.
    case none
}
