import App
import Connectors
import Domain
import Foundation
import TestSupport
import Testing

/// Meta and an agent desk both connected: one conversation, told by both, over HTTP; then what people ask about it.
@Suite struct DeskConnectionTests {
    private static let secret = "chatwoot-secret"
    private static let customer = "6281234567890"

    @Test(.timeLimit(.minutes(10))) func oneConversationToldByBoth() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (program, server) = try await Program.serve(
                data, environment: ["PANTAU_CHATWOOT_SECRET": Self.secret])
            let asked = Clock.now().seconds - 1_200
            let replied = asked + 300
            // The desk tells of the reply before it knows Meta's id, and of the question before Meta does.
            let bodies = [
                Self.message(9_001, "incoming", asked, source: "wamid.in", author: nil),
                Self.message(9_002, "outgoing", replied, source: nil, author: 7),
                Self.message(9_003, "outgoing", replied + 5, source: nil, author: 7, isPrivate: true),
                Self.message(9_002, "outgoing", replied, source: "wamid.out", author: 7, isUpdate: true),
            ]
            for body in bodies {
                #expect(try await Self.tell(server, body).status == 200)
                // Told twice, as desks do.
                #expect(try await Self.tell(server, body).status == 200)
            }
            #expect(try await Self.tell(server, bodies[0], secret: "another").status == 401)
            #expect(try await Self.tell(server, bodies[0], at: asked).status == 401)
            #expect(try await server.deliver(Webhook.text("wamid.in", at: asked, phone: Self.customer)).status == 200)
            #expect(try await server.deliver(Webhook.status("wamid.out", "delivered", at: replied)).status == 200)
            try await server.counted(atLeast: Int64(bodies.count * 2 + 2))

            func query(_ metrics: String, by dimension: String) async throws -> String {
                let run = try await Program.run(
                    [
                        "query", "--data-dir", data.path, "--metrics", metrics, "--by", dimension, "--last", "2d", "-o",
                        "csv",
                    ], in: directory)
                #expect(run.exit == .code(0), "\(run.errors)")
                return run.output
            }
            let told = try await query("waits,waits_answered,response_time_mean,extra_messages_per_wait", by: "agent")
            let lines = told.split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
            #expect(lines.count == 2, "\(told)")
            #expect(lines.last?[0...2] == ["7", "1", "1"], "\(told)")
            #expect(lines.last.flatMap { Double($0[3]) } == 300, "\(told)")
            #expect(try await query("waits", by: "responder").contains("human,1"))
            #expect(try await query("messages_inbound,messages_outbound", by: "phone_number").contains("pn-1,1,1"))

            // A target set while the server runs is counted into the past.
            let targets = directory.appending(path: "targets.json")
            try Data(#"{"service_targets":[{"responder":"human","within":"4m"}]}"#.utf8).write(to: targets)
            let set = try await Program.run(["targets", "set", targets.path, "--data-dir", data.path], in: directory)
            #expect(set.exit == .code(0), "\(set.errors)")
            try await eventually("the target is counted", seconds: 60) {
                try await query("sla_breaches,sla_attainment", by: "team").contains("1,0") ? true : nil
            }
            let story = try await Program.run(
                ["why-wait", "wamid.out", "--data-dir", data.path, "--language", "en"], in: directory)
            #expect(story.exit == .code(0), "\(story.errors)")
            #expect(story.output.contains("5 min 0 s"), "\(story.output)")
            #expect(!story.output.contains(Self.customer))
            let open = try await Program.run(["waits", "--data-dir", data.path, "--language", "en"], in: directory)
            #expect(open.output == "Nobody waits.\n", "\(open.output)")
            program.send(SIGTERM)
            #expect(try await program.waitForEnd() == .code(0))
            let verify = try await Program.run(["verify", "--data-dir", data.path], in: directory)
            #expect(verify.exit == .code(0), "\(verify.output)")
        }
    }

    private static func tell(
        _ server: Caller, _ body: [UInt8], secret: String = secret, at: Int64? = nil
    ) async throws -> Caller.Answer {
        let instant = at.map { Instant(seconds: $0) } ?? Clock.now()
        let signed = ChatwootSignature.sign(body: body, secret: secret, at: instant)
        return try await server.call(
            "POST", "/webhooks/chatwoot", body: body,
            headers: [
                ("X-Chatwoot-Signature", signed.signature), ("X-Chatwoot-Timestamp", signed.timestamp),
                ("Content-Type", "application/json"),
            ])
    }

    /// As Chatwoot sends it, shortened to what matters.
    private static func message(
        _ id: Int, _ direction: String, _ at: Int64, source: String?, author: Int?, isPrivate: Bool = false,
        isUpdate: Bool = false
    ) -> [UInt8] {
        let sender =
            author.map { #"{"id":\#($0),"name":"Rina","type":"user"}"# } ?? #"{"id":42,"name":"Sari","type":"contact"}"#
        let wamid = source.map { #""\#($0)""# } ?? "null"
        let text = """
            {"event":"message_\(isUpdate ? "updated" : "created")","id":\(id),"content":"x","content_type":"text",
             "message_type":"\(direction)","private":\(isPrivate),"source_id":\(wamid),"created_at":\(at),
             "sender":\(sender),"inbox":{"id":2,"name":"WA"},"account":{"id":1,"name":"Toko"},
             "conversation":{"id":555,"status":"open","channel":"Channel::Whatsapp",
               "contact_inbox":{"contact_id":42,"inbox_id":2,"source_id":"\(customer)"},
               "meta":{"sender":{"id":42,"phone_number":"+\(customer)","type":"contact"}}}}
            """
        return Array(text.utf8)
    }
}
