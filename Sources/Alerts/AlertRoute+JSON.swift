import Domain

extension AlertRoute {
    /// As it is stored and told. Equal routes give equal bytes; no secret is in it.
    /// - Parameter masked: numbers of people as others may see them. What is stored is not masked.
    package func json(masked: Bool = false, hasSecret: Bool? = nil) -> String {
        var writer = JSONWriter(reservingBytes: 512)
        writer.object { route in
            route.member("id", id)
            route.member("name", name)
            route.member("on", isOn)
            route.member("channel", object: { write(channel, masked, &$0) })
            if let hasSecret { route.member("has_secret", hasSecret) }
            route.member("language", language.rawValue)
            route.member("zone", zone)
            route.member("selection", object: { write(selection, &$0) })
            if let quietHours { route.member("quiet_hours", object: { write(quietHours, &$0) }) }
            route.member("per_hour_max", perHourMax)
            route.member("grouping_seconds", groupingSeconds)
            if let repeatSeconds {
                route.member("repeat_seconds", repeatSeconds)
            } else {
                route.member("repeat_seconds", 0)
            }
            route.member("tells_resolved", tellsResolved)
            route.member(
                "digests",
                array: { list in
                    for digest in digests {
                        list.object {
                            $0.member("period", digest.period.rawValue)
                            $0.member("at", RouteFields.time(digest.minute))
                            if digest.period == .weekly { $0.member("weekday", digest.weekday) }
                        }
                    }
                })
        }
        return writer.text
    }

    private func write(_ channel: AlertChannel, _ masked: Bool, _ writer: inout JSONWriter) {
        writer.member("type", channel.kind.rawValue)
        switch channel {
        case .slack: break
        case .webhook(let url): writer.member("url", url)
        case .telegram(let chat): writer.member("chat", chat)
        case .email(let to): write(to, "to", &writer)
        case .whatsApp(let channel):
            writer.member("phone_number_id", channel.phoneNumberID)
            write(masked ? channel.to.map { PhoneMask.masked(WhatsAppChannel.digits($0)) } : channel.to, "to", &writer)
            writer.member("template", channel.template)
            writer.member("graph_version", channel.graphVersion)
        }
    }

    private func write(_ selection: AlertSelection, _ writer: inout JSONWriter) {
        write(selection.kinds.sorted(), "kinds", &writer)
        writer.member("severity", selection.severity.rawValue)
        writer.member(
            "segments",
            object: { segments in
                for (dimension, values) in selection.segments.sorted(by: { $0.key < $1.key }) {
                    write(values.sorted(), dimension, &segments)
                }
            })
    }

    private func write(_ quiet: QuietHours, _ writer: inout JSONWriter) {
        writer.member("from", RouteFields.time(quiet.from))
        writer.member("to", RouteFields.time(quiet.to))
        writer.member("weekdays", array: { list in for day in quiet.weekdays.sorted() { list.number(day) } })
        writer.member("whole_days", array: { list in for day in quiet.wholeDays.sorted() { list.number(day) } })
        writer.member("urgent_passes", quiet.urgentPasses)
    }

    private func write(_ texts: [String], _ name: String, _ writer: inout JSONWriter) {
        writer.member(name, array: { list in for text in texts { list.string(text) } })
    }

    /// Reads and checks.
    package init(json bytes: [UInt8]) throws(Failure) {
        let value: JSON.Value
        do { value = try JSON.parse(bytes) } catch {
            throw Failure(.malformed, id: "Isinya bukan JSON.", en: "The body is not JSON.")
        }
        try self.init(json: value)
    }

    package init(json: JSON.Value) throws(Failure) {
        let fields = try RouteFields(
            json,
            known: [
                "id", "name", "on", "channel", "has_secret", "language", "zone", "selection", "quiet_hours",
                "per_hour_max", "grouping_seconds", "repeat_seconds", "tells_resolved", "digests",
            ])
        guard let channel = fields.object("channel") else {
            throw Failure(
                .malformed, id: "\"channel\" belum diisi: lewat apa peringatan dikirim?",
                en: "\"channel\" is missing: by what means is it told?")
        }
        let pause = try fields.integer("repeat_seconds", or: 86_400)
        self.init(
            id: try fields.string("id"), name: try fields.string("name").trimmed,
            isOn: try fields.bool("on", or: true),
            channel: try AlertChannel(json: channel), language: try fields.choice("language", Language.indonesian),
            zone: try fields.string("zone", or: "Asia/Jakarta"),
            selection: try fields.object("selection").map(AlertSelection.read) ?? AlertSelection(),
            quietHours: try fields.object("quiet_hours").map(QuietHours.read),
            perHourMax: try fields.integer("per_hour_max", or: 12),
            groupingSeconds: Int64(try fields.integer("grouping_seconds", or: 60)),
            repeatSeconds: pause == 0 ? nil : Int64(pause),
            tellsResolved: try fields.bool("tells_resolved", or: true),
            digests: try fields.array("digests").map(DigestSchedule.read))
        try check()
    }
}

extension AlertChannel {
    init(json: JSON.Value) throws(Failure) {
        let known: Set<String> = ["type", "url", "chat", "to", "phone_number_id", "template", "graph_version"]
        let fields = try RouteFields(json, known: known, place: "channel.")
        let kind: Kind = try fields.choice("type")
        switch kind {
        case .slack: self = .slack
        case .webhook: self = .webhook(url: try fields.string("url").trimmed)
        case .telegram: self = .telegram(chat: try fields.string("chat").trimmed)
        case .email: self = .email(to: try fields.strings("to").map(\.trimmed))
        case .whatsApp:
            self = .whatsApp(
                WhatsAppChannel(
                    phoneNumberID: try fields.string("phone_number_id").trimmed,
                    to: try fields.strings("to").map(\.trimmed),
                    template: try fields.string("template", or: WhatsAppChannel.templateStandard).trimmed,
                    graphVersion: try fields.string("graph_version", or: WhatsAppChannel.graphVersionStandard)))
        }
    }
}

extension AlertSelection {
    static func read(_ json: JSON.Value) throws(Failure) -> AlertSelection {
        let fields = try RouteFields(json, known: ["kinds", "severity", "segments"], place: "selection.")
        var segments: [String: Set<String>] = [:]
        if let object = fields.object("segments") {
            let inner = try RouteFields(object, known: Set(object.keys), place: "selection.segments.")
            for dimension in object.keys { segments[dimension] = Set(try inner.strings(dimension)) }
        }
        return AlertSelection(
            kinds: Set(try fields.strings("kinds", or: [])),
            severity: try fields.choice("severity", AlertSeverity.warning), segments: segments)
    }
}

extension QuietHours {
    static func read(_ json: JSON.Value) throws(Failure) -> QuietHours {
        let fields = try RouteFields(
            json, known: ["from", "to", "weekdays", "whole_days", "urgent_passes"], place: "quiet_hours.")
        return QuietHours(
            from: try fields.minute("from"), to: try fields.minute("to"),
            weekdays: try fields.weekdays("weekdays", or: Set(1...7)),
            wholeDays: try fields.weekdays("whole_days", or: []),
            urgentPasses: try fields.bool("urgent_passes", or: true))
    }
}

extension DigestSchedule {
    static func read(_ json: JSON.Value) throws(Failure) -> DigestSchedule {
        let fields = try RouteFields(json, known: ["period", "at", "weekday"], place: "digests.")
        return DigestSchedule(
            period: try fields.choice("period"), minute: try fields.minute("at", or: 7 * 60 + 30),
            weekday: try fields.integer("weekday", or: 1))
    }
}
