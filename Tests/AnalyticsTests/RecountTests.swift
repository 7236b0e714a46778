import Catalogue
import Domain
import Testing

@testable import Analytics

/// Random questions about random messages, against a count by hand: whatever the plan, the answer is the same.
@Suite("Answers equal a recount")
struct RecountTests {
    /// SplitMix64 (Steele & Lea 2014) with a fixed seed.
    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let values: [Dimension: [String]] = [
        .template: ["a", "b", "c"], .country: ["ID", "MY"], .agent: ["x", "y"], .useCase: ["broadcast"],
    ]

    private func messages(_ generator: inout Generator, around start: Instant) -> [Message] {
        (0..<150).map { _ in
            var measures: Set<MessageMeasure> = [.attempted, .accepted]
            if Bool.random(using: &generator) { measures.insert(.delivered) }
            var dimensions: [Dimension: String] = [:]
            for (dimension, values) in Self.values.sorted(by: { $0.key.rawValue < $1.key.rawValue })
            where Bool.random(using: &generator) { dimensions[dimension] = values.randomElement(using: &generator) }
            return Message(
                at: start.adding(seconds: Int64.random(in: -900_000..<900_000, using: &generator)), measures: measures,
                dimensions: dimensions)
        }
    }

    /// The first instant of the bucket that holds an instant, told from what local clocks show.
    private func label(_ at: Instant, _ grain: Grain, _ clock: ZoneClock) -> String {
        let shown = clock.rfc3339(at)
        switch grain {
        case .total: return ""
        case .month: return String(shown.prefix(7))
        case .week: return "\(clock.date(of: at).startOfWeek)"
        case .day: return String(shown.prefix(10))
        // With the offset, so that an hour that comes twice is two.
        case .hour: return String(shown.prefix(13)) + shown.suffix(6)
        case .quarterHour:
            let quarter = (Int(shown.dropFirst(14).prefix(2)) ?? 0) / 15 * 15
            return String(shown.prefix(14)) + "\(quarter)" + shown.suffix(6)
        }
    }

    @Test(arguments: [
        ("Asia/Jakarta", "Asia/Jakarta"), ("Europe/Berlin", "Asia/Jakarta"), ("Asia/Kathmandu", "Asia/Kathmandu"),
        ("Europe/Berlin", "Europe/Berlin"), ("Asia/Kolkata", "Europe/Berlin"),
    ])
    func anyQuestion(_ zone: String, _ reporting: String) async throws {
        var generator = Generator(state: 42)
        let clock = try ZoneClock.named(zone)
        // Around the change of clocks in Berlin.
        let centre = try instant("2026-03-29T01:00:00Z")
        for _ in 0..<40 {
            let messages = messages(&generator, around: centre)
            let store = try ListStore(messages, reporting: reporting)
            let unit = [86_400, 3600, 900, 1].randomElement(using: &generator) ?? 1
            let from = Instant(seconds: centre.seconds - Int64.random(in: 1...9, using: &generator) * Int64(unit))
            let to = Instant(seconds: centre.seconds + Int64.random(in: 1...9, using: &generator) * Int64(unit))
            let dimensions = Dimension.all(of: .message).filter { dimension in
                (Self.values[dimension] != nil || dimension.isTemporal) && Int.random(in: 0..<4, using: &generator) == 0
            }
            var filters: [Filter] = []
            if Bool.random(using: &generator) {
                let op = Filter.Op.allCases.randomElement(using: &generator) ?? .isIn
                filters = [Filter(dimension: .template, op: op, values: op == .isIn || op == .notIn ? ["a", "c"] : [])]
            }
            let grain = Grain.allCases.randomElement(using: &generator) ?? .total
            let query = Query(
                metrics: ["messages", "messages_delivered"], dimensions: dimensions, filters: filters,
                range: .instants(from: from, to: to), grain: grain, timezone: zone)
            let answer = try await analyst(store, now: "2026-12-31T00:00:00Z", zone: reporting).ask(query)
            var expected: [[String?]: [Int64]] = [:]
            for message in messages where from <= message.at && message.at < to {
                guard filters.allSatisfy({ $0.matches(message.dimensions[$0.dimension]) }) else { continue }
                let shown = clock.rfc3339(message.at)
                let key = dimensions.map { dimension -> String? in
                    switch dimension {
                    case .hourOfDay: String(shown.dropFirst(11).prefix(2))
                    case .weekday: String(clock.date(of: message.at).weekday)
                    default: message.dimensions[dimension]
                    }
                }
                let slot = (grain == .total ? [] : [label(message.at, grain, clock)]) + key
                expected[slot, default: [0, 0]][0] += 1
                if message.measures.contains(.delivered) { expected[slot, default: [0, 0]][1] += 1 }
            }
            var found: [[String?]: [Int64]] = [:]
            for row in answer.rows {
                var key = row.dropLast(2).map(\.text)
                if grain != .total, let time = key[0] { key[0] = label(try instant(time), grain, clock) }
                let numbers = row.suffix(2).map { Int64($0.number ?? -1) }
                if numbers != [0, 0] { found[key] = numbers }
            }
            #expect(found == expected)
        }
    }
}

/// Random questions about waits, in shifts that begin on quarter hours, against a count by hand.
@Suite("Answers about waits equal a recount")
struct WaitRecountTests {
    @Test(arguments: [("Asia/Jakarta", "Asia/Jakarta"), ("Europe/Berlin", "Asia/Jakarta"), ("Asia/Kolkata", "UTC")])
    func anyQuestion(_ zone: String, _ reporting: String) async throws {
        var generator = RecountTests.Generator(state: 77)
        let clock = try ZoneClock.named(zone)
        let shifts = [Shift(name: "early", from: 375, to: 855), Shift(name: "late", from: 1_290, to: 165)].compactMap(
            \.self)
        let now = try instant("2026-12-31T00:00:00Z")
        // Berlin puts its clocks forward in between.
        let centre = try instant("2026-03-29T01:00:00Z")
        for _ in 0..<40 {
            let waits = (0..<120).map { _ in
                Wait(
                    at: centre.adding(seconds: Int64.random(in: -300_000..<300_000, using: &generator)),
                    ending: .answered(Double.random(in: 1..<50, using: &generator).rounded()),
                    dimensions: [.responder: Bool.random(using: &generator) ? "bot" : "human"])
            }
            let store = try ListStore(waits: waits, reporting: reporting)
            let hours = Int64.random(in: 1...80, using: &generator)
            let range = centre.adding(seconds: -3600 * hours)..<centre.adding(seconds: 3600 * hours)
            let dimensions = [Dimension.shift, .responder, .weekday, .hourOfDay].filter { _ in
                Bool.random(using: &generator)
            }
            let late = Filter(dimension: .shift, op: .isIn, values: ["late"])
            let filters = Int.random(in: 0..<3, using: &generator) == 0 ? [late] : []
            let shift = { (at: Instant) -> String? in
                let minute = Int(clock.local(at).second / 60)
                return shifts.first { $0.contains(minute: minute) }?.name
            }
            var expected: [[String?]: [Double]] = [:]
            for wait in waits where range.contains(wait.at) && filters.allSatisfy({ $0.matches(shift(wait.at)) }) {
                guard case .answered(let seconds) = wait.ending else { continue }
                let key = dimensions.map { dimension -> String? in
                    switch dimension {
                    case .shift: shift(wait.at)
                    case .weekday: String(clock.date(of: wait.at).weekday)
                    case .hourOfDay: String(clock.rfc3339(wait.at).dropFirst(11).prefix(2))
                    default: wait.dimensions[dimension]
                    }
                }
                expected[key, default: [0, 0]][0] += 1
                expected[key, default: [0, 0]][1] = max(expected[key]?[1] ?? 0, seconds)
            }
            let analyst = Analyst(
                store: store, workspace: Workspace(timeZone: reporting, shifts: shifts), now: { now })
            let answer = try await analyst.ask(
                Query(
                    metrics: ["waits", "response_time_max"], dimensions: dimensions, filters: filters,
                    range: .instants(from: range.lowerBound, to: range.upperBound), timezone: zone))
            var found: [[String?]: [Double]] = [:]
            for row in answer.rows where row.suffix(2).first != .int(0) {
                found[row.dropLast(2).map(\.text)] = row.suffix(2).map { $0.number ?? -1 }
            }
            #expect(found == expected)
        }
    }
}
