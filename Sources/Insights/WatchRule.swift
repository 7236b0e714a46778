import Catalogue
import Domain

/// What a business wants to hear of one kind of finding. As it stands it holds nothing back.
package struct WatchRule: Hashable, Sendable {
    /// How surprising it must be.
    package enum Sensitivity: String, Sendable, CaseIterable {
        /// Whatever is beyond chance.
        case all
        case clear
        case large

        /// −log10 of the chance of it when nothing is wrong.
        package var surpriseMin: Double {
            switch self {
            case .all: 0
            case .clear: 10
            case .large: 20
            }
        }
    }

    package var isOn: Bool
    package var sensitivity: Sensitivity
    /// Least sample that the number rests on.
    package var sampleMin: Int64
    /// Least change against what was to be expected, 0.1 is ten percent of it.
    package var changeMin: Double
    /// Only findings with one of these values in each dimension named; empty: any.
    package var segments: [Dimension: Set<String>]
    /// Until when it is silent altogether.
    package var mutedUntil: Instant?

    package init(
        isOn: Bool = true, sensitivity: Sensitivity = .all, sampleMin: Int64 = 0, changeMin: Double = 0,
        segments: [Dimension: Set<String>] = [:], mutedUntil: Instant? = nil
    ) {
        self.isOn = isOn
        self.sensitivity = sensitivity
        self.sampleMin = sampleMin
        self.changeMin = changeMin
        self.segments = segments
        self.mutedUntil = mutedUntil
    }

    package static let sampleMax: Int64 = 1_000_000_000
    package static let changeMax = 100.0

    package func admits(_ sighting: Sighting, at now: Instant) -> Bool {
        guard isOn, mutedUntil.map({ $0 <= now }) ?? true else { return false }
        let evidence = sighting.evidence
        if let surprise = evidence.surprise, surprise < sensitivity.surpriseMin { return false }
        // What counts nothing, such as a pause by Meta, is no small sample.
        if evidence.sample > 0, evidence.sample < sampleMin { return false }
        if let value = evidence.value, let expected = evidence.expected,
            abs(value - expected) < changeMin * abs(expected)
        {
            return false
        }
        return segments.allSatisfy { dimension, values in
            guard !values.isEmpty else { return true }
            guard case let value?? = sighting.segment[dimension] else { return false }
            return values.contains(value)
        }
    }
}

/// The rules of all kinds; a kind without one holds nothing back.
package struct WatchRules: Hashable, Sendable {
    package var byKind: [FindingKind: WatchRule]

    package init(_ byKind: [FindingKind: WatchRule] = [:]) {
        // What says nothing is not kept, so that equal wishes are equal values.
        self.byKind = byKind.filter { $0.value != WatchRule() }
    }

    package subscript(kind: FindingKind) -> WatchRule { byKind[kind] ?? WatchRule() }

    package func admitted(_ sightings: [Sighting], at now: Instant) -> [Sighting] {
        sightings.filter { self[$0.kind].admits($0, at: now) }
    }

    /// Equal rules give equal texts.
    package var json: String {
        var writer = JSONWriter(reservingBytes: 512)
        writer.object { kinds in
            for (kind, rule) in byKind.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                kinds.member(
                    kind.rawValue,
                    object: {
                        $0.member("on", rule.isOn)
                        $0.member("sensitivity", rule.sensitivity.rawValue)
                        $0.member("sample_min", rule.sampleMin)
                        $0.member("change_min", rule.changeMin)
                        $0.member(
                            "segments",
                            object: { segments in
                                let sorted = rule.segments.sorted { $0.key.rawValue < $1.key.rawValue }
                                for (dimension, values) in sorted where !values.isEmpty {
                                    segments.member(
                                        dimension.rawValue,
                                        array: { list in values.sorted().forEach { list.string($0) } })
                                }
                            })
                        if let until = rule.mutedUntil { $0.member("muted_until", RFC3339.format(until)) }
                    })
            }
        }
        return writer.text
    }

    /// Reads what `json` wrote, and what people write likewise. Throws `unprocessable` with what to mend.
    package init(json text: String) throws(Failure) {
        guard let value = try? JSON.parse(text), value.isObject else {
            throw Failure(.malformed, id: "Isinya bukan objek JSON.", en: "The body is not a JSON object.")
        }
        var byKind: [FindingKind: WatchRule] = [:]
        for name in value.keys {
            guard let kind = FindingKind(rawValue: name), let member = value.member(named: name), member.isObject else {
                throw Failure(
                    .unprocessable, id: "Jenis temuan “\(name)” tidak dikenal.",
                    en: "There is no kind of finding “\(name)”.")
            }
            byKind[kind] = try Self.rule(member, name)
        }
        self.init(byKind)
    }

    private static func rule(_ value: JSON.Value, _ kind: String) throws(Failure) -> WatchRule {
        var rule = WatchRule()
        if let on = value["on"] { rule.isOn = on.kind != .false }
        if let word = value["sensitivity"] {
            guard let sensitivity = word.string.flatMap(WatchRule.Sensitivity.init(rawValue:)) else {
                throw wrong(
                    kind, Text(id: "sensitivity: all, clear, atau large", en: "sensitivity: all, clear or large"))
            }
            rule.sensitivity = sensitivity
        }
        if let number = value["sample_min"] {
            guard let sample = number.int64, (0...WatchRule.sampleMax).contains(sample) else {
                throw wrong(
                    kind, Text(id: "sample_min: bilangan bulat dari 0", en: "sample_min: a whole number from 0"))
            }
            rule.sampleMin = sample
        }
        if let number = value["change_min"] {
            guard let change = number.double, change.isFinite, (0...WatchRule.changeMax).contains(change) else {
                throw wrong(kind, Text(id: "change_min: 0 sampai 100", en: "change_min: 0 to 100"))
            }
            rule.changeMin = change
        }
        if let until = value["muted_until"], until.kind != .null {
            guard let instant = until.string.flatMap(RFC3339.parse) else {
                throw wrong(kind, Text(id: "muted_until: waktu RFC 3339", en: "muted_until: an RFC 3339 time"))
            }
            rule.mutedUntil = instant
        }
        guard let segments = value["segments"] else { return rule }
        for name in segments.keys {
            guard let dimension = Dimension(rawValue: name), let list = segments.member(named: name), list.isArray
            else {
                throw wrong(kind, Text(id: "segments: dimensi dan daftar nilai", en: "segments: dimensions and lists"))
            }
            let values = Set(list.elements.compactMap { $0.string })
            if !values.isEmpty { rule.segments[dimension] = values }
        }
        return rule
    }

    private static func wrong(_ kind: String, _ expected: Text) -> Failure {
        Failure(
            .unprocessable, id: "\(kind): isian tidak sah; \(expected.id).",
            en: "\(kind): a value makes no sense; \(expected.en).")
    }
}
