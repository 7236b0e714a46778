import Storage
import Web

extension Pages {
    /// Writes into the audit list that somebody saw more than numbers. What cannot be noted is not shown.
    func note(
        _ action: AuditAction, _ context: WebContext, subject: String, rows: Int? = nil
    ) async throws {
        let (person, name) = context.actor
        try await audit?.note(
            AuditEntry(at: now(), person: person, actor: name, action: action, subject: subject, rows: rows))
    }
}
