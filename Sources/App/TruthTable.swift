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
}
