import Catalogue
import Domain

/// A finding as JSON: what the API tells and what is kept.
extension Finding {
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("kind", kind.rawValue)
            writer.member("metric", metric)
            writer.member("segment", object: { segment.write(to: &$0) })
            writer.member("severity", severity.word)
            writer.member("since", RFC3339.format(since))
            writer.member("until", until.map { RFC3339.format($0) })
            writer.member("state", state.rawValue)
            writer.member("title", object: { title.write(to: &$0) })
            writer.member("causes", array: { list in causes.forEach { $0.write(to: &list) } })
            writer.member("impact", object: { impact.write(to: &$0) })
            writer.member("action", object: { action.write(to: &$0) })
            writer.member("evidence", object: { evidence.write(to: &$0) })
            writer.member("opened_at", RFC3339.format(openedAt))
            writer.member("updated_at", RFC3339.format(updatedAt))
            writer.member("seen_at", RFC3339.format(seenAt))
            writer.member("acknowledged_by", acknowledgedBy)
            writer.member("muted_until", mutedUntil.map { RFC3339.format($0) })
            writer.member("comments", commentCount)
            writer.member("notes", array: { list in notes.forEach { $0.write(to: &list) } })
        }
    }

    package var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.text
    }

    /// Reads what `json` wrote; nil when it is something else.
    package init?(json text: String) {
        guard let value = try? JSON.parse(text), let id = value["id"]?.string,
            let kind = value["kind"]?.string.flatMap(FindingKind.init(rawValue:)),
            let metric = value["metric"]?.string,
            let severity = value["severity"]?.string.flatMap(Severity.init(word:)),
            let state = value["state"]?.string.flatMap(FindingState.init(rawValue:)),
            let since = value.instant("since"), let openedAt = value.instant("opened_at"),
            let updatedAt = value.instant("updated_at"), let seenAt = value.instant("seen_at"),
            let title = value["title"].flatMap(Text.init(json:)),
            let action = value["action"].flatMap(Text.init(json:))
        else { return nil }
        self.init(
            id: id, kind: kind, metric: metric, segment: Segment(json: value["segment"]), severity: severity,
            since: since, until: value.instant("until"), state: state, title: title,
            causes: (value["causes"]?.elements).map { $0.compactMap(Cause.init(json:)) } ?? [],
            impact: value["impact"].map(Impact.init(json:)) ?? Impact(), action: action,
            evidence: value["evidence"].map(Evidence.init(json:)) ?? Evidence(), openedAt: openedAt,
            updatedAt: updatedAt, seenAt: seenAt, acknowledgedBy: value["acknowledged_by"]?.string,
            mutedUntil: value.instant("muted_until"),
            notes: (value["notes"]?.elements).map { $0.compactMap(FindingNote.init(json:)) } ?? [])
    }
}

extension JSON.Value {
    fileprivate func instant(_ name: String) -> Instant? {
        member(named: name)?.string.flatMap(RFC3339.parse)
    }
    fileprivate func number(_ name: String) -> Double? { member(named: name)?.double }
}

extension Text {
    package func write(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("en", en)
    }

    fileprivate init?(json: JSON.Value) {
        guard let id = json["id"]?.string, let en = json["en"]?.string else { return nil }
        self.init(id: id, en: en)
    }
}

extension Segment {
    /// Members of an object: dimension → value or null.
    package func write(to writer: inout JSONWriter) {
        for element in elements { writer.member(element.dimension.rawValue, element.value) }
    }

    fileprivate init(json: JSON.Value?) {
        let members = json.map { Array($0.members) } ?? []
        self.init(
            members.compactMap { key, value in
                Dimension(rawValue: key).map { Element($0, value.isNull ? nil : value.string) }
            })
    }
}

extension Cause {
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("kind", kind.rawValue)
            writer.member("text", object: { text.write(to: &$0) })
            writer.member("segment", object: { segment.write(to: &$0) })
            writer.member("share", share)
            writer.member("error_code", errorCode)
            writer.member("at", at.map { RFC3339.format($0) })
            writer.key("query")
            if let query { writer.raw(query) } else { writer.null() }
        }
    }

    fileprivate init?(json: JSON.Value) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)),
            let text = json["text"].flatMap(Text.init(json:))
        else { return nil }
        self.init(
            kind: kind, text: text, segment: Segment(json: json["segment"]), share: json.number("share"),
            errorCode: json["error_code"]?.int64.map { Int($0) }, at: json.instant("at"),
            query: json["query"].map(Self.text))
    }

    static func text(_ value: JSON.Value) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}

extension Impact {
    package func write(to writer: inout JSONWriter) {
        writer.member("messages", messages)
        writer.member("people", people)
        writer.member("money", money)
        writer.member("currency", currency)
        writer.key("text")
        if let text { writer.object { text.write(to: &$0) } } else { writer.null() }
        writer.key("query")
        if let query { writer.raw(query) } else { writer.null() }
    }

    fileprivate init(json: JSON.Value) {
        self.init(
            messages: json.number("messages"), people: json.number("people"), money: json.number("money"),
            currency: json["currency"]?.string, text: json["text"].flatMap(Text.init(json:)),
            query: json["query"].map(Cause.text))
    }
}

extension Evidence {
    package func write(to writer: inout JSONWriter) {
        writer.member("value", value)
        writer.member("expected", expected)
        writer.member("lower", lower)
        writer.member("upper", upper)
        writer.member("sample", sample)
        writer.member("surprise", surprise)
        writer.member(
            "points",
            array: { list in
                for point in points {
                    list.object {
                        $0.member("at", RFC3339.format(point.at))
                        $0.member("value", point.value)
                        $0.member("expected", point.expected)
                        $0.member("lower", point.lower)
                        $0.member("upper", point.upper)
                        $0.member("sample", point.sample)
                    }
                }
            })
        writer.key("query")
        if let query { writer.raw(query) } else { writer.null() }
    }

    fileprivate init(json: JSON.Value) {
        let points = (json["points"]?.elements).map { elements in
            elements.compactMap { point -> Point? in
                guard let at = point.instant("at") else { return nil }
                return Point(
                    at: at, value: point.number("value"), expected: point.number("expected"),
                    lower: point.number("lower"), upper: point.number("upper"), sample: point["sample"]?.int64 ?? 0)
            }
        }
        self.init(
            points: points ?? [], value: json.number("value"), expected: json.number("expected"),
            lower: json.number("lower"), upper: json.number("upper"), sample: json["sample"]?.int64 ?? 0,
            surprise: json.number("surprise"), query: json["query"].map(Cause.text))
    }
}

extension FindingNote {
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("at", RFC3339.format(at))
            writer.member("act", act.rawValue)
            writer.member("by", by)
            writer.member("text", text)
        }
    }

    fileprivate init?(json: JSON.Value) {
        guard let at = json.instant("at"), let act = json["act"]?.string.flatMap(Act.init(rawValue:)) else {
            return nil
        }
        self.init(at: at, act: act, by: json["by"]?.string, text: json["text"]?.string)
    }
}
