import Domain

/// When a campaign that is being sent reaches the messaging limit, or that it will not.
///
/// People count once in any 24 hours, and stop counting 24 hours after the last message that opened a conversation with
/// them. Meta counts deliveries; sends are taken for them here, which errs on the early side.
package struct LimitProjection: Hashable, Sendable {
    /// People last written to in one stretch of time. Of the last 24 hours, each person once, at the last message.
    package struct Sent: Hashable, Sendable {
        package var at: Instant
        package var recipients: Int
        package init(at: Instant, recipients: Int) {
            self.at = at
            self.recipients = recipients
        }
    }

    /// New people written to per hour.
    package struct Pace: Hashable, Sendable {
        package let perHour: Double
        package let lower80: Double
        package let upper80: Double

        package init(perHour: Double, lower80: Double? = nil, upper80: Double? = nil) {
            let perHour = ErlangQueue.usable(perHour)
            self.perHour = perHour
            self.lower80 = min(perHour, lower80.map(ErlangQueue.usable) ?? perHour)
            self.upper80 = max(perHour, upper80.map(ErlangQueue.usable) ?? perHour)
        }

        /// From the last stretches of equal length, told as counts. The range comes from how much they differ
        /// (overdispersed Poisson: variance of the mean = φ·mean/k, φ ≥ 1). Nil when nothing was sent in them.
        package init?(counts: [Int], secondsEach: Double) {
            let counts = counts.map { Double(max(0, $0)) }
            let mean = counts.reduce(0, +) / Double(max(1, counts.count))
            guard mean > 0, secondsEach > 0, secondsEach.isFinite else { return nil }
            let squares = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let dispersion = counts.count > 1 ? max(1, squares / Double(counts.count - 1) / mean) : 1
            let half = 1.2815515655446004 * (dispersion * mean / Double(counts.count)).squareRoot()
            let hours = secondsEach / 3_600
            self.init(
                perHour: mean / hours, lower80: max(0, mean - half) / hours, upper80: (mean + half) / hours)
        }
    }

    package enum Outcome: Hashable, Sendable {
        case unlimited
        /// Nothing more may be opened now; room comes back at `roomAt`.
        case reached(roomAt: Instant?)
        /// - earliest, latest: 80 %; a nil latest means that it may not be reached at all.
        case reaches(at: Instant, earliest: Instant, latest: Instant?)
        /// It ends, or goes on, below the limit; at the fast end of the pace it may still be reached.
        case stays(most: Int, mayReach: Instant?)
    }

    package let limit: MessagingLimit
    /// Different people in the 24 hours before `now`.
    package let used: Int
    package let outcome: Outcome
    /// Those of the planned who cannot be written to within the horizon, at the pace as it is.
    package let leftOver: Int

    /// How far ahead it looks: a day and a half, so that people leave the count again within it.
    package static let horizonSeconds: Int64 = 36 * 3_600
    /// More people than there are on WhatsApp.
    private static let recipientsMax = 10_000_000_000
    private static let windowSeconds: Int64 = 24 * 3_600
    private static let stepSeconds: Int64 = 60

    /// - Parameters:
    ///   - planned: people who are still to be written to and are not in `sent`.
    ///   - pace: how fast.
    package init(limit: MessagingLimit, sent: [Sent], planned: Int, pace: Pace, now: Instant) {
        self.limit = limit
        let known = sent.map { Sent(at: $0.at, recipients: min($0.recipients, Self.recipientsMax)) }
        let recent = known.filter {
            $0.recipients > 0 && $0.at <= now && $0.at > now.adding(seconds: -Self.windowSeconds)
        }.sorted { $0.at < $1.at }
        used = recent.reduce(0) { Self.sum($0, $1.recipients) }
        guard case .recipients(let most) = limit else {
            outcome = .unlimited
            leftOver = 0
            return
        }
        let planned = min(max(0, planned), Self.recipientsMax)
        let run = { (perHour: Double) in
            Self.run(recent, most: most, planned: planned, perHour: perHour, now: now)
        }
        let usual = run(pace.perHour)
        leftOver = usual.left
        if used >= most {
            var held = used
            let room = recent.first { entry in
                held -= entry.recipients
                return held < most
            }
            outcome = .reached(roomAt: room?.at.adding(seconds: Self.windowSeconds))
            return
        }
        let fast = run(pace.upper80)
        if let at = usual.reachedAt {
            outcome = .reaches(at: at, earliest: min(at, fast.reachedAt ?? at), latest: run(pace.lower80).reachedAt)
        } else {
            outcome = .stays(most: usual.most, mayReach: fast.reachedAt)
        }
    }

    private static func run(
        _ recent: [Sent], most: Int, planned: Int, perHour: Double, now: Instant
    ) -> (reachedAt: Instant?, most: Int, left: Int) {
        var held = recent.reduce(0.0) { $0 + Double($1.recipients) }
        var oldest = 0
        var left = Double(planned)
        var new: [Double] = []
        var peak = held
        var reachedAt: Instant?
        let steps = Int(horizonSeconds / stepSeconds)
        let window = Int(windowSeconds / stepSeconds)
        for step in 1...steps {
            let at = now.adding(seconds: Int64(step) * stepSeconds)
            while oldest < recent.count, recent[oldest].at.adding(seconds: windowSeconds) <= at {
                held -= Double(recent[oldest].recipients)
                oldest += 1
            }
            if step > window { held -= new[step - window - 1] }
            let wanted = min(left, perHour * Double(stepSeconds) / 3_600)
            // Once full, only as many as have left the count.
            let written = max(0, min(wanted, Double(most) - held))
            held += written
            left -= written
            new.append(written)
            peak = max(peak, held)
            // A hair below, for sums that do not come out even; full with nobody left to write to is no matter.
            if reachedAt == nil, held >= Double(most) - 1e-6, left > 0.5 { reachedAt = at }
        }
        return (reachedAt, Int(peak.rounded()), Int(left.rounded()))
    }

    private static func sum(_ a: Int, _ b: Int) -> Int {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }
}

extension LimitProjection {
    /// For a manager, with times as local clocks show them.
    package func sentence(clock: ZoneClock, now: Instant) -> Text {
        let most: Int
        switch limit {
        case .unlimited:
            return Text(
                id: "Bisnis ini tidak punya batas pengiriman.", en: "This business has no messaging limit.")
        case .recipients(let count): most = count
        }
        let (id, en) = (Self.grouped(most, "."), Self.grouped(most, ","))
        let time = { (instant: Instant) in Self.time(instant, clock, now) }
        switch outcome {
        case .unlimited:
            return Text(
                id: "Bisnis ini tidak punya batas pengiriman.", en: "This business has no messaging limit.")
        case .reached(let room):
            let from = room.map(time)
            return Text(
                id: "Batas \(id) penerima per 24 jam sudah tercapai"
                    + (from.map { "; ruang ada lagi mulai pukul \($0.id)." } ?? "."),
                en: "The limit of \(en) recipients in 24 hours is reached"
                    + (from.map { "; there is room again from \($0.en)." } ?? "."))
        case .reaches(let at, let earliest, let latest):
            let (middle, early) = (time(at), time(earliest))
            let late = latest.map(time)
            return Text(
                id: "Kampanye ini mencapai batas \(id) penerima pukul \(middle.id) (paling cepat \(early.id)"
                    + (late.map { ", paling lambat \($0.id))." } ?? ", atau tidak sama sekali)."),
                en: "This campaign reaches the limit of \(en) recipients at \(middle.en) (\(early.en) at the earliest"
                    + (late.map { ", \($0.en) at the latest)." } ?? ", or not at all)."))
        case .stays(let peak, let may):
            let (high, highEn) = (Self.grouped(peak, "."), Self.grouped(peak, ","))
            let perhaps = may.map(time)
            return Text(
                id: "Kampanye ini tetap di bawah batas \(id) penerima (paling banyak \(high))"
                    + (perhaps.map { "; bila dikirim lebih cepat, batas bisa tercapai pukul \($0.id)." } ?? "."),
                en: "This campaign stays below the limit of \(en) recipients (\(highEn) at most)"
                    + (perhaps.map { "; sent faster, it could reach it at \($0.en)." } ?? "."))
        }
    }

    private static func time(_ instant: Instant, _ clock: ZoneClock, _ now: Instant) -> Text {
        let (date, second) = clock.local(instant)
        let hour = LocalDate.padded(Int(second / 3_600), to: 2)
        let minute = LocalDate.padded(Int(second % 3_600 / 60), to: 2)
        let days = date.day - clock.date(of: now).day
        let (idDay, enDay) = days == 0 ? ("", "") : days == 1 ? (" besok", " tomorrow") : (" lusa", " in two days")
        return Text(id: "\(hour).\(minute)\(idDay)", en: "\(hour):\(minute)\(enDay)")
    }

    static func grouped(_ number: Int, _ separator: String) -> String {
        var digits = String(number.magnitude)
        var parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + parts).joined(separator: separator)
    }
}
