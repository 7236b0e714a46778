import Domain

/// Records of the generic desk format (`POST /api/v1/desk-events`), as a home-grown desk writes them.
enum DeskFormat {
    enum Saying: Sendable {
        /// The author is nil for the customer.
        case message(Desk.Message, author: Outbound?)
        case note(Truth.DeskNote.What)

        var isMessage: Bool {
            if case .message = self { true } else { false }
        }
    }

    /// The desk's name, the value of dimension `desk`.
    static let source = "desk"

    /// What is no message leaves out now and then whose it is: the conversation tells.
    static func record(
        _ saying: Saying, number: Int64, conversation: Int, person: Person, line: BusinessLine, at: Int64
    ) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(420)
        bytes.add(#"{"source":"desk","id":"ev-"#)
        bytes.add(number)
        bytes.add(#"","conversation_id":"c-"#)
        bytes.add(Int64(conversation))
        bytes.add(#"","at":""#)
        bytes.add(dateTime: at, inWIB: true)
        bytes.add("\"")
        if saying.isMessage || number % 5 != 0 {
            bytes.add(#","contact":{"#)
            WireFormat.addIdentity(person, phone: #""phone":""#, userID: #""user_id":""#, to: &bytes)
            bytes.add(#"},"phone_number_id":""#)
            bytes.add(raw: line.phoneNumber.value)
            bytes.add("\"")
        }
        bytes.add(#","type":""#)
        switch saying {
        case .message(let message, let author): add(message, author: author, to: &bytes)
        case .note(let what): add(what, to: &bytes)
        }
        bytes.add("}")
        return bytes
    }

    private static func add(_ message: Desk.Message, author: Outbound?, to bytes: inout Bytes) {
        bytes.add(#"message","message_id":""#)
        bytes.add(raw: message.id)
        bytes.add("\"")
        if let author {
            addAuthor(author.sender.rawValue, id: author.agent, team: author.team, to: &bytes)
        } else {
            addAuthor("customer", id: nil, team: nil, to: &bytes)
        }
    }

    private static func addAuthor(_ kind: String, id: String?, team: String?, to bytes: inout Bytes) {
        bytes.add(#","author":{"kind":""#)
        bytes.add(raw: kind)
        bytes.add("\"")
        if let id {
            bytes.add(#","id":"#)
            bytes.add(quoted: id)
        }
        if let team {
            bytes.add(#","team":"#)
            bytes.add(quoted: team)
        }
        bytes.add("}")
    }

    private static func add(_ what: Truth.DeskNote.What, to bytes: inout Bytes) {
        switch what {
        case .status(let status, let author):
            bytes.add(#"status","status":""#)
            bytes.add(raw: status.rawValue)
            bytes.add("\"")
            if let author { addAuthor(author.rawValue, id: nil, team: nil, to: &bytes) }
        case .assigned(let agent, let team):
            bytes.add(#"assigned","agent":"#)
            addNullable(agent, to: &bytes)
            bytes.add(#","team":"#)
            addNullable(team, to: &bytes)
        case .handoff: bytes.add(#"handoff""#)
        case .priority(let word):
            bytes.add(#"priority","priority":"#)
            addNullable(word, to: &bytes)
        case .ratingAsked: bytes.add(#"rating_asked""#)
        case .rated(let stars):
            bytes.add(#"rated","rating":"#)
            bytes.add(Int64(stars))
        }
    }

    private static func addNullable(_ text: String?, to bytes: inout Bytes) {
        if let text { bytes.add(quoted: text) } else { bytes.add("null") }
    }
}
