import Catalogue
import Domain

/// Which slots a store's row belongs to.
struct Labels {
    private let fine: [Instant]
    /// By fine bucket: the answer's bucket, and the values of the temporal dimensions.
    private var owners: [Int] = []
    private var weekdays: [String] = []
    private var hours: [String] = []
    private var shifts: [String?] = []
    private let dimensions: [Dimension]
    private let filters: [Filter]
    private let models: [String]

    init(_ layout: Gathering.Layout, query: ResolvedQuery) {
        fine = layout.fine
        dimensions = query.query.dimensions
        filters = query.query.filters.filter(\.dimension.isTemporal)
        models = query.models
        let isTemporal = !filters.isEmpty || dimensions.contains(where: \.isTemporal)
        let hourNames = Dimension.hourOfDay.temporalValues([])
        var owner = 0
        for start in layout.fine.dropLast() {
            // Past empty buckets, whose ends are equal, to the last that begins here.
            while owner + 2 < layout.boundaries.count, layout.boundaries[owner + 1] <= start { owner += 1 }
            owners.append(owner)
            if isTemporal {
                let (date, second) = query.clock.local(start)
                weekdays.append(String(date.weekday))
                hours.append(hourNames[Int(second / 3600) % 24])
                let minute = Int(second / 60)
                shifts.append(query.shifts.first { $0.contains(minute: minute) }?.name)
            }
        }
    }

    /// The fine bucket that holds an instant.
    func fineBucket(of instant: Instant) -> Int? {
        guard let first = fine.first, let last = fine.last, first <= instant, instant < last else { return nil }
        var (low, high) = (0, fine.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if fine[middle] <= instant { low = middle } else { high = middle }
        }
        return low
    }

    /// Nil when a filter on a temporal dimension leaves the bucket out. Dimensions of the query that the plan's fact
    /// does not carry are nil in it.
    /// - Parameter stored: values of the plan's dimensions in their order, which is that of the query; more may follow.
    func slot(fine bucket: Int, key stored: [String?], of plan: Plan) -> Slot? {
        guard owners.indices.contains(bucket) else { return nil }
        for filter in filters where !filter.matches(temporal(filter.dimension, bucket)) { return nil }
        var key: [String?] = []
        key.reserveCapacity(dimensions.count)
        var next = stored.startIndex
        for dimension in dimensions {
            if dimension.isTemporal {
                key.append(temporal(dimension, bucket))
            } else if next < plan.dimensions.endIndex, plan.dimensions[next] == dimension {
                guard next < stored.endIndex else { return nil }
                key.append(stored[next])
                next += 1
            } else {
                key.append(nil)
            }
        }
        return Slot(bucket: owners[bucket], key: key)
    }

    // MARK: What a fact does not carry

    /// Places in a slot's key of what a fact does not tell.
    private func untold(_ fact: Fact) -> [Int] { dimensions.indices.filter { !fact.carries(dimensions[$0]) } }

    /// Whether rows of a fact can only be counted to slots that others have made: delivered messages beside costs by
    /// reason.
    func dependsOnOthers(_ fact: Fact) -> Bool { untold(fact).contains { dimensions[$0] != .model } }

    /// The slots that a row's numbers count in: itself; every model where the fact has none; every known slot that
    /// differs in nothing but what the fact does not tell.
    func targets(of fact: Fact, among known: some Sequence<Slot>) -> (Slot) -> [Slot] {
        let untold = untold(fact)
        guard let first = untold.first else { return { [$0] } }
        let models = models
        if untold.count == 1, dimensions[first] == .model {
            return { slot in
                models.map { model in
                    var slot = slot
                    slot.key[first] = model
                    return slot
                }
            }
        }
        let byRest = Dictionary(grouping: known) { slot in
            var rest = slot
            for index in untold { rest.key[index] = nil }
            return rest
        }
        return { byRest[$0] ?? [] }
    }

    private func temporal(_ dimension: Dimension, _ bucket: Int) -> String? {
        switch dimension {
        case .weekday: weekdays[bucket]
        case .shift: shifts[bucket]
        default: hours[bucket]
        }
    }
}
