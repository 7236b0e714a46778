import Domain

/// What may be said of a comparison now.
package enum VariantVerdict: Hashable, Sendable {
    /// Shares are not as planned: nothing may be said.
    case sampleRatioMismatch
    /// Too few events to begin with.
    case notEnough
    case keepGoing
    /// One is better than each of the others.
    case different(better: String)
    /// All are within the least difference that matters.
    case noPracticalDifference
    /// One would be better, but for what it does besides.
    case guardRail(Guard)

    package struct Guard: Hashable, Sendable {
        package enum Reason: String, Sendable, CaseIterable {
            case optOut = "opt_out"
            case cost
        }
        package let variant: String
        package let reason: Reason

        package init(variant: String, reason: Reason) {
            self.variant = variant
            self.reason = reason
        }
    }

    init(_ arms: [VariantComparison.Arm], _ plan: VariantComparison.Plan, _ pairs: [VariantComparison.Pair]) {
        if SampleRatio.isMismatch(counts: arms.map(\.messages), shares: arms.map(\.plannedShare)) {
            self = .sampleRatioMismatch
            return
        }
        guard pairs.contains(where: \.hasEnough) else {
            self = .notEnough
            return
        }
        let better = arms.indices.first { arm in
            pairs.allSatisfy { pair in
                guard pair.first == arm || pair.second == arm else { return true }
                let ahead = pair.second == arm ? pair.difference : -pair.difference
                return ahead > 0 && pair.adjusted <= plan.alpha
            }
        }
        if let better {
            if let reason = Self.rail(arms[better], against: arms, plan) {
                self = .guardRail(Guard(variant: arms[better].name, reason: reason))
            } else {
                self = .different(better: arms[better].name)
            }
        } else if plan.leastDifference > 0,
            pairs.allSatisfy({ $0.lower > -plan.leastDifference && $0.upper < plan.leastDifference })
        {
            self = .noPracticalDifference
        } else {
            self = .keepGoing
        }
    }

    /// What speaks against a variant. A rail errs on the side of stopping: a hint of harm is enough.
    private static func rail(
        _ arm: VariantComparison.Arm, against arms: [VariantComparison.Arm], _ plan: VariantComparison.Plan
    ) -> Guard.Reason? {
        for other in arms where other.name != arm.name {
            let more = arm.optOutRate - other.optOutRate - plan.optOutMargin
            let p = Double(arm.optOuts + other.optOuts) / Double(max(1, arm.messages + other.messages))
            let error =
                (p * (1 - p) * (1 / Double(max(1, arm.messages)) + 1 / Double(max(1, other.messages)))).squareRoot()
            // One-sided, one case in ten.
            if arm.optOuts + other.optOuts >= 5, error > 0, more / error > 1.2815515655446004 { return .optOut }
            if let cost = arm.costPerEvent, let usual = other.costPerEvent, cost > usual * (1 + plan.costMargin) {
                return .cost
            }
        }
        return nil
    }
}

extension VariantComparison {
    /// The verdict for a manager.
    package var sentence: Text {
        let rate = Self.words[plan.measure] ?? Text(id: plan.measure.rawValue, en: plan.measure.rawValue + " rate")
        switch verdict {
        case .sampleRatioMismatch:
            return Text(
                id: "Belum bisa dinilai: penerima tidak terbagi sesuai rencana, jadi kelompoknya tidak sebanding. "
                    + "Periksa apakah salah satu templat dijeda atau diperlambat Meta.",
                en: "No verdict: recipients were not shared out as planned, so the groups are not alike. Check whether "
                    + "Meta paused or paced one of the templates.")
        case .notEnough:
            return Text(
                id: "Data belum cukup untuk membandingkan \(rate.id): perlu paling sedikit \(Self.eventsMin.total) "
                    + "kejadian, dan \(Self.eventsMin.each) di tiap varian.",
                en: "Not enough data to compare the \(rate.en): it takes at least \(Self.eventsMin.total) events, and "
                    + "\(Self.eventsMin.each) in each variant.")
        case .keepGoing:
            let isOver = plan.messagesPerArm.map { planned in arms.allSatisfy { $0.messages >= planned } } ?? false
            return isOver
                ? Text(
                    id: "Rencana sudah selesai, tetapi beda \(rate.id) belum terbukti. Anggap sama, atau lanjutkan "
                        + "untuk mencari beda yang lebih kecil.",
                    en: "The plan is complete and no difference in \(rate.en) is proven. Treat them as equal, or go "
                        + "on to look for a smaller one.")
                : Text(
                    id: "Lanjutkan: beda \(rate.id) belum terbukti, bisa jadi hanya kebetulan.",
                    en: "Keep going: no difference in \(rate.en) is proven yet; it may be chance.")
        case .different(let name):
            let arm = arms.first { $0.name == name }?.rate ?? 0
            let others = arms.filter { $0.name != name }.map(\.rate).max() ?? 0
            return Text(
                id: "Varian \(name) terbukti lebih baik: \(rate.id) \(Self.percent(arm, .indonesian)), lainnya paling "
                    + "tinggi \(Self.percent(others, .indonesian)).",
                en: "Variant \(name) is better: \(rate.en) of \(Self.percent(arm, .english)); the best of the others "
                    + "has \(Self.percent(others, .english)).")
        case .noPracticalDifference:
            let least = plan.leastDifference
            return Text(
                id: "Tidak ada beda yang berarti: selisih \(rate.id) kurang dari \(Self.points(least, .indonesian)) "
                    + "poin. Pilih yang paling mudah atau paling murah.",
                en: "No difference that matters: the \(rate.en)s are within \(Self.points(least, .english)) "
                    + "percentage points. Take the easier or the cheaper one.")
        case .guardRail(let rail):
            switch rail.reason {
            case .optOut:
                return Text(
                    id: "Varian \(rail.variant) unggul pada \(rate.id), tetapi lebih banyak pelanggan yang berhenti "
                        + "berlangganan. Jangan dipakai sebelum itu jelas.",
                    en: "Variant \(rail.variant) leads in \(rate.en), but more customers opt out of it. Do not switch "
                        + "to it before that is understood.")
            case .cost:
                return Text(
                    id: "Varian \(rail.variant) unggul pada \(rate.id), tetapi biaya untuk tiap hasilnya lebih mahal. "
                        + "Pertimbangkan dulu apakah sepadan.",
                    en: "Variant \(rail.variant) leads in \(rate.en), but each result costs more. Weigh first whether "
                        + "it is worth it.")
            }
        }
    }

    private static let words: [Measure: Text] = [
        .delivery: Text(id: "tingkat sampai", en: "delivery rate"),
        .read: Text(id: "tingkat dibaca", en: "read rate"),
        .reply: Text(id: "tingkat dibalas", en: "reply rate"),
        .click: Text(id: "tingkat klik", en: "click rate"),
        .outcome: Text(id: "tingkat konversi", en: "conversion rate"),
    ]

    private static func percent(_ rate: Double, _ language: Language) -> String {
        points(rate, language) + (language == .indonesian ? " %" : "%")
    }

    /// Hundredths with one decimal, by hand: no locale is needed.
    private static func points(_ rate: Double, _ language: Language) -> String {
        let tenths = Int((min(max(rate, 0), 1) * 1_000).rounded())
        return "\(tenths / 10)\(language == .indonesian ? "," : ".")\(tenths % 10)"
    }
}
