import Domain

/// Compact binary forms of calendars and service targets.
enum CalendarRecord {
    static func encode(_ calendar: WorkCalendar) -> [UInt8] {
        var writer = ByteWriter()
        switch calendar.scope {
        case .workspace: writer.byte(0)
        case .phoneNumber(let number):
            writer.byte(1)
            writer.string(number.value)
        case .team(let team):
            writer.byte(2)
            writer.string(team)
        }
        writer.string(calendar.timeZone)
        encode(calendar.weekly, into: &writer)
        writer.varint(UInt64(calendar.holidays.count))
        for holiday in calendar.holidays {
            writer.signed(holiday.date.day)
            writer.string(holiday.name)
        }
        writer.varint(UInt64(calendar.specials.count))
        for special in calendar.specials {
            writer.string(special.name)
            writer.signed(special.from.day)
            writer.signed(special.to.day)
            encode(special.weekly, into: &writer)
        }
        return writer.bytes
    }

    static func decodeCalendar(_ bytes: UnsafeRawBufferPointer) -> WorkCalendar? {
        var reader = ByteReader(bytes)
        let scope: WorkCalendar.Scope
        switch reader.byte() {
        case 1: scope = .phoneNumber(PhoneNumberID(reader.string()))
        case 2: scope = .team(reader.string())
        default: scope = .workspace
        }
        var calendar = WorkCalendar(scope: scope, timeZone: reader.string(), weekly: weekly(&reader))
        for _ in 0..<reader.count() {
            let date = LocalDate(day: reader.signed())
            calendar.holidays.append(.init(date: date, name: reader.string()))
        }
        for _ in 0..<reader.count() {
            let name = reader.string()
            let from = LocalDate(day: reader.signed())
            let to = LocalDate(day: reader.signed())
            calendar.specials.append(.init(name: name, from: from, to: to, weekly: weekly(&reader)))
        }
        return reader.failed ? nil : calendar
    }

    private static func encode(_ weekly: [Int: [WorkCalendar.Interval]], into writer: inout ByteWriter) {
        writer.varint(UInt64(weekly.count))
        for (weekday, intervals) in weekly.sorted(by: { $0.key < $1.key }) {
            writer.signed(Int64(weekday))
            writer.varint(UInt64(intervals.count))
            for interval in intervals {
                writer.signed(Int64(interval.from))
                writer.signed(Int64(interval.to))
            }
        }
    }

    private static func weekly(_ reader: inout ByteReader) -> [Int: [WorkCalendar.Interval]] {
        var weekly: [Int: [WorkCalendar.Interval]] = [:]
        for _ in 0..<reader.count() {
            let weekday = Int(clamping: reader.signed())
            var intervals: [WorkCalendar.Interval] = []
            for _ in 0..<reader.count() {
                let from = Int(clamping: reader.signed())
                intervals.append(.init(from: from, to: Int(clamping: reader.signed())))
            }
            weekly[weekday] = intervals
        }
        return weekly
    }

    static func encode(_ target: ServiceTarget) -> [UInt8] {
        var writer = ByteWriter()
        writer.optional(target.responder?.rawValue)
        writer.optional(target.phoneNumber?.value)
        writer.optional(target.team)
        writer.optional(target.priority)
        writer.signed(target.seconds)
        writer.string(target.clock.rawValue)
        return writer.bytes
    }

    static func decodeTarget(_ bytes: UnsafeRawBufferPointer) -> ServiceTarget? {
        var reader = ByteReader(bytes)
        var target = ServiceTarget(seconds: 0)
        target.responder = reader.optional().flatMap(Responder.init(rawValue:))
        target.phoneNumber = reader.optional().map { PhoneNumberID($0) }
        target.team = reader.optional()
        target.priority = reader.optional()
        target.seconds = reader.signed()
        target.clock = ServiceTarget.Clock(rawValue: reader.string()) ?? .elapsed
        return reader.failed ? nil : target
    }
}
