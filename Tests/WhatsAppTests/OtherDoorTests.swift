import Domain
import Testing
import WhatsApp

@Suite("standby, echoes of the app, history")
struct OtherDoorTests {
    static let standby = Fixture(
        "standby",
        #"""
        {\#(metadata),"standby":{\#(contact),
          "messages":[{"from":"6281234567890","id":"wamid.I","timestamp":"1763800001","type":"text","text":{"body":"x"}}],
          "statuses":[{"id":"wamid.O","status":"read","timestamp":"1763800002","recipient_user_id":"ID.9f31c0AA77"}],
          "message_echoes":[{"id":"wamid.E","timestamp":"1763800003","message":{"messaging_product":"whatsapp","to":"6281234567890",
            "type":"template","template":{"name":"order_update","language":{"code":"id"}}}}]}}
        """#)
    static let app = Fixture(
        "smb_message_echoes",
        #"""
        {\#(metadata),\#(contact),"message_echoes":[
          {"from":"6281100000000","to":"6281234567890","id":"wamid.APP","timestamp":"1763800010","type":"text","text":{"body":"siap"}}]}
        """#)
    static let history = Fixture(
        "history",
        #"""
        {"messaging_product":"whatsapp","metadata":{"display_phone_number":"+62 811-0000-0000","phone_number_id":"106540352242922"},
         "history":[{"metadata":{"phase":1,"chunk_order":2,"progress":55},"threads":[
          {"id":"6281234567890","context":{"wa_id":"6281234567890","user_id":"ID.9f31c0AA77"},"messages":[
            {"from":"6281234567890","id":"wamid.H1","timestamp":"1763000001","type":"text","text":{"body":"x"},"history_context":{"status":"READ"}},
            {"from":"6281100000000","to":"6281234567890","id":"wamid.H2","timestamp":"1763000002","type":"image","image":{},"history_context":{"status":"DELIVERED"}}]}]}]}
        """#)
    static let historyMedia = Fixture(
        "history",
        #"""
        {\#(metadata),"messages":[
          {"from":"6281100000000","to":"6281234567890","id":"wamid.H2","timestamp":"1763000002","type":"image","image":{"id":"1"}},
          {"from":"6281234567890","id":"wamid.H3","timestamp":"1763000003","type":"image","image":{"id":"2"}}]}
        """#)
    static let refused = Fixture(
        "history",
        #"{\#(metadata),"history":[{"errors":[{"code":2593109,"title":"History sync is turned off","error_data":{"details":"turned off by the business"}}]}]}"#
    )
    static let all = [standby, app, history, historyMedia, refused]

    @Test func standbyMovesMessagesStatusesAndEchoes() {
        #expect(
            Self.standby.events == [
                .status(
                    MessageStatus(message: "wamid.O", line: line, recipient: sari, status: .read, at: at(1_763_800_002))
                ),
                .inbound(
                    InboundMessage(
                        message: "wamid.I", line: line, sender: sari, at: at(1_763_800_001), kind: .content,
                        type: "text",
                        isStandby: true)),
                .echo(
                    EchoedMessage(
                        message: "wamid.E", line: line, recipient: sari, at: at(1_763_800_003), type: "template",
                        origin: .otherApp, template: "order_update")),
            ])
    }

    @Test func aReplyTypedInTheAppIsAnEcho() {
        #expect(
            Self.app.event
                == .echo(
                    EchoedMessage(
                        message: "wamid.APP", line: line, recipient: sari, at: at(1_763_800_010), type: "text",
                        origin: .businessApp)))
    }

    @Test func historyTellsWhoWroteByTheBusinessNumber() {
        #expect(
            Self.history.events == [
                .inbound(
                    InboundMessage(
                        message: "wamid.H1", line: line, sender: sari, at: at(1_763_000_001), kind: .content,
                        type: "text",
                        isHistory: true)),
                .echo(
                    EchoedMessage(
                        message: "wamid.H2", line: line, recipient: sari, at: at(1_763_000_002), type: "image",
                        origin: .history, lastStatus: "delivered")),
            ])
    }

    @Test func mediaOfTheHistoryComeWithoutThreads() {
        #expect(
            Self.historyMedia.events == [
                .echo(
                    EchoedMessage(
                        message: "wamid.H2", line: line, recipient: Party(phone: "6281234567890"),
                        at: at(1_763_000_002),
                        type: "image", origin: .history)),
                .inbound(
                    InboundMessage(
                        message: "wamid.H3", line: line, sender: Party(phone: "6281234567890"), at: at(1_763_000_003),
                        kind: .content, type: "image", isHistory: true)),
            ])
    }

    @Test func aRefusedHistoryIsAMark() {
        #expect(Self.refused.account?.event == "error")
        #expect(Self.refused.account?.details["code"] == "2593109")
        #expect(Self.refused.account?.field == "history")
    }

    @Test func withoutTheBusinessNumberTheThreadDecides() {
        let events = Fixture(
            "history",
            #"{"history":[{"threads":[{"id":"62811","messages":[{"from":"62811","id":"a","timestamp":"1","type":"text"},{"from":"62800","id":"b","timestamp":"2","type":"text"}]}]}]}"#
        ).events
        guard events.count == 2, case .inbound(let inbound) = events[0], case .echo(let echo) = events[1] else {
            Issue.record("expected one of each")
            return
        }
        #expect(inbound.sender == Party(phone: "62811"))
        #expect(echo.recipient == Party(phone: "62811"))
    }
}
