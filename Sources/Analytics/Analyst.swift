import Catalogue
import Domain
import Storage

/// Answers questions: plan → store → arithmetic → comparison, gaps, maturity, provenance.
package struct Analyst: Sendable {
    let store: any AnalyticsStore
    let workspace: Workspace
    /// Public holidays, past and to come, for forecasts.
    package var holidays: [PublicHoliday] = []
    let now: @Sendable () -> Instant
    private let completeness: @Sendable () async throws -> Double?
    let curves = CurveCache()

    /// - Parameter completeness: the share of received deliveries that are counted, nil when it is not known.
    package init(
        store: any AnalyticsStore, workspace: Workspace, now: @escaping @Sendable () -> Instant,
        completeness: @escaping @Sendable () async throws -> Double? = { nil }
    ) {
        self.store = store
        self.workspace = workspace
        self.now = now
        self.completeness = completeness
    }

    var planner: Planner {
        get throws { Planner(reporting: try ZoneClock.named(workspace.timeZone)) }
    }

    /// The answer; throws a `Failure` that says what to change when the question makes no sense.
    package func ask(_ query: Query) async throws -> Answer {
        let asked = now()
        let resolved = try query.resolved(now: asked, workspace: workspace)
        let gathering = Gathering(
            store: store, planner: try planner, curves: curves, query: resolved, now: asked)
        // Read before the numbers: they are at least as fresh as this says.
        let freshTo = try await store.projectionStatus().freshTo
        let current = try await gathering.gather(
            Gathering.Layout(boundaries: resolved.boundaries, fine: resolved.fineBoundaries))
        let table = AnswerTable(resolved, current)
        var isFromFacts = current.isFromFacts
        var comparison: Answer.Comparison?
        var period: ComparedPeriod?
        if let kind = query.compare {
            let compared = ComparedPeriod(kind, of: resolved, now: asked)
            period = compared
            let before = try await compared.layout.asyncMap(gathering.gatherCompared) ?? Gathering.Result()
            isFromFacts = isFromFacts || before.isFromFacts
            comparison = table.comparison(compared, before)
        }
        let maturity = table.total.maturity(gathering.maturities)
        let notes = Notes(
            query: resolved, table: table, maturities: gathering.maturities, isClipped: period?.isClipped ?? false
        ).all
        let meta = Answer.Meta(
            query: resolved.understood, timezone: resolved.clock.identifier, from: resolved.from, to: resolved.to,
            asOf: asked,
            definitionVersion: resolved.metrics.map(\.definitionVersion).max() ?? 1, freshTo: freshTo,
            maturity: maturity, completeness: try await completeness(), isFromFacts: isFromFacts,
            elapsedMilliseconds: Double(max(0, now().microseconds(since: asked))) / 1000, notes: notes)
        return table.answer(maturities: gathering.maturities, comparison: comparison, meta: meta)
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Mapped>(_ transform: (Wrapped) async throws -> Mapped) async rethrows -> Mapped? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
