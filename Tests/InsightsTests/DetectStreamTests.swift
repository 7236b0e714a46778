import Domain
import Testing

@testable import Insights

@Suite("A bare series, row by row")
struct DetectStreamTests {
    /// A day's curve in 5-minute steps with noise, and a fall to zero that lasts two hours.
    static func series(_ seed: UInt64, rows: Int = 900, fallAt: Int = 700) -> [String] {
        var chance = DetectChance(seed)
        return (0..<rows).map { row in
            let hour = Double(row % 288) / 288
            var value = 100 + 80 * hour * (1 - hour) + chance.normal()
            if (fallAt..<fallAt + 24).contains(row) { value = 20 + chance.normal() }
            return "\(1_700_000_000 + row * 300),\(value)"
        }
    }

    static func rows(_ output: String) -> [(text: String, score: Double, anomaly: String)] {
        output.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return (
                String(line), fields.count > 2 ? Double(fields[fields.count - 2]) ?? -1 : -1, String(fields.last ?? "")
            )
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func aFallIsFoundEarlyAndOnce(seed: UInt64) throws {
        let found = try Self.rows(StreamText.detect("timestamp,value\n" + Self.series(seed).joined(separator: "\n")))
        #expect(found.count == 900)
        let flagged = found.indices.filter { found[$0].anomaly == "1" }
        #expect(flagged.contains { (700...703).contains($0) })
        #expect(flagged.filter { $0 < 700 }.count <= 1)
        #expect(found.allSatisfy { (0...1).contains($0.score) && ($0.score >= 0.5) == ($0.anomaly == "1") })
    }

    @Test func theFutureDoesNotMatter() throws {
        let series = Self.series(4)
        let whole = try Self.rows(StreamText.detect("timestamp,value\n" + series.joined(separator: "\n")))
        for end in [1, 2, 21, 150, 401, 705] {
            let cut = try Self.rows(
                StreamText.detect("timestamp,value\n" + series.prefix(end).joined(separator: "\n")))
            #expect(cut.map(\.text) == whole.prefix(end).map(\.text))
        }
        let other = series.prefix(500) + ["1700150000,-1e300", "1700150300,", "1700150600,9e99"]
        let changed = try Self.rows(StreamText.detect("timestamp,value\n" + other.joined(separator: "\n")))
        #expect(changed.prefix(500).map(\.text) == whole.prefix(500).map(\.text))
        #expect(changed.count == 503)
    }

    @Test func aConstantIsNeverOdd() throws {
        let flat = (0..<600).map { "2026-01-01 \($0 / 60 < 10 ? "0" : "")\($0 / 60):\($0 % 60 / 10)\($0 % 10):00,5" }
        let found = try Self.rows(StreamText.detect(flat.joined(separator: "\n")))
        #expect(found.count == 600)
        #expect(found.allSatisfy { $0.anomaly == "0" && $0.score < 0.1 })
        // Its first change is.
        let changed = try Self.rows(StreamText.detect((flat + ["2026-01-01 10:00:00,9"]).joined(separator: "\n")))
        #expect(changed.last?.anomaly == "1")
    }

    @Test func rowsAreKeptAsTheyWere() throws {
        let lines = [
            "\u{FEFF}id,Timestamp,\"value\"", "\"a,b\",2026-11-23T10:00:00+07:00,1.50", "c,2026-11-23 10:05,NaN", "",
            "d,1763870000123,", "",
        ]
        let output = try StreamText.detect(lines.joined(separator: "\r\n"))
        #expect(
            output == """
                id,Timestamp,"value",score,anomaly
                "a,b",2026-11-23T10:00:00+07:00,1.50,0.00223,0
                c,2026-11-23 10:05,NaN,0.00000,0
                d,1763870000123,,0.00000,0

                """)
    }

    @Test func jsonIsJSON() throws {
        let output = try StreamText.detect("timestamp,value\n2026-11-23,1\n2026-11-24,\n", form: .json)
        #expect(Array(try JSON.parse(output).elements).count == 2)
        let none = try JSON.parse(StreamText.detect("timestamp,value\n", form: .json))
        #expect(none.kind == .array && Array(none.elements).isEmpty)
    }

    @Test(arguments: [
        ("", "empty"), ("a,b\n1,2", "Line 1"), ("timestamp,value\nnow,2", "Line 2"),
        ("timestamp,value\n1,2\n2,many", "Line 3"), ("timestamp,value\n1", "Line 2"),
        ("timestamp,value\n1,inf", "Line 2"), ("timestamp,value\n\"1,2", "Line 2"), ("\n\n", "empty"),
    ])
    func whatIsWrongIsSaid(text: String, part: String) {
        let failure = #expect(throws: Failure.self) { try StreamText.detect(text) }
        #expect(failure?.message.en.contains(part) == true)
        #expect(failure?.message.id != failure?.message.en)
    }

    @Test func timesInAllSpellings() {
        let noon: Double = 1_763_899_200
        for text in [
            "2025-11-23T12:00:00Z", "2025-11-23 12:00:00", "2025-11-23 12:00", "2025/11/23 12:00:00.000",
            "2025-11-23T19:00:00+07:00", "2025-11-23T19:00+0700", "2025-11-23T12:00Z", "1763899200", "1763899200000",
            "1763899200.0",
        ] { #expect(StreamTimestamp.seconds(text) == noon, "\(text)") }
        #expect(StreamTimestamp.seconds("2025-11-23") == noon - 43_200)
        for text in ["", "yesterday", "2025-13-01", "23/11/2025 12:00", "-", "1e9", "99999999999999999999"] {
            #expect(StreamTimestamp.seconds(text) == nil, "\(text)")
        }
    }

    @Test func oddInputTrapsNothing() {
        var detector = StreamDetector()
        var chance = DetectChance(9)
        let values: [Double?] = [nil, .nan, .infinity, -.infinity, 0, 1e308, -1e308, .leastNonzeroMagnitude, 0, 0]
        for row in 0..<400 {
            let verdict = detector.add(
                values[Int(chance.bits() % 10)], seconds: row % 7 == 0 ? .nan : Double(row % 3) * 1e14)
            #expect((0...1).contains(verdict.score))
        }
    }

    @Test func ranksAndNeighboursOfASortedSample() {
        var sample = SortedSample()
        var all: [Double] = []
        var chance = DetectChance(3)
        for _ in 0..<3000 {
            let value = (chance.uniform() * 500).rounded()
            sample.insert(value)
            all.append(value)
        }
        for value in [-1.0, 0, 77, 77.5, 250, 500, 501] {
            #expect(sample.countAtLeast(value) == all.filter { $0 >= value }.count)
            let nearest = all.map { abs($0 - value) }.sorted().prefix(7).reduce(0, +) / 7
            #expect(abs((sample.meanDistance(from: value, toNearest: 7) ?? -1) - nearest) < 1e-9)
        }
        #expect(sample.largest(40) == Array(all.sorted(by: >).prefix(40)))
    }
}
