import HTTPTypes
import Hummingbird

/// Prometheus' text format, version 0.0.4.
package struct MetricsPage: Sendable {
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }
    package struct Sample: Sendable {
        /// Behind the family's name: `_bucket`, `_sum`, `_count`, or nothing.
        var suffix: String
        var labels: [(name: String, value: String)]
        var value: Double
        package init(_ value: Double, suffix: String = "", labels: [(name: String, value: String)] = []) {
            self.suffix = suffix
            self.labels = labels
            self.value = value
        }
    }
    private var text = ""

    package init() {}

    package mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            text += name + sample.suffix
            if !sample.labels.isEmpty {
                text +=
                    "{" + sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
            }
            text += " \(Self.number(sample.value))\n"
        }
    }

    /// What every process of ours tells: requests, acknowledgements, memory, start, build.
    package mutating func add(_ telemetry: Telemetry) {
        add(
            "pantau_http_requests_total", .counter, "HTTP requests by route and status.",
            telemetry.requestsByRoute.map {
                Sample(Double($0.count), labels: [("route", $0.route), ("status", String($0.status))])
            })
        add(
            "pantau_webhook_deliveries_total", .counter, "Webhook deliveries by source and what became of them.",
            telemetry.webhooks.flatMap { deliveries in
                deliveries.counts.map { outcome, count in
                    Sample(Double(count), labels: [("source", deliveries.source), ("outcome", outcome.rawValue)])
                }
            })
        add(
            "pantau_desk_events_total", .counter, "Records of the generic desk format by what became of them.",
            [
                Sample(Double(telemetry.deskEventsAccepted.count), labels: [("outcome", "accepted")]),
                Sample(Double(telemetry.deskEventsRejected.count), labels: [("outcome", "rejected")]),
            ])
        add(
            "pantau_outcome_records_total", .counter, "Records of outcomes by what became of them.",
            [
                Sample(Double(telemetry.outcomesAccepted.count), labels: [("outcome", "accepted")]),
                Sample(Double(telemetry.outcomesRejected.count), labels: [("outcome", "rejected")]),
            ])
        add(
            "pantau_link_openings_total", .counter, "Openings of short links by what they are counted as.",
            telemetry.openings.counts.map { Sample(Double($0.count), labels: [("kind", $0.kind.rawValue)]) })
        let acknowledgements = telemetry.acknowledgements
        var samples: [Sample] = []
        for (index, count) in acknowledgements.cumulative.enumerated() {
            let bounds = Telemetry.acknowledgementBounds
            let bound = index < bounds.count ? Self.number(bounds[index]) : "+Inf"
            samples.append(Sample(Double(count), suffix: "_bucket", labels: [("le", bound)]))
        }
        samples.append(Sample(acknowledgements.sum, suffix: "_sum"))
        samples.append(Sample(Double(acknowledgements.count), suffix: "_count"))
        add(
            "pantau_ack_seconds", .histogram, "Time from the head of a webhook request to its durable commit.", samples)
    }

    package var response: Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static func escaped(_ value: String) -> String {
        var escaped = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 9e15 { return String(Int64(value)) }
        return String(value)
    }
}
