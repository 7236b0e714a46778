import Catalogue
import Domain
import Storage
import Synchronization

/// The values that the filter bar offers, kept for a minute: every page asks for them and new ones are rare.
final class FilterValues: Sendable {
    private struct Key: Hashable {
        var dimension: Dimension
        var isDemo: Bool
    }
    private struct Known {
        var values: [String]
        var until: Instant
    }
    static let valuesMax = 200
    private static let secondsMax: Int64 = 60
    private let known = Mutex<[Key: Known]>([:])

    init() {}

    /// The most frequent first. A store that fails leaves the bar without choices; the cards say what is wrong.
    func values(of dimension: Dimension, _ scope: Scope) async -> [String] {
        if let fixed = dimension.fixedWords { return fixed }
        let key = Key(dimension: dimension, isDemo: scope.data.isDemo)
        if let kept = known.withLock({ $0[key] }), scope.now < kept.until { return kept.values }
        guard let values = try? await scope.store.values(of: dimension, limit: Self.valuesMax) else { return [] }
        let until = scope.now.adding(seconds: Self.secondsMax)
        known.withLock { $0[key] = Known(values: values, until: until) }
        return values
    }
}
