import Alerts
import Domain
import Testing

@Suite("Letters")
struct MailTests {
    @Test("Quoted-printable: short lines, CRLF, blanks at the end kept", arguments: 0..<8)
    func quotedPrintable(seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        let letters = Array("ab =.\n\té漢🙂Z")
        let text = String((0..<300).map { _ in letters[Int.random(in: 0..<letters.count, using: &dice)] })
        let coded = MailEncoding.quotedPrintable(text)
        #expect(coded.utf8.allSatisfy { $0 < 0x7F })
        for line in coded.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false) {
            #expect(line.utf8.count <= 76)
            #expect(!line.hasSuffix(" ") && !line.hasSuffix("\t"))
        }
        #expect(decoded(coded) == text)
    }

    /// As RFC 2045 says, and no more.
    private func decoded(_ coded: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(coded.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x0D { continue }
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            if rest.first == 0x0D {
                rest = rest.dropFirst(2)
            } else {
                bytes += Hexadecimal.bytes(String(decoding: rest.prefix(2), as: UTF8.self), count: 1) ?? []
                rest = rest.dropFirst(2)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Base64 as RFC 4648 prints it")
    func base64() {
        let published = [
            "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=",
            "foobar": "Zm9vYmFy",
        ]
        for (text, coded) in published { #expect(MailEncoding.base64(Array(text.utf8)) == coded) }
    }

    @Test("Subjects of any letters are encoded words of at most 75 characters; a line break never gets through")
    func subjects() {
        #expect(MailEncoding.headerText("Plain subject", name: "Subject") == "Plain subject")
        for subject in [
            "Pengiriman turun ↓ 33 %", String(repeating: "漢🙂", count: 60), "=?utf-8?q?x?=",
            String(repeating: "a", count: 200),
        ] {
            let coded = MailEncoding.headerText(subject, name: "Subject")
            for (index, line) in coded.replacing("\r\n", with: "\n").split(separator: "\n").enumerated() {
                #expect(line.utf8.count <= (index == 0 ? 76 - 9 : 76), "\(line)")
                let word = line.hasPrefix(" ") ? line.dropFirst() : line
                #expect(word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?="))
            }
        }
        let attack = MailEncoding.headerText("Turun\r\nBcc: victim@example.org\nX: y", name: "Subject")
        #expect(!attack.contains("\r") && !attack.contains("\n"))
    }

    @Test("A letter is seven bits, has both forms, and says it is a machine's")
    func letter() throws {
        let from = try #require(MailAddress.parse("Pantau ✓ <pantau@toko.example>"))
        let to = try #require(MailAddress.parse("sari@toko.example"))
        let message = MailMessage(
            from: from, to: to, subject: "Turun ↓", text: "Halo\n.titik\n", html: "<p>Halo é</p>", at: noon, id: "ab12")
        let text = String(decoding: message.bytes, as: UTF8.self)
        #expect(message.bytes.allSatisfy { $0 < 0x80 })
        #expect(text.contains("From: =?UTF-8?B?") && text.contains("<pantau@toko.example>\r\n"))
        #expect(text.contains("Message-ID: <pantau-ab12@toko.example>\r\n"))
        #expect(text.contains("Date: Mon, 23 Nov 2026 05:00:00 +0000\r\n"))
        #expect(text.contains("Content-Type: multipart/alternative; boundary=\"=_pantau_4_part\"\r\n"))
        #expect(text.contains("Auto-Submitted: auto-generated\r\n"))
        #expect(text.hasSuffix("--=_pantau_4_part--\r\n"))
        let plain = try #require(text.firstRange(of: "text/plain")),
            html = try #require(text.firstRange(of: "text/html"))
        // The last one is shown by programs that can.
        #expect(plain.lowerBound < html.lowerBound)
        #expect(!text.replacing("\r\n", with: "").contains("\n"))
    }

    @Test("Addresses are what servers take, and nothing that begins a new header")
    func addresses() {
        #expect(MailAddress.parse("\"Toko, Maju\" <a.b+c@mail.toko.example>")?.name == "Toko, Maju")
        for text in [
            "", "a", "@b", "a@", "a@b@c", "a b@c.example", "a@b\r\nBcc: c@d", "a@b>\n<c@d", ".a@b.example",
            "a..b@c.example",
            "a@b..c", "ä@b.example", "a@b.example, c@d.example", "<a@b.example", "a\u{0}@b.example",
        ] { #expect(MailAddress.parse(text) == nil, "\(text.debugDescription)") }
    }

    @Test("Findings as a letter: titles escaped, links kept, mute link signed")
    func findings() {
        let items = [
            Notice.Item(alert: alert("a", severity: .urgent, title: "Promo <script> turun"), reason: .worsened)
        ]
        let text = NoticeText(Notice(kind: .alerts, items: items, at: noon), language: .indonesian, links: links)
        #expect(text.subject == "Mendesak, memburuk: Promo <script> turun")
        let html = LetterHTML.notice(text)
        #expect(html.contains("Promo &lt;script&gt; turun") && !html.contains("<script"))
        #expect(html.contains("\(base)/findings/a") && html.contains("/mute?token=a:24:"))
        #expect(text.plain.contains("Langkah berikutnya: Jeda kampanyenya."))
    }
}

@Suite("The client's side of SMTP")
struct SMTPDialogueTests {
    @Test("Replies are read whole from pieces of any size")
    func replies() throws {
        let text = "250-mail.example\r\n250-SIZE 1000\r\n250-AUTH LOGIN PLAIN\r\n250 STARTTLS\r\n354 go\n"
        for size in 1...text.utf8.count {
            var reader = SMTPReplyReader()
            var replies: [SMTPReply] = []
            for start in stride(from: 0, to: text.utf8.count, by: size) {
                reader.feed(text.utf8.dropFirst(start).prefix(size))
                while let reply = try reader.next() { replies.append(reply) }
            }
            #expect(replies.map(\.code) == [250, 354])
            #expect(replies.first?.lines.count == 4)
            #expect(!reader.hasLeftover)
        }
    }

    @Test(
        "What is no reply is refused",
        arguments: ["HTTP/1.1 400\r\n", "25\r\n", "250-a\r\n251 b\r\n", "250x\r\n", "999 a\r\n"])
    func noReplies(text: String) {
        var reader = SMTPReplyReader()
        reader.feed(text.utf8)
        #expect(throws: SMTPReplyError.self) { while try reader.next() != nil {} }
    }

    @Test("A server that never ends its line is not listened to for ever")
    func endless() {
        var reader = SMTPReplyReader()
        reader.feed(Array(repeating: UInt8(ascii: "2"), count: 5000))
        #expect(throws: SMTPReplyError.tooLong) { try reader.next() }
    }

    @Test("Abilities are read as servers spell them")
    func abilities() {
        let reply = SMTPReply(code: 250, lines: ["hi", "size 500", "auth=login", "AUTH PLAIN", "8bitmime", "StartTLS"])
        let abilities = SMTPAbilities(reply)
        #expect(abilities.startTLS && abilities.eightBit && abilities.sizeMax == 500)
        #expect(abilities.signIns == ["LOGIN", "PLAIN"])
    }

    @Test("A full stop at a line's start is doubled, and the end is marked once")
    func stuffing() {
        let cases = [
            "a": "a\r\n.\r\n", ".a\r\n..\r\n": "..a\r\n...\r\n.\r\n", "a\n.\nb\r": "a\r\n..\r\nb\r\n.\r\n", "": ".\r\n",
        ]
        for (text, expected) in cases {
            #expect(String(decoding: SMTPData.stuffed(Array(text.utf8)), as: UTF8.self) == expected)
        }
    }
}
