import Domain
import Foundation
import Testing
import WhatsApp

/// Mutations of everything Meta sends: no crash, the same answer twice, and never an empty one.
@Suite("mutated bodies")
struct FuzzTests {
    static let seconds = ProcessInfo.processInfo.environment["PANTAU_FUZZ_SECONDS"].flatMap(Double.init) ?? 3

    @Test func noMutationCrashesOrWavers() {
        var mutator = Mutator(seed: 20_261_122)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Self.seconds)
        var rounds = 0
        while clock.now < end {
            let body = mutator.mutant()
            let first = WebhookDecoder.decode(body, receivedAt: receivedAt)
            guard first == WebhookDecoder.decode(body, receivedAt: receivedAt) else {
                Issue.record("round \(rounds): decoding wavers")
                return
            }
            if first.events.isEmpty, first.understood.isEmpty {
                // An entry without changes is the only body that says nothing at all.
                let text = String(decoding: body, as: UTF8.self)
                #expect(text.contains("changes"), "round \(rounds)")
            }
            rounds += 1
        }
        #expect(rounds > 100)
    }

    @Test func everyPrefixOfEveryBody() {
        for body in Corpus.bodies {
            for end in stride(from: 0, to: body.count - 1, by: 7) {
                let decoded = WebhookDecoder.decode(Array(body[..<end]), receivedAt: receivedAt)
                #expect(decoded.events == [.notUnderstood(NotUnderstood(field: "body", reason: .notJSON))])
            }
        }
    }

    /// Numbers at and beyond the ends of every type, in place of every number there is.
    @Test func extremeNumbersEverywhere() {
        let extremes = [
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1e308",
            "1e309",
            "-1e309", "0.0000001", "99999999999999999999999999999999", "-0", "1E+19", "9.2e18",
        ]
        for body in Corpus.bodies {
            for extreme in extremes {
                let mutant = Mutator.replacingNumbers(in: body, by: Array(extreme.utf8))
                let decoded = WebhookDecoder.decode(mutant, receivedAt: receivedAt)
                #expect(!decoded.events.isEmpty || !decoded.understood.isEmpty)
            }
        }
    }
}

private struct Mutator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func index(below bound: Int) -> Int { bound > 0 ? Int.random(in: 0..<bound, using: &random) : 0 }
    private mutating func fixture() -> [UInt8] { Corpus.bodies[index(below: Corpus.bodies.count)] }

    mutating func mutant() -> [UInt8] {
        var body = fixture()
        for _ in 0...index(below: 4) { mutate(&body) }
        return body
    }

    private mutating func mutate(_ body: inout [UInt8]) {
        guard !body.isEmpty else { return }
        switch index(below: 8) {
        case 0: body[index(below: body.count)] ^= UInt8(truncatingIfNeeded: 1 << index(below: 8))
        case 1: body.removeLast(index(below: body.count))
        case 2:
            // The tail of another body.
            let other = fixture()
            body = Array(body[..<index(below: body.count)] + other[index(below: other.count)...])
        case 3: duplicateMember(&body)
        case 4:
            let digits = [UInt8](repeating: UInt8(ascii: "9"), count: 1 + index(below: 400))
            body = Self.replacingNumbers(in: body, by: digits)
        case 5: swapScalar(&body)
        case 6:
            let start = index(below: body.count)
            body.removeSubrange(start..<min(body.count, start + index(below: 40)))
        default:
            let junk: [[UInt8]] = [
                [0xFF], [0xC3], [0], Array(#"\ud800"#.utf8), Array(#"\u0000"#.utf8), Array("{".utf8),
                Array("null".utf8),
            ]
            body.insert(contentsOf: junk[index(below: junk.count)], at: index(below: body.count))
        }
    }

    /// `{"key":` becomes `{"key":0,"key":`.
    private mutating func duplicateMember(_ body: inout [UInt8]) {
        let colons = body.indices.filter {
            body[$0] == UInt8(ascii: ":") && $0 > 0 && body[$0 - 1] == UInt8(ascii: "\"")
        }
        guard !colons.isEmpty else { return }
        let colon = colons[index(below: colons.count)]
        guard let quote = body[..<(colon - 1)].lastIndex(of: UInt8(ascii: "\"")) else { return }
        body.insert(contentsOf: body[quote...colon] + Array("0,".utf8), at: quote)
    }

    /// One value becomes a value of another type; the text stays JSON.
    private mutating func swapScalar(_ body: inout [UInt8]) {
        let others = [
            "null", "true", "[]", "{}", "\"\"", "-1", "[[{}]]", "{\"id\":{\"id\":1}}", "\"\\ud83d\"", "1e999",
        ]
        let colons = body.indices.filter {
            body[$0] == UInt8(ascii: ":") && $0 > 0 && body[$0 - 1] == UInt8(ascii: "\"")
        }
        guard !colons.isEmpty else { return }
        let start = colons[index(below: colons.count)] + 1
        let stop: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")]
        guard start < body.count, let end = body[start...].firstIndex(where: { stop.contains($0) }) else { return }
        guard body[start] != UInt8(ascii: "{"), body[start] != UInt8(ascii: "[") else { return }
        body.replaceSubrange(start..<end, with: Array(others[index(below: others.count)].utf8))
    }

    /// Every run of digits after a colon, quoted or not.
    static func replacingNumbers(in body: [UInt8], by digits: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var at = 0
        while at < body.count {
            output.append(body[at])
            at += 1
            guard output.last == UInt8(ascii: ":"), at < body.count else { continue }
            if body[at] == UInt8(ascii: "\"") {
                output.append(body[at])
                at += 1
            }
            let start = at
            while at < body.count, body[at] &- UInt8(ascii: "0") <= 9 { at += 1 }
            if at > start { output += digits }
        }
        return output
    }
}
