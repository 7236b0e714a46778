import Alerts
import App
import Domain
import NIOSSL
import Testing

/// Against a server that really listens, on this machine.
@Suite("Mail over SMTP")
struct SMTPClientTests {
    private static let password = "s3cret"

    private func order(
        _ server: FakeMailServer, host: String = "localhost", _ security: MailServer.Security = .startTLS,
        user: String = "toko", text: String = "Halo\n.titik di awal\n..dua\nakhir"
    ) throws -> MailOrder {
        let from = try #require(MailAddress.parse("Pantau <pantau@toko.example>"))
        let to = try #require(MailAddress.parse("sari@toko.example"))
        return MailOrder(
            server: MailServer(
                host: host, port: server.port, security: security, user: user, from: "Pantau <pantau@toko.example>"),
            password: Secret(Self.password),
            message: MailMessage(
                from: from, to: to, subject: "Pengiriman turun ↓", text: text, at: Instant(seconds: 1_795_410_000),
                id: "ab12"))
    }

    private func client(_ tls: TestCertificate? = nil, seconds: Int64 = 20) -> SMTPClient {
        SMTPClient(answerSeconds: seconds, trusting: tls.map { [$0.certificate] } ?? [])
    }

    private static let signedIn = MailEncoding.base64(Array("\u{0}toko\u{0}\(password)".utf8))

    @Test("STARTTLS before anything is said; the letter arrives as it was written", arguments: [false, true])
    func startTLS(stammers: Bool) async throws {
        let tls = try TestCertificate()
        try await FakeMailServer.with(.init(tls: tls, stammers: stammers)) { server in
            let order = try order(server)
            #expect(await client(tls).send(order) == .delivered)
            let told = server.transcript.filter { !$0.hasPrefix("DATA:") && !$0.hasSuffix("QUIT") }
            #expect(
                told == [
                    "plain EHLO pantau.localdomain", "plain STARTTLS", "tls EHLO pantau.localdomain",
                    "tls AUTH PLAIN \(Self.signedIn)", "tls MAIL FROM:<pantau@toko.example>",
                    "tls RCPT TO:<sari@toko.example>", "tls DATA",
                ])
            let letter = try #require(server.letters.first)
            // Full stops at the start of lines are doubled on the way; taken back, it is the letter.
            let lines = letter.split(separator: "\r\n", omittingEmptySubsequences: false)
            let plain = lines.map { $0.hasPrefix(".") ? $0.dropFirst() : $0 }.joined(separator: "\r\n")
            #expect(Array(plain.utf8) == order.message.bytes)
            #expect(letter.contains("\r\n..titik di awal\r\n") && letter.contains("\r\n...dua\r\n"))
        }
    }

    @Test("TLS from the first byte")
    func implicitTLS() async throws {
        let tls = try TestCertificate()
        try await FakeMailServer.with(.init(tls: tls, isImplicit: true)) { server in
            let result1 = await client(tls).send(try order(server, .tls))
            #expect(result1 == .delivered)
            #expect(server.transcript.allSatisfy { $0.hasPrefix("tls ") || $0.hasPrefix("DATA:") })
            let result2 = await client(tls).send(try order(server, host: "127.0.0.1", .tls))
            #expect(result2 == .delivered)
        }
    }

    @Test("A certificate that nobody vouches for, or of another name, ends it before the password is said")
    func untrusted() async throws {
        let (tls, other) = (try TestCertificate(), try TestCertificate(host: "other.example"))
        for (certificate, trusted) in [(tls, nil), (tls, other), (other, other)] {
            try await FakeMailServer.with(.init(tls: certificate)) { server in
                let result = await client(trusted).send(try order(server))
                guard case .retry(let reason, _) = result else { return #expect(Bool(false), "\(result)") }
                #expect(reason.en.contains("certificate"), "\(reason.en)")
                #expect(!server.transcript.contains { $0.contains("AUTH") || $0.contains("MAIL") })
            }
        }
    }

    @Test("Where TLS is asked for and not offered, or something slips in before it, nothing is said")
    func stripped() async throws {
        let tls = try TestCertificate()
        try await FakeMailServer.with(.init(offersStartTLS: false)) { server in
            guard case .givenUp = await client(tls).send(try order(server)) else { return #expect(Bool(false)) }
            #expect(!server.transcript.contains { $0.contains("AUTH") || $0.contains("MAIL") })
        }
        try await FakeMailServer.with(.init(tls: tls, injected: "250 injected")) { server in
            guard case .retry = await client(tls).send(try order(server)) else { return #expect(Bool(false)) }
            #expect(!server.transcript.contains { $0.contains("AUTH") || $0.contains("MAIL") })
        }
    }

    @Test("Plain only on this machine, and sign-in by LOGIN where PLAIN is not offered")
    func plain() async throws {
        try await FakeMailServer.with(.init(abilities: ["AUTH LOGIN"])) { server in
            let result3 = await client().send(try order(server, .plain))
            #expect(result3 == .delivered)
            #expect(server.transcript.contains("plain AUTH LOGIN \(MailEncoding.base64(Array("toko".utf8)))"))
            #expect(server.transcript.contains("plain \(MailEncoding.base64(Array(Self.password.utf8)))"))
            var away = try order(server, host: "mail.toko.example", .plain)
            guard case .givenUp = await client().send(away) else { return #expect(Bool(false)) }
            away.server.host = "localhost"
            away.server.user = ""
            #expect(await client().send(away) == .delivered)
        }
    }

    @Test(
        "4xx comes again, 5xx is given up, with the code and no name",
        arguments: [
            ("MAIL", "451 4.3.0 try later", true), ("RCPT", "450 4.2.1 greylisted sari@toko.example", true),
            ("RCPT", "550 5.1.1 no sari@toko.example", false), ("DATA", "554 no", false),
            (".", "452 4.3.1 full", true), (".", "554 5.7.1 spam from sari@toko.example", false),
            ("AUTH", "535 5.7.8 bad", false), ("AUTH", "454 4.7.0 later", true), ("EHLO", "421 busy", true),
            ("EHLO", "502 what?", false), ("MAIL", "421-bye\r\n421 now", true),
        ])
    func refusals(command: String, answer: String, isTransient: Bool) async throws {
        let tls = try TestCertificate()
        try await FakeMailServer.with(.init(tls: tls, answers: [command: answer])) { server in
            switch await client(tls).send(try order(server)) {
            case .delivered: #expect(Bool(false))
            case .retry(let reason, _):
                #expect(isTransient)
                #expect(reason.id.contains(answer.prefix(3)) && !reason.en.contains("sari"))
            case .givenUp(let reason):
                #expect(!isTransient)
                #expect(reason.id.contains(answer.prefix(3)) && !reason.en.contains("sari"))
            }
        }
    }

    @Test("A greeting that turns away, a server that hangs up, one that is not there or no mail server: tried again")
    func broken() async throws {
        for manner in [
            FakeMailServer.Manner(greeting: "421 too busy"), .init(hangsUpAt: "EHLO"),
            .init(greeting: "SSH-2.0-OpenSSH_9.2"),
        ] {
            try await FakeMailServer.with(manner) { server in
                guard case .retry = await client().send(try order(server, .plain)) else { return #expect(Bool(false)) }
            }
        }
        let gone = try await FakeMailServer.with(.init()) { try order($0, .plain) }
        guard case .retry = await client().send(gone) else { return #expect(Bool(false)) }
    }

    @Test("A server that falls silent is left after a while")
    func silence() async throws {
        try await FakeMailServer.with(.init(answers: ["MAIL": ""])) { server in
            let result = await client(seconds: 1).send(try order(server, .plain, user: ""))
            guard case .retry(let reason, _) = result else { return #expect(Bool(false)) }
            #expect(reason.en.contains("took too long"))
        }
    }

    @Test("What is larger than the server takes is not sent")
    func size() async throws {
        try await FakeMailServer.with(.init(abilities: ["SIZE 100"])) { server in
            guard case .givenUp = await client().send(try order(server, .plain, user: "")) else {
                return #expect(Bool(false))
            }
            #expect(!server.transcript.contains { $0.contains("MAIL") })
        }
    }
}
