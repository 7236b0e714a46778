import Domain

/// One `changes[]` item while it is being read: where it belongs, and the events found in it so far.
struct Reading {
    let field: MetaField
    let value: JSON.Value
    let account: AccountID?
    /// When Meta made the entry; told for account and template fields only.
    let entryTime: Instant?
    let receivedAt: Instant
    let line: Line
    let contacts: Contacts

    private(set) var events: [Event]
    private(set) var isUnderstood = true

    init(
        field: MetaField, value: JSON.Value, entryID: String?, entryTime: JSON.Value?, receivedAt: Instant,
        events: [Event]
    ) {
        self.field = field
        self.value = value
        self.account = entryID.map { AccountID($0) }
        self.entryTime = entryTime.flatMap(Self.instant)
        self.receivedAt = receivedAt
        self.line = Line(value["metadata"], account: account)
        self.contacts = Contacts(value["contacts"])
        self.events = events
    }

    mutating func read() {
        let before = events.count
        switch field {
        case .messages: readMessages()
        case .standby: readStandby()
        case .messageEchoes: readMessageEchoes()
        case .history: readHistory()
        case .contactSync: readContactSync()
        case .userPreferences: readUserPreferences()
        case .userIDUpdate: readUserIDUpdate()
        case .calls: readCalls()
        case .automaticEvents: readAutomaticEvents()
        case .handovers: readHandover()
        case .templateStatus, .templateQuality, .templateComponents, .templateCategory, .templateCategoryDetection:
            readTemplate()
        case .phoneNumberQuality, .phoneNumberName, .businessUsernames, .businessUsername, .security,
            .accountSettings:
            readPhoneNumber()
        case .accountUpdate, .accountAlerts, .accountReview, .businessCapability, .partnerSolutions,
            .paymentConfiguration:
            readAccount()
        case .flows: readFlow()
        case .groupLifecycle, .groupParticipants, .groupSettings, .groupStatus: readGroups()
        }
        if events.count == before, !mayBeSilent { fail(.emptyChange) }
    }

    /// Some payloads say nothing that is measured, and are understood all the same: an address book entry without a
    /// business-scoped id, a chunk of history without messages.
    private var mayBeSilent: Bool {
        switch field {
        case .contactSync: value["state_sync"]?.isArray ?? false
        case .history: value["history"]?.isArray ?? value["messages"]?.isArray ?? false
        default: false
        }
    }

    mutating func add(_ event: Event) { events.append(event) }

    mutating func fail(_ reason: NotUnderstood.Reason) {
        isUnderstood = false
        events.append(.notUnderstood(NotUnderstood(field: field.rawValue, reason: reason)))
    }

    /// Calls `body` for each object of an array; what is not an object, or not an array, is reported.
    mutating func forEach(in array: JSON.Value?, _ body: (inout Reading, JSON.Value) -> Void) {
        guard let array else { return }
        guard array.isArray else { return fail(.badValue) }
        for element in array.elements {
            if element.isObject { body(&self, element) } else { fail(.notAnObject) }
        }
    }

    // MARK: Values that occur everywhere

    /// A time as any of Meta's fields may tell it: seconds as string or number, milliseconds, microseconds or
    /// RFC 3339. Nil for zero and what is not a time.
    static func instant(_ value: JSON.Value) -> Instant? {
        if let whole = value.int64 {
            guard whole > 0 else { return nil }
            // Seconds reach 1e11 in the year 5138, milliseconds reach 1e14 in the same year.
            if whole <= 100_000_000_000 { return Instant(seconds: whole) }
            if whole <= 100_000_000_000_000 { return Instant(microseconds: whole &* 1000) }
            // Beyond the year 9999 it is no time at all.
            return whole <= 253_402_300_799_999_999 ? Instant(microseconds: whole) : nil
        }
        if let seconds = value.double, seconds > 0, seconds <= 1e11 {
            return Instant(microseconds: Int64((seconds * 1e6).rounded()))
        }
        return value.string.flatMap(RFC3339.parse)
    }

    /// `timestamp` of an item, or when the body came.
    func time(_ item: JSON.Value) -> Instant { item["timestamp"].flatMap(Self.instant) ?? receivedAt }

    /// `errors[]`; an error without a readable code has code 0.
    func errors(_ list: JSON.Value?) -> [ErrorNote] {
        guard let list else { return [] }
        return list.elements.compactMap { error in
            guard error.isObject else { return nil }
            let code = error["code"]?.int64.flatMap { Int(exactly: $0) } ?? 0
            let details = error["error_data"]?["details"]?.string ?? error["details"]?.string
            return ErrorNote(code: code, title: error["title"]?.string ?? error["message"]?.string, details: details)
        }
    }

    /// An amount of money in millionths; nil when it would not fit.
    static func micros(_ value: JSON.Value) -> Int64? {
        guard let amount = value.double else { return nil }
        return Int64(exactly: (amount * 1e6).rounded())
    }
}

extension Line {
    init(_ metadata: JSON.Value?, account: AccountID?) {
        let display = metadata?["display_phone_number"]?.word
        self.init(
            account: account,
            phoneNumber: metadata?["phone_number_id"]?.word.map { PhoneNumberID($0) },
            displayPhoneNumber: display.map { Party.digits(of: $0) ?? $0 }
        )
    }
}

extension Party {
    /// `wa_id`, `from`, `recipient_id`: a number as a rule, but Meta does not promise it. Whatever else it is still
    /// tells one person from another, and so is kept as an id.
    init(metaName text: String) {
        self.init(named: text)
        if isAnonymous { userID = text.cut(toBytes: Limits.labelBytesMax) }
    }
}

extension JSON.Value {
    /// A scalar with something in it: Meta sends empty strings for what it does not know.
    var word: String? {
        guard let string, !string.isEmpty else { return nil }
        return string
    }

    /// A word that may become a dimension value: cut where those are cut.
    var label: String? { word?.cut(toBytes: Limits.labelBytesMax) }
}
