import Catalogue
import Domain
import Insights
import Testing

/// The questions themselves are in `QuestionTable.swift`.
@Suite("Questions in plain words")
struct QuestionGrammarTests {
    @Test("Indonesian", arguments: Questions.indonesian.indices)
    func indonesian(index: Int) { check(Questions.indonesian[index]) }

    @Test("English", arguments: Questions.english.indices)
    func english(index: Int) { check(Questions.english[index]) }

    private func check(_ pair: (question: String, query: Query)) {
        let reading = Questions.grammar.read(pair.question)
        #expect(reading.query == pair.query, "\(pair.question)")
        #expect(reading.gaps.isEmpty, "\(pair.question): \(reading.gaps.map(\.words))")
        #expect(throws: Never.self, "\(pair.question)") {
            _ = try reading.query?.resolved(now: Instant(seconds: 1_794_971_000), workspace: Workspace())
        }
    }

    @Test("What is not known is told, with the nearest names, and the rest is still answered")
    func gaps() throws {
        let reading = Questions.grammar.read("delivery rate of zzyzx yesterday")
        #expect(reading.query == Query(metrics: ["delivery_rate"], range: .preset(.yesterday)))
        let gap = try #require(reading.gaps.first)
        #expect(gap.words == "zzyzx" && gap.suggestions.count == 3 && !reading.isComplete)
        let template = Questions.grammar.read("delivery rate template promo_99 kemarin")
        #expect(template.gaps.first?.suggestions.first?.hasPrefix("promo_1") == true)
        let impossible = Questions.grammar.read("pelanggan baru per template")
        #expect(impossible.gaps.count == 1 && impossible.query?.metrics == ["contacts_new"])
        #expect(Questions.grammar.read("").query == nil)
        #expect(Questions.grammar.read("apa kabar?").query == nil)
        #expect(!Questions.grammar.read(String(repeating: "promo \"", count: 500)).isComplete)
    }

    @Test("A question without a number is guessed, and says so")
    func guessed() {
        let reading = Questions.grammar.read("promo_11_11 kemarin per jam")
        #expect(reading.query?.metrics == ["messages"] && !reading.isComplete)
    }

    @Test("What is ambiguous has the best reading and the others")
    func alternatives() {
        let campaign = Questions.grammar.read("read rate promo_11_11")
        #expect(campaign.query?.filters == [Questions.only(.template, "promo_11_11")])
        #expect(campaign.alternatives.contains { $0.query.filters == [Questions.only(.campaign, "promo_11_11")] })
        let mean = Questions.grammar.read("waktu jawab minggu lalu")
        #expect(mean.query?.metrics == ["response_time_p50"])
        #expect(mean.alternatives.contains { $0.query.metrics == ["response_time_mean"] })
        #expect(mean.alternatives.contains { $0.query.range == .preset(.last7Days) })
        let many = Questions.grammar.read("tingkat klik template promo")
        #expect(many.query?.filters == [Questions.only(.template, "promo_11_11", "promo_12_12")])
        #expect(many.alternatives.contains { $0.query.filters == [Questions.only(.template, "promo_12_12")] })
        let day = Questions.grammar.read("biaya 1/10/2026")
        #expect(day.query?.range == Questions.dates((10, 1), (10, 2)))
        #expect(
            day.alternatives.contains {
                $0.query.range == .dates(from: Questions.date(1, 10), to: Questions.date(1, 11))
            })
    }

    @Test("Every word that counts is told with its meaning, slips of the fingers included")
    func parts() {
        let reading = Questions.grammar.read("berapa delivry rate promo_11_11 minggu lalu per jam?")
        let told = Dictionary(reading.parts.map { ($0.words, $0.meaning.en) }, uniquingKeysWith: { $1 })
        #expect(told["delivry rate"] == "Delivery rate")
        #expect(told["promo_11_11"] == "Template = promo_11_11")
        #expect(told["minggu lalu"] == "2026-11-09 to 2026-11-15")
        #expect(told["jam"] == "by hour")
        #expect(told["delivry"] == "read as \"delivery\"")
    }
}
