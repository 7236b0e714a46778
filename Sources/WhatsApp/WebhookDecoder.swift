import Domain

/// What one webhook body told.
package struct Decoded: Hashable, Sendable {
    /// In the order of the body.
    package var events: [Event] = []
    /// How many changes of each field were understood as a whole.
    package var understood: [MetaField: Int] = [:]

    package init() {}
}

/// Meta's webhook body → events. Total: whatever the bytes are, the answer is a list of events, where what was not
/// understood has an event of its own. The same bytes always give the same events.
package enum WebhookDecoder {
    /// `receivedAt` stands in for times that the body does not tell.
    package static func decode(_ body: [UInt8], receivedAt: Instant) -> Decoded {
        var decoded = Decoded()
        do {
            let root = try JSON.parse(body)
            decode(root, receivedAt: receivedAt, into: &decoded)
        } catch .tooDeep {
            decoded.events.append(.notUnderstood(NotUnderstood(field: "body", reason: .tooDeep)))
        } catch {
            decoded.events.append(.notUnderstood(NotUnderstood(field: "body", reason: .notJSON)))
        }
        return decoded
    }

    package static func decode(_ body: UnsafeRawBufferPointer, receivedAt: Instant) -> Decoded {
        decode([UInt8](body), receivedAt: receivedAt)
    }

    private static func decode(_ root: JSON.Value, receivedAt: Instant, into decoded: inout Decoded) {
        func fail(_ field: String, _ reason: NotUnderstood.Reason) {
            decoded.events.append(.notUnderstood(NotUnderstood(field: field, reason: reason)))
        }
        guard root.isObject else { return fail("body", .notAnObject) }
        // Pages and Instagram post to the same kind of endpoint with fields of the same name.
        if let object = root["object"]?.string, !object.hasPrefix("whatsapp") { return fail("object", .badValue) }
        guard let entries = root["entry"] else {
            // The App Dashboard's samples are a bare change.
            guard root["field"] != nil else { return fail("body", .missingKey) }
            return decode(change: root, entry: nil, receivedAt: receivedAt, into: &decoded)
        }
        guard entries.isArray else { return fail("body", .badValue) }
        // An envelope that names its object and holds nothing is how a connection is tested: there is nothing to miss.
        if entries.elements.isEmpty, root["object"] == nil { fail("body", .emptyChange) }
        for entry in entries.elements {
            guard entry.isObject else {
                fail("body", .notAnObject)
                continue
            }
            guard let changes = entry["changes"], changes.isArray else {
                fail("body", .missingKey)
                continue
            }
            for change in changes.elements {
                decode(change: change, entry: entry, receivedAt: receivedAt, into: &decoded)
            }
        }
    }

    private static func decode(
        change: JSON.Value, entry: JSON.Value?, receivedAt: Instant, into decoded: inout Decoded
    ) {
        func fail(_ field: String, _ reason: NotUnderstood.Reason) {
            let field = field.cut(toBytes: Limits.labelBytesMax)
            decoded.events.append(.notUnderstood(NotUnderstood(field: field, reason: reason)))
        }
        guard change.isObject else { return fail("body", .notAnObject) }
        guard let name = change["field"] else { return fail("body", .missingKey) }
        guard let field = name.equals("messages") ? .messages : MetaField(rawValue: name.string ?? "") else {
            return fail(name.string ?? "body", .unknownField)
        }
        guard let value = change["value"] else { return fail(field.rawValue, .missingKey) }
        guard value.isObject else { return fail(field.rawValue, .notAnObject) }
        var reading = Reading(
            field: field, value: value, entryID: entry?["id"]?.word, entryTime: entry?["time"],
            receivedAt: receivedAt, events: decoded.events
        )
        // The list is owned by one of the two at a time, so that appending does not copy it.
        decoded.events = []
        reading.read()
        decoded.events = reading.events
        if reading.isUnderstood { decoded.understood[field, default: 0] += 1 }
    }
}
