import Domain
import Simulator

/// The truth about a simulated business as CSV, by local day and template.
enum TruthTable {
    private struct Key: Hashable {
        var day: Int
        var template: String
    }

    static func csv(_ truth: Truth, _ scenario: Scenario) -> String {
        let totals = truth.totals(asOf: scenario.end) { Key(day: truth.day(of: $0), template: $0.template ?? "") }
        var text = "day,template,attempted,rejected,accepted,delivered,read,failed,pending,expired,replied,opted_out\n"
        let rows = totals.sorted { ($0.key.day, $0.key.template) < ($1.key.day, $1.key.template) }
        for (key, sum) in rows {
            let date = RFC3339.format(scenario.startOfDay(key.day), offsetSeconds: 7 * 3_600).prefix(10)
            let counts = [
                sum.attempted, sum.rejected, sum.accepted, sum.delivered, sum.read, sum.failed, sum.pending,
                sum.expired, sum.replied, sum.optedOut,
            ]
            text += "\(date),\(key.template)," + counts.map(String.init).joined(separator: ",") + "\n"
        }
        return text
    }

    private struct WaitKey: Hashable {
        var day: Int
        var responder: String
    }

    static func waits(_ truth: Truth, _ scenario: Scenario) -> String {
        let totals = truth.waitTotals(asOf: scenario.end) {
            WaitKey(
                day: Int($0.startedAt.microseconds(since: scenario.start).flooredDivision(by: 86_400_000_000)),
                responder: $0.responder.rawValue)
        }
        var text = "day,responder,waits,answered,open,abandoned,messages,response_seconds_mean,response_seconds_p50\n"
        for (key, sum) in totals.sorted(by: { ($0.key.day, $0.key.responder) < ($1.key.day, $1.key.responder) }) {
            let date = RFC3339.format(scenario.startOfDay(key.day), offsetSeconds: 7 * 3_600).prefix(10)
            let times = sum.sortedResponseTimes().map { Double($0) / 1_000_000 }
            let mean = times.isEmpty ? "" : String(times.reduce(0, +) / Double(times.count))
            let median = times.isEmpty ? "" : String(times[(times.count - 1) / 2])
            let counts = [sum.waits, sum.answered, sum.open, sum.abandoned, sum.messages].map { String($0) }
            text += "\(date),\(key.responder)," + counts.joined(separator: ",") + ",\(mean),\(median)\n"
        }
        return text
    }
}
