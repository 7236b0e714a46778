import Domain

/// A question that makes sense: every name is known, the range is one of instants, the buckets are laid out.
package struct ResolvedQuery: Sendable {
    package let query: Query
    package let metrics: [Metric]
    package let clock: ZoneClock
    package let from: Instant
    package let to: Instant
    /// Bounds of the answer's buckets: bucket i is `[boundaries[i], boundaries[i + 1])`.
    package let boundaries: [Instant]
    package let limit: Int
    package let order: [Query.Order]

    package var hasTime: Bool { query.grain != .total }
    /// What weekdays, hours and shifts asked for tell apart.
    package let fineTime: FineTime
    /// `boundaries` and those of `fineTime`.
    package let fineBoundaries: [Instant]
    /// Those of the workspace.
    package let shifts: [Shift]
    /// The attribution models that credits are told by; empty when nothing asked rests on credits.
    package let models: [String]
    /// The workspace's, for amounts that are nothing.
    package let currency: String

    /// The query with what it leaves to be understood.
    package var understood: Query {
        var query = query
        query.timezone = clock.identifier
        query.limit = limit
        query.order = order
        if !models.isEmpty, !query.dimensions.contains(.model),
            !query.filters.contains(where: { $0.dimension == .model })
        {
            query.filters.append(.standardModel)
        }
        return query
    }
}

extension Query {
    /// Checks everything that can be wrong with a question, and lays out its time.
    package func resolved(now: Instant, workspace: Workspace) throws(Failure) -> ResolvedQuery {
        let clock = try ZoneClock.named(timezone ?? workspace.timeZone)
        let metrics = try resolvedMetrics()
        try checkFilters(workspace.shifts)
        let (from, to) = range.resolved(now: now, clock: clock)
        guard from < to else {
            throw Failure(
                .unprocessable,
                id: "Rentang kosong: \"to\" (\(clock.rfc3339(to))) harus sesudah \"from\" (\(clock.rfc3339(from))). "
                    + "\"to\" tidak termasuk; untuk satu hari, pakai hari berikutnya.",
                en: "The range is empty: \"to\" (\(clock.rfc3339(to))) must be after \"from\" "
                    + "(\(clock.rfc3339(from))). \"to\" is excluded; for one day, give the day after.")
        }
        let boundaries = try layOut(from..<to, grain: grain, clock: clock)
        let fineTime = FineTime(Set(dimensions + filters.map(\.dimension)), shifts: workspace.shifts)
        return ResolvedQuery(
            query: self, metrics: metrics, clock: clock, from: from, to: to, boundaries: boundaries,
            limit: try resolvedLimit(), order: try resolvedOrder(), fineTime: fineTime,
            fineBoundaries: try fineBoundaries(boundaries, fineTime, from..<to, clock: clock),
            shifts: workspace.shifts, models: try resolvedModels(of: metrics), currency: workspace.currency)
    }

    private func resolvedMetrics() throws(Failure) -> [Metric] {
        guard !metrics.isEmpty else {
            throw Failure(
                .unprocessable, id: "Sebutkan paling sedikit satu metrik di \"metrics\".",
                en: "Name at least one metric in \"metrics\".")
        }
        try refuseRepeats(metrics, of: Text(id: "Metrik", en: "Metric"))
        try refuseRepeats(dimensions.map(\.rawValue), of: Text(id: "Dimensi", en: "Dimension"))
        var found: [Metric] = []
        for id in metrics { found.append(try Catalogue.requireMetric(id)) }
        try checkScope(of: found)
        return found
    }

    private func refuseRepeats(_ names: [String], of kind: Text) throws(Failure) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            let shown = String(name.prefix(64))
            throw Failure(
                .unprocessable, id: "\(kind.id) \"\(shown)\" disebut dua kali.",
                en: "\(kind.en) \"\(shown)\" is named twice.")
        }
    }

    private func checkFilters(_ shifts: [Shift]) throws(Failure) {
        guard filters.reduce(0, { $0 + $1.values.count }) <= Self.filterValuesMax else {
            throw Failure(
                .unprocessable, id: "Filter memuat lebih dari \(Self.filterValuesMax) nilai.",
                en: "The filters hold more than \(Self.filterValuesMax) values.")
        }
        for filter in filters {
            let name = filter.dimension.rawValue
            switch filter.op {
            case .isIn, .notIn:
                guard !filter.values.isEmpty else {
                    throw Failure(
                        .unprocessable,
                        id: "Filter \"\(name)\" dengan \"\(filter.op.rawValue)\" perlu paling sedikit satu nilai; "
                            + "untuk yang kosong pakai \"is_null\".",
                        en: "The filter on \"\(name)\" with \"\(filter.op.rawValue)\" needs at least one value; for "
                            + "what has none use \"is_null\".")
                }
            case .isNull, .notNull:
                guard filter.values.isEmpty else {
                    throw Failure(
                        .unprocessable,
                        id: "Filter \"\(name)\" dengan \"\(filter.op.rawValue)\" tidak memakai nilai.",
                        en: "The filter on \"\(name)\" with \"\(filter.op.rawValue)\" takes no values.")
                }
            }
            let allowed = filter.dimension.fixedValues(shifts)
            for value in filter.values where !allowed.isEmpty && !allowed.contains(value) {
                throw Failure(
                    .unprocessable,
                    id: "\"\(String(value.prefix(64)))\" bukan nilai \"\(name)\". "
                        + "Nilainya: \(allowed.joined(separator: ", ")).",
                    en: "\"\(String(value.prefix(64)))\" is no value of \"\(name)\". "
                        + "Values: \(allowed.joined(separator: ", ")).")
            }
        }
    }

    private func layOut(_ range: Range<Instant>, grain: Grain, clock: ZoneClock) throws(Failure) -> [Instant] {
        if let bounds = clock.boundaries(of: range, grain: grain, max: Limits.answerBucketsMax) { return bounds }
        var coarser = grain.coarser
        while let candidate = coarser,
            clock.boundaries(of: range, grain: candidate, max: Limits.answerBucketsMax) == nil
        {
            coarser = candidate.coarser
        }
        let advice = coarser?.rawValue ?? Grain.total.rawValue
        throw Failure(
            .unprocessable,
            id: "Rentang ini punya lebih dari \(Limits.answerBucketsMax) bagian \"\(grain.rawValue)\". "
                + "Pakai \"\(advice)\" atau rentang yang lebih pendek.",
            en: "The range has more than \(Limits.answerBucketsMax) buckets of \"\(grain.rawValue)\". "
                + "Use \"\(advice)\" or a shorter range.")
    }

    private func fineBoundaries(
        _ boundaries: [Instant], _ fineTime: FineTime, _ range: Range<Instant>, clock: ZoneClock
    ) throws(Failure) -> [Instant] {
        guard let fine = fineTime.boundaries(of: range, clock: clock, max: Limits.answerBucketsMax) else {
            throw Failure(
                .unprocessable,
                id: "Rentang ini terlalu panjang untuk \"hour_of_day\", \"weekday\" atau \"shift\": paling banyak "
                    + "\(Limits.answerBucketsMax) jam, hari atau sif. Pakai rentang yang lebih pendek.",
                en: "The range is too long for \"hour_of_day\", \"weekday\" or \"shift\": at most "
                    + "\(Limits.answerBucketsMax) hours, days or shifts. Use a shorter range.")
        }
        return fine.isEmpty ? boundaries : fine.union(boundaries).sorted()
    }

    private func resolvedLimit() throws(Failure) -> Int {
        guard let limit else {
            if grain == .total { return Self.limitDefault }
            return Limits.answerRowsMax
        }
        guard (1...Limits.answerRowsMax).contains(limit) else {
            throw Failure(
                .unprocessable, id: "\"limit\" harus antara 1 dan \(Limits.answerRowsMax).",
                en: "\"limit\" must be between 1 and \(Limits.answerRowsMax).")
        }
        return limit
    }

    private func resolvedOrder() throws(Failure) -> [Order] {
        let columns = (grain == .total ? [] : ["time"]) + dimensions.map(\.rawValue) + metrics
        for item in order where !columns.contains(item.by) {
            let nearest = Catalogue.nearest(to: item.by, among: columns, count: 5).joined(separator: ", ")
            throw Failure(
                .unprocessable,
                id: "Tidak bisa mengurutkan menurut \"\(String(item.by.prefix(64)))\": bukan kolom jawaban. "
                    + "Kolomnya: \(nearest).",
                en: "Cannot order by \"\(String(item.by.prefix(64)))\": it is no column of the answer. "
                    + "Columns: \(nearest).")
        }
        var resolved = order
        if resolved.isEmpty {
            if grain != .total { resolved.append(Order(by: "time")) }
            if !dimensions.isEmpty, let first = metrics.first { resolved.append(Order(by: first, isDescending: true)) }
        }
        // What is left undecided is decided by time and names, so that the same question has the same answer.
        for column in columns.prefix(columns.count - metrics.count) where !resolved.contains(where: { $0.by == column })
        {
            resolved.append(Order(by: column))
        }
        return resolved
    }
}
