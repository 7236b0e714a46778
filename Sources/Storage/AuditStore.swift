import Domain

/// What somebody did that others may ask about later.
package enum AuditAction: String, Sendable, CaseIterable {
    case revealedNumber = "revealed_number"
    case exportedRecipients = "exported_recipients"
    case exportedPeopleTable = "exported_people_table"
    case openedConversation = "opened_conversation"
    case openedMessage = "opened_message"
    case signedIn = "signed_in"
    case signInFailed = "sign_in_failed"
    case signedOut = "signed_out"
    case passwordChanged = "password_changed"
    case sessionsEnded = "sessions_ended"
    case personAdded = "person_added"
    case personChanged = "person_changed"
    case personDisabled = "person_disabled"
    case personEnabled = "person_enabled"
    case linkMade = "link_made"
    case keyCreated = "key_created"
    case keyRevoked = "key_revoked"
    case settingsChanged = "settings_changed"
    case findingChanged = "finding_changed"
    case auditExported = "audit_exported"
}

/// One line of the audit list. It never holds a phone number, a customer's name or the words of a message.
package struct AuditEntry: Hashable, Sendable {
    /// Given by the store; 0 before.
    package var id: Int64
    package var at: Instant
    /// Nil for a key, the command line, and whoever is not known.
    package var person: Int64?
    /// The person's name at that time, or the key's.
    package var actor: String
    package var action: AuditAction
    /// Id of what it was done to: a conversation, a message, a person's login, a key's name.
    package var subject: String?
    /// How many rows, where it was a list.
    package var rows: Int?

    package init(
        id: Int64 = 0, at: Instant, person: Int64?, actor: String, action: AuditAction, subject: String? = nil,
        rows: Int? = nil
    ) {
        self.id = id
        self.at = at
        self.person = person
        self.actor = actor
        self.action = action
        self.subject = subject
        self.rows = rows
    }
}

/// Which part of the audit list is asked for.
package struct AuditSelection: Hashable, Sendable {
    package var actor: String?
    package var action: AuditAction?
    /// Only entries before this one: the next page.
    package var before: Int64?
    package var limit: Int

    package init(actor: String? = nil, action: AuditAction? = nil, before: Int64? = nil, limit: Int) {
        self.actor = actor
        self.action = action
        self.before = before
        self.limit = limit
    }
}

/// Who saw or changed what: a list that only grows.
package protocol AuditStore: Sendable {
    func note(_ entry: AuditEntry) async throws
    /// The newest first.
    func audit(_ selection: AuditSelection) async throws -> [AuditEntry]
    /// Names of all who are in the list, in order.
    func auditActors() async throws -> [String]
}
