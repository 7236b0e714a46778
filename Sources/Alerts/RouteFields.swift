import Domain

/// The members of one JSON object of settings, read with failures that say what was expected where.
struct RouteFields {
    private let value: JSON.Value
    private let place: String

    init(_ value: JSON.Value, known: Set<String>, place: String = "") throws(Failure) {
        self.value = value
        self.place = place
        guard value.isObject else {
            throw Failure(
                .malformed, id: "\(place.isEmpty ? "Isinya" : place) harus berupa objek JSON.",
                en: "\(place.isEmpty ? "The body" : place) must be a JSON object.")
        }
        if let stranger = value.keys.first(where: { !known.contains($0) }) {
            let name = NoticeText.line(stranger, 40)
            let names = known.sorted().joined(separator: ", ")
            throw Failure(
                .malformed, id: "\"\(place)\(name)\" tidak dikenal; yang ada: \(names).",
                en: "\"\(place)\(name)\" is not known; there are: \(names).")
        }
    }

    func has(_ name: String) -> Bool { value.member(named: name) != nil }

    func string(_ name: String, or standard: String? = nil) throws(Failure) -> String {
        guard let member = value.member(named: name) else {
            if let standard { return standard }
            throw missing(name)
        }
        guard member.kind == .string, let text = member.string, text.utf8.count <= 2048 else {
            throw wrong(name, Text(id: "teks", en: "a text"))
        }
        return text
    }

    func integer(_ name: String, or standard: Int) throws(Failure) -> Int {
        guard let member = value.member(named: name) else { return standard }
        guard member.kind == .number, let number = member.int64, let whole = Int(exactly: number) else {
            throw wrong(name, Text(id: "bilangan bulat", en: "a whole number"))
        }
        return whole
    }

    func bool(_ name: String, or standard: Bool) throws(Failure) -> Bool {
        guard let member = value.member(named: name) else { return standard }
        switch member.kind {
        case .true: return true
        case .false: return false
        default: throw wrong(name, Text(id: "true atau false", en: "true or false"))
        }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ standard: Choice? = nil
    ) throws(Failure) -> Choice where Choice.RawValue == String {
        guard has(name) || standard == nil else {
            if let standard { return standard }
            throw missing(name)
        }
        let text = try string(name)
        guard let choice = Choice(rawValue: text) else {
            let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw wrong(name, Text(id: "salah satu dari \(all)", en: "one of \(all)"))
        }
        return choice
    }

    func strings(_ name: String, or standard: [String]? = nil) throws(Failure) -> [String] {
        guard let member = value.member(named: name) else {
            if let standard { return standard }
            throw missing(name)
        }
        var texts: [String] = []
        for element in member.elements {
            guard element.kind == .string, let text = element.string, texts.count < 500 else {
                throw wrong(name, Text(id: "daftar teks", en: "a list of texts"))
            }
            texts.append(text)
        }
        guard member.isArray else { throw wrong(name, Text(id: "daftar teks", en: "a list of texts")) }
        return texts
    }

    /// ISO weekdays.
    func weekdays(_ name: String, or standard: Set<Int>) throws(Failure) -> Set<Int> {
        guard let member = value.member(named: name) else { return standard }
        var days: Set<Int> = []
        for element in member.elements {
            guard element.kind == .number, let day = element.int64, (1...7).contains(day) else {
                throw wrong(name, Self.dayNumbers)
            }
            days.insert(Int(day))
        }
        guard member.isArray else { throw wrong(name, Self.dayNumbers) }
        return days
    }

    /// `07:30` as minutes after midnight.
    func minute(_ name: String, or standard: Int? = nil) throws(Failure) -> Int {
        if let standard, !has(name) { return standard }
        let text = try string(name)
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy { part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard parts.count == 2, isDigits, parts[0].count == 2, parts[1].count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour <= 23, minute <= 59
        else { throw wrong(name, Text(id: "jam seperti 07:30", en: "a time such as 07:30")) }
        return hour * 60 + minute
    }

    func object(_ name: String) -> JSON.Value? { value.member(named: name) }

    func array(_ name: String) throws(Failure) -> [JSON.Value] {
        guard let member = value.member(named: name) else { return [] }
        guard member.isArray else { throw wrong(name, Text(id: "daftar", en: "a list")) }
        return Array(member.elements)
    }

    static func time(_ minute: Int) -> String {
        LocalDate.padded(minute / 60, to: 2) + ":" + LocalDate.padded(abs(minute % 60), to: 2)
    }

    private static let dayNumbers = Text(
        id: "daftar hari bernomor 1 (Senin) sampai 7 (Minggu)", en: "a list of weekdays, 1 (Monday) to 7 (Sunday)")

    private func missing(_ name: String) -> Failure {
        Failure(.malformed, id: "\"\(place)\(name)\" belum diisi.", en: "\"\(place)\(name)\" is missing.")
    }

    private func wrong(_ name: String, _ expected: Text) -> Failure {
        Failure(
            .malformed, id: "\"\(place)\(name)\" harus berupa \(expected.id).",
            en: "\"\(place)\(name)\" must be \(expected.en).")
    }
}
