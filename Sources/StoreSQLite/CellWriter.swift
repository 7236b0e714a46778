import Catalogue
import Domain
import GRDB
import Ledgers

/// Gathers what a batch changes in the cells, and adds it to the tables at the end: each cell once, however
/// many messages changed in it.
final class CellWriter {
    private struct Key: Hashable {
        var segment: Int64
        var bucket: Int64
    }
    private struct BinKey: Hashable {
        var segment: Int64
        var bucket: Int64
        var duration: Int64
    }

    /// By cube: sums of measures; the lanes beyond the last measure stay 0.
    private var deltas: [[Key: SIMD16<Int64>]] = Cube.allCases.map { _ in [:] }
    private var bins: [BinKey: Histogram] = [:]
    private let upserts: [[CellGrain: Statement]]
    private let readBins: [CellGrain: Statement]
    private let writeBins: [CellGrain: Statement]
    private let dayStart: (QuarterHour) -> QuarterHour

    /// - Parameter dayStart: the quarter hour with which the reporting zone's day begins that holds a quarter hour.
    init(_ db: Database, dayStart: @escaping (QuarterHour) -> QuarterHour) throws {
        self.dayStart = dayStart
        upserts = try Cube.allCases.map { cube in
            var statements: [CellGrain: Statement] = [:]
            for grain in CellGrain.allCases { statements[grain] = try Statement(db, Self.upsert(cube, grain)) }
            return statements
        }
        var read: [CellGrain: Statement] = [:]
        var write: [CellGrain: Statement] = [:]
        for grain in CellGrain.allCases {
            let table = Schema.binTable(grain)
            read[grain] = try Statement(
                db, "SELECT bins FROM \(table) WHERE bucket = ? AND segment = ? AND duration = ?")
            write[grain] = try Statement(
                db, "INSERT OR REPLACE INTO \(table) (bucket, segment, duration, bins) VALUES (?, ?, ?, ?)")
        }
        readBins = read
        writeBins = write
    }

    private static func upsert(_ cube: Cube, _ grain: CellGrain) -> String {
        let columns = Schema.measureColumns
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sums = columns.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", ")
        return """
            INSERT INTO \(Schema.cellTable(cube, grain)) (bucket, segment, \(columns.joined(separator: ", ")))
            VALUES (?, ?, \(marks)) ON CONFLICT (bucket, segment) DO UPDATE SET \(sums)
            """
    }

    /// Adds a contribution (`sign` 1) or takes it away (−1).
    func add(_ contribution: Contribution, segments: SegmentDictionary.Entry, sign: Int64) {
        let bucket = QuarterHour(containing: contribution.cohortAt).index
        let lanes = Self.lanes(contribution.flags, sign: sign)
        if lanes != .zero {
            for cube in Cube.allCases {
                let key = Key(segment: segments.cubes[cube.rawValue], bucket: bucket)
                deltas[cube.rawValue][key, default: .zero] &+= lanes
            }
        }
        let segment = segments.cubes[Cube.delivery.rawValue]
        count(contribution.timeToDeliver, .timeToDeliver, segment, bucket, sign)
        count(contribution.timeToRead, .timeToRead, segment, bucket, sign)
    }

    private func count(
        _ duration: Int64?, _ kind: MessageDuration, _ segment: Int64, _ bucket: Int64, _ sign: Int64
    ) {
        guard let duration else { return }
        let key = BinKey(segment: segment, bucket: bucket, duration: Int64(kind.rawValue))
        bins[key, default: Histogram()].add(sign, bin: Histogram.bin(microseconds: duration))
    }

    static func lanes(_ flags: MessageFlags, sign: Int64) -> SIMD16<Int64> {
        var lanes = SIMD16<Int64>.zero
        for measure in MessageMeasure.allCases where flags.contains(MessageFlags(measure)) {
            lanes[measure.rawValue] = sign
        }
        return lanes
    }

    /// Writes everything gathered and starts anew.
    func flush() throws {
        for cube in Cube.allCases {
            let quarters = deltas[cube.rawValue].filter { $0.value != .zero }
            deltas[cube.rawValue] = [:]
            var days: [Key: SIMD16<Int64>] = [:]
            for (key, lanes) in quarters { days[day(key), default: .zero] &+= lanes }
            try write(quarters, to: upserts[cube.rawValue][.quarterHour])
            try write(days, to: upserts[cube.rawValue][.day])
        }
        let quarters = bins.filter { !$0.value.isEmpty }
        bins = [:]
        var days: [BinKey: Histogram] = [:]
        for (key, histogram) in quarters {
            var key = key
            key.bucket = dayStart(QuarterHour(index: key.bucket)).index
            days[key, default: Histogram()].add(histogram)
        }
        try write(quarters, .quarterHour)
        try write(days, .day)
    }

    private func day(_ key: Key) -> Key {
        Key(segment: key.segment, bucket: dayStart(QuarterHour(index: key.bucket)).index)
    }

    private func write(_ cells: [Key: SIMD16<Int64>], to statement: Statement?) throws {
        guard let statement else { return }
        for (key, lanes) in cells {
            statement.bind(key.bucket, at: 1)
            statement.bind(key.segment, at: 2)
            for measure in MessageMeasure.allCases {
                statement.bind(lanes[measure.rawValue], at: Int32(3 + measure.rawValue))
            }
            try statement.run()
        }
    }

    private func write(_ histograms: [BinKey: Histogram], _ grain: CellGrain) throws {
        guard let read = readBins[grain], let write = writeBins[grain] else { return }
        for (key, delta) in histograms {
            read.bind(key.bucket, at: 1)
            read.bind(key.segment, at: 2)
            read.bind(key.duration, at: 3)
            var histogram = delta
            if try read.step() { histogram.add(read.withBlob(0, HistogramRecord.decode)) }
            read.reset()
            write.bind(key.bucket, at: 1)
            write.bind(key.segment, at: 2)
            write.bind(key.duration, at: 3)
            write.bind(HistogramRecord.encode(histogram), at: 4)
            try write.run()
        }
    }
}

/// A histogram as ascending pairs of bin step and count, both varints: about 2 bytes a bin.
enum HistogramRecord {
    static func encode(_ histogram: Histogram) -> [UInt8] {
        var writer = ByteWriter()
        var last: Int32 = 0
        for (bin, count) in histogram.counts.sorted(by: { $0.key < $1.key }) {
            writer.varint(UInt64(bin - last))
            writer.signed(count)
            last = bin
        }
        return writer.bytes
    }

    static func decode(_ bytes: UnsafeRawBufferPointer) -> Histogram {
        var histogram = Histogram()
        var reader = ByteReader(bytes)
        var bin: Int32 = 0
        while !reader.isAtEnd, !reader.failed {
            bin = min(bin &+ Int32(truncatingIfNeeded: reader.varint()), Histogram.binMax)
            histogram.add(reader.signed(), bin: bin)
        }
        return histogram
    }
}
