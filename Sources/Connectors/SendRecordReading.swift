import Domain

/// One record of the send log while it is being read.
struct SendRecordReading: RecordReading {
    let value: JSON.Value
    /// Counted from 1.
    let number: Int

    func record() throws(RecordProblem) -> SendRecord {
        guard value.isObject else {
            throw problem(id: "bukan objek JSON", en: "is not a JSON object")
        }
        let errors = errors()
        let isHeldOut = isHeldOut
        let isRejected = !isHeldOut && isRejected(errors: errors)
        let (recipient, group) = try recipient()
        if isHeldOut, recipient.isAnonymous {
            throw problem(
                id: "kiriman yang ditahan memerlukan to atau user_id: siapa yang tidak dikirimi",
                en: "a send that was held out needs to or user_id: who was not sent to"
            )
        }
        return SendRecord(
            message: try message(hasOwnName: isRejected || isHeldOut), isRejected: isRejected, isHeldOut: isHeldOut,
            line: line(), recipient: recipient, group: group, sentAt: try time(), messageType: messageType(),
            tags: tags(), errors: errors, timeToLiveSeconds: try timeToLive()
        )
    }

    // MARK: Identity

    /// `hasOwnName` for what Meta never gave an id: it was rejected, or held out.
    private func message(hasOwnName: Bool) throws(RecordProblem) -> MessageID {
        for key in ["message_id", "id"] {
            guard let told = value.member(named: key) else { continue }
            guard let id = told.string, !id.isEmpty else {
                throw problem(
                    id: "\(key) harus berupa teks yang tidak kosong", en: "\(key) must be a string that is not empty"
                )
            }
        }
        let id = value["id"]?.string
        let message = value["message_id"]?.string
        // Without a wamid, its name is the caller's own, wherever one is given.
        if let name = hasOwnName ? id ?? message : message { return MessageID(name) }
        if hasOwnName {
            throw problem(
                id: "id tidak ada; kiriman yang ditolak atau ditahan memerlukan id dari sistem Anda sendiri",
                en: "id is missing; a send that was rejected or held out needs an id of your own"
            )
        }
        throw problem(
            id: "message_id tidak ada; isi dengan wamid dari jawaban Meta (atau \"status\":\"rejected\" dengan id)",
            en: "message_id is missing; give the wamid that Meta answered (or \"status\":\"rejected\" with an id)"
        )
    }

    /// Nothing was sent on purpose: the person is in the control group.
    private var isHeldOut: Bool {
        switch value["status"]?.string?.lowercased() {
        case "held_out", "heldout", "holdout", "hold_out": true
        default: false
        }
    }

    private func isRejected(errors: [ErrorNote]) -> Bool {
        switch value["status"]?.string?.lowercased() {
        case "rejected": true
        case "failed", "error": value["message_id"] == nil
        case nil: !errors.isEmpty && value["message_id"] == nil
        default: false
        }
    }

    private func line() -> Line {
        let display = value["display_phone_number"] ?? value["from"]
        return Line(
            account: text("waba_id", "account_id").map { AccountID($0) },
            phoneNumber: text("phone_number_id").map { PhoneNumberID($0) },
            displayPhoneNumber: display?.string.flatMap(Party.digits)
        )
    }

    private func recipient() throws(RecordProblem) -> (Party, GroupID?) {
        var party = Party()
        var group = text("group_id", "group").map { GroupID($0) }
        if let to = text("to", "wa_id") {
            if group == nil, value["recipient_type"]?.equals("group") ?? false {
                group = GroupID(to)
            } else if group?.value != to {
                party = Party(named: to)
                guard !party.isAnonymous else {
                    throw problem(
                        id: "to bukan nomor telepon; tulis dengan kode negara, misalnya 62 diikuti nomor",
                        en: "to is not a phone number; write it with the country code, such as 62 and the number"
                    )
                }
            }
        }
        party.userID = text("user_id", "recipient") ?? party.userID
        party.parentUserID = text("parent_user_id")
        return (party, group)
    }

    // MARK: Time

    private func time() throws(RecordProblem) -> Instant? {
        guard let told = value["sent_at"] ?? value["timestamp"] else { return nil }
        if let number = told.double, number > 0 {
            // Milliseconds from 1e11 on: as seconds that would be the year 5138.
            let seconds = number > 1e11 ? number / 1000 : number
            if seconds <= 1e11 { return Instant(microseconds: Int64((seconds * 1e6).rounded())) }
        }
        if let text = told.string, let instant = RFC3339.parse(text.trimmed) { return instant }
        throw problem(
            id: "sent_at bukan waktu; pakai RFC 3339 dengan zona, misalnya 2026-11-22T03:10:00Z, atau detik Unix",
            en: "sent_at is not a time; use RFC 3339 with an offset, such as 2026-11-22T03:10:00Z, or Unix seconds"
        )
    }

    private func timeToLive() throws(RecordProblem) -> Int64? {
        for key in ["message_send_ttl_seconds", "ttl_seconds", "ttl"] {
            guard let told = value.member(named: key) ?? value["template"]?.member(named: key) else { continue }
            // -1 is Meta's spelling of 30 days.
            if let seconds = told.int64, seconds == -1 { return 30 * 86_400 }
            guard let seconds = told.int64, seconds > 0, seconds <= 366 * 86_400 else {
                throw problem(
                    id: "\(key) harus bilangan bulat detik, paling banyak satu tahun",
                    en: "\(key) must be a whole number of seconds, at most a year"
                )
            }
            return seconds
        }
        return nil
    }

    // MARK: Contents

    private func messageType() -> String? {
        if let type = text("type") { return type.lowercased().cut(toBytes: Limits.labelBytesMax) }
        return value["template"] == nil ? nil : "template"
    }

    private func errors() -> [ErrorNote] {
        func note(_ error: JSON.Value) -> ErrorNote? {
            if let code = error.int64 { return ErrorNote(code: Int(exactly: code) ?? 0) }
            guard error.isObject else { return nil }
            let code = error["code"]?.int64.flatMap { Int(exactly: $0) } ?? 0
            let title = error["title"]?.string ?? error["message"]?.string
            return ErrorNote(code: code, title: title, details: error["error_data"]?["details"]?.string)
        }
        var notes: [ErrorNote] = []
        if let list = value["errors"] { notes = list.elements.compactMap(note) }
        if let error = value["error"].flatMap(note), !notes.contains(error) { notes.append(error) }
        return notes
    }

    /// Known names go where they belong, whatever else the record holds is kept.
    private func tags() -> SendTags {
        var tags = SendTags()
        if let template = value["template"], template.isObject {
            if let name = template["name"]?.string { tags.set("template", name, naming: .long) }
            // As in Meta's send call, the language may be an object.
            let language = template["language"]
            if let code = (language?["code"] ?? language)?.string {
                tags.set("template_language", code, naming: .long)
            }
            if let category = template["category"]?.string { tags.set("category", category, naming: .long) }
        }
        tags.set(members: value, naming: .long, except: Self.knownKeys.union(hasTemplateObject ? ["template"] : []))
        if let data = value["biz_opaque_callback_data"]?.string, let echoed = SendTags(callbackData: data) {
            tags.complete(with: echoed)
        }
        return tags
    }

    private var hasTemplateObject: Bool { value["template"]?.isObject ?? false }

    /// Keys that are read above. Contents of a message, should they be sent along, are left out: they are not needed
    /// to measure.
    private static let knownKeys: Set<String> = [
        "message_id", "id", "status", "error", "errors", "waba_id", "account_id", "phone_number_id",
        "display_phone_number", "from", "to", "wa_id", "recipient", "recipient_type", "user_id", "parent_user_id",
        "group_id", "group", "sent_at", "timestamp", "type", "message_send_ttl_seconds", "ttl_seconds", "ttl",
        "biz_opaque_callback_data", "messaging_product", "text", "body", "image", "audio", "video", "document",
        "sticker", "location", "contacts", "interactive", "reaction", "components", "context", "name", "profile",
    ]

    private func text(_ keys: String...) -> String? {
        for key in keys {
            if let text = value.member(named: key)?.string?.trimmed, !text.isEmpty { return text }
        }
        return nil
    }
}
