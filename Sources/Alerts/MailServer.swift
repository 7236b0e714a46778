import Domain

/// The server through which the workspace sends letters. Its password is kept apart.
package struct MailServer: Hashable, Sendable {
    package enum Security: String, Hashable, Sendable, CaseIterable {
        /// TLS from the first byte: port 465.
        case tls
        /// Plain at first, then TLS before anything is said: port 587.
        case startTLS = "starttls"
        /// Never encrypted; only on this machine, or where it is expressly allowed.
        case plain
    }

    package var host: String
    package var port: Int
    package var security: Security
    /// Empty: no sign-in.
    package var user: String
    /// `Pantau <pantau@toko.example>`.
    package var from: String
    /// Lets an unencrypted connection leave this machine.
    package var allowsPlain: Bool

    package init(
        host: String, port: Int? = nil, security: Security = .startTLS, user: String = "", from: String,
        allowsPlain: Bool = false
    ) {
        self.host = host
        self.port = port ?? Self.port(of: security)
        self.security = security
        self.user = user
        self.from = from
        self.allowsPlain = allowsPlain
    }

    package static func port(of security: Security) -> Int {
        switch security {
        case .tls: 465
        case .startTLS: 587
        case .plain: 25
        }
    }

    package var isLoopback: Bool { ["localhost", "127.0.0.1", "::1"].contains(host.lowercased()) }

    /// Throws `unprocessable` with what to do.
    package func check(password: Secret?) throws(Failure) {
        let isHost = host.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || ".-:".utf8.contains(byte)
        }
        guard !host.isEmpty, host.utf8.count <= 253, isHost else {
            throw Failure(
                .unprocessable, id: "Isi nama server email saja, misalnya smtp.toko.example.",
                en: "Enter only the name of the mail server, such as smtp.toko.example.")
        }
        guard (1...65_535).contains(port) else {
            throw Failure(
                .unprocessable, id: "Port server email ada di antara 1 dan 65535; biasanya 587 atau 465.",
                en: "The port of the mail server lies between 1 and 65535; usually it is 587 or 465.")
        }
        guard MailAddress.parse(from) != nil else {
            throw Failure(
                .unprocessable, id: "Alamat pengirim tidak sah; tulis seperti Pantau <pantau@toko.example>.",
                en: "The sender is not an address; write it like Pantau <pantau@toko.example>.")
        }
        guard security != .plain || isLoopback || allowsPlain else {
            throw Failure(
                .unprocessable,
                id: "Tanpa enkripsi hanya untuk server di mesin ini. Pilih STARTTLS (587) atau TLS (465).",
                en: "Without encryption only for a server on this machine. Choose STARTTLS (587) or TLS (465).")
        }
        let isSpoken = [user, password?.value ?? ""].allSatisfy { text in
            text.utf8.count <= 512 && text.unicodeScalars.allSatisfy { $0.value >= 0x20 }
        }
        guard isSpoken else {
            throw Failure(
                .unprocessable, id: "Nama pengguna atau kata sandi email memuat huruf yang tidak dapat dikirim.",
                en: "The user name or password of the mail server holds characters that cannot be sent.")
        }
        guard user.isEmpty || password?.isEmpty == false else {
            throw Failure(
                .unprocessable, id: "Isi kata sandi server email, atau kosongkan nama penggunanya.",
                en: "Enter the password of the mail server, or leave the user name empty.")
        }
    }

    package var json: String {
        var writer = JSONWriter()
        writer.object {
            $0.member("host", host)
            $0.member("port", port)
            $0.member("security", security.rawValue)
            $0.member("user", user)
            $0.member("from", from)
            $0.member("allows_plain", allowsPlain)
        }
        return writer.text
    }

    package init(json: JSON.Value) throws(Failure) {
        let fields = try RouteFields(json, known: ["host", "port", "security", "user", "from", "allows_plain"])
        let security = try fields.choice("security", Security.startTLS)
        host = try fields.string("host").trimmed
        port = try fields.integer("port", or: Self.port(of: security))
        self.security = security
        user = try fields.string("user", or: "")
        from = try fields.string("from").trimmed
        allowsPlain = try fields.bool("allows_plain", or: false)
    }
}

/// A letter and the server that takes it.
package struct MailOrder: Sendable {
    package var server: MailServer
    package var password: Secret?
    package var message: MailMessage

    package init(server: MailServer, password: Secret?, message: MailMessage) {
        self.server = server
        self.password = password
        self.message = message
    }
}

/// Brings one letter to a mail server.
package typealias SendMail = @Sendable (MailOrder) async -> DispatchResult
