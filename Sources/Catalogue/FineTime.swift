import Domain

/// What the temporal dimensions of a question need kept apart, finer than its grain: days for weekdays, hours for
/// hours of the day, and the instants at which the shift changes.
package struct FineTime: Hashable, Sendable {
    let grain: Grain?
    let shifts: [Shift]

    init(_ dimensions: Set<Dimension>, shifts: [Shift]) {
        grain = dimensions.contains(.hourOfDay) ? .hour : dimensions.contains(.weekday) ? .day : nil
        self.shifts = dimensions.contains(.shift) ? shifts : []
    }

    /// Bounds of a range with both ends; nil when there are more than `max` of one kind.
    package func boundaries(of range: Range<Instant>, clock: ZoneClock, max: Int) -> Set<Instant>? {
        var bounds: Set<Instant> = []
        if let grain {
            guard let inner = clock.boundaries(of: range, grain: grain, max: max) else { return nil }
            bounds.formUnion(inner)
        }
        if !shifts.isEmpty {
            let minutes = Set(shifts.flatMap { [$0.from, $0.to] })
            guard let inner = clock.boundaries(of: range, atMinutes: minutes, max: max) else { return nil }
            bounds.formUnion(inner)
        }
        return bounds
    }
}

extension Dimension {
    /// Everything that rows of a fact may be split and filtered by.
    package static func all(of fact: Fact) -> [Dimension] {
        switch fact {
        case .message, .charge, .outcome, .credit: stored(fact) + [.weekday, .hourOfDay]
        case .wait, .conversation: stored(fact) + [.shift, .weekday, .hourOfDay]
        }
    }

    /// Those that any fact carries: all but the temporal ones.
    package static let stored = allCases.filter { !$0.isTemporal }

    /// Every value that may be asked for, in order; empty where any may be.
    func fixedValues(_ shifts: [Shift]) -> [String] {
        self == .model ? AttributionModel.allCases.map(\.rawValue) : temporalValues(shifts)
    }

    /// Every value of a temporal dimension, in order; empty for the others.
    package func temporalValues(_ shifts: [Shift]) -> [String] {
        switch self {
        case .weekday: (1...7).map(String.init)
        case .hourOfDay: (0...23).map { LocalDate.padded($0, to: 2) }
        case .shift: shifts.map(\.name)
        default: []
        }
    }
}
