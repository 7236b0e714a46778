import Catalogue
import Domain
import GRDB
import Ledgers

/// Gathers what a batch changes in the cells of one fact, and adds it to the tables at the end: each cell once,
/// however many facts changed in it.
///
/// `Lanes` hold the sums of the fact's measures by place; lanes beyond the last measure stay 0.
final class CellWriter<Lanes: SIMD> where Lanes.Scalar == Int64 {
    private struct Key: Hashable {
        var segment: Int64
        var bucket: Int64
    }
    private struct BinKey: Hashable {
        var segment: Int64
        var bucket: Int64
        var duration: Int64
    }
    private struct GrainStatements {
        var upsert: [Statement]
        /// By cube; nil where a cube keeps no durations.
        var readBins: [Statement?]
        var writeBins: [Statement?]
    }

    private let cubes: [Cube]
    private let measures: [Measure]
    /// By cube, whether it keeps the duration of an index.
    private let keepsDuration: [[Bool]]
    private var deltas: [[Key: Lanes]]
    private var bins: [[BinKey: Histogram]]
    private let statements: [CellGrain: GrainStatements]
    private let dayStart: (QuarterHour) -> QuarterHour

    /// - Parameter dayStart: the quarter hour with which the reporting zone's day begins that holds a quarter hour.
    init(_ fact: Fact, _ db: Database, dayStart: @escaping (QuarterHour) -> QuarterHour) throws {
        self.dayStart = dayStart
        let cubes = Cube.all(of: fact)
        self.cubes = cubes
        measures = Schema.measures(fact)
        keepsDuration = cubes.map { cube in FactDuration.all(of: fact).map { cube.durations.contains($0) } }
        deltas = cubes.map { _ in [:] }
        bins = cubes.map { _ in [:] }
        var statements: [CellGrain: GrainStatements] = [:]
        for grain in CellGrain.allCases {
            statements[grain] = GrainStatements(
                upsert: try cubes.map { try Statement(db, Self.upsert($0, grain)) },
                readBins: try cubes.map { cube in
                    guard !cube.durations.isEmpty else { return nil }
                    let table = Schema.binTable(cube, grain)
                    return try Statement(
                        db, "SELECT bins FROM \(table) WHERE bucket = ? AND segment = ? AND duration = ?")
                },
                writeBins: try cubes.map { cube in
                    guard !cube.durations.isEmpty else { return nil }
                    let table = Schema.binTable(cube, grain)
                    return try Statement(
                        db, "INSERT OR REPLACE INTO \(table) (bucket, segment, duration, bins) VALUES (?, ?, ?, ?)")
                })
        }
        self.statements = statements
    }

    private static func upsert(_ cube: Cube, _ grain: CellGrain) -> String {
        let columns = Schema.measures(cube.fact).map(\.column)
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sums = columns.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", ")
        return """
            INSERT INTO \(Schema.cellTable(cube, grain)) (bucket, segment, \(columns.joined(separator: ", ")))
            VALUES (?, ?, \(marks)) ON CONFLICT (bucket, segment) DO UPDATE SET \(sums)
            """
    }

    /// Adds sums of measures; negative ones take away.
    func add(_ lanes: Lanes, in quarter: QuarterHour, _ segments: SegmentDictionary.Entry) {
        guard lanes != .zero else { return }
        for index in cubes.indices {
            let key = Key(segment: segments.cubes[index], bucket: quarter.index)
            deltas[index][key, default: .zero] &+= lanes
        }
    }

    /// Adds one duration (`sign` 1) or takes it away (−1).
    /// - Parameter duration: its index among the durations of the fact.
    func count(
        _ microseconds: Int64, duration: Int, in quarter: QuarterHour, _ segments: SegmentDictionary.Entry,
        sign: Int64
    ) {
        let bin = Histogram.bin(microseconds: microseconds)
        for index in cubes.indices where keepsDuration[index][duration] {
            let key = BinKey(segment: segments.cubes[index], bucket: quarter.index, duration: Int64(duration))
            bins[index][key, default: Histogram()].add(sign, bin: bin)
        }
    }

    /// Writes everything gathered and starts anew.
    func flush() throws {
        for index in cubes.indices {
            let quarters = deltas[index].filter { $0.value != .zero }
            deltas[index] = [:]
            var days: [Key: Lanes] = [:]
            for (key, lanes) in quarters {
                let day = Key(segment: key.segment, bucket: dayStart(QuarterHour(index: key.bucket)).index)
                days[day, default: .zero] &+= lanes
            }
            try write(quarters, to: statements[.quarterHour]?.upsert[index])
            try write(days, to: statements[.day]?.upsert[index])
            try flushBins(index)
        }
    }

    private func flushBins(_ index: Int) throws {
        let quarters = bins[index].filter { !$0.value.isEmpty }
        bins[index] = [:]
        guard !quarters.isEmpty else { return }
        var days: [BinKey: Histogram] = [:]
        for (key, histogram) in quarters {
            var key = key
            key.bucket = dayStart(QuarterHour(index: key.bucket)).index
            days[key, default: Histogram()].add(histogram)
        }
        try write(quarters, index, .quarterHour)
        try write(days, index, .day)
    }

    private func write(_ cells: [Key: Lanes], to statement: Statement?) throws {
        guard let statement else { return }
        for (key, lanes) in cells {
            statement.bind(key.bucket, at: 1)
            statement.bind(key.segment, at: 2)
            for index in measures.indices { statement.bind(lanes[index], at: Int32(3 + index)) }
            try statement.run()
        }
    }

    private func write(_ histograms: [BinKey: Histogram], _ index: Int, _ grain: CellGrain) throws {
        guard let read = statements[grain]?.readBins[index], let write = statements[grain]?.writeBins[index] else {
            return
        }
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
