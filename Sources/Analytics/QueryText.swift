import Catalogue
import Domain

extension Query {
    /// As `POST /api/v1/query` takes it; instants by the clock of a zone.
    package func json(clock: ZoneClock) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("metrics", array: { list in metrics.forEach { list.string($0) } })
            if !dimensions.isEmpty {
                writer.member("dimensions", array: { list in dimensions.forEach { list.string($0.rawValue) } })
            }
            if !filters.isEmpty {
                writer.member("filters", array: { list in filters.forEach { $0.write(to: &list) } })
            }
            writer.member("range", object: { range.write(to: &$0, clock: clock) })
            if grain != .total { writer.member("grain", grain.rawValue) }
            if let timezone { writer.member("timezone", timezone) }
            if let compare { writer.member("compare", compare.rawValue) }
            if let limit { writer.member("limit", limit) }
            if !order.isEmpty {
                writer.member(
                    "order",
                    array: { list in
                        for item in order {
                            list.object {
                                $0.member("by", item.by)
                                $0.member("desc", item.isDescending)
                            }
                        }
                    })
            }
        }
        return writer.text
    }
}

extension Filter {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("dimension", dimension.rawValue)
            $0.member("op", op.rawValue)
            if !values.isEmpty { $0.member("values", array: { list in values.forEach { list.string($0) } }) }
        }
    }
}

extension QueryRange {
    fileprivate func write(to writer: inout JSONWriter, clock: ZoneClock) {
        switch self {
        case .dates(let from, let to):
            writer.member("from", "\(from)")
            writer.member("to", "\(to)")
        case .instants(let from, let to):
            writer.member("from", clock.rfc3339(from))
            writer.member("to", clock.rfc3339(to))
        case .preset(let preset): writer.member("preset", preset.rawValue)
        case .lastDays(let days): writer.member("preset", "last_\(days)_days")
        }
    }
}
