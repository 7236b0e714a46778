/// Short links and their openings as the inbox keeps them.
enum LinkFormat {
    static let target = "https://toko.example/checkout"

    /// One entry of `{"links":[…]}`.
    ///
    /// - Parameter person: nil for a link that is the same for all recipients.
    static func link(
        code: String, person: Person?, message: String?, campaign: String?, createdAt: Int64
    ) -> Bytes {
        var bytes: Bytes = []
        bytes.add(#"{"code":""#)
        bytes.add(raw: code)
        bytes.add(#"","url":""#)
        bytes.add(raw: target)
        bytes.add("\"")
        add(person: person, message: message, campaign: campaign, to: &bytes)
        bytes.add(#","created_at":""#)
        bytes.add(dateTime: createdAt, inWIB: false)
        bytes.add(#""}"#)
        return bytes
    }

    static func links(_ entries: ArraySlice<Bytes>) -> Bytes {
        var bytes = Bytes(#"{"links":["#.utf8)
        for (index, entry) in entries.enumerated() {
            if index > 0 { bytes.add(",") }
            bytes.append(contentsOf: entry)
        }
        bytes.add("]}")
        return bytes
    }

    /// `{"clicks":[…]}` with one opening.
    static func click(
        id: String, code: String, at: Int64, person: Person?, message: String?, campaign: String?, isRobot: Bool
    ) -> Bytes {
        var bytes = Bytes(#"{"clicks":[{"id":""#.utf8)
        bytes.add(raw: id)
        bytes.add(#"","code":""#)
        bytes.add(raw: code)
        bytes.add(#"","at":""#)
        bytes.add(dateTime: at, inWIB: false)
        bytes.add("\"")
        add(person: person, message: message, campaign: campaign, to: &bytes)
        if isRobot { bytes.add(#","robot":true"#) }
        bytes.add("}]}")
        return bytes
    }

    private static func add(person: Person?, message: String?, campaign: String?, to bytes: inout Bytes) {
        if let person {
            bytes.add(",")
            WireFormat.addIdentity(person, phone: #""phone":""#, userID: #""user_id":""#, to: &bytes)
        }
        if let message {
            bytes.add(#","message_id":""#)
            bytes.add(raw: message)
            bytes.add("\"")
        }
        if let campaign {
            bytes.add(#","campaign":"#)
            bytes.add(quoted: campaign)
        }
    }
}
