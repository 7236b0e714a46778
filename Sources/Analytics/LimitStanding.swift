import Catalogue
import Domain
import Insights
import Storage

/// How far the business is from its messaging limit, and when it is reached at the pace of the last hour.
package struct LimitStanding: Sendable {
    /// Nil when Meta has told none.
    package var limit: MessagingLimit?
    /// When Meta told it; nil when it was given by hand.
    package var toldAt: Instant?
    /// Templates sent in the last 24 hours, by quarter hours: people are counted once at most in each.
    package var sent: [LimitProjection.Sent]
    package var used: Int
    package var pace: LimitProjection.Pace?
    /// Nil without a limit, or while nothing is being sent.
    package var projection: LimitProjection?
    package var clock: ZoneClock
    package var now: Instant

    /// Limits are told when they change: years may pass in between.
    fileprivate static let daysLooked: Int64 = 800
    fileprivate static let marksMax = 10_000
}

extension Analyst {
    /// - Parameters:
    ///   - planned: people who are still to be written to; nil for as many as the pace makes.
    ///   - limit: in place of what Meta told.
    package func limitStanding(planned: Int? = nil, limit: MessagingLimit? = nil) async throws -> LimitStanding {
        let asked = now()
        let clock = try ZoneClock.named(workspace.timeZone)
        let marks = try await store.timeline(
            asked.adding(seconds: -LimitStanding.daysLooked * 86_400)..<asked.adding(seconds: 1),
            limit: LimitStanding.marksMax)
        var told: (limit: MessagingLimit, at: Instant)?
        for mark in marks.sorted(by: { $0.at < $1.at }) {
            let words =
                switch mark.event.field {
                case "business_capability_update": [mark.event.event]
                case "phone_number_quality_update": [mark.event.details["current_limit"], mark.event.event]
                default: [String?]()
                }
            if let limit = words.compactMap({ $0 }).lazy.compactMap({ MessagingLimit($0) }).first {
                told = (limit, mark.at)
            }
        }
        let start = Instant(seconds: asked.seconds - asked.seconds % 900 - 24 * 3600)
        let answer = try await ask(
            Query(
                metrics: ["messages"], filters: [Filter(dimension: .template, op: .notNull, values: [])],
                range: .instants(from: start, to: asked.adding(seconds: 1)), grain: .quarterHour,
                limit: Limits.answerRowsMax))
        let sent = answer.rows.indices.compactMap { row -> LimitProjection.Sent? in
            guard let at = answer.cell(row, "time").text.flatMap(RFC3339.parse), at <= asked else { return nil }
            return .init(at: at, recipients: Int(answer.cell(row, "messages").number ?? 0))
        }
        let recent = sent.filter { $0.at > asked.adding(seconds: -5 * 900) && $0.at <= asked.adding(seconds: -900) }
        let pace = LimitProjection.Pace(counts: recent.map(\.recipients), secondsEach: 900)
        let held = limit ?? told?.limit
        var standing = LimitStanding(
            limit: held, toldAt: limit == nil ? told?.at : nil, sent: sent,
            used: sent.filter { $0.at > asked.adding(seconds: -24 * 3600) }.reduce(0) { $0 + $1.recipients },
            pace: pace, projection: nil, clock: clock, now: asked)
        guard let held else { return standing }
        // Without a plan, at this pace for as long as it looks ahead.
        let going = pace.map { Int(min(1e9, $0.upper80 * 48)) + 1 } ?? 0
        let projection = LimitProjection(
            limit: held, sent: sent, planned: planned ?? going, pace: pace ?? .init(perHour: 0), now: asked)
        standing.projection = projection
        standing.used = projection.used
        return standing
    }
}

extension LimitStanding {
    package var sentence: Text {
        guard let projection else {
            return Text(
                id: "Meta belum memberi tahu batas pengiriman bisnis ini; ia datang lewat webhook "
                    + "business_capability_update.",
                en: "Meta has not told this business's messaging limit yet; it comes by the webhook "
                    + "business_capability_update.")
        }
        if pace == nil, case .stays = projection.outcome, case .recipients(let most) = projection.limit {
            let share = Figure.percent(Double(projection.used) / Double(max(1, most)))
            return Text(
                id: "\(share.id) dari batas terpakai dalam 24 jam terakhir; sekarang tidak ada yang sedang dikirim.",
                en: "\(share.en) of the limit is used in the last 24 hours; nothing is being sent now.")
        }
        return projection.sentence(clock: clock, now: now)
    }

    package func json() -> JSONWriter {
        var writer = JSONWriter()
        writer.object { writer in
            if case .recipients(let most)? = limit {
                writer.member("limit", most)
            } else {
                writer.key("limit")
                writer.null()
            }
            writer.member("unlimited", limit == .unlimited)
            writer.member("told_at", toldAt.map { clock.rfc3339($0) })
            writer.member("used", used)
            writer.member("per_hour", pace.map { VolumeForecast.rounded($0.perHour) })
            var (at, earliest, latest): (Instant?, Instant?, Instant?)
            var word: String?
            switch projection?.outcome {
            case .unlimited?: word = "unlimited"
            case .reached(let room)?:
                word = "reached"
                at = room
            case .reaches(let usual, let early, let late)?:
                word = "reaches"
                (at, earliest, latest) = (usual, early, late)
            case .stays(_, let may)?:
                word = "stays"
                earliest = may
            case nil: break
            }
            writer.member("outcome", word)
            writer.member("at", at.map { clock.rfc3339($0) })
            writer.member("earliest", earliest.map { clock.rfc3339($0) })
            writer.member("latest", latest.map { clock.rfc3339($0) })
            writer.member("left_over", projection?.leftOver)
            writer.member("sentence", object: { sentence.write(to: &$0) })
        }
        return writer
    }
}
