/// One business: its reporting defaults. Each workspace has a data directory of its own.
package struct Workspace: Hashable, Sendable {
    /// IANA name of the reporting zone; day cells are kept for its midnights.
    package var timeZone: String
    /// ISO 4217.
    package var currency: String
    package var language: Language

    package init(timeZone: String = "Asia/Jakarta", currency: String = "IDR", language: Language = .indonesian) {
        self.timeZone = timeZone
        self.currency = currency
        self.language = language
    }
}
