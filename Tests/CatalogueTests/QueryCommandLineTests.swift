import Domain
import Testing

@testable import Catalogue

@Suite struct QueryCommandLineTests {
    @Test func aQuestionIsSaidForAShell() throws {
        let query = Query(
            metrics: ["messages", "delivery_rate"], dimensions: [.template],
            filters: [
                Filter(dimension: .useCase, op: .isIn, values: ["broadcast"]),
                Filter(dimension: .campaign, op: .isNull),
                Filter(dimension: .country, op: .notIn, values: ["ID", "MY"]),
            ],
            range: .preset(.last28Days), grain: .day, compare: .previousPeriod, limit: 5,
            order: [Query.Order(by: "messages", isDescending: true)])
        #expect(
            query.commandLine
                == "pantau query --metrics messages,delivery_rate --by template --last last_28_days --grain day "
                + "--filter use_case=broadcast --filter campaign= --filter 'country!=ID,MY' --compare previous_period "
                + "--limit 5 --order messages:desc")
    }

    /// What a shell could take for something else stands in quotes.
    @Test(arguments: [
        ("it's", "'template=it'\\''s'"), ("$(rm -rf)", "'template=$(rm -rf)'"), ("a b", "'template=a b'"),
    ])
    func namesFromOutsideAreQuoted(name: String, word: String) {
        let query = Query(metrics: ["messages"], filters: [Filter(dimension: .template, op: .isIn, values: [name])])
        #expect(query.commandLine == "pantau query --metrics messages --last last_7_days --filter \(word)")
    }

    /// The flags of the command line read commas as ends of values.
    @Test func aValueWithACommaCannotBeSaid() {
        let query = Query(metrics: ["messages"], filters: [Filter(dimension: .template, op: .isIn, values: ["a,b"])])
        #expect(query.commandLine == nil)
    }

    /// What was said is understood again as the same question.
    @Test func flagsReadWhatWasSaid() throws {
        let from = try #require(LocalDate("2026-10-01"))
        let to = try #require(LocalDate("2026-10-08"))
        let query = Query(
            metrics: ["messages"], filters: [Filter(dimension: .template, op: .isIn, values: ["x", "y"])],
            range: .dates(from: from, to: to), grain: .hour, timezone: "Asia/Jakarta", compare: .lastYear)
        let words = try #require(query.commandLine).split(separator: " ").map(String.init)
        var flags = QueryFlags()
        for (index, word) in words.enumerated() where index + 1 < words.count {
            let value = words[index + 1]
            switch word {
            case "--metrics": flags.metrics = [value]
            case "--filter": flags.filters.append(value)
            case "--from": flags.from = value
            case "--to": flags.to = value
            case "--grain": flags.grain = value
            case "--timezone": flags.timezone = value
            case "--compare": flags.compare = value
            default: break
            }
        }
        #expect(try flags.query(now: Instant(seconds: 0), workspace: Workspace()) == query)
    }
}
