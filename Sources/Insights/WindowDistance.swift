/// How far the last few values, taken as one vector, lie from the nearest such vectors of the past (nearest-neighbour
/// novelty over sliding windows: "discords", Keogh, Lin, Fu 2005).
struct WindowDistance: Sendable {
    let length: Int
    let neighbours: Int
    /// Vectors of the past that are looked at, the latest ones.
    let reach: Int
    /// A vector of the past ends at least this many rows earlier.
    let gap: Int
    private var squares: [Double] = []

    init(length: Int, neighbours: Int, reach: Int, gap: Int) {
        self.length = max(1, length)
        self.neighbours = max(1, neighbours)
        self.reach = max(1, reach)
        self.gap = max(1, gap)
    }

    /// Values that must be kept for this.
    var valuesNeeded: Int { reach + gap + length }

    /// The mean distance of the vector that ends with the last of `values` to its nearest; nil before there is one.
    mutating func of(_ values: [Double]) -> Double? {
        let last = values.count - 1
        let newest = last - gap
        let oldest = max(length - 1, newest - reach + 1)
        let size = newest - oldest + 1
        guard size > 0, last >= length - 1 else { return nil }
        if squares.count < size { squares = [Double](repeating: 0, count: max(size, min(reach, size * 2))) }
        let length = length
        values.withUnsafeBufferPointer { values in
            squares.withUnsafeMutableBufferPointer { squares in
                for lag in 0..<length {
                    let own = values[last - lag]
                    let from = oldest - lag
                    if lag == 0 {
                        for place in 0..<size {
                            let distance = values[from &+ place] - own
                            squares[place] = distance * distance
                        }
                    } else {
                        for place in 0..<size {
                            let distance = values[from &+ place] - own
                            squares[place] += distance * distance
                        }
                    }
                }
            }
        }
        return nearestMean(size)
    }

    private func nearestMean(_ size: Int) -> Double {
        var nearest: [Double] = []
        nearest.reserveCapacity(neighbours + 1)
        for place in 0..<size {
            let square = squares[place]
            if nearest.count == neighbours, let worst = nearest.last, square >= worst { continue }
            var at = nearest.count
            while at > 0, nearest[at - 1] > square { at -= 1 }
            nearest.insert(square, at: at)
            if nearest.count > neighbours { nearest.removeLast() }
        }
        return nearest.reduce(0) { $0 + $1.squareRoot() } / Double(nearest.count)
    }
}
