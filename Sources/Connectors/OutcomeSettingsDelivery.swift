import Domain

/// The members of a settings body that change what outcomes are made of and how they are credited.
///
/// ```json
/// {"outcome_rules": [{"when": {"flow": "lead-"}, "kind": "lead", "value": "50000", "currency": "IDR"},
///                    {"when": {"button": "BOOK"}, "kind": "booking"},
///                    {"when": {"order": true}, "kind": "order"},
///                    {"when": {"automatic": "LeadSubmitted"}, "kind": "lead"}]}
/// {"attribution": {"lookback": "7d", "by_kind": {"payment_confirmed": "14d"}}}
/// ```
///
/// Both are all that holds from then on; an empty list of rules means that nothing in the chat is an outcome.
/// `{"flow": ""}` is any completed flow.
enum OutcomeSettingsDelivery {
    static let members = ["outcome_rules", "attribution"]

    static let rulesMax = 200
    static let kindsMax = 100

    static func events(_ body: SettingsReading) throws(Failure) -> [Event] {
        var events: [Event] = []
        if let rules = body.member("outcome_rules") { events.append(.outcomeRules(try self.rules(rules))) }
        if let attribution = body.member("attribution") {
            events.append(.attribution(try self.attribution(attribution)))
        }
        return events
    }

    // MARK: Reading

    private static func rules(_ list: SettingsReading.Element) throws(Failure) -> [OutcomeRule] {
        var rules: [OutcomeRule] = []
        for element in try list.list(atMost: rulesMax) {
            let object = try element.object(known: ["when", "kind", "value", "currency"])
            let trigger = try trigger(try object.required("when"))
            let rule = OutcomeRule(
                trigger: trigger, kind: try kind(try object.required("kind")), value: try value(object))
            guard !rules.contains(where: { $0.trigger == rule.trigger && $0.kind == rule.kind }) else {
                throw element.failure(
                    id: "syarat dan kind sama dengan aturan sebelumnya; hapus salah satu",
                    en: "has the condition and kind of an earlier rule; remove one")
            }
            rules.append(rule)
        }
        return rules
    }

    private static func trigger(_ element: SettingsReading.Element) throws(Failure) -> OutcomeRule.Trigger {
        let names = ["flow", "button", "order", "automatic"]
        let object = try element.object(known: names)
        let told = names.compactMap { object.member($0) }
        guard told.count == 1, let member = told.first else {
            throw element.failure(
                id: "sebut tepat satu dari: \(names.joined(separator: ", "))",
                en: "name exactly one of: \(names.joined(separator: ", "))")
        }
        if object.member("flow") != nil {
            let prefix = try member.text()
            return .flow(tokenPrefix: prefix.isEmpty ? nil : try member.name())
        }
        if object.member("button") != nil { return .tap(payloadPrefix: try member.name()) }
        if object.member("automatic") != nil { return .automatic(name: try member.name()) }
        guard try member.bool() else {
            throw member.failure(
                id: "hanya true; tanpa aturan ini, pesanan tidak dihitung",
                en: "can only be true; leave the rule out for orders not to count")
        }
        return .order
    }

    /// Lower case, since `Lead` and `lead` would be two numbers.
    private static func kind(_ element: SettingsReading.Element) throws(Failure) -> String {
        try element.name().lowercased()
    }

    private static func value(_ object: SettingsReading) throws(Failure) -> Money? {
        switch (object.member("value"), object.member("currency")) {
        case (nil, nil): return nil
        case (let value?, let currency?):
            return Money(micros: try value.micros(in: 0...Money.outcomeMicrosMax), currency: try currency.currency())
        case (nil, let currency?):
            throw currency.failure(id: "tidak ada value untuk mata uang ini", en: "there is no value for this currency")
        case (_?, nil):
            throw object.failure(
                id: "value memerlukan currency, misalnya \"IDR\"", en: "value needs a currency such as \"IDR\"")
        }
    }

    private static func attribution(_ element: SettingsReading.Element) throws(Failure) -> AttributionSettings {
        let object = try element.object(known: ["lookback", "by_kind"])
        var settings = AttributionSettings()
        if let lookback = object.member("lookback") { settings.lookbackSeconds = try WaitLength.read(lookback) }
        guard let kinds = object.member("by_kind") else { return settings }
        guard kinds.value.isObject else {
            throw kinds.failure(
                .malformed, id: "harus berupa objek seperti {\"payment_confirmed\": \"14d\"}",
                en: "must be an object such as {\"payment_confirmed\": \"14d\"}")
        }
        for (name, value) in kinds.value.members {
            let path = "\(kinds.path).\(name.cut(toBytes: 64))"
            let place = SettingsReading.Element(value: value, path: path)
            let kind = name.trimmed.lowercased()
            guard !kind.isEmpty, kind.utf8.count <= Limits.labelBytesMax else {
                throw place.failure(
                    id: "nama jenis harus 1 sampai \(Limits.labelBytesMax) bita",
                    en: "the name of a kind must have 1 to \(Limits.labelBytesMax) bytes")
            }
            guard settings.lookbackByKind[kind] == nil else {
                throw place.failure(id: "jenis ini disebut dua kali", en: "this kind is named twice")
            }
            guard settings.lookbackByKind.count < kindsMax else {
                throw kinds.failure(id: "paling banyak \(kindsMax) jenis", en: "at most \(kindsMax) kinds")
            }
            settings.lookbackByKind[kind] = try WaitLength.read(place)
        }
        return settings
    }
}

// MARK: Writing

extension SettingsDelivery {
    /// The body that sets these rules.
    package static func encode(_ rules: [OutcomeRule]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.key("outcome_rules")
            write(rules, to: &$0)
        }
        return writer.bytes
    }

    /// The body that sets these windows.
    package static func encode(_ attribution: AttributionSettings) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.key("attribution")
            write(attribution, to: &$0)
        }
        return writer.bytes
    }

    package static func write(_ rules: [OutcomeRule], to writer: inout JSONWriter) {
        writer.array { writer in
            for rule in rules {
                writer.object { writer in
                    writer.key("when")
                    writer.object { writer in
                        switch rule.trigger {
                        case .flow(let prefix): writer.member("flow", prefix ?? "")
                        case .tap(let prefix): writer.member("button", prefix)
                        case .order: writer.member("order", true)
                        case .automatic(let name): writer.member("automatic", name)
                        }
                    }
                    writer.member("kind", rule.kind)
                    if let value = rule.value {
                        writer.member("value", value.decimal)
                        writer.member("currency", value.currency)
                    }
                }
            }
        }
    }

    package static func write(_ attribution: AttributionSettings, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("lookback", WaitLength.text(attribution.lookbackSeconds))
            writer.key("by_kind")
            writer.object { writer in
                for (kind, seconds) in attribution.lookbackByKind.sorted(by: { $0.key < $1.key }) {
                    writer.member(kind, WaitLength.text(seconds))
                }
            }
        }
    }
}
