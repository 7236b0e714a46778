import Domain

/// A JSON object of the settings while it is being read; knows where it stands, so that every complaint names a member.
struct SettingsReading {
    let value: JSON.Value
    /// `calendar.specials[0]`; empty for the whole body.
    let path: String

    /// Throws when it is no object or has members other than the known ones: a misspelt name would pass unnoticed.
    init(value: JSON.Value, path: String, known: [String]) throws(Failure) {
        self.value = value
        self.path = path
        guard value.isObject else {
            throw failure(.malformed, id: "harus berupa objek JSON", en: "must be a JSON object")
        }
        for key in value.keys where !known.contains(key) {
            let list = known.joined(separator: ", ")
            throw failure(
                id: "isian \"\(key.cut(toBytes: 64))\" tidak dikenal; yang ada: \(list)",
                en: "unknown member \"\(key.cut(toBytes: 64))\"; there are: \(list)")
        }
    }

    /// Nil when it is not there, or null.
    func member(_ name: String) -> Element? {
        value.member(named: name).map { Element(value: $0, path: path.isEmpty ? name : "\(path).\(name)") }
    }

    func required(_ name: String) throws(Failure) -> Element {
        guard let member = member(name) else {
            throw failure(id: "\(name) tidak ada", en: "\(name) is missing")
        }
        return member
    }

    func failure(_ code: Failure.Code = .unprocessable, id: String, en: String) -> Failure {
        Element(value: value, path: path).failure(code, id: id, en: en)
    }

    /// Any value with its place.
    struct Element {
        let value: JSON.Value
        let path: String

        func object(known: [String]) throws(Failure) -> SettingsReading {
            try SettingsReading(value: value, path: path, known: known)
        }

        func list() throws(Failure) -> [Element] {
            guard value.isArray else { throw failure(.malformed, id: "harus berupa daftar", en: "must be a list") }
            return value.elements.enumerated().map { Element(value: $1, path: "\(path)[\($0)]") }
        }

        /// Text without white space around it.
        func text() throws(Failure) -> String {
            guard value.kind == .string || value.kind == .number, let text = value.string?.trimmed else {
                throw failure(.malformed, id: "harus berupa teks", en: "must be a string")
            }
            return text
        }

        /// Text that names something: neither empty nor very long.
        func name() throws(Failure) -> String {
            let name = try text()
            guard !name.isEmpty, name.utf8.count <= Limits.labelBytesMax else {
                throw failure(
                    id: "harus berisi 1 sampai \(Limits.labelBytesMax) bita",
                    en: "must have 1 to \(Limits.labelBytesMax) bytes")
            }
            return name
        }

        func bool() throws(Failure) -> Bool {
            guard let bool = value.bool else {
                throw failure(.malformed, id: "harus true atau false", en: "must be true or false")
            }
            return bool
        }

        func date() throws(Failure) -> LocalDate {
            guard let text = value.string, let date = LocalDate(text.trimmed) else {
                throw failure(
                    id: "harus tanggal seperti 2026-03-21", en: "must be a date such as 2026-03-21")
            }
            return date
        }

        /// ISO 4217, in either case.
        func currency() throws(Failure) -> String {
            let code = value.kind == .string ? (value.string ?? "").trimmed.uppercased() : ""
            guard Money.isCurrencyCode(code) else {
                throw failure(
                    id: "harus kode mata uang tiga huruf seperti IDR atau USD",
                    en: "must be a currency code of three letters such as IDR or USD")
            }
            return code
        }

        /// A decimal number in millionths, as text or as a number: what is written is what counts, exactly.
        func micros(in range: ClosedRange<Int64>) throws(Failure) -> Int64 {
            let isNumber = value.kind == .string || value.kind == .number
            guard isNumber, let text = value.string, let micros = Money.micros(text.trimmed), range.contains(micros)
            else {
                let (least, most) = (Money.decimal(range.lowerBound), Money.decimal(range.upperBound))
                throw failure(
                    id: "harus angka desimal seperti \"16250.5\" dengan titik dan paling banyak enam angka di "
                        + "belakangnya, \(least) sampai \(most)",
                    en: "must be a decimal number such as \"16250.5\" with at most six digits after the point, "
                        + "\(least) to \(most)")
            }
            return micros
        }

        func count(in range: ClosedRange<Int64>) throws(Failure) -> Int64 {
            guard let count = value.int64, range.contains(count) else {
                throw failure(
                    id: "harus bilangan bulat \(range.lowerBound) sampai \(range.upperBound)",
                    en: "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return count
        }

        /// A list of at most `countMax`.
        func list(atMost countMax: Int) throws(Failure) -> [Element] {
            let list = try list()
            guard list.count <= countMax else {
                throw failure(id: "paling banyak \(countMax) isian", en: "at most \(countMax) entries")
            }
            return list
        }

        func choice<Choice: RawRepresentable>(_ choices: [Choice]) throws(Failure) -> Choice
        where Choice.RawValue == String {
            let told = try text().lowercased()
            guard let choice = choices.first(where: { $0.rawValue == told }) else {
                let list = choices.map(\.rawValue).joined(separator: ", ")
                throw failure(id: "harus salah satu dari: \(list)", en: "must be one of: \(list)")
            }
            return choice
        }

        func failure(_ code: Failure.Code = .unprocessable, id: String, en: String) -> Failure {
            guard !path.isEmpty else { return Failure(code, id: "Isi: \(id).", en: "Body: \(en).") }
            return Failure(code, id: "\(path): \(id).", en: "\(path): \(en).")
        }
    }
}

extension WorkCalendar.Scope {
    /// `"workspace"`, `{"team": "…"}` or `{"phone_number": "…"}`.
    init(_ calendar: SettingsReading) throws(Failure) {
        let scope = try calendar.required("scope")
        if scope.value.equals("workspace") {
            self = .workspace
            return
        }
        guard scope.value.isObject else {
            throw scope.failure(
                id: "harus \"workspace\", {\"team\": …}, atau {\"phone_number\": …}",
                en: "must be \"workspace\", {\"team\": …} or {\"phone_number\": …}")
        }
        let object = try scope.object(known: ["team", "phone_number"])
        switch (object.member("team"), object.member("phone_number")) {
        case (let team?, nil): self = .team(try team.name())
        case (nil, let number?): self = .phoneNumber(PhoneNumberID(try number.name()))
        default:
            throw scope.failure(
                id: "sebut satu: team atau phone_number", en: "name one of the two: team or phone_number")
        }
    }
}

extension WorkCalendar {
    /// Reads all but the scope; whether it makes sense as a whole is checked afterwards.
    init(_ object: SettingsReading, scope: Scope) throws(Failure) {
        var holidays: [Holiday] = []
        for element in try object.member("holidays")?.list() ?? [] { holidays.append(try Holiday(element)) }
        var specials: [Special] = []
        for element in try object.member("specials")?.list() ?? [] { specials.append(try Special(element)) }
        self.init(
            scope: scope, timeZone: try object.required("timezone").text(),
            weekly: try Weekdays.read(try object.required("weekly")), holidays: holidays, specials: specials)
    }
}

extension WorkCalendar.Holiday {
    /// `{"date": "2026-01-01", "name": "…"}`, or only the date.
    init(_ element: SettingsReading.Element) throws(Failure) {
        guard element.value.isObject else {
            self.init(date: try element.date(), name: "")
            return
        }
        let object = try element.object(known: ["date", "name"])
        self.init(date: try object.required("date").date(), name: try object.member("name")?.text() ?? "")
    }
}

extension WorkCalendar.Special {
    init(_ element: SettingsReading.Element) throws(Failure) {
        let object = try element.object(known: ["name", "from", "to", "weekly"])
        self.init(
            name: try object.member("name")?.text() ?? "", from: try object.required("from").date(),
            to: try object.required("to").date(), weekly: try Weekdays.read(try object.required("weekly")))
    }
}

extension ServiceTarget {
    /// Targets in one list.
    static let countMax = 200

    static func list(_ element: SettingsReading.Element) throws(Failure) -> [ServiceTarget] {
        let elements = try element.list()
        guard elements.count <= countMax else {
            throw element.failure(
                id: "paling banyak \(countMax) target", en: "at most \(countMax) targets")
        }
        var targets: [ServiceTarget] = []
        for element in elements {
            let target = try ServiceTarget(element)
            let isDoubled = targets.contains {
                ($0.responder, $0.phoneNumber, $0.team, $0.priority)
                    == (target.responder, target.phoneNumber, target.team, target.priority)
            }
            guard !isDoubled else {
                throw element.failure(
                    id: "syaratnya sama dengan target sebelumnya, jadi tidak akan pernah berlaku",
                    en: "has the conditions of an earlier target, so it would never count")
            }
            targets.append(target)
        }
        return targets
    }

    private init(_ element: SettingsReading.Element) throws(Failure) {
        let object = try element.object(
            known: ["responder", "team", "phone_number", "priority", "within", "clock"])
        self.init(
            responder: try object.member("responder")?.choice([Responder.human, .bot, .unknown]),
            phoneNumber: try object.member("phone_number").map { (member) throws(Failure) in
                PhoneNumberID(try member.name())
            },
            team: try object.member("team")?.name(), priority: try object.member("priority")?.name(),
            seconds: try WaitLength.read(try object.required("within")),
            clock: try object.member("clock")?.choice(Clock.allCases) ?? .elapsed)
    }
}
