import Domain

/// One letter: plain text and, if there is one, the same as HTML.
package struct MailMessage: Hashable, Sendable {
    package var from: MailAddress
    package var to: MailAddress
    package var subject: String
    package var text: String
    package var html: String?
    package var at: Instant
    /// The left half of its Message-ID: the same at every attempt, so that mail programs show one letter once.
    package var id: String

    package init(
        from: MailAddress, to: MailAddress, subject: String, text: String, html: String? = nil, at: Instant, id: String
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.at = at
        self.id = id
    }

    package var messageID: String {
        let left = id.utf8.filter { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D }
        return "<pantau-\(String(decoding: left, as: UTF8.self))@\(from.domain)>"
    }

    /// RFC 5322, lines ended by CRLF, seven bits throughout.
    package var bytes: [UInt8] {
        var lines = [
            "From: \(from.header)", "To: \(to.header)",
            "Subject: \(MailEncoding.headerText(subject, name: "Subject"))",
            "Date: \(Self.date(at))", "Message-ID: \(messageID)", "MIME-Version: 1.0",
            // No vacation answers to a machine.
            "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All",
        ]
        guard let html else {
            lines += Self.part("text/plain", text)
            return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
        }
        // Quoted-printable never writes `=_`, so the boundary cannot occur in a part.
        let boundary = "=_pantau_\(id.utf8.count)_part"
        lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""]
        lines += ["--\(boundary)"] + Self.part("text/plain", text)
        lines += ["--\(boundary)"] + Self.part("text/html", html) + ["--\(boundary)--"]
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    private static func part(_ type: String, _ text: String) -> [String] {
        [
            "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
            MailEncoding.quotedPrintable(text),
        ]
    }

    /// `Mon, 23 Nov 2026 07:30:00 +0000`.
    static func date(_ at: Instant) -> String {
        let (date, second) = ZoneClock.utc.local(at)
        let (year, month, day) = date.civil
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = [second / 3600, second / 60 % 60, second % 60].map { LocalDate.padded(Int($0), to: 2) }
        let time = clock.joined(separator: ":")
        let name = "\(weekdays[date.weekday - 1]), \(LocalDate.padded(day, to: 2)) \(months[month - 1])"
        return "\(name) \(LocalDate.padded(year, to: 4)) \(time) +0000"
    }
}
