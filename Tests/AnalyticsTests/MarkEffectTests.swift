import Catalogue
import Domain
import Storage
import Testing

@testable import Analytics

@Suite("Before and after a mark")
struct MarkEffectTests {
    private func mark(
        _ event: String, field: String = "message_template_status_update", name: String = "promo",
        language: String? = "id", previous: String? = nil, at: String
    ) throws -> TimelineMark {
        TimelineMark(
            at: try instant(at),
            event: AccountEvent(
                field: field, account: nil, subject: .template(id: nil, name: name, language: language), event: event,
                previous: previous))
    }

    @Test func windowsLeaveOutTheQuarterHourOfTheMark() throws {
        let inside = MarkEffect.windows(around: try instant("2026-10-10T03:07:00Z"))
        #expect(inside.before == (try instant("2026-10-03T03:00:00Z"))..<(try instant("2026-10-10T03:00:00Z")))
        #expect(inside.after == (try instant("2026-10-10T03:15:00Z"))..<(try instant("2026-10-17T03:15:00Z")))
        let sharp = MarkEffect.windows(around: try instant("2026-10-10T03:15:00Z"))
        #expect(sharp.before.upperBound == sharp.after.lowerBound)
        // A time that no calendar has does not bring the process down.
        _ = MarkEffect.windows(around: Instant(microseconds: .max))
        _ = MarkEffect.windows(around: Instant(microseconds: .min))
    }

    @Test func byHand() async throws {
        // 200 before, 160 delivered; 100 after, 50 delivered; one in the quarter hour of the mark; one of long ago.
        let own: [Dimension: String] = [.template: "promo"]
        let store = try ListStore(
            try messages(200, delivered: 160, read: 80, at: "2026-10-08T02:00:00Z", own)
                + messages(100, delivered: 50, read: 10, at: "2026-10-12T02:00:00Z", own)
                + messages(1, delivered: 1, at: "2026-10-10T03:01:00Z", own)
                + messages(7, at: "2026-10-01T02:00:00Z", own)
                + messages(50, delivered: 50, at: "2026-10-08T02:00:00Z", [.template: "other"]),
            marks: [try mark("PAUSED", at: "2026-10-10T03:07:00Z")])
        let life = try await analyst(store, now: "2026-10-31T00:00:00Z").life(ofTemplate: "promo")
        let effect = try #require(life.moments.first?.effect)
        #expect(effect.messagesBefore == 200 && effect.messagesAfter == 100)
        #expect(effect.isOver && effect.neighbours == 0)
        let line = try #require(effect.lines.first { $0.metric.id == "delivery_rate" })
        #expect(line.before.value == 0.8 && line.before.sample == 200)
        #expect(line.after.value == 0.5 && line.after.sample == 100)
        #expect(line.change == .points(0.5 - 0.8))
        // Newcombe's method 10 of 50/100 against 160/200.
        let difference = try #require(line.difference)
        let expected = try #require(Interval.difference(50, of: 100, minus: 160, of: 200))
        #expect(difference == expected)
        #expect(difference.upper < 0 && line.isClear && !line.isSmall)
        // Nobody was asked to click: a rate of 0, and a difference that may be nothing.
        let click = try #require(effect.lines.first { $0.metric.id == "click_rate" })
        #expect(click.before.value == 0 && !click.isClear)
    }

    @Test func youngAndSmall() async throws {
        let own: [Dimension: String] = [.template: "promo"]
        let store = try ListStore(
            try messages(5, delivered: 5, at: "2026-10-08T02:00:00Z", own),
            marks: [
                try mark("PAUSED", at: "2026-10-10T03:00:00Z"), try mark("APPROVED", at: "2026-10-12T03:00:00Z"),
                try mark("PAUSED", at: "2027-10-10T03:00:00Z"),
            ])
        let life = try await analyst(store, now: "2026-10-12T09:00:00Z").life(ofTemplate: "promo")
        let first = try #require(life.moments[0].effect)
        #expect(!first.isOver && first.neighbours == 1)
        let line = try #require(first.lines.first { $0.metric.id == "delivery_rate" })
        #expect(line.isSmall && line.after.value == nil && line.difference == nil && line.change == .none)
        // A mark of a time that has not come is shown, and nothing is said of its effect.
        #expect(life.moments[2].effect == nil)
        #expect(life.states == [.init(language: "id", status: "PAUSED", quality: nil, category: nil)])
    }

    @Test func aMarkOfOneLanguageIsComparedInThatLanguage() async throws {
        let store = try ListStore(
            try messages(40, delivered: 40, at: "2026-10-08T02:00:00Z", [.template: "promo", .templateLanguage: "id"])
                + messages(
                    60, delivered: 6, at: "2026-10-08T02:00:00Z", [.template: "promo", .templateLanguage: "en_US"]),
            marks: [try mark("PAUSED", language: "en-US", at: "2026-10-10T03:00:00Z")])
        let life = try await analyst(store, now: "2026-10-31T00:00:00Z").life(ofTemplate: "promo")
        #expect(life.moments.first?.effect?.messagesBefore == 60)
    }

    @Test func kindsAndStates() throws {
        let marks = [
            try mark("APPROVED", at: "2026-10-01T00:00:00Z"),
            try mark("YELLOW", field: "message_template_quality_update", previous: "GREEN", at: "2026-10-02T00:00:00Z"),
            try mark("IMPENDING", field: "template_category_update", previous: "UTILITY", at: "2026-10-03T00:00:00Z"),
            try mark("MARKETING", field: "template_category_update", previous: "UTILITY", at: "2026-10-04T00:00:00Z"),
            try mark("UPDATED", field: "message_template_components_update", at: "2026-10-05T00:00:00Z"),
            try mark("RED", at: "2026-10-06T00:00:00Z"), try mark("x", field: "else", at: "2026-10-07T00:00:00Z"),
        ]
        #expect(marks.map(\.kind) == [.status, .quality, .notice, .category, .edit, .quality, .other])
        #expect(
            TemplateLife.states(marks) == [
                .init(language: "id", status: "APPROVED", quality: "RED", category: "MARKETING")
            ])
    }

    @Test func nothingKnown() async throws {
        let life = try await analyst(try ListStore(), now: "2026-10-31T00:00:00Z").life(ofTemplate: "nobody's")
        #expect(life.moments.isEmpty && life.states.isEmpty)
    }
}
