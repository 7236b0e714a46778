import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Insights
import Logging
import Pipeline
import Storage
import StoreSQLite

/// `pantau findings`: what the watch found.
struct FindingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", abstract: "What has changed, why, what it costs and what to do. The newest first.",
        discussion: "--refresh goes through stored history again, as it would have been watched then.")

    @OptionGroup var data: DataOptions
    @Flag(help: "Look through stored history first.") var refresh = false
    @Option(help: "With --refresh: the date from which to look; 28 days ago unless given.") var from: String?
    @Option(help: "open, acknowledged, muted or resolved; all unless given.") var state: String?
    @Option(help: "Findings at most.") var limit = 50
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !(1...10_000).contains(limit) { throw ValidationError("--limit is 1 to 10000.") }
        if let state, FindingState(rawValue: state) == nil {
            throw ValidationError("--state is open, acknowledged, muted or resolved.")
        }
        if from != nil, !refresh { throw ValidationError("--from goes with --refresh.") }
    }

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        if refresh { try await look(asking) }
        let kept = try await asking.installation.findings.findings(state: state, limit: limit)
        await asking.installation.close()
        let findings = kept.compactMap { Finding(json: $0.json) }
        guard !findings.isEmpty || output.format != .table else {
            print(asking.say("Tidak ada temuan.", "No findings."))
            return
        }
        let clock = try ZoneClock.named(asking.workspace.timeZone)
        var table = OutputTable(columns: [
            .text("since", "sejak", "since"), .text("state", "keadaan", "state"), .text("title", "apa", "what"),
            .text("cause", "sebab", "why"), .text("action", "langkah", "what to do"), .text("id", "ID", "id"),
        ])
        table.rows = findings.map { finding in
            [
                clock.rfc3339(finding.since), finding.state.rawValue, finding.title(asking.language),
                finding.causes.first?.text(asking.language), finding.action(asking.language), finding.id,
            ]
        }
        table.write(as: output.format, asking.language) {
            var writer = JSONWriter()
            writer.object { $0.member("findings", array: { list in kept.forEach { list.raw($0.json) } }) }
            return writer.bytes
        }
    }

    private func look(_ asking: Asking) async throws {
        let clock = try ZoneClock.named(asking.workspace.timeZone)
        let status = try await asking.store.projectionStatus()
        guard let fresh = status.freshTo, let first = status.firstMessageAt else { return }
        let end = min(Clock.now(), fresh)
        var start = clock.startOfDay(end.adding(seconds: -28 * 86_400))
        if let from {
            guard let date = LocalDate(from) else { throw ValidationError("--from is a date such as 2026-10-01.") }
            start = clock.instant(of: date)
        }
        start = max(start, clock.startOfDay(first))
        let watcher = Watcher(
            store: asking.store, findings: asking.installation.findings, workspace: asking.workspace,
            rules: { [alerts = asking.installation.alerts] in try await RouteBook.watchRules(alerts) },
            now: Clock.now,
            logger: Logger(label: "watch") { _ in SwiftLogNoOpLogHandler() })
        let span = max(1, end.seconds - start.seconds)
        let bar = ProgressBar("watching", unit: "hours", total: span / 3600)
        let from = start
        _ = try await watcher.refresh(
            from: start, to: end, onProgress: { bar.update(to: ($0.seconds - from.seconds) / 3600) })
        bar.finish()
    }
}

/// `pantau why METRIC`: what accounts for a change.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Why a metric changed: the segments, error codes and events behind it.",
        discussion: """
            pantau why delivery_rate --segment template=promo,country=ID --at 2026-11-05
            pantau why response_time_p50 --last 7d
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "Id of a metric.") var metric: String
    @Option(help: "template=promo,country=ID. May be repeated.") var segment: [String] = []
    @Option(help: "A date, or a time such as 2026-11-05T10:00:00+07:00.") var at: String?
    @Option(help: "7d, 4w, or a preset such as last_28_days.") var last: String?
    @Option(help: "First date, or an RFC 3339 instant.") var from: String?
    @Option(help: "End, excluded.") var to: String?
    @Option(help: "previous_period or last_year.") var compare: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        var flags = QueryFlags()
        flags.metrics = [metric]
        flags.filters = segment.flatMap { $0.split(separator: ",").map(String.init) }
        (flags.last, flags.from, flags.to, flags.compare) = (last, from, to, compare ?? "previous_period")
        var query = try flags.query(now: Clock.now(), workspace: asking.workspace)
        if let at {
            query.range = try WhyQuestion.range(at: at, now: Clock.now(), timezone: nil, asking.workspace)
        }
        let answer = try await asking.analyst.why(
            WhyQuestion(
                metric: metric, filters: query.filters, range: query.range, compare: query.compare ?? .previousPeriod))
        await asking.installation.close()
        asking.note(answer.notes)
        var table = OutputTable(columns: [
            .text("part", "bagian", "part"), .text("what", "apa", "what"), .number("share", "bagian %", "share %"),
            .text("text", "penjelasan", "explanation"),
        ])
        let add = { (part: String, reasons: [WhyAnswer.Reason]) in
            table.rows += reasons.map { reason in
                [
                    part, reason.segments.map(\.key).joined(separator: "; "),
                    String(Int((reason.share * 100).rounded())), reason.text(asking.language),
                ]
            }
        }
        add("cause", answer.causes)
        for code in answer.codes.prefix(5) {
            let error = ErrorCatalogue[code.code]
            table.rows.append([
                "error", "error_code=\(code.code)", nil,
                "\(error.title(asking.language)). \(error.remedy(asking.language))",
            ])
        }
        for mark in answer.marks { table.rows.append(["mark", mark.segment.key, nil, mark.text(asking.language)]) }
        add("alternative", Array(answer.alternatives.prefix(5)))
        table.write(as: output.format, asking.language) { answer.json().bytes }
    }
}
