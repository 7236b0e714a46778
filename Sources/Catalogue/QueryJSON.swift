import Domain

extension Query {
    /// Reads the body of `POST /api/v1/query`. Throws `malformed` where the shape is wrong and `unprocessable` where a
    /// name is unknown; the sense of the whole is checked by `resolved`.
    package static func parse(_ body: [UInt8]) throws(Failure) -> Query {
        let value: JSON.Value
        do {
            value = try JSON.parse(body)
        } catch {
            throw Failure(
                .malformed, id: "Isi permintaan bukan JSON yang benar.", en: "The request body is not valid JSON.")
        }
        return try parse(value)
    }

    package static func parse(_ value: JSON.Value) throws(Failure) -> Query {
        guard value.isObject else {
            throw wrong(
                "query",
                Text(
                    id: "objek seperti {\"metrics\":[\"messages\"]}",
                    en: "an object such as {\"metrics\":[\"messages\"]}"))
        }
        let known = [
            "metrics", "dimensions", "filters", "range", "grain", "timezone", "compare", "limit", "order",
        ]
        // A misspelt key would otherwise be a condition that silently does not hold.
        for key in value.keys where !known.contains(key) {
            let nearest = Catalogue.nearest(to: key, among: known).joined(separator: ", ")
            throw Failure(
                .unprocessable, id: "Kunci \"\(String(key.prefix(64)))\" tidak dikenal. Yang paling mirip: \(nearest).",
                en: "Unknown key \"\(String(key.prefix(64)))\". Nearest: \(nearest).")
        }
        var query = Query(metrics: try strings(value, "metrics"))
        for name in try strings(value, "dimensions") { query.dimensions.append(try Catalogue.requireDimension(name)) }
        query.filters = try filters(value)
        if let range = value["range"] { query.range = try Self.range(range) }
        if let grain = try word(value, "grain") { query.grain = try Self.choice(grain, "grain") }
        query.timezone = try word(value, "timezone")
        if let compare = try word(value, "compare") { query.compare = try Self.choice(compare, "compare") }
        if let limit = value["limit"] {
            guard limit.kind == .number, let number = limit.int64 else {
                throw wrong("limit", Text(id: "bilangan bulat", en: "a whole number"))
            }
            query.limit = Int(clamping: number)
        }
        query.order = try order(value)
        return query
    }

    // MARK: Parts

    private static func filters(_ value: JSON.Value) throws(Failure) -> [Filter] {
        guard let list = value["filters"] else { return [] }
        let shape = Text(
            id: "larik objek {\"dimension\":…,\"op\":…,\"values\":[…]}",
            en: "an array of objects {\"dimension\":…,\"op\":…,\"values\":[…]}")
        guard list.isArray else { throw wrong("filters", shape) }
        var filters: [Filter] = []
        for item in list.elements {
            guard item.isObject, let name = try word(item, "dimension") else { throw wrong("filters", shape) }
            let dimension = try Catalogue.requireDimension(name)
            let op: Filter.Op = try choice(try word(item, "op") ?? Filter.Op.isIn.rawValue, "op")
            let values = try scalars(item, "values").map { dimension.normalised($0) }
            filters.append(Filter(dimension: dimension, op: op, values: values))
        }
        return filters
    }

    private static func range(_ value: JSON.Value) throws(Failure) -> QueryRange {
        let shape = Text(
            id: "{\"from\":\"2026-10-01\",\"to\":\"2026-10-08\"} atau {\"preset\":\"last_7_days\"}",
            en: "{\"from\":\"2026-10-01\",\"to\":\"2026-10-08\"} or {\"preset\":\"last_7_days\"}")
        guard value.isObject else { throw wrong("range", shape) }
        if let preset = try word(value, "preset") {
            guard value["from"] == nil, value["to"] == nil else { throw wrong("range", shape) }
            return .preset(try choice(preset, "preset"))
        }
        guard let from = try word(value, "from"), let to = try word(value, "to") else { throw wrong("range", shape) }
        return try QueryRange(from: from, to: to)
    }

    private static func order(_ value: JSON.Value) throws(Failure) -> [Order] {
        guard let list = value["order"] else { return [] }
        let shape = Text(id: "larik objek {\"by\":…,\"desc\":true}", en: "an array of objects {\"by\":…,\"desc\":true}")
        guard list.isArray else { throw wrong("order", shape) }
        var orders: [Order] = []
        for item in list.elements {
            guard item.isObject, let by = try word(item, "by") else { throw wrong("order", shape) }
            var isDescending = false
            if let desc = item["desc"] {
                guard desc.kind == .true || desc.kind == .false else { throw wrong("order", shape) }
                isDescending = desc.kind == .true
            }
            orders.append(Order(by: by, isDescending: isDescending))
        }
        return orders
    }

    // MARK: Scalars

    private static func wrong(_ key: String, _ expected: Text) -> Failure {
        Failure(.malformed, id: "\"\(key)\" harus berupa \(expected.id).", en: "\"\(key)\" must be \(expected.en).")
    }

    private static func word(_ value: JSON.Value, _ key: String) throws(Failure) -> String? {
        guard let member = value.member(named: key) else { return nil }
        guard member.kind == .string, let string = member.string else {
            throw wrong(key, Text(id: "teks", en: "a string"))
        }
        return string
    }

    private static func strings(_ value: JSON.Value, _ key: String) throws(Failure) -> [String] {
        guard let list = value.member(named: key) else { return [] }
        let shape = Text(id: "larik teks", en: "an array of strings")
        guard list.isArray else { throw wrong(key, shape) }
        var strings: [String] = []
        for element in list.elements {
            guard element.kind == .string, let string = element.string else { throw wrong(key, shape) }
            strings.append(string)
        }
        return strings
    }

    /// Texts or whole numbers: an error code or an hour is as often written 131026 as "131026".
    private static func scalars(_ value: JSON.Value, _ key: String) throws(Failure) -> [String] {
        guard let list = value.member(named: key) else { return [] }
        let shape = Text(
            id: "larik teks; untuk yang kosong pakai \"op\":\"is_null\"",
            en: "an array of strings; for what has no value use \"op\":\"is_null\"")
        guard list.isArray else { throw wrong(key, shape) }
        var strings: [String] = []
        for element in list.elements {
            guard element.kind == .string || element.kind == .number, let string = element.string else {
                throw wrong(key, shape)
            }
            strings.append(string)
        }
        return strings
    }

    /// One of the words of an enum; throws `unprocessable` with all of them otherwise.
    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ word: String, _ key: String
    ) throws(Failure) -> Choice where Choice.RawValue == String {
        if let choice = Choice(rawValue: word) { return choice }
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        let shown = String(word.prefix(64))
        throw Failure(
            .unprocessable, id: "\"\(key)\" tidak mengenal \"\(shown)\". Pilihannya: \(words).",
            en: "\"\(key)\" does not know \"\(shown)\". Choices: \(words).")
    }
}

extension QueryRange {
    /// Two local dates, or two RFC 3339 instants.
    init(from: String, to: String) throws(Failure) {
        if let first = LocalDate(from), let last = LocalDate(to) {
            self = .dates(from: first, to: last)
        } else if let first = RFC3339.parse(from), let last = RFC3339.parse(to) {
            self = .instants(from: first, to: last)
        } else {
            throw Failure(
                .unprocessable,
                id: "\"from\" dan \"to\" harus dua tanggal seperti 2026-10-01, atau dua waktu dengan zonanya seperti "
                    + "2026-10-01T00:00:00+07:00.",
                en: "\"from\" and \"to\" must be two dates such as 2026-10-01, or two times with their zone such as "
                    + "2026-10-01T00:00:00+07:00.")
        }
    }
}

extension Dimension {
    /// A value as the answer spells it: `9` and `09` are the same hour.
    func normalised(_ value: String) -> String {
        guard self == .hourOfDay, value.utf8.count == 1, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return value
        }
        return "0" + value
    }
}
