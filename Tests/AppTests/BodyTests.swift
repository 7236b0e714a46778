import App
import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite
import TestSupport
import Testing

/// Whatever bytes come to the webhook, signed or not: a clear answer, nothing lost, the counting goes on.
@Suite struct BodyTests {
    private static let at: Int64 = 1_780_272_000

    @Test(.timeLimit(.minutes(10))) func onlySignedBodiesAreStored() async throws {
        try await serving { server async throws in
            let body = Webhook.status("wamid.1", "sent", at: Self.at)
            let wrong = try await server.caller.deliver(body, signature: "sha256=" + String(repeating: "0", count: 64))
            #expect(wrong.status == 401)
            #expect(wrong.headers["content-type"]?.hasPrefix("application/problem+json") == true)
            for signature in ["", "sha256=", "nonsense", "sha1=00"] {
                #expect(try await server.caller.deliver(body, signature: signature).status == 401)
            }
            #expect(try await server.caller.deliver(body, secret: "another secret").status == 401)
            #expect(try await server.caller.call("POST", "/webhooks/meta", body: body).status == 401)
            #expect(try await server.installation.inbox.lastSequence() == 0)
            #expect(try await server.caller.deliver(body).status == 200)
            #expect(try await server.installation.inbox.lastSequence() == 1)
        }
    }

    @Test(.timeLimit(.minutes(10))) func anyOfSeveralSecretsMaySign() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            try await InProcess.with(data, secret: "old-secret, new-secret") { server async throws in
                let body = Webhook.status("wamid.1", "sent", at: Self.at)
                #expect(try await server.caller.deliver(body, secret: "old-secret").status == 200)
                #expect(try await server.caller.deliver(body, secret: "new-secret").status == 200)
                #expect(try await server.caller.deliver(body, secret: "old-secret, new-secret").status == 401)
            }
        }
    }

    @Test(.timeLimit(.minutes(10))) func withoutASecretWebhooksAreRefusedWithTheReason() async throws {
        try await withDirectory { directory in
            try await InProcess.with(directory.appending(path: "data"), secret: "") { server async throws in
                let answer = try await server.caller.deliver(Webhook.status("wamid.1", "sent", at: Self.at), secret: "")
                #expect(answer.status == 503)
                #expect(answer.text.contains("PANTAU_META_APP_SECRET"))
                #expect(try await server.installation.inbox.lastSequence() == 0)
                #expect(try await server.caller.call("GET", "/readyz").status == 503)
                #expect(try await server.caller.call("GET", "/healthz").status == 200)
            }
        }
    }

    /// Each of them is followed by a good delivery, which must be counted.
    @Test(.timeLimit(.minutes(10))) func bodiesThatAreNotUnderstoodAreKeptAndDoNotStopTheRest() async throws {
        try await serving { server async throws in
            for (number, (name, body)) in Self.strangeBodies.enumerated() {
                let before = try await server.caller.status().undecodable
                #expect(try await server.caller.deliver(body).status == 200, "\(name)")
                let good = Webhook.status("wamid.G\(number)", "delivered", at: Self.at)
                #expect(try await server.caller.deliver(good).status == 200, "\(name)")
                try await server.caller.counted(atLeast: Int64(number + 1) * 2)
                let after = try await server.installation.store.projectionStatus()
                #expect(after.notUnderstood > before, "\(name) is counted as not understood")
                #expect(after.messages == Int64(number + 1), "\(name)")
                let kept = try await server.installation.inbox.read(after: Int64(number) * 2, bytesMax: 1)
                #expect(kept.first?.body == body, "\(name) is kept as it came")
            }
            let notes = try await server.installation.store.projectionStatus().notUnderstoodByField
            #expect(notes.reduce(0) { $0 + $1.count } >= Int64(Self.strangeBodies.count))
        }
    }

    private static var strangeBodies: [(String, [UInt8])] {
        let depth = 50_000
        var invalid = Webhook.status("wamid.X", "sent", at: at)
        invalid.insert(contentsOf: [0xff, 0xfe], at: 1)
        return [
            ("100 kB of nested arrays", Array(repeating: UInt8(ascii: "["), count: 100_000)),
            (
                "100 kB of nested arrays that end",
                Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
            ),
            ("nested objects", Array(String(repeating: #"{"a":"#, count: 20_000).utf8)),
            ("invalid UTF-8 for JSON", invalid),
            ("nothing but bytes", (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 37) }),
            ("zeros", Array(repeating: 0, count: 500)),
            ("cut in the middle", Array(Webhook.status("wamid.X", "sent", at: at).dropLast(40))),
            ("another type of JSON", Array("[1,2,3]".utf8)),
            ("a number", Array("1e999".utf8)),
            ("empty", []),
            (
                "a field that nobody knows",
                Webhook.body([Webhook.entry(account: "waba-1", #"{"x":1}"#, field: "moon_phases")])
            ),
        ]
    }

    @Test(.timeLimit(.minutes(10))) func invalidTextInsideAValueDoesNotLoseTheRest() async throws {
        try await serving { server async throws in
            let mark = Array("MARK".utf8)
            var body = Webhook.statuses([
                .init("wamid.MARK", "sent", at: Self.at), .init("wamid.2", "delivered", at: Self.at),
            ])
            let start = try #require(body.indices.first { body[$0...].starts(with: mark) })
            body.replaceSubrange(start..<(start + 4), with: [0xc3, 0x28, 0xed, 0xa0])
            #expect(try await server.caller.deliver(body).status == 200)
            try await server.caller.counted(atLeast: 1)
            #expect(try await server.caller.deliver(Webhook.status("wamid.3", "sent", at: Self.at)).status == 200)
            try await server.caller.counted(atLeast: 2)
            #expect(try await server.installation.store.message("wamid.3") != nil)
        }
    }

    @Test(.timeLimit(.minutes(10))) func fourMebibytesAreTakenAndNotAByteMore() async throws {
        try await serving { server async throws in
            func padded(to count: Int) -> [UInt8] {
                let body = Webhook.status("wamid.big", "delivered", at: Self.at)
                return body + [UInt8](repeating: UInt8(ascii: " "), count: count - body.count)
            }
            let limit = 4 * 1024 * 1024
            let tooLarge = try await server.caller.deliver(padded(to: limit + 1))
            #expect(tooLarge.status == 413)
            #expect(try await server.installation.inbox.lastSequence() == 0)
            #expect(try await server.caller.deliver(padded(to: limit)).status == 200)
            try await server.caller.counted(atLeast: 1)
            #expect(try await server.installation.store.message("wamid.big") != nil)
        }
    }

    /// Field case 2: the same status from several connections at one moment.
    @Test(.timeLimit(.minutes(10))) func theSameDeliveryFromManyConnectionsAtOnce() async throws {
        try await serving { server in
            let body = Webhook.statuses([
                .init("wamid.1", "sent", at: Self.at), .init("wamid.1", "delivered", at: Self.at + 1),
            ])
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<40 { group.addTask { try await server.caller.deliver(body).status } }
                for try await status in group { #expect(status == 200) }
            }
            try await server.caller.counted(atLeast: 40)
            #expect(try await server.installation.store.projectionStatus().messages == 1)
            let story = try #require(try await server.installation.store.message("wamid.1"))
            #expect(story.steps.map(\.name) == ["sent", "delivered"])
            #expect(try await server.installation.store.auditCells() == [])
        }
    }

    @Test(.timeLimit(.minutes(10))) func aThousandUpdatesInOneBody() async throws {
        try await serving { server async throws in
            let statuses = (0..<1_000).map { number in
                Webhook.Status("wamid.\(number)", number % 2 == 0 ? "delivered" : "sent", at: Self.at + Int64(number))
            }
            #expect(try await server.caller.deliver(Webhook.statuses(statuses)).status == 200)
            try await server.caller.counted(atLeast: 1)
            #expect(try await server.installation.store.projectionStatus().messages == 1_000)
            let last = try await server.installation.store.message("wamid.999")
            #expect(last?.measures.contains(.accepted) == true)
        }
    }

    /// Field case 19: several accounts and numbers, known and unknown fields in one body.
    @Test(.timeLimit(.minutes(10))) func manyEntriesInOneBody() async throws {
        try await serving { server async throws in
            func entry(_ account: String, _ number: String, _ id: String) -> String {
                let status = #"{"id":"\#(id)","status":"read","timestamp":"\#(Self.at)","recipient_id":"62812"}"#
                return Webhook.entry(account: account, Webhook.value(phoneNumber: number, #""statuses":[\#(status)]"#))
            }
            let body = Webhook.body([
                entry("waba-1", "pn-1", "wamid.a"), entry("waba-1", "pn-2", "wamid.b"),
                Webhook.entry(account: "waba-9", #"{"unheard":"of"}"#, field: "unheard_of"),
                entry("waba-2", "pn-3", "wamid.c"),
            ])
            #expect(try await server.caller.deliver(body).status == 200)
            try await server.caller.counted(atLeast: 1)
            for (id, account, number) in [("a", "waba-1", "pn-1"), ("b", "waba-1", "pn-2"), ("c", "waba-2", "pn-3")] {
                let story = try #require(try await server.installation.store.message(MessageID("wamid.\(id)")))
                #expect(story.dimensions[.waba] == account)
                #expect(story.dimensions[.phoneNumber] == number)
            }
            let notes = try await server.installation.store.projectionStatus().notUnderstoodByField
            #expect(notes.map(\.field) == ["unheard_of"])
        }
    }

    private func serving(_ body: @escaping @Sendable (InProcess) async throws -> Void) async throws {
        try await withDirectory { directory in
            try await InProcess.with(directory.appending(path: "data"), body)
        }
    }
}
