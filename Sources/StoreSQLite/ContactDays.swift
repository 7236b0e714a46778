import Domain

/// The days on which a person and the business were in touch, in order.
///
/// People do not add up over days. But a person who was in touch somewhere in a range has exactly one day in it that is
/// their first there: the one whose day before lies ahead of the range, or does not exist. So counts of people by
/// (day, day before) are cells like any other, added up for whatever range is asked, and a message that comes late
/// changes two of them: its own, and that of the day after it.
struct ContactDays: Hashable {
    struct Day: Hashable {
        /// The quarter hour with which the day of the reporting zone begins.
        var start: Int64
        /// The quarter hour of its first message: for a range that ends within the day.
        var first: Int64
    }
    /// A day beside the one before it.
    struct Step: Hashable {
        var day: Day
        /// The start of the day before; `ContactDays.never` for the first of all.
        var previous: Int64
    }
    /// Before every day: there was no day before.
    static let never = Int64.min

    private(set) var days: [Day] = []

    var isEmpty: Bool { days.isEmpty }

    init(_ days: [Day] = []) { self.days = days }

    /// A message at a quarter hour of a day. True when that told something new.
    mutating func add(_ day: Day) -> Bool {
        let place = place(of: day.start)
        guard place < days.count, days[place].start == day.start else {
            days.insert(day, at: place)
            return true
        }
        guard day.first < days[place].first else { return false }
        days[place].first = day.first
        return true
    }

    /// Makes the days of a stretch these.
    mutating func replace(_ stretch: Range<Int64>, by new: [Day]) {
        days.replaceSubrange(place(of: stretch.lowerBound)..<place(of: stretch.upperBound), with: new)
    }

    /// Where a day is, or would be.
    private func place(of start: Int64) -> Int {
        var (low, high) = (0, days.count)
        while low < high {
            let middle = (low + high) / 2
            if days[middle].start < start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    mutating func formUnion(_ other: ContactDays) {
        guard !isEmpty else { return self = other }
        for day in other.days { _ = add(day) }
    }

    var steps: [Step] { steps(days.indices) }

    private func steps(_ range: Range<Int>) -> [Step] {
        range.map { Step(day: days[$0], previous: $0 == 0 ? Self.never : days[$0 - 1].start) }
    }

    /// The steps that are only here, and those that are only in what it has become. What both begin and end with is
    /// not looked at.
    func changes(to new: ContactDays) -> (gone: [Step], come: [Step]) {
        let shorter = min(days.count, new.days.count)
        var head = 0
        while head < shorter, days[head] == new.days[head] { head += 1 }
        var tail = 0
        while tail < shorter - head, days[days.count - 1 - tail] == new.days[new.days.count - 1 - tail] { tail += 1 }
        // The first of the common end has another day before it.
        tail = max(0, tail - 1)
        return (steps(head..<max(head, days.count - tail)), new.steps(head..<max(head, new.days.count - tail)))
    }

    // MARK: Bytes

    /// Two or three bytes for each day: how far it is from the one before, and where in it the first message is.
    var bytes: [UInt8] {
        var writer = ByteWriter()
        var last: Int64 = 0
        for day in days {
            writer.signed(day.start &- last)
            writer.varint(UInt64(bitPattern: day.first &- day.start))
            last = day.start
        }
        return writer.bytes
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        var reader = ByteReader(bytes)
        var last: Int64 = 0
        while !reader.isAtEnd {
            last = last &+ reader.signed()
            let first = last &+ Int64(bitPattern: reader.varint())
            guard !reader.failed else { return }
            days.append(Day(start: last, first: first))
        }
    }
}
