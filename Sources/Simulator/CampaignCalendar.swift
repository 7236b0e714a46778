/// A broadcast to a part of the list on one day.
struct Campaign: Hashable, Sendable {
    var name: String
    /// Index in the scenario's templates.
    var template: Int
    /// Recipients, as a multiple of an average day's messages.
    var size: Double
    /// Local second of the day at which sending begins.
    var startSecond: Int
    /// Seconds over which the sends spread.
    var spread: Int
}

extension Campaign {
    /// The campaigns of a local day, by what shops in Indonesia do: weekly news, payday (25th to 28th), double dates.
    static func on(_ clock: WallClock, templates: [MessageTemplate]) -> [Campaign] {
        func template(_ name: String) -> Int? { templates.firstIndex { $0.name == name } }
        var campaigns: [Campaign] = []
        if clock.weekday == 2 || clock.weekday == 4, let index = template("promo_mingguan") {
            campaigns.append(
                Campaign(
                    name: "mingguan-\(clock.month)-\(clock.day)", template: index, size: 0.55, startSecond: 10 * 3600,
                    spread: 2_400))
        }
        if clock.day == 25 || clock.day == 28, let index = template("promo_gajian") {
            campaigns.append(
                Campaign(
                    name: "gajian-\(clock.year)-\(clock.month)", template: index, size: 1.2,
                    startSecond: 11 * 3600 + 1_800,
                    spread: 3_600))
        }
        let isDoubleDate = clock.day == clock.month && clock.month >= 9
        if isDoubleDate, let index = template("promo_\(clock.month)_\(clock.day)") {
            for (part, hour) in [("pagi", 8), ("malam", 19)] {
                campaigns.append(
                    Campaign(
                        name: "\(clock.month).\(clock.day)-\(part)", template: index, size: 1.6,
                        startSecond: hour * 3600,
                        spread: 5_400))
            }
        }
        return campaigns
    }
}

/// How busy the trade is at a moment, 1 on average.
enum Rhythm {
    /// Share of a day's orders in each local hour: asleep before dawn, lunch and evening peaks.
    static let hours: [Double] = [
        0.012, 0.007, 0.004, 0.004, 0.008, 0.018, 0.028, 0.038, 0.048, 0.056, 0.060, 0.063,
        0.066, 0.058, 0.051, 0.049, 0.048, 0.050, 0.058, 0.073, 0.078, 0.065, 0.038, 0.020,
    ]
    /// Sunday first.
    private static let weekdays: [Double] = [1.08, 0.97, 0.94, 0.93, 0.96, 1.04, 1.08]

    static func day(_ clock: WallClock) -> Double {
        let payday = clock.day >= 25 && clock.day <= 28 ? 1.35 : clock.day <= 2 ? 1.15 : 1
        let doubleDate = clock.day == clock.month && clock.month >= 9 ? 1.8 : 1
        return weekdays[clock.weekday % 7] * payday * doubleDate
    }
}
