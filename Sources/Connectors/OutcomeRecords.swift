import Domain

/// What a business tells about its own results (`POST /api/v1/outcomes`): a JSON object, an array of objects, or
/// NDJSON (one object a line).
package enum OutcomeRecords {
    private static let shape = RecordList.Shape(
        recordKeys: ["id", "kind"], listKeys: ["outcomes", "records"],
        empty: Text(
            id: "daftar hasil kosong; kirim paling sedikit satu catatan",
            en: "the list of outcomes is empty; send at least one record"))

    /// Never throws: a record that cannot be used takes none of its neighbours with it. A record tells its own time, so
    /// that it is the same event whenever it comes.
    ///
    /// `home` is where phone numbers without a calling code are from. `currency` is what a value is in that does not
    /// say; without it, such a value is a problem. `source` is that of records that name none; without it, they must.
    package static func decode(
        _ body: [UInt8], receivedAt: Instant, home: Country, currency: String? = nil, source: String? = nil
    ) -> RecordList.Decoded {
        RecordList.decode(body, shape) { value, number throws(RecordProblem) in
            .outcome(
                try OutcomeRecordReading(
                    value: value, number: number, home: home, currency: currency, source: source
                ).event())
        }
    }
}

/// One outcome while it is being read.
struct OutcomeRecordReading: RecordReading {
    let value: JSON.Value
    /// Counted from 1: of a list the record, of a file the line.
    let number: Int
    /// What is counted.
    var unit = Text(id: "catatan", en: "record")
    let home: Country
    let currency: String?
    let source: String?

    private enum Status: String, CaseIterable {
        case confirmed, pending, failed, cancelled, refunded
        case chargedBack = "charged_back"
    }

    func event() throws(RecordProblem) -> OutcomeEvent {
        guard value.isObject else { throw problem(id: "bukan objek JSON", en: "is not a JSON object") }
        let source = try sourceName()
        let id = try required("id")
        let status = try status()
        let kind = try kind(isNeeded: status == .confirmed)
        return OutcomeEvent(
            source: source, id: id, kind: kind, change: try change(status), at: try time(),
            revisedAt: try revision(), value: try money("value"), identity: try identity())
    }

    // MARK: What it is

    /// Becomes the value of a dimension, so that two spellings must not make two sources.
    private func sourceName() throws(RecordProblem) -> String {
        let name: String
        if let told = value["source"]?.word ?? source { name = told } else { name = try required("source") }
        let isPlain = name.lowercased().utf8.allSatisfy { byte in
            byte.isLowerCaseOrDigit || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
        }
        guard isPlain, name.utf8.count <= 64 else {
            throw problem(
                id: "source harus nama singkat dari huruf, angka, titik, garis, misalnya toko",
                en: "source must be a short name of letters, digits, dots and dashes, such as shop")
        }
        return name.lowercased()
    }

    private func status() throws(RecordProblem) -> Status {
        guard let told = value["status"] else { return .confirmed }
        switch told.word?.lowercased() {
        case "canceled": return .cancelled
        case "chargeback", "chargedback": return .chargedBack
        case let word?:
            if let status = Status(rawValue: word) { return status }
        case nil: break
        }
        let words = Status.allCases.map(\.rawValue).joined(separator: ", ")
        throw problem(id: "status harus salah satu dari \(words)", en: "status must be one of \(words)")
    }

    private func kind(isNeeded: Bool) throws(RecordProblem) -> String? {
        guard value["kind"] != nil else {
            guard isNeeded else { return nil }
            throw problem(
                id:
                    "kind tidak ada; isi jenis hasil: payment_confirmed, booking, lead, atau kata Anda sendiri",
                en: "kind is missing; say what came about: payment_confirmed, booking, lead, or a word of your own")
        }
        let word = value["kind"]?.word?.lowercased() ?? ""
        let isPlain = word.utf8.allSatisfy { $0.isLowerCaseOrDigit || $0 == UInt8(ascii: "_") }
        guard isPlain, !word.isEmpty, word.utf8.count <= 64 else {
            throw problem(
                id: "kind harus kata dari huruf, angka, dan garis bawah, paling panjang 64, misalnya payment_confirmed",
                en: "kind must be a word of letters, digits and underscores, at most 64, such as payment_confirmed")
        }
        return word
    }

    // MARK: When

    private func revision() throws(RecordProblem) -> Instant? {
        guard let told = value["updated_at"] else { return nil }
        guard let at = told.instant else {
            throw problem(
                id: "updated_at harus waktu RFC 3339 dengan zona, atau detik Unix; boleh ditiadakan",
                en: "updated_at must be an RFC 3339 time with an offset, or Unix seconds; it may be left out")
        }
        return at
    }

    // MARK: Money

    private func change(_ status: Status) throws(RecordProblem) -> OutcomeEvent.Change {
        let total = try money("refunded_value")
        let single = try money("refund_value")
        let id = try optional("refund_id")
        guard status == .refunded || status == .chargedBack else {
            guard total?.micros ?? 0 == 0, single?.micros ?? 0 == 0 else {
                throw problem(
                    id: "uang yang kembali memerlukan \"status\":\"refunded\" atau \"charged_back\"",
                    en: "money that went back needs \"status\":\"refunded\" or \"charged_back\"")
            }
            switch status {
            case .pending: return .pending
            case .failed: return .failed
            case .cancelled: return .cancelled
            default: return .confirmed
            }
        }
        if status == .chargedBack {
            return .chargedBack(id: id, amount: total ?? single, isReversed: value["reversed"]?.bool ?? false)
        }
        if let single, total == nil {
            guard let id else {
                throw problem(
                    id: "refund_value memerlukan refund_id, agar tidak terhitung dua kali; atau kirim refunded_value",
                    en: "refund_value needs a refund_id, so that it counts once; or send refunded_value")
            }
            return .refunded(id: id, amount: single, isTotal: false)
        }
        return .refunded(id: id, amount: total, isTotal: total != nil)
    }

    private func money(_ key: String) throws(RecordProblem) -> Money? {
        guard let told = value.member(named: key) else { return nil }
        guard let micros = told.micros else {
            throw problem(
                id: "\(key) harus bilangan desimal tanpa pemisah ribuan, misalnya 250000 atau \"24145.50\"",
                en: "\(key) must be a decimal number without thousands separators, such as 250000 or \"24145.50\"")
        }
        guard (0...Money.outcomeMicrosMax).contains(micros) else {
            let most = Money.decimal(Money.outcomeMicrosMax)
            throw problem(
                id: "\(key) harus antara 0 dan \(most); untuk uang kembali pakai status refunded",
                en: "\(key) must be between 0 and \(most); for money that went back use the status refunded")
        }
        return Money(micros: micros, currency: try currencyCode())
    }

    private func currencyCode() throws(RecordProblem) -> String {
        if let told = value["currency"] {
            if let code = told.currency { return code }
        } else if let currency {
            return currency
        }
        throw problem(
            id: "currency harus kode tiga huruf, misalnya IDR",
            en: "currency must be a code of three letters, such as IDR")
    }

    // MARK: Whose

    private func identity() throws(RecordProblem) -> OutcomeIdentity {
        var party = try contact()
        if let id = try userID("user_id") { party.userID = id }
        if let id = try userID("parent_user_id") { party.parentUserID = id }
        return OutcomeIdentity(
            party: party, message: try optional("message_id").map { MessageID($0) },
            conversation: try optional("conversation_id"), link: try optional("link_id", "link"),
            clickID: try optional("click_id", "ctwa_clid"),
            line: Line(
                account: try optional("waba_id").map { AccountID($0) },
                phoneNumber: try optional("phone_number_id").map { PhoneNumberID($0) }))
    }

    /// A phone number or business-scoped id alone, or an object of them.
    private func contact() throws(RecordProblem) -> Party {
        guard let told = value["contact"] else { return Party() }
        if told.isObject {
            let phone = told["phone"]?.word
            let userID = told["user_id"]?.word
            let parent = told["parent_user_id"]?.word
            let digits = phone.flatMap { PhoneNotation.digits($0, home: home) }
            let isReadable =
                (phone == nil) == (digits == nil) && userID.map(Party.isUserID) != false
                && parent.map(Party.isUserID) != false
            if isReadable { return Party(phone: digits, userID: userID, parentUserID: parent) }
        } else if let word = told.word {
            if Party.isUserID(word) { return Party(userID: word) }
            if let digits = PhoneNotation.digits(word, home: home) { return Party(phone: digits) }
        } else if told.kind == .string {
            return Party()
        }
        throw problem(
            id: "contact harus nomor telepon, misalnya 6281234567890 atau 0812-3456-7890, atau user_id dari Meta",
            en: "contact must be a phone number, such as 6281234567890 or +62 812-3456-7890, or Meta's user_id")
    }

    private func userID(_ key: String) throws(RecordProblem) -> String? {
        guard let told = value.member(named: key)?.word else { return nil }
        guard Party.isUserID(told) else {
            throw problem(
                id: "\(key) harus id dari Meta, misalnya ID.9f31c0AA77",
                en: "\(key) must be Meta's id, such as ID.9f31c0AA77")
        }
        return told
    }
}

extension UInt8 {
    fileprivate var isLowerCaseOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || self &- UInt8(ascii: "0") <= 9
    }
}
