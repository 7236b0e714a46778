/// How a metric is computed from sums of measures and histograms of durations, as data.
package enum Expression: Hashable, Sendable {
    /// A measure added to or taken from a numerator.
    package struct Term: Hashable, Sendable {
        package var measure: Measure
        package var isSubtracted: Bool
        package static func plus(_ measure: Measure) -> Term { Term(measure: measure, isSubtracted: false) }
        package static func minus(_ measure: Measure) -> Term { Term(measure: measure, isSubtracted: true) }
    }

    case sum(Measure)
    /// A share, 0 … 1, of the sum of the denominators: of rows, or of an amount in one currency. Null when that is 0.
    case ratio([Term], over: [Measure])
    /// A sum shared out over others, of any facts; a sum of microseconds gives seconds, millionths give units. Null
    /// when the denominators are 0, and when amounts of different currencies would meet.
    case mean(Measure, over: [Measure])
    /// 0 < q < 1, in seconds; null when nothing was timed.
    case quantile(FactDuration, Double)
    /// The longest, in seconds; null when nothing was timed.
    case maximum(FactDuration)
    /// Delivered over accepted, corrected for receipts that are still on their way.
    case expectedDelivery
    /// Read over delivered, corrected for readers who hide receipts (capture and recapture by replies and taps).
    case expectedRead
    /// The median of the time to an answer where open and abandoned waits count as long as they lasted (Kaplan and
    /// Meier 1958).
    case medianWithOpen
    /// Answered waits that took far longer than is usual for who answered, in their week (`OutlierThresholds`).
    case outliers

    /// The measures that it is computed from.
    package var measures: [Measure] {
        switch self {
        case .sum(let measure): [measure]
        case .ratio(let terms, let denominators): terms.map(\.measure) + denominators
        case .mean(let measure, let denominators): [measure] + denominators
        case .quantile, .maximum: []
        case .expectedDelivery: [.message(.delivered), .message(.accepted)]
        case .expectedRead: [.message(.read), .message(.proven), .message(.provenRead), .message(.delivered)]
        case .medianWithOpen: [.wait(.answered)]
        case .outliers: [.wait(.answered)]
        }
    }

    package var durations: [FactDuration] {
        switch self {
        case .quantile(let duration, _), .maximum(let duration): [duration]
        case .medianWithOpen: [.wait(.response), .wait(.abandonedAfter), .wait(.openFor)]
        case .sum, .ratio, .mean, .expectedDelivery, .expectedRead, .outliers: []
        }
    }

    /// Whose sum it is divided by; empty for counts and durations.
    package var denominators: [Measure] {
        switch self {
        case .sum, .quantile, .maximum, .medianWithOpen, .outliers: []
        case .ratio(_, let denominators), .mean(_, let denominators): denominators
        case .expectedDelivery: [.message(.accepted)]
        case .expectedRead: [.message(.delivered)]
        }
    }

    /// Whose sum is the sample that the number rests on, in rows; empty for counts and durations.
    package var samples: [Measure] { denominators.map(\.rows) }

    /// Everything that has to be asked for to tell it: what it is computed from, its sample, and whether prices are
    /// known.
    package var needed: [Measure] {
        let prices: [Measure] = measures.contains(.charge(.cost)) ? [.charge(.unknown), .charge(.messages)] : []
        return measures + samples + prices
    }

    /// The fact of its first measure: of a quotient, of what is shared out.
    package var fact: Fact { measures.first?.fact ?? durations.first?.fact ?? .message }
}

extension Fact {
    /// The measure that counts its rows.
    package var count: Measure {
        switch self {
        case .message: .message(.accepted)
        case .wait: .wait(.waits)
        case .conversation: .conversation(.conversations)
        case .charge: .charge(.messages)
        case .outcome: .outcome(.outcomes)
        case .credit: .credit(.credits)
        }
    }
}

extension Measure {
    /// A sum of millionths: an amount of money, or shares of outcomes.
    package var isMillionths: Bool { isMoney || self == .credit(.share) }

    /// Counts the rows that it is a sum over.
    var rows: Measure {
        switch self {
        case .charge(.cost): .charge(.charged)
        case .charge(.judgedCost): .charge(.judged)
        case .charge(.wastedCost): .charge(.wasted)
        case .charge(.raisedCost): .charge(.raised)
        case .outcome(.value): .outcome(.valued)
        case .outcome(.refundedValue): .outcome(.refunded)
        case .credit(.share), .credit(.value): .credit(.credits)
        default: self
        }
    }
}
