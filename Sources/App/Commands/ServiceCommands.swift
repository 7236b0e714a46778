import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite

/// `pantau waits`: who waits now.
struct WaitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waits", abstract: "Who waits for an answer now, the longest first.",
        discussion: "`pantau why-wait ID` tells the story of one of them.")

    @OptionGroup var data: DataOptions
    @Option(help: "team=cs-1 · phone_number=ID · agent= (nobody). May be repeated.") var filter: [String] = []
    @Option(help: "Rows at most.") var limit = 50
    @Option(help: "id or en.") var language: String?

    func validate() throws {
        if !(1...10_000).contains(limit) { throw ValidationError("--limit is 1 to 10000.") }
    }

    func run() async throws {
        let settings = try data.settings([Setting.language.name: language])
        var flags = QueryFlags()
        flags.metrics = ["waits_open"]
        flags.filters = filter
        let query = try flags.query(now: Clock.now(), workspace: settings.workspace)
        // Refuses what waits have no value of.
        _ = try query.resolved(now: Clock.now(), workspace: settings.workspace)
        let installation = try await Installation(settings, as: .guest)
        let clock = try ZoneClock.named(installation.zone)
        let open = try await installation.store.openWaits(matching: query.filters, limit: limit)
        await installation.close()
        let isIndonesian = settings.workspace.language == .indonesian
        guard !open.isEmpty else {
            print(isIndonesian ? "Tidak ada yang menunggu." : "Nobody waits.")
            return
        }
        let now = Clock.now()
        let rows = open.map { wait in
            let state =
                wait.isMissed
                ? (isIndonesian ? "lewat" : "missed") : wait.dueAt.map { clock.rfc3339($0) } ?? ""
            return [
                wait.conversation, Self.length(now.microseconds(since: wait.since)), clock.rfc3339(wait.since),
                "\(wait.messages)", wait.waitingFor.rawValue, wait.dimensions[.agent] ?? "",
                wait.dimensions[.team] ?? "", state,
            ]
        }
        let titles =
            isIndonesian
            ? ["percakapan", "menunggu", "sejak", "pesan", "menunggu siapa", "agen", "tim", "target"]
            : ["conversation", "waiting", "since", "messages", "waiting for", "agent", "team", "target"]
        print(TextTable.render(titles, rows, numeric: [1, 3]), terminator: "")
    }

    /// `2 h 05 min`, `3 min 20 s`.
    static func length(_ microseconds: Int64) -> String {
        let seconds = max(0, microseconds / 1_000_000)
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
        if seconds < 86_400 { return "\(seconds / 3_600) h \(seconds / 60 % 60) min" }
        return "\(seconds / 86_400) d \(seconds / 3_600 % 24) h"
    }
}

/// `pantau why-wait ID`: one conversation's story.
struct WhyWaitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why-wait", abstract: "Tell one conversation: what happened, and who was waited for in between.",
        discussion: "ID is a conversation's, from `pantau waits`, or that of any message in it (wamid.…).")

    @OptionGroup var data: DataOptions
    @Argument(help: "Conversation or message id.") var id: String
    @Option(help: "id or en.") var language: String?

    func run() async throws {
        let settings = try data.settings([Setting.language.name: language])
        let installation = try await Installation(settings, as: .guest)
        let clock = try ZoneClock.named(installation.zone)
        let found = try await installation.store.conversation(id)
        await installation.close()
        guard let found else {
            throw Failure(
                .notFound, id: "Percakapan ini tidak dikenal. Lihat `pantau waits`.",
                en: "This conversation is not known. See `pantau waits`.")
        }
        print(StoryView.render(found, clock, settings.workspace.language), terminator: "")
    }
}

/// A story for a terminal: what happened and what was waited for, in one column of time.
enum StoryView {
    private struct Line {
        var at: Instant
        /// What happened comes before what is then waited for.
        var rank: Int
        var cells: [String]
    }

    static func render(_ found: ConversationStory, _ clock: ZoneClock, _ language: Language) -> String {
        var lines: [Line] = found.story.steps.map { step in
            Line(at: step.at, rank: 0, cells: [clock.rfc3339(step.at), "", said(step, language)])
        }
        lines += found.story.intervals.map { part in
            let length = part.to.map { WaitsCommand.length($0.microseconds(since: part.from)) } ?? "…"
            return Line(at: part.from, rank: 1, cells: ["", length, "  " + part.waitingFor.name(language)])
        }
        let rows = lines.enumerated()
            .sorted { ($0.element.at, $0.element.rank, $0.offset) < ($1.element.at, $1.element.rank, $1.offset) }
            .map(\.element.cells)
        let isIndonesian = language == .indonesian
        let titles = isIndonesian ? ["waktu", "lamanya", "kejadian"] : ["time", "for", "what"]
        var text = "\(found.id) · \(clock.identifier)\n\n" + TextTable.render(titles, rows, numeric: [1])
        let waited = found.waits.reduce(WaitFact.Split()) { sum, wait in
            WaitFact.Split(
                bot: sum.bot + wait.split.bot, queue: sum.queue + wait.split.queue,
                agent: sum.agent + wait.split.agent, closed: sum.closed + wait.split.closed)
        }
        let parts: [(Text, Int64)] = [
            (Text(id: "bot", en: "bot"), waited.bot), (Text(id: "antrean", en: "queue"), waited.queue),
            (Text(id: "agen", en: "agent"), waited.agent), (Text(id: "jam tutup", en: "closed hours"), waited.closed),
        ]
        let told = parts.filter { $0.1 > 0 }.map { "\($0.0(language)) \(WaitsCommand.length($0.1))" }
        if !told.isEmpty {
            text += "\n" + (isIndonesian ? "Menunggu: " : "Waited for: ") + told.joined(separator: " · ") + "\n"
        }
        return text
    }

    private static func said(_ step: ServiceStory.Step, _ language: Language) -> String {
        let who = [step.by?.rawValue, step.agent, step.team, step.detail].compactMap { $0 }
        return step.name(language) + (who.isEmpty ? "" : " (\(who.joined(separator: ", ")))")
    }
}

/// `pantau repeat-effect`: what waiting does.
struct RepeatEffectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repeat-effect", abstract: "How often customers write again, by how long they have waited.")

    @OptionGroup var data: DataOptions
    @Option(help: "7d, 4w, or a preset such as last_28_days.") var last: String?
    @Option(help: "First date, or an RFC 3339 instant.") var from: String?
    @Option(help: "End, excluded.") var to: String?
    @Option(help: "responder=human · team=cs-1. May be repeated.") var filter: [String] = []
    @Option(help: "id or en.") var language: String?

    func run() async throws {
        let settings = try data.settings([Setting.language.name: language])
        var flags = QueryFlags()
        flags.metrics = ["waits"]
        flags.last = last
        flags.from = from
        flags.to = to
        flags.filters = filter
        let installation = try await Installation(settings, as: .guest)
        let workspace = installation.workspace(settings)
        let query = try flags.query(now: Clock.now(), workspace: workspace)
        let analyst = Analyst(store: installation.store, workspace: workspace, now: Clock.now)
        let effect = try await analyst.repeatEffect(filters: query.filters, range: query.range)
        await installation.close()
        let isIndonesian = workspace.language == .indonesian
        let rows = effect.bands.filter { $0.waiting > 0 }.map { band in
            [
                "\(Self.minutes(band.fromMinutes))–\(Self.minutes(band.toMinutes))", "\(band.waiting)",
                "\(band.firstRepeats)", "\(band.extraMessages)", Self.rate(band.hazard), Self.rate(band.rate),
                AnswerView.percent(band.repeatedByEnd),
            ]
        }
        let titles =
            isIndonesian
            ? [
                "menit menunggu", "masih menunggu", "mengulang", "pesan tambahan", "peluang ulang/menit",
                "tambahan/menit", "sudah mengulang",
            ]
            : [
                "minutes waited", "still waiting", "repeated", "extra messages", "repeat chance/min", "extra/min",
                "repeated by then",
            ]
        print(TextTable.render(titles, rows, numeric: Swift.Set(1...6)), terminator: "")
        print("\n" + effect.sentence(workspace.language))
    }

    private static func minutes(_ value: Double) -> String {
        value.formatted(.number.precision(.fractionLength(0...1)).grouping(.never))
    }

    private static func rate(_ value: Double?) -> String {
        value.map { $0.formatted(.number.precision(.fractionLength(0...4)).grouping(.never)) } ?? "–"
    }
}
