import Domain

/// Gathers what an order or booking says of whose it is. What is found first stays, so the surest places are asked
/// first. Values are never kept unless they are of the form that they should have.
struct IdentityClues {
    let home: Country
    private(set) var identity = OutcomeIdentity()

    init(home: Country) { self.home = home }

    // MARK: Named members

    /// Members of an object that people fill as they like (`metadata`, form answers): those whose names tell what they
    /// are, and marked words (`wa:62812…`) in any other.
    mutating func take(members object: JSON.Value?) {
        guard let object, object.isObject else { return }
        let members = Array(object.members.prefix(100))
        for (name, value) in members {
            if let text = value.word { take(text, named: name) }
        }
        for (name, value) in members where Self.meaning(of: name) == nil {
            if let text = value.word { takeMarked(text) }
        }
    }

    mutating func take(_ text: String, named name: String) {
        guard text.utf8.count <= Self.textBytesMax, let meaning = Self.meaning(of: name) else { return }
        take(text, as: meaning)
    }

    /// What a member holds.
    enum Meaning { case person, message, userID, link, conversation, click, line, account }

    private mutating func take(_ text: String, as meaning: Meaning) {
        let text = text.trimmed
        switch meaning {
        case .person: takePerson(text)
        case .message: if text.hasPrefix("wamid.") { take(message: text) }
        case .userID: if Self.isUserID(text) { take(userID: text) }
        case .link: takeLink(text)
        case .conversation: if identity.conversation == nil { identity.conversation = Self.plain(text) }
        case .click: if identity.clickID == nil { identity.clickID = Self.plain(text) }
        case .line: if identity.line.phoneNumber == nil { identity.line.phoneNumber = Self.digits(text) }
        case .account: if identity.line.account == nil { identity.line.account = Self.digits(text) }
        }
    }

    /// A phone number in any notation, or a business-scoped id in its place.
    mutating func takePerson(_ text: String?) {
        guard let text = text?.trimmed, !text.isEmpty, text.utf8.count <= Self.textBytesMax else { return }
        if Self.isUserID(text) {
            take(userID: text)
        } else if let digits = PhoneNotation.digits(text, home: home) {
            if identity.party.phone == nil { identity.party.phone = digits }
        } else {
            takeMarked(text)
        }
    }

    // MARK: Free text

    /// A field that the business may use for anything: marked words, or a mobile number and nothing else.
    mutating func takeFree(_ text: String?) {
        guard let text = text?.trimmed, !text.isEmpty else { return }
        takeMarked(text)
        guard identity.party.phone == nil, let digits = PhoneNotation.digits(text, home: home) else { return }
        // An order number is digits too: only what begins like a number of somebody's is taken for one.
        let isLikely = (text.hasPrefix("0") || text == digits) && PhoneNotation.isMobile(digits, of: home)
        if isLikely || text.hasPrefix("+") { identity.party.phone = digits }
    }

    /// Words that say what they are: `wa:62812…`, `wamid.…`, `link:CODE`, `user:ID.…`, `ctwa:…`, and ids that cannot be
    /// mistaken. `_` and `-` stand for the colon where a provider allows no colon (Stripe's `client_reference_id`).
    mutating func takeMarked(_ text: String?) {
        guard let text = text?.trimmed, text.utf8.count <= Self.textBytesMax else { return }
        // A number alone may hold spaces.
        if text.lowercased().hasPrefix("wa:"), let digits = PhoneNotation.digits(text, home: home) {
            if identity.party.phone == nil { identity.party.phone = digits }
            return
        }
        // Not at spaces alone: addresses and lists use these too.
        for word in text.split(whereSeparator: { $0.isWhitespace || ",;|&?".contains($0) }).prefix(32) {
            take(word: String(word))
        }
    }

    private mutating func take(word: String) {
        if word.hasPrefix("wamid.") {
            take(message: word)
        } else if Self.isUserID(word) {
            take(userID: word)
        } else if let (mark, value) = Self.split(word) {
            switch mark {
            case "wa", "whatsapp", "phone", "tel": takePhone(marked: value)
            case "wamid", "message", "msg": if value.hasPrefix("wamid.") { take(message: value) }
            case "user", "user_id", "bsuid": if Self.isUserID(value) { take(userID: value) }
            case "link": takeLink(value)
            case "conversation", "conv": take(value, as: .conversation)
            case "ctwa", "ctwa_clid", "click", "click_id": take(value, as: .click)
            default: break
            }
        }
    }

    /// `wa:62812…` → (`wa`, `62812…`).
    private static func split(_ word: String) -> (mark: String, value: String)? {
        if let at = word.utf8.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }) {
            let value = String(word[word.utf8.index(after: at)...])
            return value.isEmpty ? nil : (word[..<at].lowercased(), value)
        }
        for mark in ["wa", "link"] {
            let head = word.prefix(mark.count + 1).lowercased()
            guard head == mark + "_" || head == mark + "-" else { continue }
            let value = String(word.dropFirst(mark.count + 1))
            return value.isEmpty ? nil : (mark, value)
        }
        return nil
    }

    private mutating func takePhone(marked text: String) {
        if Self.isUserID(text) {
            take(userID: text)
        } else if text.hasPrefix("wamid.") {
            take(message: text)
        } else if identity.party.phone == nil {
            identity.party.phone = PhoneNotation.digits(text, home: home)
        }
    }

    // MARK: Forms

    private mutating func take(message: String) {
        guard identity.message == nil, message.utf8.count > 6 else { return }
        identity.message = Self.plain(message).map { MessageID($0) }
    }

    private mutating func take(userID: String) {
        if identity.party.userID == nil { identity.party.userID = userID }
    }

    /// A tracked link's code, alone or at the end of its address.
    private mutating func takeLink(_ text: String) {
        guard identity.link == nil else { return }
        let parts = text.split(separator: "/")
        let isAddress = parts.count > 2 && parts[parts.count - 2] == "l"
        let last = isAddress ? parts.last.flatMap { $0.split(separator: "?").first }.map(String.init) : text
        guard let code = last, (1...64).contains(code.utf8.count), code.utf8.allSatisfy(\.isLinkCodeByte) else {
            return
        }
        identity.link = code
    }

    /// Longest text that is looked into.
    private static let textBytesMax = 1024

    /// Stricter than the form of an id alone, which `PT.Maju` has as well.
    private static func isUserID(_ text: String) -> Bool {
        guard Party.isUserID(text), Country.ofUserID(text) != nil else { return false }
        let rest = text.utf8.dropFirst(3)
        return rest.count >= 6 && rest.allSatisfy(\.isLetterOrDigit) && rest.contains { $0 &- UInt8(ascii: "0") <= 9 }
    }

    /// An opaque id: no white space, not longer than any.
    private static func plain(_ text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
        return !text.isEmpty && isPlain && text.utf8.count <= Limits.labelBytesMax ? text : nil
    }

    private static func digits<Entity>(_ text: String) -> Identifier<Entity>? {
        let isPlain = !text.isEmpty && text.utf8.count <= 24 && text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
        return isPlain ? Identifier(text) : nil
    }
}

extension IdentityClues {
    /// What a member of that name holds, in the spellings that forms and shops use; nil for any other name.
    static func meaning(of name: String) -> Meaning? {
        let bytes = name.utf8.prefix(64).filter(\.isLetterOrDigit).map { $0 | 0x20 }
        return meanings[String(decoding: bytes, as: UTF8.self)]
    }

    /// True for a question that asks for a phone number: `Nomor WhatsApp Anda`, `Phone Number`.
    static func asksForPhone(_ question: String) -> Bool {
        let words = question.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return words.contains { phoneWords.contains($0) } || meaning(of: question) == .person
    }

    private static let phoneWords: Set<String> = [
        "whatsapp", "wa", "phone", "telephone", "mobile", "cellphone", "nomor", "nomer", "telepon", "telpon", "hp",
        "handphone", "ponsel", "celular", "telefone", "telefono", "teléfono", "móvil",
    ]

    /// By the name without case and without what joins its words.
    private static let meanings: [String: Meaning] = {
        var meanings: [String: Meaning] = [:]
        let names: [(Meaning, String)] = [
            (
                .person,
                """
                phone phonenumber customerphone customerphonenumber contactphone mobile mobilephone mobilenumber \
                whatsapp whatsappnumber whatsappphone whatsappid wa waid wanumber waphone contact contactnumber msisdn \
                nomor nomorwa nomorwhatsapp nomorhp nomortelepon nohp nowa notelp notelepon hp handphone telepon telp \
                ponsel payerphonenumber attendeephonenumber smsremindernumber textremindernumber
                """
            ),
            (.message, "messageid wamid wamessageid whatsappmessageid"),
            (.userID, "userid bsuid wauserid whatsappuserid"),
            (.link, "link linkid linkcode trackedlink"),
            (.conversation, "conversation conversationid"),
            (.click, "ctwaclid clickid ctwaclickid"),
            (.line, "phonenumberid"),
            (.account, "wabaid"),
        ]
        for (meaning, list) in names {
            for name in list.split(separator: " ") { meanings[String(name)] = meaning }
        }
        return meanings
    }()
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    fileprivate var isLinkCodeByte: Bool { isLetterOrDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
}
