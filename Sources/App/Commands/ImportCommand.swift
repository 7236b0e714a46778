import ArgumentParser
import Connectors
import Domain
import Foundation
import Pipeline
import Storage
import StoreSQLite

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read history from files into the inbox, then count it.",
        discussion: """
            Formats, one record a line, gzip or plain:
              meta-webhooks  one webhook body of Meta's
              sends          one record of the send log, see POST /api/v1/sends
              desk-events    one record of an agent desk, see POST /api/v1/desk-events
              outcomes       one outcome, see POST /api/v1/outcomes; also a JSON array, or CSV with those names
              rate-card      a CSV file: effective_from,currency,market,category,tier_from,tier_to,rate, or
                             Meta's own with --effective-from and --currency
            chatwoot needs no files: it reads the history of a Chatwoot account through its API.
              PANTAU_CHATWOOT_TOKEN=… pantau import --format chatwoot --url https://desk.example.com --account 1
            A bad line is reported with file and line, and the rest goes on. An import that was interrupted goes on \
            where it stopped; importing something twice changes nothing.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case metaWebhooks = "meta-webhooks"
        case sends
        case deskEvents = "desk-events"
        case outcomes
        case rateCard = "rate-card"
        case chatwoot
    }

    @OptionGroup var data: DataOptions
    @Option(help: "meta-webhooks, sends, desk-events, outcomes, rate-card or chatwoot.") var format: Format
    @Option(help: "chatwoot: its address.") var url: String?
    @Option(help: "chatwoot: the account's number.") var account: String?
    @Option(help: "chatwoot: requests a second at most.") var requestsPerSecond = 5.0
    @Option(help: "rate-card: first day of the prices, where the file does not say it.") var effectiveFrom: String?
    @Option(help: "rate-card: their currency, where the file does not say it.") var currency: String?
    @Flag(help: "Begin at the first line even if an earlier import was interrupted.") var fromStart = false
    @Argument(help: "Files (.ndjson, .ndjson.gz).") var files: [String] = []

    func validate() throws {
        if format == .chatwoot {
            if !files.isEmpty { throw ValidationError("--format chatwoot reads no files.") }
            if url == nil || account == nil { throw ValidationError("--format chatwoot needs --url and --account.") }
        } else if files.isEmpty {
            throw ValidationError("Name at least one file.")
        }
        if format != .rateCard, effectiveFrom != nil || currency != nil {
            throw ValidationError("--effective-from and --currency belong to --format rate-card.")
        }
        if let effectiveFrom, LocalDate(effectiveFrom) == nil {
            throw ValidationError("--effective-from is a date such as 2026-10-01.")
        }
    }

    func run() async throws {
        let settings = try data.settings()
        let installation = try await Installation(settings, as: .ownerIfFree)
        if let url, let account, format == .chatwoot {
            try await readChatwoot(url, account, into: installation)
            try await installation.countAll()
            return await installation.close()
        }
        var importer = Importer(installation: installation, format: format, progress: .init(installation.directory))
        if fromStart { importer.progress.forget(files) }
        var bad = 0
        for file in files {
            switch format {
            case .rateCard: try await readRateCard(file, into: installation)
            case .outcomes where try OutcomeImport.isWhole(file):
                bad += try await OutcomeImport(installation: installation).run(file)
            case .outcomes, .metaWebhooks, .sends, .deskEvents, .chatwoot: bad += try await importer.run(file)
            }
        }
        try await installation.countAll()
        await installation.close()
        if bad > 0 {
            FileHandle.standardError.write(Data("\(bad) lines were not taken, see above.\n".utf8))
            throw ExitCode.failure
        }
    }

    /// Stored in the plain form, which says by itself what the flags say beside Meta's.
    private func readRateCard(_ file: String, into installation: Installation) async throws {
        let entries = try RateCardFile.read(
            try SettingsInput.read(file), effectiveFrom: effectiveFrom.flatMap(LocalDate.init), currency: currency)
        _ = try await installation.inbox.append(
            RateCardFile.encode(entries), source: .rateCard, receivedAt: Clock.now())
        let name = URL(fileURLWithPath: file).lastPathComponent
        FileHandle.standardError.write(Data("\(name): \(entries.count) lines of rate cards.\n".utf8))
    }

    private func readChatwoot(_ url: String, _ account: String, into installation: Installation) async throws {
        // Not a flag: those are shown to every user of the machine.
        guard let token = ProcessInfo.processInfo.environment["PANTAU_CHATWOOT_TOKEN"], !token.isEmpty else {
            throw Failure(
                .misconfigured, id: "Isi PANTAU_CHATWOOT_TOKEN dengan access token dari profil Chatwoot.",
                en: "Set PANTAU_CHATWOOT_TOKEN to the access token of a Chatwoot profile.")
        }
        let connection = try ChatwootConnection(
            address: url, account: account, token: token, requestsPerSecond: requestsPerSecond)
        let state = connection.stateFile(in: installation.directory)
        if fromStart { try? FileManager.default.removeItem(at: state) }
        let inbox = installation.inbox
        let bar = ProgressBar("reading Chatwoot", unit: "conversations", total: nil)
        var backfill = try ChatwootBackfill(
            connection, stateFile: state, now: Clock.now,
            deliver: { _ = try await inbox.append($0, source: .chatwoot, receivedAt: $1) },
            onProgress: { bar.update(to: $0.conversations) })
        let result = try await backfill.run()
        bar.finish()
        var notes = ["\(result.messages) messages and \(result.ratings) ratings read."]
        if result.areRatingsRefused {
            notes.append("Ratings were refused: only an administrator's token may read them.")
        }
        if result.conversationsBroken > 0 {
            notes.append("\(result.conversationsBroken) conversations could not be read; run it again later.")
        }
        FileHandle.standardError.write(Data((notes.joined(separator: "\n") + "\n").utf8))
    }
}

extension Installation {
    /// Counts what is in the inbox, unless a running server does.
    func countAll() async throws {
        guard isOwner else {
            FileHandle.standardError.write(Data("The running server counts what came in.\n".utf8))
            return
        }
        let last = try await inbox.lastSequence()
        let isLong = try await last - store.cursor() > 1_000
        let bar = isLong ? ProgressBar("counting", unit: "deliveries", total: last) : nil
        _ = try await Replayer.fill(
            store, from: inbox, to: last, home: home, asOf: Clock.now(), onProgress: bar?.update(to:))
        bar?.finish()
    }
}

/// Reads files into the inbox, some thousand lines a commit.
struct Importer {
    let installation: Installation
    let format: ImportCommand.Format
    var progress: ImportProgress

    private static let linesAtOnce = 4_000

    /// Returns the number of lines that were not taken.
    mutating func run(_ path: String) async throws -> Int {
        var reader = try LineReader(path: path)
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64) ?? nil
        let name = URL(fileURLWithPath: path).lastPathComponent
        let done = progress.linesDone(path)
        let bar = ProgressBar(name, unit: "bytes", total: size)
        var number = 0
        var bad = 0
        var bodies: [[UInt8]] = []
        while let line = try reader.next() {
            number += 1
            guard number > done, !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else {
                continue
            }
            if let problem = problem(line) {
                bad += 1
                FileHandle.standardError.write(Data("\(name):\(number): \(problem.en)\n".utf8))
            } else {
                bodies.append(line)
            }
            guard bodies.count >= Self.linesAtOnce else { continue }
            try await append(bodies)
            bodies.removeAll(keepingCapacity: true)
            progress.note(path, linesDone: number)
            bar.update(to: reader.bytesRead)
        }
        try await append(bodies)
        progress.forget([path])
        bar.update(to: reader.bytesRead)
        bar.finish()
        return bad
    }

    private func problem(_ line: [UInt8]) -> Text? {
        switch format {
        case .metaWebhooks:
            guard let value = try? JSON.parse(line), value.isObject else {
                return Text(id: "bukan objek JSON", en: "not a JSON object")
            }
            return nil
        case .sends:
            return SendLog.decode(line, receivedAt: Clock.now()).problems.first?.message
        case .deskEvents:
            return DeskEvents.decode(line, receivedAt: Clock.now()).problems.first?.message
        case .outcomes:
            let home = installation.home
            return OutcomeRecords.decode(line, receivedAt: Clock.now(), home: home.country, currency: home.currency)
                .problems.first?.message
        case .chatwoot, .rateCard:
            return nil
        }
    }

    private func append(_ bodies: [[UInt8]]) async throws {
        let source: DeliverySource =
            switch format {
            case .metaWebhooks: .metaWebhook
            case .sends: .sendLog
            case .deskEvents: .deskEvents
            case .outcomes: .outcomes
            case .rateCard: .rateCard
            case .chatwoot: .chatwoot
            }
        let receivedAt = Clock.now()
        let inbox = installation.inbox
        try await withThrowingTaskGroup(of: Void.self) { group in
            for body in bodies {
                group.addTask { _ = try await inbox.append(body, source: source, receivedAt: receivedAt) }
            }
            try await group.waitForAll()
        }
    }
}

/// How far interrupted imports came: a small file in the data directory.
struct ImportProgress {
    private let file: URL
    private var lines: [String: Int]

    init(_ directory: URL) {
        file = directory.appending(path: "imports.json")
        lines = (try? JSONDecoder().decode([String: Int].self, from: Data(contentsOf: file))) ?? [:]
    }

    func linesDone(_ path: String) -> Int { lines[Self.key(path)] ?? 0 }

    mutating func note(_ path: String, linesDone: Int) {
        lines[Self.key(path)] = linesDone
        save()
    }

    mutating func forget(_ paths: [String]) {
        for path in paths { lines[Self.key(path)] = nil }
        save()
    }

    private func save() {
        // Losing it costs a second reading, nothing more.
        try? JSONEncoder().encode(lines).write(to: file, options: .atomic)
    }

    /// Another file under the same name is another import.
    private static func key(_ path: String) -> String {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        let size = attributes?[.size] as? Int64 ?? 0
        let modified = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(url.path)|\(size)|\(Int64(modified))"
    }
}
