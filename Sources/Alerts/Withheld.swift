import Domain

/// Why an alert was told.
package enum SendReason: String, Hashable, Sendable, Codable {
    case first, worsened, reopened, repeated, resolved

    /// Set before the title; nil when it is simply new.
    package var label: Text? {
        switch self {
        case .first: nil
        case .worsened: Text(id: "Memburuk", en: "Worse")
        case .reopened: Text(id: "Muncul lagi", en: "Back again")
        case .repeated: Text(id: "Masih berlangsung", en: "Still open")
        case .resolved: Text(id: "Selesai", en: "Resolved")
        }
    }
}

/// Why an alert was not told, or not yet. Times are Unix seconds.
package enum WithheldReason: Hashable, Sendable, Codable {
    case routeOff
    case otherKind, tooMild, otherSegment
    /// Key of the finding that explains it.
    case inhibited(by: String)
    case muted(until: Int64)
    case acknowledged
    case alreadyTold(at: Int64)
    /// Over before anybody was told that it began.
    case overUntold
    case resolvedUnwanted
    /// Back so soon after it was resolved that it waits until it has proved to stay.
    case flapping(until: Int64)
    case grouping(until: Int64)
    case quietHours(until: Int64)
    case hourlyLimit(until: Int64)

    package func sentence(on clock: ZoneClock) -> Text {
        switch self {
        case .routeOff: Text(id: "Rute ini dimatikan.", en: "This route is switched off.")
        case .otherKind: Text(id: "Rute ini tidak mengirim jenis temuan itu.", en: "The route leaves this kind out.")
        case .tooMild:
            Text(id: "Tingkatnya di bawah batas rute ini.", en: "It is milder than what this route tells.")
        case .otherSegment: Text(id: "Rute ini untuk segmen lain.", en: "The route is for other segments.")
        case .inhibited:
            Text(id: "Sudah dijelaskan oleh temuan lain yang terbuka.", en: "Another open finding explains it.")
        case .muted(let until):
            Text(id: "Dibisukan sampai \(Self.time(until, clock)).", en: "Muted until \(Self.time(until, clock)).")
        case .acknowledged: Text(id: "Sudah ada yang menangani.", en: "Somebody has taken it in hand.")
        case .alreadyTold(let at):
            Text(
                id: "Sudah dikirim pada \(Self.time(at, clock)).",
                en: "It was told at \(Self.time(at, clock)).")
        case .overUntold: Text(id: "Selesai sebelum sempat dikirim.", en: "It was over before it was told.")
        case .resolvedUnwanted:
            Text(id: "Rute ini tidak mengirim kabar selesai.", en: "The route does not tell what is resolved.")
        case .flapping(let until):
            Text(
                id: "Baru saja selesai lalu muncul lagi; ditunggu sampai \(Self.time(until, clock)).",
                en: "Back just after it was resolved; it waits until \(Self.time(until, clock)).")
        case .grouping(let until):
            Text(
                id: "Menunggu temuan sekelompok sampai \(Self.time(until, clock)).",
                en: "Waiting for others of its group until \(Self.time(until, clock)).")
        case .quietHours(let until):
            Text(
                id: "Jam tenang; dirangkum pada \(Self.time(until, clock)).",
                en: "Quiet hours; summarised at \(Self.time(until, clock)).")
        case .hourlyLimit(let until):
            Text(
                id: "Batas per jam tercapai; dirangkum sekitar \(Self.time(until, clock)).",
                en: "The hourly limit is reached; summarised about \(Self.time(until, clock)).")
        }
    }

    /// `2026-11-23 07:00` on the route's clock.
    private static func time(_ seconds: Int64, _ clock: ZoneClock) -> String {
        let (date, second) = clock.local(Instant(seconds: seconds))
        let (hour, minute) = (Int(second / 3600), Int(second / 60 % 60))
        return "\(date) \(LocalDate.padded(hour, to: 2)):\(LocalDate.padded(minute, to: 2))"
    }
}

/// Whether an alert is news on a route.
enum Deduplication {
    enum Verdict: Hashable {
        case tell(SendReason)
        case withhold(WithheldReason)
    }

    /// A finding that comes back sooner than this after its resolved notice is not told at once.
    static let flappingSeconds: Int64 = 1800

    static func verdict(_ alert: Alert, told: Told?, route: AlertRoute, now: Instant) -> Verdict {
        guard let told else {
            if alert.isResolved { return .withhold(.overUntold) }
            return alert.isAcknowledged ? .withhold(.acknowledged) : .tell(.first)
        }
        if alert.isResolved {
            if told.isResolved { return .withhold(.alreadyTold(at: told.at.seconds)) }
            return route.tellsResolved ? .tell(.resolved) : .withhold(.resolvedUnwanted)
        }
        if told.isResolved {
            let ready = told.at.adding(seconds: flappingSeconds)
            if alert.severity < .urgent, now < ready { return .withhold(.flapping(until: ready.seconds)) }
            return .tell(.reopened)
        }
        if alert.severity > told.severity { return .tell(.worsened) }
        if alert.isAcknowledged { return .withhold(.acknowledged) }
        if let pause = route.repeatSeconds, now >= told.at.adding(seconds: pause) { return .tell(.repeated) }
        return .withhold(.alreadyTold(at: told.at.seconds))
    }
}
