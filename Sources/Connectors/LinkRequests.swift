import Domain

/// One wish for short links, checked (`POST /api/v1/links`).
package struct LinkRequest: Hashable, Sendable {
    package struct Recipient: Hashable, Sendable {
        package var party: Party
        package var message: MessageID?

        package init(party: Party, message: MessageID? = nil) {
            self.party = party
            self.message = message
        }
    }
    package enum Shape: Hashable, Sendable {
        /// A link for one recipient, or for nobody in particular.
        case single(Recipient)
        /// A link for each of them.
        case oneEach([Recipient])
        /// One link, and a sealed token for each of them.
        case shared([Recipient])
    }
    package var target: LinkTarget
    package var campaign: String?
    package var expiresAt: Instant?
    package var shape: Shape

    /// Addresses that the answer will hold.
    package var addressCount: Int {
        switch shape {
        case .single: 1
        case .oneEach(let recipients), .shared(let recipients): recipients.count
        }
    }
}

/// The body of `POST /api/v1/links`: one JSON object, an array of them, `{"links": […]}`, or NDJSON.
package enum LinkRequests {
    /// Addresses of one request. An answer with more would be too long to read in one piece.
    package static let addressesMax = 20_000

    /// What links are checked against.
    package struct Rules: Sendable {
        /// Where this server is reached: no link may lead there, or it could lead to itself.
        package var own: [LinkTarget]
        package var now: Instant
        /// Reads a phone number in any notation; nil for what is none.
        package var phone: @Sendable (String) -> String?

        package init(own: [LinkTarget], now: Instant, phone: @escaping @Sendable (String) -> String?) {
            self.own = own
            self.now = now
            self.phone = phone
        }
    }

    /// Each record of the body in its order. Throws a `malformed` failure when there are none to be seen.
    package static func read(_ body: [UInt8], _ rules: Rules) throws(Failure) -> [Result<LinkRequest, RecordProblem>] {
        let values = try records(body)
        guard !values.isEmpty else { throw noRecords }
        return values.enumerated().map { index, value in
            do throws(RecordProblem) {
                guard let value else {
                    throw RecordProblem(
                        record: index + 1,
                        message: Text(id: "bukan JSON yang sah", en: "is not valid JSON").prefixed(index + 1))
                }
                return .success(try LinkReading(value: value, number: index + 1, rules: rules).request())
            } catch {
                return .failure(error)
            }
        }
    }

    /// Nil for a line that is no JSON.
    private static func records(_ body: [UInt8]) throws(Failure) -> [JSON.Value?] {
        if let root = try? JSON.parse(body) {
            if root.isArray { return Array(root.elements) }
            if root["url"] == nil, let list = root["links"], list.isArray { return Array(list.elements) }
            return [root]
        }
        let lines = body.split(separator: 0x0A).filter { line in
            !line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        }
        guard lines.count > 1, lines.allSatisfy({ $0.first == UInt8(ascii: "{") }) else { throw noRecords }
        return lines.map { try? JSON.parse(Array($0)) }
    }

    private static let noRecords = Failure(
        .malformed,
        id: "Tidak ada tautan yang diminta. Kirim objek JSON, larik, atau NDJSON (satu objek per baris), misalnya "
            + "{\"url\":\"https://toko.example/promo\"}.",
        en: "No link is asked for. Send a JSON object, an array, or NDJSON (one object a line), such as "
            + "{\"url\":\"https://shop.example/promo\"}.")
}

/// One record while it is being read.
private struct LinkReading: RecordReading {
    let value: JSON.Value
    /// Counted from 1.
    let number: Int
    let rules: LinkRequests.Rules

    func request() throws(RecordProblem) -> LinkRequest {
        guard value.isObject else { throw problem(id: "bukan objek JSON", en: "is not a JSON object") }
        return LinkRequest(
            target: try target(), campaign: value["campaign"]?.label, expiresAt: try expiry(), shape: try shape())
    }

    private func target() throws(RecordProblem) -> LinkTarget {
        guard let word = value["url"]?.word else {
            throw problem(
                id: "url tidak ada; isi alamat lengkap yang diawali https://",
                en: "url is missing; give a whole address that begins with https://")
        }
        let target: LinkTarget
        do throws(LinkTargetProblem) {
            target = try LinkTarget(word)
        } catch {
            throw problem(id: "url \(error.message.id)", en: "url \(error.message.en)")
        }
        guard !rules.own.contains(where: target.isSamePlace) else {
            throw problem(
                id: "url menunjuk ke server ini sendiri; isi alamat halaman yang dituju",
                en: "url leads to this very server; give the address of the page that is meant")
        }
        return target
    }

    private func expiry() throws(RecordProblem) -> Instant? {
        guard let told = value["expires_at"] else { return nil }
        guard let at = told.instant else {
            throw problem(
                id: "expires_at harus waktu RFC 3339 dengan zona, misalnya 2026-12-31T17:00:00Z, atau detik Unix",
                en: "expires_at must be an RFC 3339 time with an offset, such as 2026-12-31T17:00:00Z, or Unix seconds")
        }
        guard at > rules.now else {
            throw problem(id: "expires_at sudah lewat", en: "expires_at has passed already")
        }
        return at
    }

    private func shape() throws(RecordProblem) -> LinkRequest.Shape {
        guard let list = value["recipients"] else { return .single(try recipient(value, at: "")) }
        guard list.isArray, !list.elements.isEmpty else {
            throw problem(
                id: "recipients harus larik yang tidak kosong", en: "recipients must be an array that is not empty")
        }
        let count = list.elements.count
        guard count <= LinkRequests.addressesMax else {
            throw problem(
                id: "recipients paling banyak \(LinkRequests.addressesMax); bagi menjadi beberapa permintaan",
                en: "recipients may be \(LinkRequests.addressesMax) at most; split them into several requests")
        }
        for key in ["contact", "user_id", "message_id"] where value.member(named: key) != nil {
            throw problem(
                id: "\(key) dan recipients tidak dapat dipakai bersama", en: "\(key) and recipients exclude each other")
        }
        let isShared = try isShared()
        var recipients: [LinkRequest.Recipient] = []
        recipients.reserveCapacity(count)
        for (index, element) in list.elements.enumerated() {
            let place = "recipients[\(index + 1)]"
            let recipient = try recipient(element, at: place + ".")
            guard !recipient.party.isAnonymous else {
                throw problem(
                    id: "\(place) memerlukan contact atau user_id", en: "\(place) needs contact or user_id")
            }
            guard !isShared || recipient.message == nil else {
                throw problem(
                    id: "\(place).message_id hanya untuk one_per recipient; tautan bersama tidak tahu pesannya",
                    en: "\(place).message_id is for one_per recipient only; a shared link knows no message")
            }
            recipients.append(recipient)
        }
        return isShared ? .shared(recipients) : .oneEach(recipients)
    }

    private func isShared() throws(RecordProblem) -> Bool {
        switch value["one_per"]?.word?.lowercased() {
        case nil, "campaign": return true
        case "recipient": return false
        default:
            throw problem(
                id: "one_per harus campaign (satu tautan, tiap penerima dengan token) atau recipient (satu per orang)",
                en: "one_per must be campaign (one link, a token for each recipient) or recipient (a link for each)")
        }
    }

    /// A recipient may be an object, or a phone number or user id alone.
    private func recipient(
        _ told: JSON.Value, at place: String
    ) throws(RecordProblem) -> LinkRequest.Recipient {
        guard told.isObject else {
            guard let party = told.word.flatMap(party) else { throw unreadable(place.isEmpty ? "" : "\(place)contact") }
            return LinkRequest.Recipient(party: party)
        }
        var party = Party()
        if let contact = told["contact"] {
            guard let found = contact.word.flatMap(self.party) else { throw unreadable("\(place)contact") }
            party = found
        }
        if let userID = told["user_id"] {
            guard let id = userID.word, Party.isUserID(id) else { throw unreadable("\(place)user_id") }
            party.userID = id
        }
        let message = told["message_id"]?.word
        if let message, message.utf8.count > Limits.labelBytesMax {
            throw problem(id: "\(place)message_id terlalu panjang", en: "\(place)message_id is too long")
        }
        return LinkRequest.Recipient(party: party, message: message.map { MessageID($0) })
    }

    private func party(_ word: String) -> Party? {
        if Party.isUserID(word) { return Party(userID: word) }
        return rules.phone(word).map { Party(phone: $0) }
    }

    private func unreadable(_ place: String) -> RecordProblem {
        problem(
            id: "\(place) harus nomor telepon atau user_id dari Meta (\"CC.…\")",
            en: "\(place) must be a phone number or Meta's user_id (\"CC.…\")")
    }
}
