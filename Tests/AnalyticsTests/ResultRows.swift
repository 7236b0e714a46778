import Catalogue
import Domain

/// One delivered message's charge; nil for a price that is not known.
func charge(
    _ micros: Int64?, _ currency: String? = "IDR", at: String, _ dimensions: [Dimension: String] = [:],
    more: [ChargeMeasure: Int64] = [:]
) throws -> Entry {
    var sums: [Measure: Int64] = [.charge(.messages): 1]
    switch micros {
    case nil: sums[.charge(.unknown)] = 1
    case 0: sums[.charge(.free)] = 1
    case let micros?:
        sums[.charge(.charged)] = 1
        sums[.charge(.cost)] = micros
    }
    for (measure, sum) in more { sums[.charge(measure)] = sum }
    var dimensions = dimensions
    dimensions[.currency] = currency
    return Entry(at: try instant(at), sums: sums, dimensions: dimensions)
}

/// What one touch gets of one outcome in some models.
func credits(
    _ shares: [AttributionModel: Int64], value: Int64 = 0, _ currency: String? = "IDR", at: String,
    converted: Bool = true, _ dimensions: [Dimension: String] = [:], seconds: Double? = nil
) throws -> [Entry] {
    let at = try instant(at)
    return shares.map { model, share in
        var dimensions = dimensions
        dimensions[.model] = model.rawValue
        dimensions[.currency] = currency
        return Entry(
            at: at,
            sums: [
                .credit(.share): share, .credit(.value): value * share / 1_000_000, .credit(.credits): 1,
                .credit(.converted): converted ? 1 : 0,
            ], dimensions: dimensions, timeToOutcome: seconds)
    }
}

/// One outcome by its own time.
func outcome(
    _ value: Int64?, _ currency: String? = "IDR", at: String, _ dimensions: [Dimension: String] = [:],
    more: [OutcomeMeasure: Int64] = [:]
) throws -> Entry {
    var sums: [Measure: Int64] = [.outcome(.outcomes): 1]
    if let value {
        sums[.outcome(.value)] = value
        sums[.outcome(.valued)] = 1
    }
    for (measure, sum) in more { sums[.outcome(measure)] = sum }
    var dimensions = dimensions
    dimensions[.currency] = currency
    return Entry(at: try instant(at), sums: sums, dimensions: dimensions)
}
