/// A named part of the working day, by the clock on the wall. Bounds lie on quarter hours, so that cells can tell
/// shifts apart.
package struct Shift: Hashable, Sendable {
    /// As the business calls it; value of dimension `shift`.
    package let name: String
    /// Minutes after midnight, multiples of 15: included.
    package let from: Int
    /// Excluded. Before `from`, or equal to it, when the shift goes on past midnight.
    package let to: Int

    package static let minutesOfDay = 1_440
    package static let nameMax = 64

    /// Nil unless the name has 1 … 64 characters and both bounds are quarter hours of a day.
    package init?(name: String, from: Int, to: Int) {
        guard !name.isEmpty, name.count <= Self.nameMax else { return nil }
        for bound in [from, to] where bound % 15 != 0 || !(0..<Self.minutesOfDay).contains(bound) { return nil }
        self.init(checked: name, from, to)
    }

    private init(checked name: String, _ from: Int, _ to: Int) {
        self.name = name
        self.from = from
        self.to = to
    }

    /// Whether a minute of the day, 0 … 1439, belongs to it.
    package func contains(minute: Int) -> Bool {
        from < to ? from <= minute && minute < to : from <= minute || minute < to
    }

    /// The three shifts of Indonesian factories and call centres: morning 07–15, afternoon 15–23, night 23–07.
    package static let threeShifts = [
        Shift(checked: "pagi", 7 * 60, 15 * 60), Shift(checked: "siang", 15 * 60, 23 * 60),
        Shift(checked: "malam", 23 * 60, 7 * 60),
    ]
}
