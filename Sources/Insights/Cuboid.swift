/// The leaves grouped by one to three dimensions, with running sums a group, from which leaves can be taken out.
struct Cuboid: Sendable {
    let dimensions: [Int]
    /// The group of each leaf.
    let groupOf: [Int32]
    /// A leaf of each group: it has the group's values.
    let example: [Int32]
    var count: [Int32]
    var score: [Double]
    var weight: [Double]

    /// Above this, groups are found by a dictionary instead of a table.
    private static let denseMax = 1 << 22

    init(dimensions: [Int], columns: [LeafTable.Column], leaves: [Int]) {
        self.dimensions = dimensions
        var size = 1
        for dimension in dimensions {
            let (product, overflow) = size.multipliedReportingOverflow(by: max(1, columns[dimension].values.count))
            size = overflow ? .max : product
        }
        var groupOf = [Int32](repeating: 0, count: leaves.count)
        var example: [Int32] = []
        if size <= Self.denseMax {
            var keys = [Int32](repeating: 0, count: leaves.count)
            for dimension in dimensions {
                let radix = Int32(columns[dimension].values.count)
                let codes = columns[dimension].codes
                for place in leaves.indices { keys[place] = keys[place] &* radix &+ codes[leaves[place]] }
            }
            var known = [Int32](repeating: -1, count: size)
            for place in leaves.indices {
                let key = Int(keys[place])
                if known[key] < 0 {
                    known[key] = Int32(example.count)
                    example.append(Int32(place))
                }
                groupOf[place] = known[key]
            }
        } else {
            var known: [SIMD4<Int32>: Int32] = [:]
            for place in leaves.indices {
                var key = SIMD4<Int32>(repeating: -1)
                for (lane, dimension) in dimensions.prefix(4).enumerated() {
                    key[lane] = columns[dimension].codes[leaves[place]]
                }
                if let group = known[key] {
                    groupOf[place] = group
                } else {
                    groupOf[place] = Int32(example.count)
                    known[key] = Int32(example.count)
                    example.append(Int32(place))
                }
            }
        }
        self.groupOf = groupOf
        self.example = example
        count = [Int32](repeating: 0, count: example.count)
        score = [Double](repeating: 0, count: example.count)
        weight = [Double](repeating: 0, count: example.count)
    }

    /// Counts all leaves anew.
    mutating func fill(scores: [Double], weights: [Double]) {
        for group in count.indices {
            count[group] = 0
            score[group] = 0
            weight[group] = 0
        }
        for place in groupOf.indices {
            let group = Int(groupOf[place])
            count[group] &+= 1
            score[group] += scores[place]
            weight[group] += weights[place]
        }
    }

    mutating func remove(_ places: [Int], scores: [Double], weights: [Double]) {
        for place in places {
            let group = Int(groupOf[place])
            count[group] &-= 1
            score[group] -= scores[place]
            weight[group] -= weights[place]
        }
    }

    /// Every combination of one to three of the dimensions; of many dimensions, threes only of the first
    /// `widestThrees`.
    static func combinations(of dimensions: [Int], widestThrees: Int = 8) -> [[Int]] {
        var found: [[Int]] = dimensions.map { [$0] }
        for (place, first) in dimensions.enumerated() {
            for second in dimensions.dropFirst(place + 1) { found.append([first, second].sorted()) }
        }
        let few = Array(dimensions.prefix(widestThrees))
        for (i, first) in few.enumerated() {
            for (j, second) in few.enumerated().dropFirst(i + 1) {
                for third in few.dropFirst(j + 1) { found.append([first, second, third].sorted()) }
            }
        }
        return found
    }
}
