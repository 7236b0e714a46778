import Catalogue
import Domain

/// A rule that somebody thinks of: a metric beyond a bound for some time.
package struct TrialRule: Sendable, Hashable {
    package var metric: String
    package var filters: [Filter]
    package var grain: Grain
    package var above: Double?
    package var below: Double?
    /// Buckets in a row.
    package var buckets: Int
    /// Buckets that rest on less are passed over; nil for what the metric itself asks for.
    package var minimumSample: Int64?
    package var days: Int

    package static let daysMax = 366

    /// Reads the body of `POST /api/v1/rules/simulate`.
    package static func parse(_ body: [UInt8]) throws(Failure) -> TrialRule {
        guard let value = try? JSON.parse(body), value.isObject else {
            throw Failure(
                .malformed, id: "Isi permintaan bukan objek JSON yang benar.",
                en: "The request body is not a valid JSON object.")
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("metrics", array: { $0.string(value["metric"]?.string ?? "") })
            if let filters = value["filters"] {
                writer.key("filters")
                writer.value(filters)
            }
            writer.member("grain", value["grain"]?.string ?? Grain.hour.rawValue)
        }
        let query = try Query.parse(writer.bytes)
        let rule = TrialRule(
            metric: value["metric"]?.string ?? "", filters: query.filters, grain: query.grain,
            above: value["above"]?.double, below: value["below"]?.double,
            buckets: Int(clamping: value["buckets"]?.int64 ?? 1), minimumSample: value["minimum_sample"]?.int64,
            days: Int(clamping: value["days"]?.int64 ?? 60))
        guard rule.above != nil || rule.below != nil, (1...1_000).contains(rule.buckets),
            (1...daysMax).contains(rule.days), rule.grain != .total
        else {
            throw Failure(
                .unprocessable,
                id: "Isi \"above\" atau \"below\"; \"buckets\" 1 sampai 1000, \"days\" 1 sampai 366, dan \"grain\" "
                    + "quarter_hour, hour, day, week, atau month.",
                en: "Give \"above\" or \"below\"; \"buckets\" is 1 to 1000, \"days\" 1 to 366, and \"grain\" "
                    + "quarter_hour, hour, day, week or month.")
        }
        return rule
    }
}

/// What a rule would have said.
package struct RuleTrial: Sendable, Hashable {
    package struct Alarm: Sendable, Hashable {
        package var from: String
        package var to: String
        /// The value farthest beyond the bound.
        package var worst: Double
        package var sample: Int64?
        package var buckets: Int
    }
    package var alarms: [Alarm]
    /// Buckets with a value and sample enough, and those without.
    package var judged: Int
    package var passedOver: Int
    package var days: Int

    package func json() -> JSONWriter {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("days", days)
            writer.member("alarms_per_week", Double(alarms.count) / Double(max(1, days)) * 7)
            writer.member("judged", judged)
            writer.member("passed_over", passedOver)
            writer.member(
                "alarms",
                array: { list in
                    for alarm in alarms {
                        list.object {
                            $0.member("from", alarm.from)
                            $0.member("to", alarm.to)
                            $0.member("worst", alarm.worst)
                            $0.member("sample", alarm.sample)
                            $0.member("buckets", alarm.buckets)
                        }
                    }
                })
        }
        return writer
    }
}

extension Analyst {
    /// What a rule would have said over the last days; throws a `Failure` when it makes no sense.
    package func trial(_ rule: TrialRule) async throws -> RuleTrial {
        let metric = try Catalogue.requireMetric(rule.metric)
        let answer = try await ask(
            Query(
                metrics: [rule.metric], filters: rule.filters, range: .lastDays(rule.days), grain: rule.grain,
                limit: 100_000))
        let least = rule.minimumSample ?? metric.minimumSample
        var trial = RuleTrial(alarms: [], judged: 0, passedOver: 0, days: rule.days)
        var run: RuleTrial.Alarm?
        func close() {
            if let run, run.buckets >= rule.buckets { trial.alarms.append(run) }
            run = nil
        }
        for row in answer.rows.indices {
            let time = answer.cell(row, "time").text ?? ""
            let sample = answer.samples[rule.metric].flatMap { $0.indices.contains(row) ? $0[row] : nil }
            // Too little to say: neither an alarm nor its end.
            guard let value = answer.cell(row, rule.metric).number, sample ?? least >= least else {
                trial.passedOver += 1
                continue
            }
            trial.judged += 1
            let isBeyond = rule.above.map { value > $0 } ?? false || rule.below.map { value < $0 } ?? false
            guard isBeyond else {
                close()
                continue
            }
            var alarm = run ?? RuleTrial.Alarm(from: time, to: time, worst: value, sample: sample, buckets: 0)
            alarm.to = time
            alarm.buckets += 1
            let isWorse = rule.above != nil ? value > alarm.worst : value < alarm.worst
            if isWorse { (alarm.worst, alarm.sample) = (value, sample) }
            run = alarm
        }
        close()
        return trial
    }
}
