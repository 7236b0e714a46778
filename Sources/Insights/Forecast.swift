/// What is asked of a forecast: a series in even steps, oldest first.
package struct ForecastRequest: Sendable {
    /// Nil (or not a number) where nothing is known.
    package var values: [Double?]
    /// Steps a season lasts, such as 24 and 168 for hours; shortest first. None: no season.
    package var seasons: [Int]
    package var horizon: Int
    /// Days and hours that are not like others, past and to come.
    package var marks: [ForecastMark]
    /// The shape of a season of the account's other numbers, for a series with little history of its own: one value a
    /// step of the shortest season, the first for the step after the last value. Only its proportions count.
    package var profile: [Double]

    package init(
        values: [Double?], seasons: [Int], horizon: Int, marks: [ForecastMark] = [], profile: [Double] = []
    ) {
        self.values = values
        self.seasons = seasons
        self.horizon = horizon
        self.marks = marks
        self.profile = profile
    }

    package static let horizonMax = 20_000
    package static let valuesMax = 2_000_000
    /// Longer history is left out: it costs time and says little about the next weeks.
    package static let valuesUsed = 12_000
}

/// Steps that are special for the same reason: a holiday, a payday, Ramadan, a campaign.
package struct ForecastMark: Hashable, Sendable {
    /// What is special about them; marks of one kind teach each other.
    package let kind: String
    /// Places in the series: 0 is the first value, `values.count` the first step to be forecast.
    package let steps: Range<Int>
    package init(kind: String, steps: Range<Int>) {
        self.kind = kind
        self.steps = steps
    }
}

package struct Forecast: Sendable {
    package struct Point: Hashable, Sendable {
        package var mean: Double
        package var low80: Double
        package var high80: Double
        package var low95: Double
        package var high95: Double

        package init(mean: Double, low80: Double, high80: Double, low95: Double, high95: Double) {
            self.mean = mean
            self.low80 = low80
            self.high80 = high80
            self.low95 = low95
            self.high95 = high95
        }
    }

    package struct Member: Hashable, Sendable {
        package let name: String
        package let weight: Double
    }

    /// What a kind of mark multiplies by, learned from its past.
    package struct Effect: Hashable, Sendable {
        package let kind: String
        package let factor: Double
        /// Marked intervals in the past that it was learned from.
        package let occasions: Int
    }

    package let points: [Point]
    package let members: [Member]
    package let effects: [Effect]
    /// Mean absolute error over the backtests; nil without history to test on.
    package let error: Double?
    /// The same of repeating the last (longest) season.
    package let naiveError: Double?
    /// Values that were missing and filled in.
    package let filledCount: Int
}
