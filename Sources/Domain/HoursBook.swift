/// The calendars of a workspace, and whose hours count for a wait.
package struct HoursBook: Hashable, Sendable {
    /// One for each scope: the workspace's, then those of numbers, then those of teams, by name.
    package let calendars: [WorkCalendar]
    private let hours: [WorkCalendar.Scope: OpenHours]

    /// Of several calendars for one scope the last one counts. Those that make no sense are left out: whoever lets
    /// them in checks them with `OpenHours`.
    package init(_ calendars: [WorkCalendar] = []) {
        var hours: [WorkCalendar.Scope: OpenHours] = [:]
        for calendar in calendars {
            guard let open = try? OpenHours(calendar) else { continue }
            hours[calendar.scope] = open
        }
        self.hours = hours
        self.calendars = hours.keys.sorted().compactMap { hours[$0]?.calendar }
    }

    /// The hours of the narrowest scope that has some: team, then number, then the workspace. Nil: business hours do
    /// not apply.
    package func hours(phoneNumber: PhoneNumberID?, team: String?) -> OpenHours? {
        scope(phoneNumber: phoneNumber, team: team).flatMap { hours[$0] }
    }

    /// Whose calendar that is.
    package func scope(phoneNumber: PhoneNumberID?, team: String?) -> WorkCalendar.Scope? {
        if let team, hours[.team(team)] != nil { return .team(team) }
        if let phoneNumber, hours[.phoneNumber(phoneNumber)] != nil { return .phoneNumber(phoneNumber) }
        return hours[.workspace] == nil ? nil : .workspace
    }

    /// The hours set for exactly this scope.
    package func hours(of scope: WorkCalendar.Scope) -> OpenHours? { hours[scope] }

    /// The book after a change.
    package func applying(_ change: CalendarChange) -> HoursBook {
        var kept = calendars.filter { $0.scope != change.scope }
        if var calendar = change.calendar {
            calendar.scope = change.scope
            // A calendar that makes no sense takes nothing away.
            guard (try? OpenHours(calendar)) != nil else { return self }
            kept.append(calendar)
        }
        return HoursBook(kept)
    }

    package static func == (a: Self, b: Self) -> Bool { a.calendars == b.calendars }
    package func hash(into hasher: inout Hasher) { hasher.combine(calendars) }
}

extension WorkCalendar.Scope: Comparable {
    private var order: (Int, String) {
        switch self {
        case .workspace: (0, "")
        case .phoneNumber(let number): (1, number.value)
        case .team(let team): (2, team)
        }
    }
    package static func < (a: Self, b: Self) -> Bool { a.order < b.order }
}
