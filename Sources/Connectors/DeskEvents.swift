import Domain

/// What any desk can tell (`POST /api/v1/desk-events`): a JSON object, an array of objects, or NDJSON. `docs/desks.md`
/// has the fields.
package enum DeskEvents {
    private static let shape = RecordList.Shape(
        recordKeys: ["id", "type"], listKeys: ["events", "records"],
        empty: Text(
            id: "daftar kosong; kirim paling sedikit satu catatan", en: "the list is empty; send at least one record"))

    /// Never throws: a record that cannot be used takes none of its neighbours with it. A record tells its own time, so
    /// that it is the same event whenever it comes.
    package static func decode(_ body: [UInt8], receivedAt: Instant) -> RecordList.Decoded {
        RecordList.decode(body, shape) { value, number throws(RecordProblem) in
            .desk(try DeskEventReading(value: value, number: number).event())
        }
    }
}

/// One desk event while it is being read.
struct DeskEventReading: RecordReading {
    let value: JSON.Value
    /// Counted from 1.
    let number: Int

    private static let types = [
        "message", "status", "assigned", "handoff", "priority", "rating_asked", "rated",
    ]

    func event() throws(RecordProblem) -> DeskEvent {
        guard value.isObject else { throw problem(id: "bukan objek JSON", en: "is not a JSON object") }
        let desk = try source()
        let id = try required("id")
        let conversation = DeskConversation(id: try required("conversation_id"), contact: try contact(), line: line)
        let kind = try kind(id: id, contact: conversation.contact)
        return DeskEvent(desk: desk, id: id, conversation: conversation, at: try time(), kind: kind)
    }

    private func kind(id: String, contact: Party) throws(RecordProblem) -> DeskEvent.Kind {
        switch try required("type").lowercased() {
        case "message": return .message(try message(id: id, contact: contact))
        case "status": return .status(try status(), by: try author()?.kind)
        case "assigned": return try assigned()
        case "handoff": return .handoff
        case "priority": return .priority(try priority())
        case "rating_asked": return .ratingAsked
        case "rated": return .rated(try rating())
        default:
            let types = Self.types.joined(separator: ", ")
            throw problem(id: "type harus salah satu dari \(types)", en: "type must be one of \(types)")
        }
    }

    // MARK: Whose it is

    /// Becomes the value of a dimension, so that two spellings must not make two desks.
    private func source() throws(RecordProblem) -> String {
        let source = try required("source").lowercased()
        let isPlain = source.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard isPlain, source.utf8.count <= 64 else {
            throw problem(
                id: "source harus nama singkat dari huruf, angka, titik, garis, misalnya zendesk",
                en: "source must be a short name of letters, digits, dots and dashes, such as zendesk")
        }
        return source
    }

    /// A phone number or business-scoped id alone, or an object of them. May be left out where the desk told it with
    /// another event of the conversation.
    private func contact() throws(RecordProblem) -> Party {
        guard let told = value["contact"] else { return Party() }
        var party = Party()
        if told.isObject {
            if let phone = told["phone"]?.word { party.phone = Party.digits(of: phone) }
            if let id = told["user_id"]?.word { party.userID = Party.isUserID(id) ? id : nil }
            if let id = told["parent_user_id"]?.word { party.parentUserID = Party.isUserID(id) ? id : nil }
            let isLost =
                (told["phone"]?.word != nil && party.phone == nil)
                || (told["user_id"]?.word != nil && party.userID == nil)
                || (told["parent_user_id"]?.word != nil && party.parentUserID == nil)
            if !isLost { return party }
        } else if let word = told.word {
            party = Party(named: word)
            if !party.isAnonymous { return party }
        }
        throw problem(
            id: "contact harus nomor telepon dengan kode negara atau user_id dari Meta (\"CC.…\")",
            en: "contact must be a phone number with its country code or Meta's user_id (\"CC.…\")")
    }

    private var line: Line {
        Line(
            account: value["waba_id"]?.label.map { AccountID($0) },
            phoneNumber: value["phone_number_id"]?.label.map { PhoneNumberID($0) },
            displayPhoneNumber: value["display_phone_number"]?.word.flatMap(Party.digits))
    }

    // MARK: What happened

    private func message(id: String, contact: Party) throws(RecordProblem) -> DeskMessage {
        let author = try author()
        let messageID = value["message_id"]?.word
        if let messageID, messageID.utf8.count > Limits.labelBytesMax {
            throw problem(id: "message_id terlalu panjang", en: "message_id is too long")
        }
        guard messageID != nil || !contact.isAnonymous else {
            throw problem(
                id: "pesan memerlukan contact atau message_id, agar diketahui milik siapa",
                en: "a message needs contact or message_id, so that it is known whose it is")
        }
        let isInbound = try isInbound(author)
        let template = value["template"]
        return DeskMessage(
            id: id, message: messageID.map { MessageID($0) }, isInbound: isInbound,
            author: isInbound ? .unknown : author?.kind ?? .unknown, agent: isInbound ? nil : author?.id,
            team: isInbound ? nil : author?.team, isTemplate: !isInbound && (template.map { $0.bool ?? true } ?? false))
    }

    private func isInbound(_ author: Author?) throws(RecordProblem) -> Bool {
        switch value["direction"]?.word?.lowercased() {
        case "inbound", "incoming", "in": return true
        case "outbound", "outgoing", "out": return false
        case nil where author?.isCustomer == true: return true
        case nil where author?.kind != nil: return false
        default:
            throw problem(
                id: "direction harus inbound (dari pelanggan) atau outbound (dari bisnis)",
                en: "direction must be inbound (from the customer) or outbound (from the business)")
        }
    }

    private struct Author {
        /// Nil for the customer.
        var kind: SenderKind?
        var id: String?
        var team: String?
        var isCustomer: Bool { kind == nil }
    }

    /// `{"kind", "id", "team"}`, or the kind alone.
    private func author() throws(RecordProblem) -> Author? {
        guard let told = value["author"] else { return nil }
        let word = (told.isObject ? told["kind"] : told)?.word?.lowercased()
        if word == "customer" { return Author(kind: nil) }
        guard let kind = word == nil && told.isObject ? .unknown : word.flatMap(SenderKind.init(rawValue:)) else {
            throw problem(
                id: "author.kind harus human, bot, system, customer, atau unknown",
                en: "author.kind must be human, bot, system, customer or unknown")
        }
        return Author(kind: kind, id: told["id"]?.label, team: told["team"]?.label)
    }

    private func status() throws(RecordProblem) -> DeskStatus {
        guard let status = value["status"]?.word.flatMap({ DeskStatus(rawValue: $0.lowercased()) }) else {
            throw problem(
                id: "status harus open (di orang), pending (di bot), snoozed (ditunda), atau resolved (selesai)",
                en: "status must be open (with people), pending (with the bot), snoozed or resolved")
        }
        return status
    }

    /// `null` says that nobody is responsible; leaving both out says nothing.
    private func assigned() throws(RecordProblem) -> DeskEvent.Kind {
        guard value.members.contains(where: { $0.key == "agent" || $0.key == "team" }) else {
            throw problem(
                id: "assigned memerlukan agent atau team; null berarti tidak ada penanggung jawab",
                en: "assigned needs agent or team; null means that nobody is responsible")
        }
        return .assigned(agent: value["agent"]?.label, team: value["team"]?.label)
    }

    private func priority() throws(RecordProblem) -> String? {
        guard value.members.contains(where: { $0.key == "priority" }) else {
            throw problem(
                id: "priority tidak ada; isi dengan kata, atau null bila dicabut",
                en: "priority is missing; give a word, or null when it was taken away")
        }
        return value["priority"]?.label?.lowercased()
    }

    private func rating() throws(RecordProblem) -> Int {
        guard let rating = value["rating"]?.int64.flatMap(Int.init(exactly:)), (1...5).contains(rating) else {
            throw problem(
                id: "rating harus bilangan bulat 1 sampai 5", en: "rating must be a whole number from 1 to 5")
        }
        return rating
    }
}
