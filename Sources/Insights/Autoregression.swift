/// A ridge autoregression on chosen lags: x_t = Σ b_l x_{t−l} on the standardised series, penalty λ Σ b².
struct Autoregression: Sendable {
    let lags: [Int]
    private let coefficients: [Double]
    private let mean: Double
    private let scale: Double
    /// The range that forecasts may reach: iterating an unstable fit would run away.
    private let bounds: ClosedRange<Double>

    private static let penalty = 1.0
    /// Older rows teach little and cost as much.
    static let rowsMax = 3_000

    /// Nil when the history is too short for the lags, or says nothing.
    init?(_ history: ArraySlice<Double>, lags: [Int]) {
        guard let longest = lags.max(), let low = history.min(), let high = history.max(), high > low else {
            return nil
        }
        let rows = min(history.count - longest, Self.rowsMax)
        guard rows >= 3 * lags.count, rows >= 20 else { return nil }
        let recent = Array(history.suffix(rows + longest))
        let mean = recent.reduce(0, +) / Double(recent.count)
        let variance = recent.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(recent.count)
        guard variance > 0, variance.isFinite else { return nil }
        let scale = variance.squareRoot()
        let standard = recent.map { ($0 - mean) / scale }
        guard let coefficients = Self.solve(standard, lags: lags, longest: longest) else { return nil }
        self.lags = lags
        self.coefficients = coefficients
        self.mean = mean
        self.scale = scale
        bounds = (low - (high - low) / 2)...(high + (high - low) / 2)
    }

    func forecast(_ history: ArraySlice<Double>, horizon: Int) -> [Double] {
        let longest = lags.max() ?? 1
        var values = history.suffix(longest).map { ($0 - mean) / scale }
        let start = values.count
        guard start == longest else { return [] }
        let low = (bounds.lowerBound - mean) / scale
        let high = (bounds.upperBound - mean) / scale
        for _ in 0..<horizon {
            var next = 0.0
            for (lag, coefficient) in zip(lags, coefficients) { next += coefficient * values[values.count - lag] }
            values.append(min(max(next, low), high))
        }
        return values[start...].map { $0 * scale + mean }
    }

    /// The normal equations by Cholesky decomposition; λ keeps them positive definite.
    private static func solve(_ values: [Double], lags: [Int], longest: Int) -> [Double]? {
        let size = lags.count
        var matrix = [Double](repeating: 0, count: size * size)
        var right = [Double](repeating: 0, count: size)
        values.withUnsafeBufferPointer { values in
            matrix.withUnsafeMutableBufferPointer { matrix in
                for i in 0..<size {
                    let first = lags[i]
                    for j in 0...i {
                        let second = lags[j]
                        var sum = 0.0
                        for t in longest..<values.count { sum += values[t - first] * values[t - second] }
                        matrix[i * size + j] = sum + (i == j ? penalty : 0)
                    }
                    var sum = 0.0
                    for t in longest..<values.count { sum += values[t - first] * values[t] }
                    right[i] = sum
                }
            }
        }
        for i in 0..<size {
            for j in 0...i {
                var sum = matrix[i * size + j]
                for k in 0..<j { sum -= matrix[i * size + k] * matrix[j * size + k] }
                if i == j {
                    guard sum > 0, sum.isFinite else { return nil }
                    matrix[i * size + i] = sum.squareRoot()
                } else {
                    matrix[i * size + j] = sum / matrix[j * size + j]
                }
            }
        }
        for i in 0..<size {
            for k in 0..<i { right[i] -= matrix[i * size + k] * right[k] }
            right[i] /= matrix[i * size + i]
        }
        for i in (0..<size).reversed() {
            for k in (i + 1)..<max(i + 1, size) { right[i] -= matrix[k * size + i] * right[k] }
            right[i] /= matrix[i * size + i]
        }
        return right.allSatisfy(\.isFinite) ? right : nil
    }
}
