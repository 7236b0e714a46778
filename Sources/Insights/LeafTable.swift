import Domain

/// A table of the finest segments ("leaves"): what was counted in each, and what was expected.
///
/// Dimensions are stored as small integers, column by column, so that grouping by any of them costs no text.
package struct LeafTable: Sendable {
    /// What is explained.
    package enum Figures: Sendable {
        /// A sum, such as messages or money: counted and expected, per leaf.
        case sums(real: [Double], expected: [Double])
        /// A ratio `events / base`, such as failed of sent. `events` are the bad ones.
        case ratio(events: [Double], base: [Double], expectedEvents: [Double], expectedBase: [Double])
    }

    package struct Column: Sendable {
        package let name: String
        /// Every value once; a code is a place in this list.
        package let values: [String]
        /// One code a leaf.
        package let codes: [Int32]

        package init(name: String, values: [String], codes: [Int32]) {
            self.name = name
            self.values = values
            self.codes = codes
        }

        /// Values in the order in which they come first.
        package init(name: String, texts: [String]) {
            var places: [String: Int32] = [:]
            var values: [String] = []
            let codes = texts.map { text in
                if let place = places[text] { return place }
                let place = Int32(values.count)
                places[text] = place
                values.append(text)
                return place
            }
            self.init(name: name, values: values, codes: codes)
        }
    }

    package let columns: [Column]
    package let figures: Figures
    package var leafCount: Int { columns.first?.codes.count ?? 0 }

    /// More columns than this make more cuboids than a second has time for.
    package static let columnsMax = 16
    package static let leavesMax = 5_000_000
    /// Squares of larger numbers are none.
    private static let numberMax = 1e100

    /// Throws when columns are missing, of unequal length, or hold codes without a value, and when a number is not
    /// finite.
    package init(columns: [Column], figures: Figures) throws(Failure) {
        guard let first = columns.first else {
            throw Failure(
                .unprocessable, id: "Tabel tidak punya kolom dimensi. Tambahkan paling sedikit satu.",
                en: "The table has no dimension column. Add at least one.")
        }
        guard columns.count <= Self.columnsMax, first.codes.count <= Self.leavesMax else {
            throw Failure(
                .tooLarge,
                id: "Paling banyak \(Self.columnsMax) dimensi dan \(Self.leavesMax) baris. Ringkas tabelnya dahulu.",
                en: "At most \(Self.columnsMax) dimensions and \(Self.leavesMax) rows. Summarise the table first.")
        }
        guard Set(columns.map(\.name)).count == columns.count else {
            throw Failure(
                .unprocessable, id: "Dua kolom dimensi bernama sama. Ganti salah satu namanya.",
                en: "Two dimension columns have the same name. Rename one.")
        }
        let count = first.codes.count
        for column in columns {
            let codes = 0..<Int32(clamping: column.values.count)
            guard column.codes.count == count, column.codes.allSatisfy({ codes.contains($0) }) else {
                throw Failure(
                    .unprocessable, id: "Kolom \(column.name) tidak sama panjang dengan yang lain.",
                    en: "The column \(column.name) is not as long as the others.")
            }
        }
        for numbers in figures.lists {
            guard numbers.count == count else {
                throw Failure(
                    .unprocessable, id: "Setiap baris perlu semua angkanya.", en: "Every row needs all its numbers.")
            }
            if let row = numbers.firstIndex(where: { !($0.isFinite && abs($0) < Self.numberMax) }) {
                throw Failure(
                    .unprocessable, id: "Baris \(row + 1): angkanya bukan bilangan. Isi atau hapus baris itu.",
                    en: "Row \(row + 1): not a number. Fill it in or leave the row out.")
            }
        }
        self.columns = columns
        self.figures = figures
    }
}

extension LeafTable.Figures {
    var lists: [[Double]] {
        switch self {
        case .sums(let real, let expected): [real, expected]
        case .ratio(let events, let base, let expectedEvents, let expectedBase):
            [events, base, expectedEvents, expectedBase]
        }
    }

    /// Counted and expected of the same thing: for a ratio, the bad events and how many of them this base would have
    /// had as things used to be. The old rate of a leaf is drawn to the rate of all with the weight of 100, so that
    /// a leaf with little history expects what is usual (insight-methods, 2a).
    ///
    /// Negative numbers, which forecasts and corrections bring along, count as zero.
    var pairs: (real: [Double], expected: [Double]) {
        switch self {
        case .sums(let real, let expected):
            return (real.map { max(0, $0) }, expected.map { max(0, $0) })
        case .ratio(let events, let base, let expectedEvents, let expectedBase):
            let total = expectedBase.reduce(0) { $0 + max(0, $1) }
            let rate = total > 0 ? expectedEvents.reduce(0) { $0 + max(0, $1) } / total : 0
            let usual = base.indices.map { leaf in
                max(0, base[leaf]) * (max(0, expectedEvents[leaf]) + Self.priorBase * rate)
                    / (max(0, expectedBase[leaf]) + Self.priorBase)
            }
            return (events.map { max(0, $0) }, usual)
        }
    }

    private static let priorBase = 100.0
}
