import Domain

/// Meta's envelope: entries by account, changes by number and field, arrays of what came together.
enum Envelope {
    static func body(_ updates: [Update], lines: [BusinessLine]) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(updates.reduce(420) { $0 + $1.item.count + $1.contact.count + 8 })
        bytes.add(#"{"object":"whatsapp_business_account","entry":["#)
        var start = 0
        var openAccount: AccountID?
        while start < updates.count {
            let first = updates[start]
            var end = start + 1
            while end < updates.count, belongsTogether(first, updates[end]) { end += 1 }
            let account = lines[first.line].account
            if case .field(_, let time) = first.section {
                closeEntry(&openAccount, in: &bytes)
                openEntry(account, time: time, isFirst: start == 0, in: &bytes)
                openAccount = account
            } else if openAccount == account {
                bytes.add(",")
            } else {
                closeEntry(&openAccount, in: &bytes)
                openEntry(account, time: nil, isFirst: start == 0, in: &bytes)
                openAccount = account
            }
            addChange(updates[start..<end], line: lines[first.line], to: &bytes)
            // The entry of a field of its own has a time, which is not that of what follows.
            if case .field = first.section { closeEntry(&openAccount, in: &bytes) }
            start = end
        }
        closeEntry(&openAccount, in: &bytes)
        bytes.add("]}")
        return bytes
    }

    /// Items share a change when they are of one number and kind, and either all or none have a contact beside them.
    private static func belongsTogether(_ a: Update, _ b: Update) -> Bool {
        if case .field = a.section { return false }
        return a.line == b.line && a.section == b.section && a.contact.isEmpty == b.contact.isEmpty
    }

    private static func openEntry(_ account: AccountID, time: Int64?, isFirst: Bool, in bytes: inout Bytes) {
        if !isFirst { bytes.add(",") }
        bytes.add(#"{"id":""#)
        bytes.add(raw: account.value)
        bytes.add("\"")
        if let time {
            bytes.add(#","time":"#)
            bytes.add(time)
        }
        bytes.add(#","changes":["#)
    }

    private static func closeEntry(_ account: inout AccountID?, in bytes: inout Bytes) {
        if account != nil { bytes.add("]}") }
        account = nil
    }

    private static func addChange(_ updates: ArraySlice<Update>, line: BusinessLine, to bytes: inout Bytes) {
        guard let first = updates.first else { return }
        let key: StaticString
        let field: StaticString
        switch first.section {
        case .field(let name, _):
            bytes.add(#"{"field":"#)
            bytes.add(quoted: name)
            bytes.add(#","value":"#)
            bytes.append(contentsOf: first.item)
            bytes.add("}")
            return
        case .statuses: (key, field) = ("statuses", "messages")
        case .messages: (key, field) = ("messages", "messages")
        case .linkClick: (key, field) = ("user_actions", "messages")
        case .preferences: (key, field) = ("user_preferences", "user_preferences")
        case .userIDUpdates: (key, field) = ("user_id_update", "user_id_update")
        case .echoes: (key, field) = ("message_echoes", "smb_message_echoes")
        }
        bytes.add(#"{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":""#)
        bytes.add(raw: line.display)
        bytes.add(#"","phone_number_id":""#)
        bytes.add(raw: line.phoneNumber.value)
        bytes.add(#""}"#)
        if !first.contact.isEmpty {
            bytes.add(#","contacts":["#)
            addList(updates, \.contact, to: &bytes)
            bytes.add("]")
        }
        bytes.add(",\"")
        bytes.add(key)
        bytes.add("\":[")
        addList(updates, \.item, to: &bytes)
        bytes.add(#"]},"field":""#)
        bytes.add(field)
        bytes.add(#""}"#)
    }

    private static func addList(
        _ updates: ArraySlice<Update>, _ part: KeyPath<Update, Bytes>, to bytes: inout Bytes
    ) {
        for (offset, update) in updates.enumerated() {
            if offset > 0 { bytes.add(",") }
            bytes.append(contentsOf: update[keyPath: part])
        }
    }
}
