import Connectors
import Domain
import Testing

@Suite("outcomes in the business's own words")
struct OutcomeRecordsTests {
    private func decode(_ body: String, currency: String? = "IDR", source: String? = nil) -> RecordList.Decoded {
        OutcomeRecords.decode(
            Array(body.utf8), receivedAt: OutcomeTelling.receivedAt, home: OutcomeTelling.home, currency: currency,
            source: source)
    }
    private func only(_ body: String) -> OutcomeEvent? {
        guard case .success(.outcome(let outcome)) = decode(body).records.first else { return nil }
        return outcome
    }
    /// A record with these members in place of the usual ones or beside them.
    private func record(_ more: String) -> String {
        #"{\#(more)\#(more.isEmpty ? "" : ",")"source":"shop","id":"ORD-77","kind":"payment_confirmed","at":"2026-11-22T03:40:00Z"}"#
    }
    private func problem(_ more: String) -> String? { decode(record(more)).problems.first?.message.en }

    @Test func theRecordOfTheContract() {
        let outcome = only(
            #"""
            {"source":"shop","id":"ORD-77","kind":"payment_confirmed","at":"2026-11-22T03:40:00Z","contact":"6281234567890",
             "message_id":null,"conversation_id":null,"value":250000,"currency":"IDR","properties":{"sku":"A1"}}
            """#)
        #expect(
            outcome
                == OutcomeEvent(
                    source: "shop", id: "ORD-77", kind: "payment_confirmed", change: .confirmed, at: november22(3, 40),
                    value: rupiah(250_000), identity: OutcomeIdentity(party: Party(phone: "6281234567890"))))
    }

    @Test func everyMember() {
        let outcome = only(
            #"""
            {"source":"Shop","id":77,"kind":"Trial_Started","at":1795318800,"updated_at":"2026-11-22T04:00:00Z","value":"24145.07",
             "currency":"usd","contact":"0812-3456-7890","user_id":"ID.9f31c0AA77","message_id":"wamid.1","conversation_id":"c-1",
             "link_id":"k7Qp","ctwa_clid":"ARAk","phone_number_id":"1065","waba_id":"2001"}
            """#)
        #expect(
            outcome
                == OutcomeEvent(
                    source: "shop", id: "77", kind: "trial_started", change: .confirmed, at: november22(3, 40),
                    revisedAt: november22(4), value: Money(micros: 24_145_070_000, currency: "USD"),
                    identity: OutcomeIdentity(
                        party: Party(phone: "6281234567890", userID: "ID.9f31c0AA77"), message: "wamid.1",
                        conversation: "c-1", link: "k7Qp", clickID: "ARAk",
                        line: Line(account: "2001", phoneNumber: "1065"))))
    }

    @Test(arguments: [
        ("", OutcomeEvent.Change.confirmed), (#""status":"confirmed""#, .confirmed), (#""status":"pending""#, .pending),
        (#""status":"failed""#, .failed), (#""status":"cancelled""#, .cancelled), (#""status":"Canceled""#, .cancelled),
        (#""status":"refunded""#, .refunded(id: nil, amount: nil, isTotal: false)),
        (
            #""status":"refunded","refunded_value":1000.5"#,
            .refunded(id: nil, amount: Money(micros: 1_000_500_000, currency: "IDR"), isTotal: true)
        ),
        (
            #""status":"refunded","refund_id":"r1","refund_value":"1000""#,
            .refunded(id: "r1", amount: rupiah(1000), isTotal: false)
        ),
        (#""status":"charged_back""#, .chargedBack(id: nil, amount: nil, isReversed: false)),
        (
            #""status":"charged_back","refund_id":"d1","refunded_value":1000,"reversed":true"#,
            .chargedBack(id: "d1", amount: rupiah(1000), isReversed: true)
        ),
    ])
    func states(_ more: String, _ change: OutcomeEvent.Change) {
        #expect(only(record(more))?.change == change)
    }

    @Test func whatIsNotConfirmedNeedsNoKind() {
        let refund = only(#"{"source":"shop","id":"ORD-77","status":"refunded","at":"2026-11-22T03:40:00Z"}"#)
        #expect(refund?.kind == nil)
        #expect(refund?.identity.isEmpty == true)
        #expect(
            decode(#"{"source":"shop","id":"1","at":1795318800}"#).problems.first?.message.en.contains(
                "kind is missing") == true)
    }

    @Test func amountsAreExact() {
        func micros(_ value: String) -> Int64? { only(record(#""value":\#(value)"#))?.value?.micros }
        #expect(micros("0.1") == 100_000)
        #expect(micros("0.3") == 300_000)
        #expect(micros("2.5e5") == 250_000_000_000)
        #expect(micros("1E-2") == 10_000)
        #expect(micros("25e+1") == 250_000_000)
        #expect(micros("123.456e2") == 12_345_600_000)
        #expect(micros("9007199.254740") == 9_007_199_254_740)
        #expect(micros("100000000000") == Money.outcomeMicrosMax)
        #expect(micros("0") == 0)
        for bad in [
            "100000000000.000001", "-1", "1e400", "1e-9", "0.0000001", #""250.000,00""#, #""Rp250000""#, "true", "[1]",
        ] {
            #expect(micros(bad) == nil, "\(bad)")
            #expect(problem(#""value":\#(bad)"#)?.contains("value must be") == true, "\(bad)")
        }
        #expect(only(record(#""value":null"#))?.value == nil)
    }

    @Test func theCurrency() {
        #expect(only(record(#""value":5"#))?.value?.currency == "IDR")
        #expect(only(record(#""value":5,"currency":"sgd""#))?.value?.currency == "SGD")
        #expect(problem(#""value":5,"currency":"rupiah""#)?.contains("currency must be") == true)
        #expect(decode(record(#""value":5"#), currency: nil).problems.first?.message.en.contains("currency") == true)
        #expect(decode(record(""), currency: nil).problems.isEmpty)
    }

    @Test(arguments: [
        (#""status":"paid""#, "status must be one of"), (#""source":"my shop""#, "source must be"),
        (#""kind":"two words""#, "kind must be"), (#""kind":"""#, "kind must be"), (#""at":"yesterday""#, "at must be"),
        (#""at":"2026-11-22 03:40""#, "at must be"), (#""updated_at":"x""#, "updated_at must be"),
        (#""contact":"Sari""#, "contact must be"), (#""contact":{"phone":"x"}"#, "contact must be"),
        (#""contact":["1"]"#, "contact must be"), (#""user_id":"42""#, "user_id must be"),
        (#""id":"""#, "id is missing"),
        (#""refunded_value":5"#, "needs \"status\""), (#""status":"refunded","refund_value":5"#, "needs a refund_id"),
    ])
    func problemsSayWhatToDo(_ more: String, _ part: String) throws {
        let message = try #require(problem(more))
        #expect(message.hasPrefix("record 1: "))
        #expect(message.contains(part), "\(message)")
    }

    @Test func contacts() {
        func party(_ told: String) -> Party? { only(record(#""contact":\#(told)"#))?.identity.party }
        #expect(party(#""+62 812 3456 7890""#) == Party(phone: "6281234567890"))
        #expect(party("6281234567890") == Party(phone: "6281234567890"))
        #expect(party(#""ID.9f31c0AA77""#) == Party(userID: "ID.9f31c0AA77"))
        #expect(
            party(#"{"phone":"081234567890","user_id":"ID.9f31c0AA77"}"#)
                == Party(phone: "6281234567890", userID: "ID.9f31c0AA77"))
        #expect(party(#""""#) == Party())
        #expect(party("null") == Party())
    }

    @Test func manyRecordsAndTheirProblems() {
        let good = record("")
        let bad = record(#""at":"x""#)
        for body in [
            "[\(good),\(bad),\(good)]", #"{"outcomes":[\#(good),\#(bad),\#(good)]}"#, "\(good)\n\(bad)\r\n\n\(good)\n",
        ] {
            let decoded = decode(body)
            #expect(decoded.events.count == 2)
            #expect(decoded.problems.map(\.record) == [2])
        }
        #expect(decode("[]").problems.first?.message.en.contains("at least one record") == true)
        #expect(decode("hello").problems.map(\.record) == [0])
    }

    @Test func theSourceOfThoseThatNameNone() {
        let body = #"{"id":"1","kind":"lead","at":1795318800}"#
        #expect(decode(body).problems.first?.message.en.contains("source is missing") == true)
        guard case .outcome(let outcome) = decode(body, source: "custom").events.first else {
            Issue.record("no outcome")
            return
        }
        #expect(outcome.source == "custom")
    }

    @Test func theSignedForm() {
        let custom = OutcomeTelling(.custom)
        #expect(custom.only(#"{"id":"1","kind":"lead","at":1795318800}"#)?.source == "custom")
        #expect(custom.only(record(""))?.source == "shop")
        #expect(custom.fault(#"{"id":"1"}"#) == .badValue)
        #expect(custom.fault("x") == .notJSON)
        #expect(custom.events("[\(record("")),{}]").count == 2)
    }

    @Test func noBytesTrap() {
        var random = SplitMix(state: 11)
        let words = [
            "{", "}", "[", "]", ",", ":", "\"", "\"id\":", "\"order_id\":\"A\"",
            "\"transaction_status\":\"settlement\"",
            "\"status\":\"PAID\"", "\"external_id\":\"A\"", "\"event\":\"payment.capture\"", "\"data\":{\"object\":{}}",
            "\"type\":\"charge.refunded\"", "\"payload\":{\"uid\":\"A\"}", "\"triggerEvent\":\"BOOKING_CREATED\"",
            "\"amount\":1e999", "\"value\":-9223372036854775808", "\"gross_amount\":\"9223372036854775807.999999\"",
            "\"currency\":\"idr\"", "\"metadata\":{\"phone\":\"+\"}", "\"created\":1e300", "\"at\":-1", "null", "1",
            "\\u0000", "\n",
        ]
        for round in 0..<6000 {
            var body = (0..<random.below(24)).flatMap { _ in
                Array(words[random.below(words.count)].utf8)
            }
            if round % 3 == 0, !body.isEmpty {
                body[random.below(body.count)] = UInt8(random.below(256))
            }
            if round % 2 == 0 { body = Array("{".utf8) + body + Array("}".utf8) }
            for provider in OutcomeProvider.allCases {
                let events = provider.decode(
                    body, receivedAt: OutcomeTelling.receivedAt, home: OutcomeTelling.home, currency: nil)
                let again = provider.decode(
                    body, receivedAt: OutcomeTelling.receivedAt, home: OutcomeTelling.home, currency: nil)
                #expect(events == again)
                _ = provider.verify(body: body, secrets: WebhookSecrets(["x"]), now: OutcomeTelling.receivedAt) { _ in
                    String(decoding: body.prefix(40), as: UTF8.self)
                }
            }
            _ = OutcomeFile.records(body, home: OutcomeTelling.home)
        }
    }
}
