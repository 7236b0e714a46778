import Domain
import Foundation
import Testing

@testable import Insights

@Suite("Explain")
struct ExplainTests {
    private func marks(_ plan: ExplainCase.Plan, seeds: Range<UInt64>) throws -> ExplainMarks {
        var marks = ExplainMarks()
        for seed in seeds {
            let example = try ExplainCase(plan, seed: seed * 977 + 13)
            marks.add(Explainer.explain(example.table), example.truth)
        }
        return marks
    }

    @Test("Sums: several causes of one to three dimensions", arguments: [true, false], [0.01, 0.1])
    func sums(isFall: Bool, noise: Double) throws {
        for (causes, elements) in [(1, 1), (2, 2), (3, 1), (1, 3)] {
            var plan = ExplainCase.Plan()
            plan.sizes = [8, 7, 6, 5]
            plan.causes = causes
            plan.elements = elements
            plan.noise = noise
            plan.isFall = isFall
            #expect(try marks(plan, seeds: 0..<4).f1 >= 0.9, "\(causes) causes of \(elements) elements")
        }
    }

    @Test("Small counts: the same, although no leaf tells anything alone", arguments: [true, false])
    func counts(isFall: Bool) throws {
        for (causes, elements) in [(1, 1), (2, 1)] {
            var plan = ExplainCase.Plan()
            plan.kind = .counts
            plan.sizes = [8, 7, 6, 5]
            plan.causes = causes
            plan.elements = elements
            plan.isFall = isFall
            #expect(try marks(plan, seeds: 0..<5).f1 >= 0.9)
        }
    }

    @Test("A ratio: the first alternative is the cause")
    func rates() throws {
        var plan = ExplainCase.Plan()
        plan.kind = .rates
        plan.sizes = [5, 8, 6, 2]
        plan.isFall = false
        plan.empty = 0.1
        let found = try marks(plan, seeds: 0..<12)
        #expect(found.firstRight >= 11)
        #expect(found.inFive == 12)
        #expect(found.f1 >= 0.9)
    }

    @Test("Ratios of large sums with several causes")
    func largeRates() throws {
        var plan = ExplainCase.Plan()
        plan.kind = .largeRates
        plan.sizes = [8, 7, 6, 5]
        plan.causes = 2
        plan.elements = 2
        #expect(try marks(plan, seeds: 0..<4).f1 >= 0.9)
    }

    @Test("A forecast that is two percent off everywhere is no segment's doing")
    func offEverywhere() throws {
        var marks = ExplainMarks()
        for seed in UInt64(0)..<5 {
            var plan = ExplainCase.Plan()
            plan.sizes = [8, 7, 6, 5]
            plan.causes = 2
            let example = try ExplainCase(plan, seed: seed)
            guard case .sums(let real, let expected) = example.table.figures else { continue }
            let table = try LeafTable(
                columns: example.table.columns, figures: .sums(real: real, expected: expected.map { $0 * 1.02 }))
            marks.add(Explainer.explain(table), example.truth)
        }
        #expect(marks.f1 >= 0.9)
    }

    @Test("A rise and a fall at once that cancel are two causes")
    func opposite() throws {
        var real = [Double](repeating: 100, count: 60)
        let first = (0..<60).map { "a\($0 % 6)" }
        let second = (0..<60).map { "b\($0 / 6)" }
        for leaf in real.indices {
            real[leaf] += Double(leaf * 7 % 5) - 2
            if first[leaf] == "a1" { real[leaf] *= 1.5 }
            if first[leaf] == "a2" { real[leaf] *= 0.5 }
        }
        let table = try LeafTable(
            columns: [.init(name: "a", texts: first), .init(name: "b", texts: second)],
            figures: .sums(real: real, expected: [Double](repeating: 100, count: 60)))
        let found = Explainer.explain(table)
        #expect(Set(found.causes.flatMap(\.elements).flatMap(\.pairs).map(\.value)) == ["a1", "a2"])
        #expect(found.causes.count == 2)
        #expect(found.causes.allSatisfy { $0.share > 0.4 && $0.share < 0.6 })
    }

    @Test("Nothing happened: no cause", arguments: ExplainCase.Kind.allCases)
    func quiet(kind: ExplainCase.Kind) throws {
        var false1 = 0
        for seed in UInt64(0)..<15 {
            var plan = ExplainCase.Plan()
            plan.kind = kind
            plan.sizes = [6, 6, 5, 4]
            plan.causes = 0
            plan.noise = 0.1
            if !Explainer.explain(try ExplainCase(plan, seed: seed).table).causes.isEmpty { false1 += 1 }
        }
        #expect(false1 <= 1)
    }

    @Test("Nothing at all changed: no cause, and an answer")
    func same() throws {
        let column = LeafTable.Column(name: "country", texts: ["ID", "MY", "SG"])
        let found = Explainer.explain(
            try LeafTable(columns: [column], figures: .sums(real: [10, 20, 0], expected: [10, 20, 0])))
        #expect(found.causes.isEmpty)
        #expect(found.leafCount == 2)
    }

    @Test("No rows, one dimension, zero forecasts and negative numbers are taken")
    func edges() throws {
        let none = try LeafTable(
            columns: [.init(name: "a", texts: [])], figures: .sums(real: [], expected: []))
        #expect(Explainer.explain(none).causes.isEmpty)
        #expect(Explainer.explain(none).alternatives.isEmpty)
        let one = try LeafTable(
            columns: [.init(name: "a", texts: ["x", "y", "z", "w"])],
            figures: .sums(real: [0, 100, 99, -3], expected: [500, 101, 98, 0]))
        let found = Explainer.explain(one)
        #expect(found.causes.map(\.elements) == [[.init([.init(dimension: "a", value: "x")])]])
        #expect(found.causes.first?.inside.real == 0)
        #expect(found.causes.first?.deviation == -500)
        let new = try LeafTable(
            columns: [.init(name: "a", texts: ["x", "y", "z", "w"])],
            figures: .sums(real: [500, 100, 99, 50], expected: [0, 101, 98, 50]))
        #expect(Explainer.explain(new).causes.first?.elements.first?.pairs.first?.value == "x")
    }

    @Test("Not a number, unequal columns and no dimension are refused with a sentence")
    func refused() {
        let column = LeafTable.Column(name: "a", texts: ["x", "y"])
        #expect(throws: Failure.self) {
            try LeafTable(columns: [column], figures: .sums(real: [1, .nan], expected: [1, 1]))
        }
        #expect(throws: Failure.self) {
            try LeafTable(columns: [column], figures: .sums(real: [1], expected: [1]))
        }
        #expect(throws: Failure.self) { try LeafTable(columns: [], figures: .sums(real: [], expected: [])) }
        #expect(throws: Failure.self) {
            try LeafTable(
                columns: [.init(name: "a", values: ["x"], codes: [0, 7])],
                figures: .sums(real: [1, 1], expected: [1, 1]))
        }
    }

    @Test("The order of rows does not matter")
    func permutation() throws {
        var plan = ExplainCase.Plan()
        plan.sizes = [6, 5, 4]
        plan.causes = 2
        let example = try ExplainCase(plan, seed: 4)
        guard case .sums(let real, let expected) = example.table.figures else { return }
        var numbers = SeededNumbers(8)
        let order = real.indices.shuffled(using: &numbers)
        let shuffled = try LeafTable(
            columns: example.table.columns.map { column in
                .init(name: column.name, values: column.values, codes: order.map { column.codes[$0] })
            },
            figures: .sums(real: order.map { real[$0] }, expected: order.map { expected[$0] }))
        let first = Explainer.explain(example.table)
        let second = Explainer.explain(shuffled)
        #expect(first.causes.map { Set($0.elements) } == second.causes.map { Set($0.elements) })
        #expect(Set(first.alternatives.map { Set($0.elements) }) == Set(second.alternatives.map { Set($0.elements) }))
    }

    @Test("Inside and outside make the total; rates before and after are shown")
    func levels() throws {
        let table = try LeafTable(
            columns: [
                .init(name: "template", texts: ["promo", "promo", "otp", "otp", "info", "info"]),
                .init(name: "country", texts: ["ID", "MY", "ID", "MY", "ID", "MY"]),
            ],
            figures: .ratio(
                events: [300, 20, 21, 19, 20, 20], base: [1_000, 1_000, 1_000, 1_000, 1_000, 1_000],
                expectedEvents: [200, 200, 200, 200, 200, 200],
                expectedBase: [10_000, 10_000, 10_000, 10_000, 10_000, 10_000]))
        let found = Explainer.explain(table)
        let cause = try #require(found.causes.first)
        #expect(cause.elements.first?.pairs.map(\.value) == ["promo", "ID"])
        #expect(cause.inside.rate == 0.3)
        #expect(cause.inside.expectedRate == 0.02)
        #expect(cause.outside.base == 5_000)
        #expect(cause.inside.real + cause.outside.real == found.total.real)
        #expect(found.causes.count == 1)
        #expect(found.alternatives.count >= 5)
        #expect(found.alternatives.first?.elements == cause.elements)
        let effects = try #require(found.effects)
        #expect(abs(effects.after - 400.0 / 6_000) < 1e-12)
        #expect(abs(effects.mixEffect) < 1e-12)
        // One sixth of the messages went from 2 % to 30 %.
        #expect(abs((cause.effects?.rateEffect ?? 0) - 0.28 / 6) < 1e-12)
    }
}

@Suite("Mix and rate")
struct MixAndRateTests {
    @Test("Rate and mix effects add up to the change exactly", arguments: UInt64(0)..<40)
    func additive(seed: UInt64) throws {
        var numbers = SeededNumbers(seed)
        let count = 1 + Int(numbers.next() % 30)
        let base = (0..<count).map { _ in numbers.unit() < 0.2 ? 0 : numbers.poisson(50) }
        let before = (0..<count).map { _ in numbers.unit() < 0.2 ? 0 : numbers.poisson(80) }
        let events = base.map { min($0, numbers.poisson($0 * 0.1)) }
        let eventsBefore = before.map { min($0, numbers.poisson($0 * 0.3)) }
        guard base.contains(where: { $0 > 0 }), before.contains(where: { $0 > 0 }) else { return }
        let effects = try #require(
            MixAndRate(events: events, base: base, eventsBefore: eventsBefore, baseBefore: before))
        let change = events.reduce(0, +) / base.reduce(0, +) - eventsBefore.reduce(0, +) / before.reduce(0, +)
        #expect(abs(effects.rateEffect + effects.mixEffect - change) < 1e-12)
        #expect(abs(effects.parts.reduce(0) { $0 + $1.effect } - change) < 1e-12)
    }

    @Test("Simpson: every rate better, the whole worse, and it is the mix")
    func simpson() throws {
        let effects = try #require(
            MixAndRate(events: [18, 32], base: [20, 80], eventsBefore: [64, 6], baseBefore: [80, 20]))
        #expect(effects.after < effects.before)
        #expect(effects.rateEffect > 0)
        #expect(effects.mixEffect < 0)
    }

    @Test("Without a base there is nothing to split")
    func empty() {
        #expect(MixAndRate(events: [], base: [], eventsBefore: [], baseBefore: []) == nil)
        #expect(MixAndRate(events: [1], base: [0], eventsBefore: [1], baseBefore: [2]) == nil)
    }
}

@Suite("Explain: text")
struct ExplainTextTests {
    private func explain(_ text: String) throws -> JSON.Value {
        try JSON.parse(try ExplainText.explain(Array(text.utf8)))
    }

    private static let rows = """
        a1,b1,10,100
        a1,b2,11,100
        a1,b3,9,100
        a2,b1,101,100
        a2,b2,100,100
        a2,b3,99,100
        a3,b1,100,100
        a3,b2,98,100
        a3,b3,102,100
        """

    @Test("CSV in, causes and alternatives out")
    func form() throws {
        let found = try explain("a,b,real,predict\n" + Self.rows)
        #expect(Set(found.keys) == ["causes", "alternatives"])
        let causes = Array(try #require(found["causes"]).elements)
        #expect(causes.count == 1)
        let elements = Array(try #require(causes[0]["elements"]).elements)
        #expect(elements.map(\.keys) == [["a"]])
        #expect(Array(try #require(found["alternatives"]).elements).count >= 5)
        let text = try ExplainText.explain(Array(("a,b,real,predict\n" + Self.rows).utf8))
        #expect(text.hasPrefix(#"{"causes":[{"elements":[{"a":"a1"}],"share":1}],"alternatives":[{"elements":"#))
    }

    @Test("Byte order mark, CRLF, quotes, columns in any order, empty lines")
    func spelling() throws {
        let plain = try ExplainText.explain(Array(("a,b,real,predict\n" + Self.rows).utf8))
        let odd =
            "\u{FEFF}\"a\",b,Real,Predict\r\n" + Self.rows.replacingOccurrences(of: "\n", with: "\r\n\r\n") + "\r\n"
        #expect(try ExplainText.explain(Array(odd.utf8)) == plain)
        let quoted = try ExplainText.table(Array("predict,\"x, \"\"y\"\"\",real\n1,\"p\nq\",2\n".utf8))
        #expect(quoted.columns.map(\.name) == ["x, \"y\""])
        #expect(quoted.columns.map(\.values) == [["p\nq"]])
    }

    @Test(
        "What cannot be read is refused with the number of the line",
        arguments: [
            "", "a,b\nx,1\n", "real,predict\n1,2\n", "a,real,predict\nx,1\n", "a,real,predict\nx,nan,1\n",
            "a,real,predict\nx,,1\n", "a,real,predict\nx,1,many\n", "a,real,predict\n\"x,1,2\n",
            "a,real,predict,a\nx,1,2,y",
        ])
    func refused(text: String) {
        #expect(throws: Failure.self) { try ExplainText.explain(Array(text.utf8)) }
    }

    @Test("A header alone is an empty table: no causes")
    func empty() throws {
        #expect(try ExplainText.explain(Array("a,real,predict\n".utf8)) == #"{"causes":[],"alternatives":[]}"#)
    }
}
