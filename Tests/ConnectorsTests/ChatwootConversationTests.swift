import Connectors
import Domain
import Testing

private typealias Payload = ChatwootPayload

@Suite("conversations of Chatwoot's")
struct ChatwootConversationTests {
    /// `updated_at` of the payload, 1795317000.12.
    private let changedAt = Instant(microseconds: 1_795_317_000_120_000)
    private let updatedAt =
        #"{"updated_at":{"previous_value":"2026-11-22T03:00:00.000Z","current_value":"2026-11-22T03:10:00.120Z"}}"#

    @Test func resolvedIsToldTwiceAndIsOneEvent() {
        let resolved = Payload.desk(
            "conversation/1/555/status/resolved/1795317000120", changedAt, .status(.resolved, by: nil))
        let byStatus = Payload.change("conversation_status_changed", changed: Payload.resolved)
        #expect(Payload.decode(byStatus) == [resolved])
        // Told late, when the conversation has been saved once more: the change has its own time.
        let changes = Payload.resolved.dropLast() + "," + updatedAt + "]"
        let byUpdate = Payload.change(
            "conversation_updated", #""updated_at":1795317009.99,"#, changed: String(changes))
        #expect(Payload.decode(byUpdate) == [resolved])
    }

    @Test(arguments: DeskStatus.allCases)
    func everyStatus(_ status: DeskStatus) {
        let number = ["open": 0, "resolved": 1, "pending": 2, "snoozed": 3][status.rawValue] ?? -1
        for word in [#""\#(status.rawValue)""#, "\(number)"] {
            for change in [#"[{"status":{"current_value":\#(word)}}]"#, #"{"status":["x",\#(word)]}"#] {
                let events = Payload.decode(Payload.change("conversation_status_changed", changed: change))
                #expect(events.first?.kind == .status(status, by: nil))
            }
        }
        // Versions before 2.5 do not tell what changed.
        let bare = Payload.change("conversation_status_changed", #""status":"\#(status.rawValue)","#)
        #expect(Payload.decode(bare).first?.kind == .status(status, by: nil))
    }

    @Test func creationTellsTheFirstState() {
        let created = Instant(seconds: 1_795_310_000)
        let withBot = Payload.change(
            "conversation_created",
            #""status":"pending","meta":{"sender":{"phone_number":"+6281234567890"},"assignee":null,"team":null},"#)
        #expect(
            Payload.decode(withBot)
                == [
                    Payload.desk(
                        "conversation/1/555/status/pending/1795310000000", created, .status(.pending, by: nil))
                ])
        let kinds = Payload.decode(Payload.change("conversation_created", #""priority":"high","#)).map(\.kind)
        #expect(kinds == [.status(.open, by: nil), .assigned(agent: "7", team: nil), .priority("high")])
    }

    @Test func assignmentAndPriority() {
        let changes =
            #"[{"assignee_id":{"previous_value":3,"current_value":7}},{"team_id":{"previous_value":null,"current_value":3}},"#
            + #"{"priority":{"previous_value":"low","current_value":null}},\#(updatedAt)]"#
        let meta =
            #""meta":{"sender":{"phone_number":"+6281234567890"},"assignee":{"id":7,"name":"Rina"},"team":{"id":3,"name":"cs"}},"#
        #expect(
            Payload.decode(Payload.change("conversation_updated", meta, changed: changes)) == [
                Payload.desk("conversation/1/555/assigned/1795317000120", changedAt, .assigned(agent: "7", team: "cs")),
                Payload.desk("conversation/1/555/priority/1795317000120", changedAt, .priority(nil)),
            ])
    }

    @Test func changesThatAreNotMeasuredSayNothing() {
        let labels = #"[{"label_list":{"previous_value":[],"current_value":["vip"]}}]"#
        #expect(Payload.decode(Payload.change("conversation_updated", changed: labels)) == [])
        for event in ["contact_created", "contact_updated", "conversation_typing_on", "webwidget_triggered"] {
            #expect(Payload.decode(#"{"event":"\#(event)","id":1}"#) == [])
        }
    }

    @Test func eventsOfBots() {
        let opened = Payload.decode(Payload.change("conversation_opened"))
        #expect(opened.first?.kind == .status(.open, by: nil))
        #expect(Payload.decode(Payload.change("conversation_resolved")).first?.kind == .status(.resolved, by: nil))
    }

    /// Chatwoot leaves the account out of conversation events; the last message in them has it.
    @Test func theAccountStandsInSeveralPlaces() {
        func id(_ rest: String) -> String? {
            Payload.decode(Payload.change("conversation_resolved", rest)).first?.desk?.conversation.id
        }
        #expect(id(#""account":{"id":4},"#) == "4/555")
        #expect(id(#""account_id":4,"#) == "4/555")
        #expect(id("") == "1/555")
        #expect(id(#""messages":[],"#) == "555")
    }

    @Test func groupsOfForksAreLeftOut() {
        #expect(Payload.decode(Payload.change("conversation_created", #""group":true,"#)) == [])
    }

    // MARK: Pages of the API

    @Test func aPageOfTheAPITellsTheSameMessages() {
        let line = Line(phoneNumber: "106540352242922", displayPhoneNumber: "6281100000000")
        let conversation = DeskConversation(id: "1/555", contact: Payload.sari, line: line)
        let inbound = DeskMessage(id: "9000", message: "wamid.IN1", isInbound: true)
        let reply = DeskMessage(
            id: "9001", message: "wamid.HBgN1", isInbound: false, author: .human, agent: "7")
        #expect(
            Payload.decode(Payload.backfill) == [
                Payload.desk(
                    "message/9000", Instant(seconds: 1_795_316_900), .message(inbound), of: conversation),
                Payload.desk("message/9001", Payload.replied, .message(reply), of: conversation),
                Payload.desk(
                    "conversation/1/555/status/resolved/1795317600000", Instant(seconds: 1_795_317_600),
                    .status(.resolved, by: nil), of: conversation),
            ])
    }

    @Test func openConversationsHaveNoKnownBeginning() {
        let open = Payload.backfill.replacing(#""status":"resolved""#, with: #""status":"open""#)
        #expect(Payload.decode(open).count == 2)
        let older = Payload.backfill.replacing(#""is_newest":true"#, with: #""is_newest":false"#)
        #expect(Payload.decode(older).count == 2)
    }

    @Test func pagesAreMadeAsTheyAreRead() throws {
        let page = try JSON.parse(Payload.backfill)
        let inbox = try JSON.parse(
            #"{"id":2,"name":"WA","phone_number":"+62 811-0000-0000","imap_password":"s3cret","provider_config":{"api_key":"s3cret","phone_number_id":"106540352242922"}}"#
        )
        let conversation = try #require(page["conversation"])
        let messages = try #require(page["messages"]).elements
        let made = ChatwootPage.messages(
            Array(messages), of: conversation, account: "1", inbox: inbox, isNewest: true)
        #expect(ChatwootWebhook.decode(made, receivedAt: Payload.receivedAt) == Payload.decode(Payload.backfill))
        #expect(!String(decoding: made, as: UTF8.self).contains("s3cret"))
        #expect(!String(decoding: made, as: UTF8.self).contains("galak"))
        let rows = try #require(try JSON.parse(Payload.ratings)["ratings"]).elements
        let ratings = ChatwootPage.ratings(Array(rows), account: "1")
        #expect(ChatwootWebhook.decode(ratings, receivedAt: Payload.receivedAt) == Payload.decode(Payload.ratings))
    }

    // MARK: Bodies of every kind

    @Test(
        arguments: [
            ("", "chatwoot", NotUnderstood.Reason.notJSON), ("{", "chatwoot", .notJSON),
            ("[]", "chatwoot", .notAnObject), ("{}", "chatwoot", .missingKey),
            (#"{"event":"conversation_exploded"}"#, "chatwoot.conversation_exploded", .unknownField),
            (#"{"event":"conversation_created","status":"open"}"#, "chatwoot.conversation_created", .missingKey),
            (
                #"{"event":"conversation_status_changed","id":5,"status":"lost"}"#,
                "chatwoot.conversation_status_changed", .badValue
            ),
            (#"{"event":"backfill_messages"}"#, "chatwoot.backfill_messages", .missingKey),
            (#"{"event":"backfill_ratings","ratings":[7]}"#, "chatwoot.backfill_ratings", .notAnObject),
        ] as [(String, String, NotUnderstood.Reason)])
    func whatIsNotUnderstoodIsSaid(_ body: String, _ field: String, _ reason: NotUnderstood.Reason) {
        #expect(Payload.decode(body) == [.notUnderstood(NotUnderstood(field: field, reason: reason))])
    }

    @Test func noMutationTrapsOrWavers() {
        let bodies = Payload.all.map { Array($0.utf8) }
        for body in bodies {
            for end in stride(from: 0, to: body.count - 1, by: 11) {
                _ = ChatwootWebhook.decode(Array(body[..<end]), receivedAt: Payload.receivedAt)
            }
        }
        var random = SplitMix(state: 20_261_122)
        let junk: [[UInt8]] = [
            [0xFF], [0], Array("null".utf8), Array("[]".utf8), Array("{}".utf8), Array("-1".utf8), Array("1e308".utf8),
            Array("9223372036854775808".utf8), Array(#""\ud800""#.utf8), Array("true".utf8), Array(#"{"id":{}}"#.utf8),
        ]
        for _ in 0..<3_000 {
            var body = bodies[random.below(bodies.count)]
            for _ in 0...random.below(3) {
                let colons = body.indices.filter { body[$0] == UInt8(ascii: ":") && body[$0 - 1] == UInt8(ascii: "\"") }
                guard !colons.isEmpty else { break }
                let start = colons[random.below(colons.count)] + 1
                let end = body[start...].firstIndex { ",}]".utf8.contains($0) } ?? body.count
                if random.below(4) == 0 {
                    body[random.below(body.count)] ^= UInt8(1 << random.below(8))
                } else {
                    body.replaceSubrange(start..<end, with: junk[random.below(junk.count)])
                }
            }
            let events = ChatwootWebhook.decode(body, receivedAt: Payload.receivedAt)
            #expect(events == ChatwootWebhook.decode(body, receivedAt: Payload.receivedAt))
        }
    }
}

/// Small and the same everywhere.
struct SplitMix {
    var state: UInt64
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return bound > 0 ? Int((word ^ (word >> 31)) % UInt64(bound)) : 0
    }
}
