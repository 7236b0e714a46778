import Catalogue
import Domain
import GRDB

/// People counted once for each bucket, however often they were in touch in it.
extension PlanRunner {
    /// The numbers of the business, and those that the plan's filters let pass.
    private func lines() throws -> (all: [Int64: String], passing: [Int64]) {
        let all = try Dictionary(
            uniqueKeysWithValues: Row.fetchAll(db, sql: "SELECT id, phone_number FROM line").map {
                ($0[0] as Int64, $0[1] as String)
            })
        // 0 is the number that nobody named.
        let passing = ([0] + all.keys).filter { line in plan.filters.allSatisfy { $0.matches(all[line]) } }
        return (all, passing)
    }

    // MARK: From days

    /// From counts of people by day and the day before: in a bucket they are those whose day before lies ahead of it.
    /// - Parameter lastDay: where the day begins within which the range ends, if it does.
    func sumContacts(lastDay: Instant, into groups: inout [Group: Sums]) throws {
        let (numbers, passing) = try lines()
        if plan.dimensions == [.phoneNumber] {
            for line in passing { try sumSteps(of: line, lastDay, key: [numbers[line]], into: &groups) }
        } else if passing.count == numbers.count + 1 {
            try sumSteps(of: ContactBook.anyLine, lastDay, key: [], into: &groups)
        } else if passing.count == 1 {
            try sumSteps(of: passing[0], lastDay, key: [], into: &groups)
        } else if !passing.isEmpty {
            try unite(passing, into: &groups)
        }
    }

    private func sumSteps(
        of line: Int64, _ lastDay: Instant, key: [String?], into groups: inout [Group: Sums]
    ) throws {
        let end = QuarterHour(containing: to).index
        let lastDay = QuarterHour(containing: lastDay).index
        for (table, from, to) in [
            (Schema.contactCells[0], QuarterHour(containing: from).index, lastDay),
            (Schema.contactCells[1], lastDay, end),
        ] where from < to {
            let rows = try Statement(
                db, "SELECT at, previous, people FROM \(table) WHERE line = ? AND at >= ? AND at < ?")
            bind([line, from, to], [], to: rows)
            while try rows.step() {
                add(at: rows.int(0), previous: rows.int(1), people: rows.int(2), key: key, into: &groups)
            }
        }
    }

    private func add(
        at: Int64, previous: Int64, people: Int64, key: [String?], into groups: inout [Group: Sums]
    ) {
        guard let bucket = bucket(of: QuarterHour(index: at).start) else { return }
        let isFirst = previous < QuarterHour(containing: plan.boundaries[bucket]).index
        guard isFirst else { return }
        let group = Group(bucket: bucket, key: key)
        var sums = groups[group] ?? empty
        for (index, measure) in plan.measures.enumerated() {
            let isCounted = measure == .conversation(.contactsActive) || previous == ContactDays.never
            if isCounted { sums.sums[index] += people }
        }
        groups[group] = sums
    }

    /// Several numbers, but not all: who wrote to two of them is one person.
    private func unite(_ lines: [Int64], into groups: inout [Group: Sums]) throws {
        let list = lines.map(String.init).joined(separator: ", ")
        let rows = try Statement(db, "SELECT person, days FROM contact WHERE line IN (\(list)) ORDER BY person")
        let end = QuarterHour(containing: to).index
        var person: Int64 = 0
        var days = ContactDays()
        func finish(_ groups: inout [Group: Sums]) {
            for step in days.steps where step.day.first < end {
                add(at: step.day.start, previous: step.previous, people: 1, key: [], into: &groups)
            }
            days = ContactDays()
        }
        while try rows.step() {
            if rows.int(0) != person {
                finish(&groups)
                person = rows.int(0)
            }
            days.formUnion(rows.withBlob(1) { ContactDays($0) })
        }
        finish(&groups)
    }

    // MARK: From threads

    /// Goes through the threads person by person, so that nobody has to be remembered: for buckets that are not days
    /// of the reporting zone.
    func countContacts(_ index: Int, onlyNew: Bool, into groups: inout [Group: Sums]) throws {
        let (numbers, passing) = try lines()
        let counted = Set(passing)
        let splits = plan.dimensions == [.phoneNumber]
        let rows = try Statement(db, ContactRecount.said)
        var person: Int64 = 0
        /// How many messages each line and instant has, failed ones taken away.
        var said: [LineTime: Int64] = [:]
        func finish(_ groups: inout [Group: Sums]) {
            var first: [[String?]: Instant] = [:]
            var seen: Set<Group> = []
            for (place, count) in said where count > 0 && counted.contains(place.line) {
                let key: [String?] = splits ? [numbers[place.line]] : []
                if onlyNew {
                    first[key] = min(first[key] ?? place.at, place.at)
                } else if let bucket = bucket(of: place.at) {
                    seen.insert(Group(bucket: bucket, key: key))
                }
            }
            for (key, at) in first {
                guard let bucket = bucket(of: at) else { continue }
                seen.insert(Group(bucket: bucket, key: key))
            }
            for group in seen { groups[group, default: empty].sums[index] += 1 }
            said.removeAll(keepingCapacity: true)
        }
        while try rows.step() {
            if rows.int(0) != person {
                finish(&groups)
                person = rows.int(0)
            }
            let place = LineTime(line: rows.int(1), at: Instant(microseconds: rows.int(2)))
            said[place, default: 0] += rows.int(3)
        }
        finish(&groups)
    }

    private struct LineTime: Hashable {
        var line: Int64
        var at: Instant
    }
}
