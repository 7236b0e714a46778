import Catalogue
import Domain
import Insights

extension VolumeForecast {
    package static let columns = ["time", "mean", "lo80", "hi80", "lo95", "hi95"]

    /// The rows of `columns`, hour by hour.
    package var csv: String {
        CSVText.table(
            Self.columns,
            hours.map { hour in
                [clock.rfc3339(hour.start)] + Self.numbers(hour.point).map { $0.description }
            })
    }

    package static func numbers(_ point: Forecast.Point) -> [Double] {
        [point.mean, point.low80, point.high80, point.low95, point.high95].map(rounded)
    }

    /// To thousandths: a forecast knows no more.
    package static func rounded(_ value: Double) -> Double {
        value.isFinite && abs(value) < 1e12 ? (value * 1_000).rounded() / 1_000 : value
    }

    package func json() -> JSONWriter {
        var writer = JSONWriter(reservingBytes: 1_024 + hours.count * 128)
        writer.object { writer in
            writer.member("metric", metric.id)
            writer.member("as_of", clock.rfc3339(now))
            writer.member("timezone", clock.identifier)
            writer.member("history_days", historyDays)
            writer.member(
                "hours",
                array: { list in
                    for hour in hours {
                        list.object {
                            $0.member("time", clock.rfc3339(hour.start))
                            Self.write(hour.point, to: &$0)
                        }
                    }
                })
            writer.member(
                "days",
                array: { list in
                    for day in days {
                        list.object {
                            $0.member("date", day.date.description)
                            Self.write(day.point, to: &$0)
                        }
                    }
                })
            writer.member(
                "effects",
                array: { list in
                    for effect in effects {
                        list.object {
                            $0.member("kind", effect.kind)
                            $0.member("factor", Self.rounded(effect.factor))
                            $0.member("occasions", effect.occasions)
                        }
                    }
                })
            writer.key("trial")
            if let trial {
                writer.object {
                    $0.member("error", Self.rounded(trial.error))
                    $0.member("naive_error", Self.rounded(trial.naiveError))
                    $0.member("day_error", Self.rounded(trial.dayError))
                    $0.member("naive_day_error", Self.rounded(trial.naiveDayError))
                    $0.member("inside80", Self.rounded(trial.inside80))
                    $0.member("inside95", Self.rounded(trial.inside95))
                }
            } else {
                writer.null()
            }
            writer.member(
                "notes",
                array: { list in
                    for note in notes + [trialSentence].compactMap({ $0 }) { list.object { note.write(to: &$0) } }
                })
        }
        return writer
    }

    private static func write(_ point: Forecast.Point, to writer: inout JSONWriter) {
        for (name, number) in zip(columns.dropFirst(), numbers(point)) { writer.member(name, number) }
    }
}
