import Domain

/// Records of `POST /api/v1/outcomes`, as a shop's own programs write them.
enum OutcomeFormat {
    /// What a record says of whose outcome it is.
    struct Name: Sendable {
        var key: StaticString
        var value: String
        var toldBy: TrueOutcome.ToldBy
    }

    /// - Parameter status: nil for what is simply there.
    static func record(
        source: String, id: String, kind: String, status: StaticString? = nil, at: Int64, name: Name?, value: Money?
    ) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(300)
        bytes.add(#"{"source":""#)
        bytes.add(raw: source)
        bytes.add(#"","id":""#)
        bytes.add(raw: id)
        bytes.add(#"","kind":""#)
        bytes.add(raw: kind)
        bytes.add(#"","at":""#)
        bytes.add(dateTime: at, inWIB: true)
        bytes.add("\"")
        if let status {
            bytes.add(#","status":""#)
            bytes.add(status)
            bytes.add("\"")
        }
        if let name {
            bytes.add(",\"")
            bytes.add(name.key)
            bytes.add(#"":"#)
            bytes.add(quoted: name.value)
        }
        if let value {
            bytes.add(#","value":"#)
            bytes.add(raw: value.decimal)
            bytes.add(#","currency":""#)
            bytes.add(raw: value.currency)
            bytes.add("\"")
        }
        bytes.add("}")
        return bytes
    }

    /// As people of the country write their own number: `0812-3456-7890`.
    static func nationalIndonesian(_ digits: String, chance: inout Chance) -> String {
        let local = "0" + digits.dropFirst(2)
        let separator = chance.pick(["-", " ", ""], or: "")
        guard !separator.isEmpty else { return local }
        let rest = local.dropFirst(4)
        return [local.prefix(4), rest.prefix(4), rest.dropFirst(4)].joined(separator: separator)
    }
}
