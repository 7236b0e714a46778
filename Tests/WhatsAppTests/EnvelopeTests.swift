import Domain
import Testing
import WhatsApp

@Suite("the envelope: batches, unknown fields, bodies that are not what they should be")
struct EnvelopeTests {
    private func reasons(_ body: String) -> [NotUnderstood] {
        decode(body).events.compactMap { if case .notUnderstood(let it) = $0 { it } else { nil } }
    }

    @Test func aBatchOfEverythingKeepsAccountsAndNumbersApart() {
        let entries = Corpus.fixtures.enumerated().map { index, fixture in
            #"{"id":"WABA\#(index % 3)","time":1763800000,"changes":[{"field":"\#(fixture.field)","value":\#(fixture.value)},{"field":"tracking_events","value":{"a":1}}]}"#
        }
        let decoded = decode(#"{"object":"whatsapp_business_account","entry":[\#(entries.joined(separator: ","))]}"#)
        let alone = Corpus.fixtures.reduce(0) { $0 + $1.events.count }
        #expect(decoded.events.count == alone + Corpus.fixtures.count)
        let unknown = decoded.events.filter {
            $0 == .notUnderstood(NotUnderstood(field: "tracking_events", reason: .unknownField))
        }
        #expect(unknown.count == Corpus.fixtures.count)
        #expect(decoded.understood.values.reduce(0, +) == Corpus.fixtures.count)
        #expect(decoded.understood.count >= 30)
        guard case .status(let first) = decoded.events.first else {
            Issue.record("the first event is a status")
            return
        }
        #expect(first.line.account == "WABA0")
    }

    @Test func severalAccountsAndNumbersInOneBody() {
        func entry(_ account: String, _ number: String, _ id: String) -> String {
            #"""
            {"id":"\#(account)","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"\#(number)"},
             "statuses":[{"id":"\#(id)","status":"sent","timestamp":"1","recipient_id":"62811"}],
             "messages":[{"id":"\#(id)i","from":"62811","timestamp":"1","type":"text","text":{}}]}}]}
            """#
        }
        let body = #"{"entry":[\#(entry("A", "1", "x")),\#(entry("A", "2", "y")),\#(entry("B", "3", "z"))]}"#
        let lines = decode(body).events.map { event -> String in
            switch event {
            case .status(let status):
                "\(status.line.account?.value ?? "-")\(status.line.phoneNumber?.value ?? "-")\(status.message.value)"
            case .inbound(let message):
                "\(message.line.account?.value ?? "-")\(message.line.phoneNumber?.value ?? "-")\(message.message.value)"
            default: "?"
            }
        }
        #expect(lines == ["A1x", "A1xi", "A2y", "A2yi", "B3z", "B3zi"])
    }

    @Test func aThousandUpdatesInOneBody() {
        let items = (0..<1000).map {
            #"{"id":"wamid.\#($0)","status":"delivered","timestamp":"\#(1_763_800_000 + $0)","recipient_id":"62811\#($0)"}"#
        }
        let decoded = Fixture.status(items.joined(separator: ",")).decoded
        #expect(decoded.events.count == 1000)
        guard case .status(let last) = decoded.events.last else {
            Issue.record("not a status")
            return
        }
        #expect(last.message == "wamid.999")
        #expect(last.at == at(1_763_800_999))
    }

    @Test(arguments: ["message_echoes", "tracking_events", "business_status_update", "consumer_profile", "brand_new"])
    func fieldsWithoutAKnownPayload(_ field: String) {
        let fixture = Fixture(field, #"{"x":1}"#)
        #expect(fixture.event == .notUnderstood(NotUnderstood(field: field, reason: .unknownField)))
        #expect(fixture.decoded.understood.isEmpty)
    }

    @Test func aVeryLongFieldNameIsCut() {
        let name = String(repeating: "é", count: 1000)
        #expect(reasons(#"{"entry":[{"changes":[{"field":"\#(name)","value":{}}]}]}"#).first?.field.utf8.count == 256)
    }

    @Test(arguments: [
        ("", NotUnderstood.Reason.notJSON), ("hello", .notJSON), ("[]", .notAnObject), ("null", .notAnObject),
        ("{}", .missingKey), (#"{"entry":{}}"#, .badValue), (#"{"entry":[]}"#, .emptyChange),
        (#"{"entry":[7]}"#, .notAnObject), (#"{"entry":[{}]}"#, .missingKey),
        (#"{"entry":[{"changes":[1]}]}"#, .notAnObject),
        (#"{"entry":[{"changes":[{}]}]}"#, .missingKey),
        (#"{"entry":[{"changes":[{"field":"messages"}]}]}"#, .missingKey),
        (#"{"entry":[{"changes":[{"field":"messages","value":"x"}]}]}"#, .notAnObject),
        (#"{"entry":[{"changes":[{"field":"messages","value":{}}]}]}"#, .emptyChange),
        (#"{"entry":[{"changes":[{"field":"messages","value":{"statuses":{}}}]}]}"#, .badValue),
        (#"{"entry":[{"changes":[{"field":"messages","value":{"messages":["x"]}}]}]}"#, .notAnObject),
        (#"{"object":"instagram","entry":[{"changes":[{"field":"messages","value":{}}]}]}"#, .badValue),
    ])
    func bodiesThatAreSomethingElse(_ body: String, _ reason: NotUnderstood.Reason) {
        #expect(reasons(body).map(\.reason) == [reason])
        #expect(decode(body).events.count == 1)
    }

    @Test func aBareSampleOfTheDashboardIsRead() {
        let body =
            #"{"field":"messages","value":{"statuses":[{"id":"w","status":"sent","timestamp":"1","recipient_id":"62811"}]}}"#
        #expect(decode(body).understood == [.messages: 1])
    }

    @Test func deepNestingIsRefusedWithoutRecursion() {
        let deep = String(repeating: #"{"a":["#, count: 15_000) + String(repeating: "]}", count: 15_000)
        #expect(deep.utf8.count > 100_000)
        #expect(reasons(deep).map(\.reason) == [.tooDeep])
        #expect(reasons(String(repeating: "[", count: 100_000)).map(\.reason) == [.tooDeep])
    }

    @Test func invalidUTF8IsRepaired() {
        var body = Array(
            Fixture.status(#"{"id":"wamid.@@","status":"sent","timestamp":"1","recipient_id":"62811"}"#).body.utf8)
        for index in body.indices where body[index] == UInt8(ascii: "@") { body[index] = 0xFF }
        let events = WebhookDecoder.decode(body, receivedAt: receivedAt).events
        guard case .status(let status) = events.first else {
            Issue.record("not a status")
            return
        }
        #expect(status.message == "wamid.\u{FFFD}\u{FFFD}")
    }

    @Test func bufferAndArrayAgree() {
        for body in Corpus.bodies {
            let viaBuffer = body.withUnsafeBytes { WebhookDecoder.decode($0, receivedAt: receivedAt) }
            #expect(viaBuffer == WebhookDecoder.decode(body, receivedAt: receivedAt))
        }
    }
}
