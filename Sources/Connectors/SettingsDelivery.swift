import Domain

/// Settings that numbers depend on, as they are sent, kept in the inbox and given back: opening hours, service targets,
/// what costs are counted by (`CostSettingsDelivery`), and what outcomes are made and credited by
/// (`OutcomeSettingsDelivery`). One form for all three, so that what was asked for can be sent again.
///
/// ```json
/// {"calendar": {"scope": "workspace", "timezone": "Asia/Jakarta", "weekly": {"mon-fri": ["08:00-17:00"]}}}
/// {"calendar": {"scope": {"team": "cs-1"}, "removed": true}}
/// {"service_targets": [{"responder": "human", "within": "15m", "clock": "business"}]}
/// ```
package enum SettingsDelivery {
    /// What a body asks for: `Event.calendar` for each calendar, then `Event.serviceTargets`, `Event.cost` for each
    /// change of what costs are counted by, `Event.outcomeRules` and `Event.attribution`. Throws `malformed` or
    /// `unprocessable`, naming the member at fault, when any of it makes no sense.
    package static func read(_ body: [UInt8]) throws(Failure) -> [Event] {
        let root: JSON.Value
        do throws(JSONError) {
            root = try JSON.parse(body)
        } catch {
            throw notJSON(error)
        }
        let reading = try SettingsReading(
            value: root, path: "",
            known: ["calendar", "calendars", "service_targets"] + CostSettingsDelivery.members
                + OutcomeSettingsDelivery.members)
        var events: [Event] = []
        if let calendar = reading.member("calendar") { events.append(.calendar(try change(calendar))) }
        for calendar in try reading.member("calendars")?.list() ?? [] {
            events.append(.calendar(try change(calendar)))
        }
        if let targets = reading.member("service_targets") {
            events.append(.serviceTargets(try ServiceTarget.list(targets)))
        }
        events += try CostSettingsDelivery.changes(reading).map(Event.cost)
        events += try OutcomeSettingsDelivery.events(reading)
        guard !events.isEmpty else {
            let others =
                ["calendars", "service_targets"] + CostSettingsDelivery.members + OutcomeSettingsDelivery.members
            let list = others.map { "\"\($0)\"" }.joined(separator: ", ")
            throw Failure(
                .malformed,
                id: "Tidak ada yang diubah; kirim \"calendar\" atau salah satu dari \(list).",
                en: "The body names nothing to change; send \"calendar\" or one of \(list).")
        }
        try checkScopes(events)
        return events
    }

    /// What a stored body says. Never throws: bytes that make no sense to this version are events of their own.
    package static func decode(_ body: [UInt8], receivedAt: Instant) -> [Event] {
        do throws(Failure) {
            return try read(body)
        } catch {
            let isJSON = (try? JSON.parse(body)) != nil
            return [.notUnderstood(NotUnderstood(field: "settings", reason: isJSON ? .badValue : .notJSON))]
        }
    }

    /// The body that asks for this change.
    package static func encode(_ change: CalendarChange) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.key("calendar")
            write(change, to: &$0)
        }
        return writer.bytes
    }

    /// The body that sets these targets.
    package static func encode(_ targets: [ServiceTarget]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.key("service_targets")
            write(targets, to: &$0)
        }
        return writer.bytes
    }

    /// The body that sets all these calendars.
    package static func encode(_ calendars: [WorkCalendar]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.key("calendars")
            $0.array { writer in
                for calendar in calendars {
                    write(CalendarChange(scope: calendar.scope, calendar: calendar), to: &writer)
                }
            }
        }
        return writer.bytes
    }

    // MARK: Reading

    private static func change(_ reading: SettingsReading.Element) throws(Failure) -> CalendarChange {
        let object = try reading.object(
            known: ["scope", "timezone", "weekly", "holidays", "specials", "removed"])
        let scope = try WorkCalendar.Scope(object)
        if let removed = object.member("removed"), try removed.bool() {
            let more = ["timezone", "weekly", "holidays", "specials"].first { object.member($0) != nil }
            if let more {
                throw object.failure(
                    id: "kalender yang dihapus tidak mempunyai \(more)", en: "a removed calendar has no \(more)")
            }
            return CalendarChange(scope: scope, calendar: nil)
        }
        let calendar = try WorkCalendar(object, scope: scope)
        do throws(Failure) {
            try calendar.check()
        } catch {
            throw Failure(
                error.code, id: "\(object.path): \(error.message.id)", en: "\(object.path): \(error.message.en)")
        }
        return CalendarChange(scope: scope, calendar: calendar)
    }

    private static func checkScopes(_ events: [Event]) throws(Failure) {
        var scopes: Set<WorkCalendar.Scope> = []
        for case .calendar(let change) in events {
            guard scopes.insert(change.scope).inserted else {
                throw Failure(
                    .unprocessable,
                    id: "Dua kalender untuk cakupan yang sama dalam satu permintaan; kirim satu saja.",
                    en: "Two calendars for the same scope in one request; send one.")
            }
        }
    }

    private static func notJSON(_ error: JSONError) -> Failure {
        switch error {
        case .syntax(let offset):
            Failure(
                .malformed, id: "Bukan JSON yang sah pada bita \(offset).", en: "Not valid JSON at byte \(offset).")
        case .tooDeep(let offset):
            Failure(
                .malformed, id: "JSON bersarang terlalu dalam pada bita \(offset).",
                en: "The JSON is nested too deeply at byte \(offset).")
        case .tooLarge:
            Failure(.tooLarge, id: "Isi terlalu besar.", en: "The body is too large.")
        }
    }

    // MARK: Writing

    /// One calendar, or its removal, as a JSON object.
    package static func write(_ change: CalendarChange, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("scope")
            switch change.scope {
            case .workspace: writer.string("workspace")
            case .team(let team): writer.object { $0.member("team", team) }
            case .phoneNumber(let number): writer.object { $0.member("phone_number", number.value) }
            }
            guard let calendar = change.calendar else {
                writer.member("removed", true)
                return
            }
            writer.member("timezone", calendar.timeZone)
            writer.key("weekly")
            write(calendar.weekly, to: &writer)
            writer.key("holidays")
            writer.array { writer in
                for holiday in calendar.holidays {
                    writer.object {
                        $0.member("date", holiday.date.description)
                        $0.member("name", holiday.name)
                    }
                }
            }
            writer.key("specials")
            writer.array { writer in
                for special in calendar.specials {
                    writer.object {
                        $0.member("name", special.name)
                        $0.member("from", special.from.description)
                        $0.member("to", special.to.description)
                        $0.key("weekly")
                        write(special.weekly, to: &$0)
                    }
                }
            }
        }
    }

    /// The targets as a JSON array.
    package static func write(_ targets: [ServiceTarget], to writer: inout JSONWriter) {
        writer.array { writer in
            for target in targets {
                writer.object {
                    if let responder = target.responder { $0.member("responder", responder.rawValue) }
                    if let number = target.phoneNumber { $0.member("phone_number", number.value) }
                    if let team = target.team { $0.member("team", team) }
                    if let priority = target.priority { $0.member("priority", priority) }
                    $0.member("within", WaitLength.text(target.seconds))
                    $0.member("clock", target.clock.rawValue)
                }
            }
        }
    }

    private static func write(_ weekly: [Int: [WorkCalendar.Interval]], to writer: inout JSONWriter) {
        writer.object { writer in
            for weekday in 1...7 {
                guard let intervals = weekly[weekday], !intervals.isEmpty else { continue }
                writer.key(Weekdays.names[weekday - 1])
                writer.array { writer in
                    for interval in intervals.sorted() { writer.string(interval.description) }
                }
            }
        }
    }
}
