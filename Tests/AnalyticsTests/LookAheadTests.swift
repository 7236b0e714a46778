import Catalogue
import Domain
import Insights
import Storage
import Testing

@testable import Analytics

@Suite("Looking ahead and comparing")
struct LookAheadTests {
    /// Monday 08.30 in Jakarta.
    private let now = "2026-11-23T01:30:00Z"

    /// Ten an hour from eight to eight, twice as many on Saturdays, for so many days.
    private func waits(days: Int64) throws -> [Wait] {
        let clock = try ZoneClock.named("Asia/Jakarta")
        let now = try instant(now)
        let today = clock.date(of: now)
        return (1...days).flatMap { back -> [Wait] in
            let date = today.adding(days: -back)
            return (8..<20).map { hour in
                let count: Int64 = date.weekday == 6 ? 20 : 10
                return Wait(
                    at: clock.instant(of: date, second: Int64(hour) * 3600), ending: .answered(60),
                    dimensions: [.responder: "human"], measures: [.waits: count, .answered: count])
            }
        }
    }

    @Test func aForecastHasTheShapeOfItsWeeks() async throws {
        let store = try ListStore(waits: try waits(days: 35))
        let forecast = try await analyst(store, now: now).forecast(ForecastQuestion(metric: "waits", days: 8))
        // The rest of today, and seven whole days.
        #expect(forecast.hours.count == 16 + 7 * 24)
        #expect(forecast.hours.first?.start == (try instant("2026-11-23T01:00:00Z")))
        #expect(forecast.historyDays == 34 || forecast.historyDays == 35)
        let days = Dictionary(uniqueKeysWithValues: forecast.days.map { ($0.date.description, $0.point) })
        let tuesday = try #require(days["2026-11-24"])
        let saturday = try #require(days["2026-11-28"])
        #expect(abs(tuesday.mean - 120) < 25, "\(tuesday)")
        #expect(abs(saturday.mean - 240) < 50, "\(saturday)")
        #expect(tuesday.low95 <= tuesday.low80 && tuesday.low80 <= tuesday.mean && tuesday.mean <= tuesday.high80)
        let night = try #require(forecast.hours.first { $0.start == (try? instant("2026-11-23T19:00:00Z")) })
        #expect(night.point.mean < 1)
        let trial = try #require(forecast.trial)
        #expect(trial.error < 0.2 && trial.naiveError == 0)
        #expect(forecast.trialSentence != nil)
        // What is left out of the day is what the rows of the file leave out too.
        #expect(forecast.csv.split(separator: "\r\n").count == forecast.hours.count + 1)
    }

    @Test func aShortHistoryIsSaidAndNotForecast() async throws {
        let store = try ListStore(waits: try waits(days: 4))
        let forecast = try await analyst(store, now: now).forecast(ForecastQuestion(metric: "waits"))
        #expect(forecast.hours.isEmpty && forecast.notes.count == 1)
        let nothing = try await analyst(try ListStore(), now: now).forecast(ForecastQuestion())
        #expect(nothing.hours.isEmpty && nothing.historyDays == 0)
    }

    @Test(arguments: ["delivery_rate", "cost", "contacts_per_day"])
    func onlyCountsCanBeForecast(metric: String) async throws {
        let analyst = try analyst(try ListStore(), now: now)
        await #expect(throws: Failure.self) { try await analyst.forecast(ForecastQuestion(metric: metric)) }
    }

    @Test func moreAgentsServeBetter() async throws {
        let store = try ListStore(waits: try waits(days: 35))
        var question = StaffingQuestion(handlingSeconds: 600, chats: 1, slowdown: 0, shrinkage: 0, agents: 3)
        question.targetSeconds = 60
        let outlook = try await analyst(store, now: now).staffing(question)
        let plan = try #require(outlook.plan)
        #expect(plan.needs.count == 7 * 96)
        #expect(outlook.trials.map(\.agents) == [2, 3, 4])
        let levels = outlook.trials.map(\.figures.serviceLevel)
        #expect(levels == levels.sorted() && levels[0] < levels[2])
        // 20 an hour of ten minutes each are 3.3 erlangs on Saturdays: more agents than that.
        #expect((outlook.peak?.agents ?? 0) > 3)
        #expect(outlook.shifts?.isCovered == true)
        #expect(!outlook.isOwnTarget && outlook.patience == nil && !outlook.hasCalendar)
        #expect(outlook.remarks.contains { $0.en.contains("No opening hours") })
        question.chats = 0
        let wrong = question
        let analyst = try analyst(store, now: now)
        await #expect(throws: Failure.self) { try await analyst.staffing(wrong) }
    }

    // MARK: Comparing

    private func sent(_ template: String, _ count: Int, replied: Int) throws -> [Message] {
        let at = try instant("2026-11-10T03:00:00Z")
        return (0..<count).map { index in
            Message(
                at: at, measures: index < replied ? [.accepted, .delivered, .replied] : [.accepted, .delivered],
                dimensions: [.template: template])
        }
    }

    @Test func aDifferenceIsOnlySaidWhenItIsProven() async throws {
        let alike = try ListStore(try sent("a", 400, replied: 40) + sent("b", 400, replied: 44))
        let open = try await analyst(alike, now: now).compare(CompareQuestion(values: ["a", "b"]))
        #expect(open.verdict == "keep_going" && open.better == nil)
        let clear = try ListStore(try sent("a", 900, replied: 60) + sent("b", 900, replied: 270))
        let proven = try await analyst(clear, now: now).compare(CompareQuestion(values: ["a", "b"]))
        #expect(proven.verdict == "different" && proven.better == "b")
        // Half of them were to get it, and a tenth did.
        let astray = try ListStore(try sent("a", 1_800, replied: 100) + sent("b", 200, replied: 90))
        let planned = try await analyst(astray, now: now).compare(
            CompareQuestion(values: ["a", "b"], shares: [1, 1]))
        #expect(planned.verdict == "sample_ratio_mismatch" && planned.better == nil)
    }

    @Test func oneAloneIsNoComparison() async throws {
        let store = try ListStore(try sent("a", 50, replied: 10))
        let made = try await analyst(store, now: now).compare(CompareQuestion(values: ["a", "gone"]))
        #expect(made.comparison == nil && made.better == nil)
        #expect(made.notes.contains { $0.en.contains("gone") })
    }

    @Test func theBodyOfAComparisonIsRead() throws {
        let body = #"{"templates":["a","b"],"measure":"outcome","shares":[1,2],"range":{"preset":"yesterday"}}"#
        let question = try CompareQuestion.parse(Array(body.utf8))
        #expect(question.values == ["a", "b"] && question.measure == .outcome && question.shares == [1, 2])
        #expect(question.range == .preset(.yesterday) && question.dimension == .template)
        for wrong in ["[]", #"{"measure":"luck"}"#, #"{"who":1}"#, "{"] {
            #expect(throws: Failure.self) { try CompareQuestion.parse(Array(wrong.utf8)) }
        }
    }

    // MARK: The limit

    @Test func theLimitIsReachedWhenThePaceSaysSo() async throws {
        let now = try instant(now)
        // 50 a quarter hour for the last two hours.
        let messages = (1...8).flatMap { quarter in
            (0..<50).map { _ in
                Message(
                    at: now.adding(seconds: -Int64(quarter) * 900), measures: [.accepted],
                    dimensions: [.template: "promo"])
            }
        }
        let told = TimelineMark(
            at: now.adding(seconds: -86_400 * 30),
            event: AccountEvent(
                field: "business_capability_update", account: nil, subject: .account, event: "TIER_1K"))
        let analyst = try analyst(try ListStore(messages, marks: [told]), now: self.now)
        let standing = try await analyst.limitStanding()
        #expect(standing.limit == .recipients(1_000) && standing.used == 400)
        // 600 more at 200 an hour are three hours.
        guard case .reaches(let at, _, _)? = standing.projection?.outcome else {
            Issue.record("\(String(describing: standing.projection))")
            return
        }
        #expect(abs(at.seconds - now.seconds - 3 * 3600) <= 120)
        #expect(standing.sentence.id.contains("11.30"), "\(standing.sentence.id)")
        let few = try await analyst.limitStanding(planned: 100)
        guard case .stays(let most, _)? = few.projection?.outcome else {
            Issue.record("\(String(describing: few.projection))")
            return
        }
        #expect(most == 500)
        let unknown = try await Analytics.Analyst(
            store: try ListStore(messages), workspace: Workspace(), now: { now }
        ).limitStanding()
        #expect(unknown.limit == nil && unknown.projection == nil)
    }

    // MARK: Words

    @Test func aQuestionInWordsIsAnswered() async throws {
        let store = try ListStore(waits: try waits(days: 3))
        let asked = try await analyst(store, now: now).ask(question: "berapa penantian kemarin per jam?")
        #expect(asked.reading.query?.metrics == ["waits"] && asked.reading.query?.grain == .hour)
        #expect(asked.answer?.totals.last?.number == 120)
        let lost = try await analyst(store, now: now).ask(question: "qwerty zxcv")
        #expect(lost.answer == nil && !lost.reading.isComplete)
    }
}
