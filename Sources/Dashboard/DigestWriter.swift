import Alerts
import Analytics
import Catalogue
import Domain
import Insights
import Ledgers
import Storage

/// Writes a digest: five numbers with what they serve, findings, waste, who waits, and what to do first.
package struct DigestWriter: Sendable {
    private let store: any AnalyticsStore
    private let analyst: Analyst
    private let findings: (any FindingStore)?
    private let workspace: Workspace
    /// Public address of this server; empty for links within it.
    private let base: String
    private let now: @Sendable () -> Instant

    /// Findings that are read to look through.
    private static let findingsMax = 2_000
    private static let waitsMax = 1_000

    package init(
        store: any AnalyticsStore, analyst: Analyst, findings: (any FindingStore)?, workspace: Workspace,
        base: String, now: @escaping @Sendable () -> Instant
    ) {
        self.store = store
        self.analyst = analyst
        self.findings = findings
        self.workspace = workspace
        self.base = base
        self.now = now
    }

    /// The days that a digest tells: yesterday, or the seven days before today.
    package func days(_ period: DigestPeriod, zone: String? = nil) throws(Failure) -> (from: LocalDate, to: LocalDate) {
        let today = try ZoneClock.named(zone ?? workspace.timeZone).date(of: now())
        return (today.adding(days: period == .daily ? -1 : -7), today.adding(days: -1))
    }

    /// - Parameters:
    ///   - from: first day that is told.
    ///   - to: last day, included.
    package func content(
        _ period: DigestPeriod, from: LocalDate, to: LocalDate, zone: String? = nil
    ) async throws -> DigestContent {
        let zone = zone ?? workspace.timeZone
        let clock = try ZoneClock.named(zone)
        let instants = clock.instant(of: from)..<clock.instant(of: to.adding(days: 1))
        let say = Both(clock: clock)
        let all =
            try await findings?.findings(state: nil, limit: Self.findingsMax)
            .compactMap { Finding(json: $0.json) } ?? []
        let opened = all.filter { instants.contains($0.openedAt) }
        let resolved = all.filter { $0.state == .resolved && instants.contains($0.updatedAt) && !$0.kind.isGoodNews }
        let lasting = all.filter { $0.state == .open && !$0.kind.isGoodNews }
        let range = QueryRange.dates(from: from, to: to.adding(days: 1))
        let waste = try await analyst.waste(range: range, timezone: zone)
        var headlines: [DigestHeadline] = []
        for headline in Self.headlines {
            headlines.append(try await self.headline(headline, range, zone, period, say))
        }
        let arrival = try await store.projectionStatus()
        var notes: [Text] = []
        if let fresh = arrival.freshTo, fresh < instants.upperBound {
            notes.append(
                say { figures, language in
                    Text(
                        id: "Data baru lengkap sampai \(figures.time(fresh)); angkanya masih dapat bertambah.",
                        en: "Data are complete only up to \(figures.time(fresh)); numbers may still grow.")(language)
                })
        }
        return DigestContent(
            period: period, business: "", span: span(from, to, say), headlines: headlines,
            opened: Self.gravest(opened).map(told), resolved: Self.gravest(resolved).map(told),
            wasted: wasted(waste, from, to, say), waits: try await waits(say),
            actions: Self.gravest(lasting).prefix(5).map { finding in
                DigestAction(sentence: finding.action, link: link("/findings/\(finding.id)"))
            }, notes: notes,
            link: link("/digest?\(period == .weekly ? "week=" : "day=")\(to)"))
    }

    /// Something said in both languages.
    private struct Both {
        let id: Figures
        let en: Figures
        init(clock: ZoneClock) {
            id = Figures(language: .indonesian, clock: clock)
            en = Figures(language: .english, clock: clock)
        }
        func callAsFunction(_ words: (Figures, Language) -> String) -> Text {
            Text(id: words(id, .indonesian), en: words(en, .english))
        }
    }

    // MARK: Numbers

    private struct Wanted {
        var metric: String
        /// What it is meant to serve.
        var outcome: String
        var path: String
    }

    private static let headlines = [
        Wanted(metric: "delivery_rate", outcome: "conversion_rate", path: "/delivery"),
        Wanted(metric: "reply_rate", outcome: "outcomes", path: "/engagement"),
        Wanted(metric: "response_time_p50", outcome: "resolution_rate", path: "/service"),
        Wanted(metric: "conversations", outcome: "conversation_conversion_rate", path: "/volume"),
        Wanted(metric: "cost", outcome: "value_credited", path: "/costs"),
    ]

    private func headline(
        _ wanted: Wanted, _ range: QueryRange, _ zone: String, _ period: DigestPeriod, _ say: Both
    ) async throws -> DigestHeadline {
        let answer = try await ask(wanted.metric, range, zone)
        let outcome = try await ask(wanted.outcome, range, zone)
        guard let metric = Catalogue.metric(wanted.metric), let served = Catalogue.metric(wanted.outcome) else {
            throw Failure(
                .internal, id: "Metrik rangkuman tidak ada di katalog.",
                en: "A digest's metric is not in the catalogue.")
        }
        let amounts = try await split(metric, range, zone)
        let outcomeAmounts = try await split(served, range, zone)
        let change = answer.hasBefore ? answer.totalChange(metric.id) : .none
        let direction: DigestHeadline.Direction =
            switch Self.isChance(change, answer, metric) ? nil : change.isGood(metric.direction) {
            case true?: .better
            case false?: .worse
            case nil: .even
            }
        let sample = answer.samples[metric.id]?.first
        var caution: Text?
        if let sample, sample < metric.minimumSample {
            caution = say { figures, language in
                Text(
                    id: "sampel kecil: \(figures.integer(sample))", en: "small sample: \(figures.integer(sample))")(
                        language)
            }
        } else if let maturity = answer.meta.maturity, maturity < 0.95 {
            caution = say { figures, language in
                let share = figures.percent(maturity, places: 0)
                return Text(id: "baru \(share) matang", en: "only \(share) mature")(language)
            }
        }
        return DigestHeadline(
            name: metric.name, value: say { figures, _ in figures.total(answer, metric, amounts: amounts) },
            change: Self.words(change, period, say), direction: direction,
            outcome: say { figures, language in
                "\(served.name(language)) \(figures.total(outcome, served, amounts: outcomeAmounts))"
            },
            caution: caution, link: link(wanted.path))
    }

    /// Whether a rate moved by no more than chance moves it: within the interval of the difference.
    private static func isChance(_ change: Change, _ answer: Answer, _ metric: Metric) -> Bool {
        guard case .points(let amount) = change, let interval = answer.intervals[metric.id]?.first ?? nil else {
            return false
        }
        return abs(amount) < (interval.upper - interval.lower) / 2 * 2.0.squareRoot()
    }

    private func ask(_ metric: String, _ range: QueryRange, _ zone: String) async throws -> Answer {
        try await analyst.ask(
            Query(metrics: [metric], range: range, grain: .total, timezone: zone, compare: .previousPeriod))
    }

    /// Money split by currency, for when it is of several.
    private func split(_ metric: Metric, _ range: QueryRange, _ zone: String) async throws -> Answer? {
        guard metric.unit == .money, metric.dimensions.contains(.currency) else { return nil }
        return try await analyst.ask(
            Query(metrics: [metric.id], dimensions: [.currency], range: range, grain: .total, timezone: zone))
    }

    /// `+1,2 poin dari hari sebelumnya`.
    private static func words(_ change: Change, _ period: DigestPeriod, _ say: Both) -> Text? {
        let before =
            period == .daily
            ? Text(id: "dari hari sebelumnya", en: "on the day before")
            : Text(id: "dari minggu sebelumnya", en: "on the week before")
        let amount: Double
        let isRate: Bool
        switch change {
        case .none: return nil
        case .new: return Text(id: "baru", en: "new")
        case .relative(let size): (amount, isRate) = (size, false)
        case .points(let size): (amount, isRate) = (size, true)
        }
        guard abs(amount) >= 0.0005 else {
            return say { _, language in Text(id: "sama dengan sebelumnya", en: "as before")(language) }
        }
        return say { figures, language in
            let size = figures.decimal(abs(amount) * 100, places: 1)
            let unit = isRate ? Text(id: " poin", en: " points") : Text(id: "\u{A0}%", en: "%")
            return "\(amount > 0 ? "+" : "−")\(size)\(unit(language)) \(before(language))"
        }
    }

    // MARK: Parts

    private func span(_ from: LocalDate, _ to: LocalDate, _ say: Both) -> Text {
        say { figures, _ in
            from == to
                ? "\(figures.weekdayDate(from)) \(from.civil.year)"
                : "\(figures.shortDate(from)) – \(figures.date(to))"
        }
    }

    private static func gravest(_ findings: [Finding]) -> [Finding] {
        findings.sorted { ($0.severity, $0.openedAt, $0.id) > ($1.severity, $1.openedAt, $1.id) }
    }

    private func told(_ finding: Finding) -> DigestFinding {
        let alert = Alert(finding, link: link("/findings/\(finding.id)"))
        return DigestFinding(severity: alert.severity, title: alert.title, link: alert.link)
    }

    private func wasted(_ waste: Waste, _ from: LocalDate, _ to: LocalDate, _ say: Both) -> DigestMoney? {
        guard let line = waste.lines.first, line.cost.micros > 0 else { return nil }
        let totals = waste.totals.map(\.wasted).filter { $0.micros > 0 }
        return DigestMoney(
            amount: say { figures, _ in totals.map { figures.money($0) }.joined(separator: " + ") },
            reason: say { figures, language in
                let reason = WasteReason(rawValue: line.reason)?.name(language) ?? line.reason
                return Text(
                    id: "terbanyak: \(reason) (\(figures.money(line.cost)))",
                    en: "most of it: \(reason) (\(figures.money(line.cost)))")(language)
            }, link: link("/costs?from=\(from)&to=\(to)"))
    }

    private func waits(_ say: Both) async throws -> DigestWaits {
        let waits = try await store.openWaits(matching: [], limit: Self.waitsMax)
        let longest = waits.map(\.startedAt).min().map { start in
            let seconds = Double(max(0, now().seconds - start.seconds))
            return say { figures, _ in figures.duration(seconds) }
        }
        return DigestWaits(count: waits.count, longest: longest, link: link("/service"))
    }

    private func link(_ path: String) -> String { base + path }
}
