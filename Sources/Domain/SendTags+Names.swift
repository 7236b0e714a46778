/// How a business may spell its tags, in the send log and in `biz_opaque_callback_data`.
extension SendTags {
    /// Which spellings count.
    package enum Naming: Sendable {
        /// Long names only: in the send log a short key is the business's own.
        case long
        /// Also the letters that save room in `biz_opaque_callback_data` (512 characters).
        case longAndShort
    }

    /// Most extra keys that one send may carry; the rest is dropped.
    package static let otherKeysMax = 32

    /// Files one tag under the name it has here; an unknown name is kept as it came. The first value of a name wins.
    package mutating func set(_ name: String, _ value: String, naming: Naming = .longAndShort) {
        let value = value.cut(toBytes: Limits.labelBytesMax)
        guard !value.isEmpty, !name.isEmpty else { return }
        switch (name.lowercased(), naming) {
        case ("uc", .longAndShort), ("use_case", _), ("usecase", _): fill(\.useCase, value)
        case ("c", .longAndShort), ("cmp", .longAndShort), ("campaign", _), ("campaign_id", _), ("utm_campaign", _):
            fill(\.campaign, value)
        case ("v", .longAndShort), ("variant", _): fill(\.variant, value)
        case ("a", .longAndShort), ("agent", _), ("agent_id", _): fill(\.agent, value)
        case ("tm", .longAndShort), ("team", _): fill(\.team, value)
        case ("t", .longAndShort), ("template", _), ("template_name", _): fill(\.template, value)
        case ("l", .longAndShort), ("lang", .longAndShort), ("language", _), ("template_language", _):
            fill(\.templateLanguage, value)
        case ("k", .longAndShort), ("category", _), ("template_category", _): fill(\.category, value.lowercased())
        case ("by", .longAndShort), ("sender", _), ("sender_kind", _):
            if let kind = SenderKind(rawValue: value.lowercased()) {
                if senderKind == nil { senderKind = kind }
            } else {
                keep(name, value)
            }
        default: keep(name, value)
        }
    }

    private mutating func fill(_ field: WritableKeyPath<SendTags, String?>, _ value: String) {
        if self[keyPath: field] == nil { self[keyPath: field] = value }
    }

    private mutating func keep(_ name: String, _ value: String) {
        let name = name.cut(toBytes: Limits.labelBytesMax)
        if other[name] == nil, other.count < Self.otherKeysMax { other[name] = value }
    }

    /// Every scalar member of an object; members of inner objects are named `outer.inner`, but those of `tags`
    /// stand for themselves, and `sender` is `{"kind", "id", "team"}` or the kind alone.
    package mutating func set(members object: JSON.Value, naming: Naming, except known: Set<String> = []) {
        for (name, value) in object.members where !known.contains(name) {
            if let text = value.string {
                set(name, text, naming: naming)
            } else if name == "sender", value.isObject {
                set(sender: value)
            } else if name == "tags" {
                for (inner, value) in value.members {
                    if let text = value.string { set(inner, text, naming: naming) }
                }
            } else {
                for (inner, value) in value.members {
                    if let text = value.string { keep("\(name).\(inner)", text.cut(toBytes: Limits.labelBytesMax)) }
                }
            }
        }
    }

    private mutating func set(sender: JSON.Value) {
        if let kind = sender["kind"]?.string { set("sender_kind", kind, naming: .long) }
        if let agent = (sender["id"] ?? sender["agent"])?.string { set("agent", agent, naming: .long) }
        if let team = sender["team"]?.string { set("team", team, naming: .long) }
    }
}

extension SendTags {
    /// Reads `biz_opaque_callback_data`, which Meta echoes in every status.
    ///
    /// Three shapes: a JSON object (`{"uc":"broadcast","c":"11.11","by":"bot"}`), pairs (`cmp=42;v=1`, or a query
    /// string with percent escapes), or anything else, which is then the campaign. Nil when there is nothing.
    package init?(callbackData text: String) {
        self.init()
        if text.utf8.first == UInt8(ascii: "{"), let object = try? JSON.parse(text), object.isObject {
            set(members: object, naming: .longAndShort)
        } else if let pairs = Self.pairs(text) {
            for (name, value) in pairs { set(name, value) }
        } else {
            let campaign = text.trimmed.cut(toBytes: Limits.labelBytesMax)
            if !campaign.isEmpty { self.campaign = campaign }
        }
        if self == SendTags() { return nil }
    }

    /// `a=1;b=2` or `a=1&b=2`; nil when any part is not a pair, so that base64 or a plain word is left alone.
    private static func pairs(_ text: String) -> [(String, String)]? {
        guard text.utf8.contains(UInt8(ascii: "=")) else { return nil }
        let isQuery = text.utf8.contains(UInt8(ascii: "&"))
        let parts = text.utf8.split { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "&") }
        var pairs: [(String, String)] = []
        for part in parts {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = String(decoding: part[..<equals], as: UTF8.self).trimmed
            let value = part[part.index(after: equals)...]
            guard !name.isEmpty, name.utf8.allSatisfy(\.isTagNameByte), value.first != UInt8(ascii: "=") else {
                return nil
            }
            // A value may be empty in a list, but a lone `word=` is rather the end of base64.
            guard !value.isEmpty || parts.count > 1 else { return nil }
            pairs.append((name, Self.unescaped(value, plusIsSpace: isQuery).trimmed))
        }
        return pairs
    }

    private static func unescaped(_ bytes: Substring.UTF8View, plusIsSpace: Bool) -> String {
        let bytes = Array(bytes)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count, let high = bytes[at + 1].hexadecimalValue,
                let low = bytes[at + 2].hexadecimalValue
            {
                output.append(high << 4 | low)
                at += 3
            } else {
                output.append(plusIsSpace && bytes[at] == UInt8(ascii: "+") ? 0x20 : bytes[at])
                at += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isTagNameByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension String {
    /// At most that many bytes of UTF-8, never half a character's encoding.
    package func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: max(0, limit))
        while end > utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(self[..<end])
    }

    /// Without ASCII white space at both ends.
    package var trimmed: String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = utf8.first, let last = utf8.last, isSpace(first) || isSpace(last) else { return self }
        guard let start = utf8.firstIndex(where: { !isSpace($0) }),
            let end = utf8.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(self[start...end])
    }
}

extension SendTags {
    /// Takes what `other` knows and this does not.
    package mutating func complete(with other: SendTags) {
        template = template ?? other.template
        templateLanguage = templateLanguage ?? other.templateLanguage
        category = category ?? other.category
        useCase = useCase ?? other.useCase
        campaign = campaign ?? other.campaign
        variant = variant ?? other.variant
        senderKind = senderKind ?? other.senderKind
        agent = agent ?? other.agent
        team = team ?? other.team
        self.other.merge(other.other) { mine, _ in mine }
    }
}
