/// An autoregression learned as the series comes (recursive least squares with exponential forgetting; Ljung,
/// Söderström 1983): its one-step error tells what the last values did not foretell.
struct RecursiveLeastSquares: Sendable {
    private let order: Int
    private var weights: [Double]
    /// Row by row.
    private var covariance: [Double]
    private var lags: [Double] = []

    private static let forgetting = 0.9995
    private static let start = 100.0
    /// An error is learned from up to here, so that one outlier does not bend the model.
    private static let errorMost = 5.0

    init(order: Int) {
        self.order = max(1, order)
        weights = [Double](repeating: 0, count: self.order)
        covariance = Self.identity(self.order)
    }

    private static func identity(_ order: Int) -> [Double] {
        (0..<order * order).map { $0 % (order + 1) == 0 ? start : 0 }
    }

    /// |error| of the forecast of `value`; nil before there are enough values.
    mutating func add(_ value: Double) -> Double? {
        defer {
            lags.insert(value, at: 0)
            if lags.count > order { lags.removeLast() }
        }
        guard lags.count == order else { return nil }
        var forecast = 0.0
        for place in 0..<order { forecast += weights[place] * lags[place] }
        let error = value - forecast
        guard error.isFinite else {
            weights = [Double](repeating: 0, count: order)
            covariance = Self.identity(order)
            return nil
        }
        var spread = [Double](repeating: 0, count: order)
        for row in 0..<order {
            for column in 0..<order { spread[row] += covariance[row * order + column] * lags[column] }
        }
        var denominator = Self.forgetting
        for place in 0..<order { denominator += lags[place] * spread[place] }
        let learned = min(max(error, -Self.errorMost), Self.errorMost)
        for row in 0..<order {
            let gain = spread[row] / denominator
            weights[row] += gain * learned
            for column in 0..<order {
                let place = row * order + column
                covariance[place] = (covariance[place] - gain * spread[column]) / Self.forgetting
            }
        }
        // Without excitement forgetting alone would let the matrix grow without end.
        let largest = (0..<order).reduce(0) { max($0, covariance[$1 * (order + 1)]) }
        if !(largest < 1e6) { covariance = Self.identity(order) }
        return abs(error)
    }
}
