import Domain
import Testing

@testable import Connectors

@Suite struct LinkDeliveryTests {
    private let at = Instant(microseconds: 1_795_400_000_123_456)
    private let receivedAt = Instant(seconds: 1_795_400_001)

    private var links: [ShortLink] {
        [
            ShortLink(
                link: TrackedLink(
                    code: "7hKp2mQx9R", message: "wamid.A", recipient: Party(phone: "6281234567890", userID: "ID.9f31"),
                    campaign: "Promo \"11.11\"", createdAt: at),
                target: "https://shop.example/a?b=c", expiresAt: at.adding(seconds: 60)),
            ShortLink(link: TrackedLink(code: "Tz4nB8wEsu", createdAt: at), target: "http://shop.example"),
        ]
    }

    private var clicks: [TrackedClick] {
        [
            TrackedClick(
                id: "0af1", code: "7hKp2mQx9R", at: at, person: Party(phone: "6281234567890", parentUserID: "ID.p1"),
                message: "wamid.A", campaign: "11.11"),
            TrackedClick(id: "0af2", code: "Tz4nB8wEsu", at: at, isRobot: true),
        ]
    }

    private func decode(_ text: String) -> [Event] { LinkDelivery.decode(Array(text.utf8), receivedAt: receivedAt) }
    private func odd(_ reason: NotUnderstood.Reason) -> Event {
        .notUnderstood(NotUnderstood(field: "links", reason: reason))
    }

    @Test func whatIsWrittenIsReadAgain() {
        let body = LinkDelivery.encode(links)
        #expect(LinkDelivery.decode(body, receivedAt: receivedAt) == links.map { .link($0.link) })
        #expect(LinkDelivery.links(in: body) == links)
        let opened = LinkDelivery.encode(clicks)
        #expect(LinkDelivery.decode(opened, receivedAt: receivedAt) == clicks.map { .click($0) })
        #expect(LinkDelivery.links(in: opened).isEmpty)
    }

    @Test func whatMakesNoSenseTakesNoNeighbourWithIt() {
        let good = #"{"id":"1","code":"7hKp2mQx9R","at":"2026-11-22T03:10:00Z"}"#
        let click = Event.click(
            TrackedClick(id: "1", code: "7hKp2mQx9R", at: Instant(seconds: 1_795_317_000)))
        #expect(decode("{\"clicks\":[\(good),{\"id\":\"2\"},\(good)]}") == [click, odd(.badValue), click])
        for bad in [
            #"{"id":"","code":"7hKp2mQx9R","at":"2026-11-22T03:10:00Z"}"#,
            #"{"id":"1","code":"7hKp2mQx0R","at":"2026-11-22T03:10:00Z"}"#,
            #"{"id":"1","code":"7hKp2mQx9R","at":"yesterday"}"#, "7", "null", "[]",
        ] {
            #expect(decode("{\"clicks\":[\(bad)]}") == [odd(.badValue)], "\(bad)")
        }
        for bad in [
            #"{"code":"7hKp2mQx9R","url":"javascript:alert(1)","created_at":"2026-11-22T03:10:00Z"}"#,
            #"{"code":"7hKp2mQx9R","created_at":"2026-11-22T03:10:00Z"}"#,
            #"{"code":"7hKp2mQx9R","url":"https://shop.example/"}"#,
        ] {
            #expect(decode("{\"links\":[\(bad)]}") == [odd(.badValue)], "\(bad)")
        }
    }

    @Test func otherBodiesAreNotUnderstood() {
        #expect(decode("") == [odd(.notJSON)])
        #expect(decode("{") == [odd(.notJSON)])
        #expect(decode("[]") == [odd(.notAnObject)])
        #expect(decode("{}") == [odd(.missingKey)])
        #expect(decode(#"{"links":[],"clicks":{}}"#) == [odd(.missingKey)])
    }
}
