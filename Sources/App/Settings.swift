import Catalogue
import Configuration
import Connectors
import Domain
import Foundation
import Ledgers
import Logging
import TOMLKit
import Yams

/// One setting: its name in files, environment and `pantau config`, its default and what it does.
struct Setting: Sendable {
    /// With dashes: `data-dir` in a file (or `data_dir`), `PANTAU_DATA_DIR` in the environment.
    let name: String
    let standard: String
    let help: Text
    var isSecret = false

    var environmentName: String { "PANTAU_" + name.uppercased().replacingOccurrences(of: "-", with: "_") }

    static let dataDirectory = Setting(
        name: "data-dir", standard: "pantau-data",
        help: Text(
            id: "Direktori data; semua berkas Pantau ada di sini.",
            en: "The data directory; every file of Pantau's is in it."))
    static let listen = Setting(
        name: "listen", standard: "127.0.0.1:8080",
        help: Text(id: "Alamat dan porta server, HOST:PORTA.", en: "Address and port of the server, HOST:PORT."))
    static let metaAppSecret = Setting(
        name: "meta-app-secret", standard: "",
        help: Text(
            id: "Satu atau beberapa app secret Meta, dipisah koma: salah satu boleh menandatangani.",
            en: "One or more Meta app secrets, comma separated: any of them may sign."),
        isSecret: true)
    static let metaVerifyToken = Setting(
        name: "meta-verify-token", standard: "",
        help: Text(id: "Token verifikasi webhook Meta.", en: "Token of Meta's webhook handshake."), isSecret: true)
    static let timeZone = Setting(
        name: "timezone", standard: "Asia/Jakarta",
        help: Text(id: "Zona waktu pelaporan (nama IANA).", en: "Reporting time zone (IANA name)."))
    static let currency = Setting(
        name: "currency", standard: "IDR", help: Text(id: "Mata uang pelaporan.", en: "Reporting currency."))
    static let language = Setting(
        name: "language", standard: "id", help: Text(id: "Bahasa baku, id atau en.", en: "Default language, id or en."))
    static let waitAbandonHours = Setting(
        name: "wait-abandon-hours", standard: "24",
        help: Text(
            id: "Jam tanpa jawaban setelah pesan terakhir pelanggan sebelum penantian dianggap ditinggalkan.",
            en: "Hours without an answer after the customer's last message before a wait is given up."))
    static let conversationSilenceHours = Setting(
        name: "conversation-silence-hours", standard: "24",
        help: Text(
            id: "Jam tanpa pesan sebelum pesan berikutnya memulai percakapan baru.",
            en: "Hours without a message before the next one begins a new conversation."))
    static let templatesAnswer = Setting(
        name: "templates-answer", standard: "false",
        help: Text(
            id: "true bila templat juga dihitung sebagai jawaban atas penantian pelanggan.",
            en: "true when a template, too, answers a customer who waits."))
    static let botReplySeconds = Setting(
        name: "bot-reply-seconds", standard: "0",
        help: Text(
            id: "Jawaban tanpa penulis yang diketahui dalam sekian detik dihitung jawaban bot; 0 = jangan ditebak.",
            en: "A reply of unknown author within so many seconds counts as the bot's; 0 = never guess."))
    static let chatwootSecret = Setting(
        name: "chatwoot-secret", standard: "",
        help: Text(
            id: "Satu atau beberapa secret webhook Chatwoot, dipisah koma.",
            en: "One or more secrets of Chatwoot webhooks, comma separated."),
        isSecret: true)
    static let midtransServerKey = Setting(
        name: "midtrans-server-key", standard: "",
        help: Text(
            id: "Satu atau beberapa Server Key Midtrans, dipisah koma.",
            en: "One or more server keys of Midtrans, comma separated."),
        isSecret: true)
    static let xenditCallbackToken = Setting(
        name: "xendit-callback-token", standard: "",
        help: Text(
            id: "Satu atau beberapa token verifikasi webhook Xendit, dipisah koma.",
            en: "One or more webhook verification tokens of Xendit, comma separated."),
        isSecret: true)
    static let stripeWebhookSecret = Setting(
        name: "stripe-webhook-secret", standard: "",
        help: Text(
            id: "Satu atau beberapa signing secret Stripe (whsec_…), dipisah koma.",
            en: "One or more signing secrets of Stripe (whsec_…), comma separated."),
        isSecret: true)
    static let calcomWebhookSecret = Setting(
        name: "calcom-webhook-secret", standard: "",
        help: Text(
            id: "Satu atau beberapa secret webhook Cal.com, dipisah koma.",
            en: "One or more webhook secrets of Cal.com, comma separated."),
        isSecret: true)
    static let calendlySigningKey = Setting(
        name: "calendly-signing-key", standard: "",
        help: Text(
            id: "Satu atau beberapa signing key webhook Calendly, dipisah koma.",
            en: "One or more webhook signing keys of Calendly, comma separated."),
        isSecret: true)
    static let customWebhookSecret = Setting(
        name: "custom-webhook-secret", standard: "",
        help: Text(
            id: "Satu atau beberapa secret untuk webhook dari sistem sendiri, dipisah koma.",
            en: "One or more secrets for webhooks of your own systems, comma separated."),
        isSecret: true)
    static func secret(of provider: OutcomeProvider) -> Setting {
        switch provider {
        case .midtrans: midtransServerKey
        case .xendit: xenditCallbackToken
        case .stripe: stripeWebhookSecret
        case .calcom: calcomWebhookSecret
        case .calendly: calendlySigningKey
        case .custom: customWebhookSecret
        }
    }
    static let country = Setting(
        name: "country", standard: "ID",
        help: Text(
            id: "Kode ISO negara: bagaimana nomor telepon tanpa kode negara dibaca.",
            en: "ISO code of the country: how phone numbers without a country code are read."))
    static let linkBaseURL = Setting(
        name: "link-base-url", standard: "",
        help: Text(
            id: "Alamat server ini bagi pelanggan, untuk tautan pendek, misalnya https://s.toko.example.",
            en: "The address of this server for customers, for short links, such as https://s.shop.example."))
    static let baseURL = Setting(
        name: "base-url", standard: "",
        help: Text(
            id: "Alamat server ini bagi rekan kerja, untuk tautan dalam pesan, misalnya https://pantau.toko.example.",
            en: "The address of this server for colleagues, for links in messages, as https://pantau.shop.example."))
    static let shifts = Setting(
        name: "shifts", standard: "pagi=07:00-15:00,siang=15:00-23:00,malam=23:00-07:00",
        help: Text(
            id: "Sif kerja, dipisah koma: nama=JJ:MM-JJ:MM pada seperempat jam; boleh melewati tengah malam.",
            en: "Working shifts, comma separated: name=HH:MM-HH:MM on quarter hours; may pass midnight."))
    static let retentionDays = Setting(
        name: "inbox-retention-days", standard: "30",
        help: Text(
            id: "Umur kiriman mentah (hari) sebelum dimampatkan; tidak ada yang dihapus.",
            en: "Age in days at which raw deliveries are compressed; nothing is deleted."))
    static let behindTLS = Setting(
        name: "behind-tls", standard: "false",
        help: Text(
            id: "true bila peramban mencapai server ini hanya lewat HTTPS (proksi TLS): kuki Secure dan HSTS.",
            en: "true when browsers reach this server by HTTPS only (a TLS proxy): Secure cookies and HSTS."))
    static let logLevel = Setting(
        name: "log-level", standard: "info",
        help: Text(
            id: "Tingkat log: trace, debug, info, notice, warning, error, critical.",
            en: "Log level: trace, debug, info, notice, warning, error, critical."))

    static let all = [
        dataDirectory, listen, metaAppSecret, metaVerifyToken, chatwootSecret, midtransServerKey, xenditCallbackToken,
        stripeWebhookSecret, calcomWebhookSecret, calendlySigningKey, customWebhookSecret, linkBaseURL, baseURL,
        timeZone,
        currency, country, language, waitAbandonHours, conversationSilenceHours, templatesAnswer, botReplySeconds,
        shifts, retentionDays, behindTLS, logLevel,
    ]
}

/// The effective settings: flags, then environment, then the file in the data directory, then the defaults.
package struct Settings: Sendable {
    package var dataDirectory: String
    package var host: String
    package var port: Int
    package var metaAppSecrets: [String]
    package var metaVerifyToken: String?
    package var chatwootSecrets: [String]
    /// Of payment and booking providers, and of systems of the business's own.
    package var outcomeSecrets: [OutcomeProvider: WebhookSecrets]
    /// Where customers reach this server, without a slash at its end; nil for the host that a request names.
    package var linkBaseURL: String?
    /// Where colleagues reach this server, without a slash at its end.
    package var baseURL: String?
    /// How phone numbers without a country code are read.
    package var country: Country
    package var workspace: Workspace
    /// By which waits and conversations are counted.
    package var rules: ServiceRules
    package var retentionDays: Int64
    package var isBehindTLS: Bool
    package var logLevel: Logger.Level
    /// How phone numbers and amounts are read that do not say where they are from.
    package var home: Home { Home(country: country, currency: workspace.currency) }
    /// Value and origin of each setting, secrets hidden; what `pantau config` prints.
    package var shown: [(name: String, value: String, origin: String)]

    /// - Parameters:
    ///   - flags: by setting name; only those that were given.
    ///   - environment: of the process.
    package init(flags: [String: String] = [:], environment: [String: String]) throws {
        let byFlag = InMemoryProvider(name: "flag", values: Self.values(flags))
        let fromEnvironment = EnvironmentVariablesProvider(
            environmentVariables: try Self.withSecretFiles(environment),
            secretsSpecifier: .dynamic { key, _ in
                Setting.all.contains { $0.isSecret && $0.environmentName == key }
            })
        // The data directory itself cannot come from the file that lies in it.
        let early = ConfigReader(providers: [byFlag, fromEnvironment])
        let directory = early.string(forKey: "pantau.data-dir", default: Setting.dataDirectory.standard)
        let (file, fileName) = try Self.file(in: directory)
        let byFile = InMemoryProvider(name: fileName, values: Self.values(file))
        let reader = ConfigReader(providers: [byFlag, fromEnvironment, byFile])
        func value(_ setting: Setting) -> String {
            reader.string(forKey: ConfigKey("pantau.\(setting.name)"), isSecret: setting.isSecret)
                ?? setting.standard
        }
        dataDirectory = directory
        (host, port) = try Self.address(value(.listen))
        metaAppSecrets = Self.list(value(.metaAppSecret))
        chatwootSecrets = Self.list(value(.chatwootSecret))
        outcomeSecrets = [:]
        for provider in OutcomeProvider.allCases {
            outcomeSecrets[provider] = WebhookSecrets(Self.list(value(.secret(of: provider))))
        }
        linkBaseURL = try Self.parsed(.linkBaseURL, value(.linkBaseURL), Self.baseURL)
        baseURL = try Self.parsed(.baseURL, value(.baseURL), Self.baseURL)
        country = try Self.parsed(.country, value(.country).uppercased()) { code in
            Country(code: code).isKnown ? Country(code: code) : nil
        }
        metaVerifyToken = value(.metaVerifyToken).isEmpty ? nil : value(.metaVerifyToken)
        workspace = Workspace(
            timeZone: try Self.timeZone(value(.timeZone)), currency: value(.currency).uppercased(),
            language: try Self.parsed(.language, value(.language), Language.init(rawValue:)),
            shifts: try Self.parsed(.shifts, value(.shifts), Self.shifts))
        let bot = try Self.parsed(.botReplySeconds, value(.botReplySeconds)) { Self.number($0, in: 0...86_400) }
        rules = ServiceRules(
            abandonSeconds: try Self.hours(.waitAbandonHours, value(.waitAbandonHours)),
            silenceSeconds: try Self.hours(.conversationSilenceHours, value(.conversationSilenceHours)),
            templatesAnswer: try Self.parsed(.templatesAnswer, value(.templatesAnswer).lowercased(), Bool.init),
            botReplySeconds: bot == 0 ? nil : bot)
        retentionDays = try Self.parsed(.retentionDays, value(.retentionDays)) {
            Int64($0).flatMap { $0 >= 0 ? $0 : nil }
        }
        isBehindTLS = try Self.parsed(.behindTLS, value(.behindTLS).lowercased(), Bool.init)
        logLevel = try Self.parsed(.logLevel, value(.logLevel).lowercased(), Logger.Level.init(rawValue:))
        shown = Setting.all.map { setting in
            let origin =
                if flags[setting.name] != nil { "flag" } else if environment[setting.environmentName] != nil {
                    setting.environmentName
                } else if file[setting.name] != nil { fileName } else { "default" }
            let text = value(setting)
            return (setting.name, setting.isSecret && !text.isEmpty ? "********" : text, origin)
        }
    }

    private static func values(_ texts: [String: String]) -> [AbsoluteConfigKey: ConfigValue] {
        Dictionary(
            uniqueKeysWithValues: texts.map {
                (AbsoluteConfigKey(["pantau", $0]), ConfigValue(.string($1), isSecret: false))
            })
    }

    /// `PANTAU_META_APP_SECRET_FILE=/run/secrets/x` stands for the content of that file.
    private static func withSecretFiles(_ environment: [String: String]) throws -> [String: String] {
        var result = environment
        for setting in Setting.all where setting.isSecret && environment[setting.environmentName] == nil {
            guard let path = environment[setting.environmentName + "_FILE"] else { continue }
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw Failure(
                    .misconfigured, id: "Berkas pada \(setting.environmentName)_FILE tidak dapat dibaca.",
                    en: "The file named by \(setting.environmentName)_FILE cannot be read.")
            }
            result[setting.environmentName] = text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return result
    }

    // MARK: The file

    /// A string, number, flag, or list of them, as a file spells it.
    private struct Scalar: Decodable {
        let text: String
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let number = try? container.decode(Int.self) {
                text = String(number)
            } else if let flag = try? container.decode(Bool.self) {
                text = String(flag)
            } else {
                text = try container.decode([String].self).joined(separator: ",")
            }
        }
    }

    private static func file(in directory: String) throws -> (values: [String: String], name: String) {
        for name in ["pantau.toml", "pantau.yaml", "pantau.yml"] {
            let path = URL(fileURLWithPath: directory).appending(path: name).path
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let scalars: [String: Scalar]
            do {
                let text = try String(contentsOfFile: path, encoding: .utf8)
                scalars =
                    name.hasSuffix("toml")
                    ? try TOMLDecoder().decode([String: Scalar].self, from: text)
                    : try YAMLDecoder().decode([String: Scalar].self, from: text)
            } catch {
                throw Failure(
                    .misconfigured,
                    id: "\(name) tidak dapat dibaca: tulis satu baris `nama = nilai` untuk tiap setelan.",
                    en: "\(name) cannot be read: write one line `name = value` for each setting.")
            }
            let known = Set(Setting.all.map(\.name))
            var values: [String: String] = [:]
            for (key, scalar) in scalars {
                let setting = key.lowercased().replacingOccurrences(of: "_", with: "-")
                guard known.contains(setting) else {
                    throw Failure(
                        .misconfigured, id: "\(name): setelan `\(key)` tidak dikenal. Lihat `pantau config`.",
                        en: "\(name): there is no setting `\(key)`. See `pantau config`.")
                }
                values[setting] = scalar.text
            }
            return (values, name)
        }
        return ([:], "file")
    }

    // MARK: Values

    private static func address(_ text: String) throws -> (String, Int) {
        let colon = text.lastIndex(of: ":")
        let host = colon.map { String(text[..<$0]) } ?? "127.0.0.1"
        let port = colon.map { String(text[text.index(after: $0)...]) } ?? text
        guard let number = Int(port), (0...65_535).contains(number) else {
            throw Failure(
                .misconfigured, id: "Alamat `\(text)` tidak sah. Contoh: 127.0.0.1:8080.",
                en: "The address `\(text)` is not valid. Example: 127.0.0.1:8080.")
        }
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        return (bare.isEmpty ? "0.0.0.0" : bare, number)
    }

    /// Nil when one of them makes no sense, or two have one name.
    private static func shifts(_ text: String) -> [Shift]? {
        let parts = list(text)
        let shifts = parts.compactMap { part -> Shift? in
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else { return nil }
            let bounds = sides[1].split(separator: "-").compactMap { minute(String($0)) }
            guard bounds.count == 2 else { return nil }
            return Shift(name: sides[0].trimmingCharacters(in: .whitespaces), from: bounds[0], to: bounds[1])
        }
        return shifts.count == parts.count && Set(shifts.map(\.name)).count == shifts.count ? shifts : nil
    }

    private static func minute(_ text: String) -> Int? {
        let parts = text.trimmingCharacters(in: .whitespaces).split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return (hour * 60 + minute) % Shift.minutesOfDay
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// Nil within for none; nil for what is no address, or has a query that short links could not follow.
    private static func baseURL(_ text: String) -> String?? {
        if text.isEmpty { return .some(nil) }
        guard (try? LinkTarget(text)) != nil, !text.contains("?"), !text.contains("#") else { return nil }
        return .some(text.hasSuffix("/") ? String(text.dropLast()) : text)
    }

    private static func number(_ text: String, in range: ClosedRange<Int64>) -> Int64? {
        Int64(text).flatMap { range.contains($0) ? $0 : nil }
    }

    /// In seconds: from one hour to 30 days, fractions allowed.
    private static func hours(_ setting: Setting, _ text: String) throws -> Int64 {
        try parsed(setting, text) { text in
            Double(text).flatMap { (1.0...720.0).contains($0) ? Int64(($0 * 3600).rounded()) : nil }
        }
    }

    private static func timeZone(_ name: String) throws -> String {
        try ZoneClock.named(name).identifier
    }

    private static func parsed<T>(_ setting: Setting, _ text: String, _ parse: (String) -> T?) throws -> T {
        guard let value = parse(text) else {
            throw Failure(
                .misconfigured, id: "Nilai `\(text)` untuk `\(setting.name)` tidak sah. \(setting.help.id)",
                en: "The value `\(text)` of `\(setting.name)` is not valid. \(setting.help.en)")
        }
        return value
    }
}
