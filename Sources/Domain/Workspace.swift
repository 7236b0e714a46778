/// One business: its reporting defaults. Each workspace has a data directory of its own.
package struct Workspace: Hashable, Sendable {
    /// IANA name of the reporting zone; day cells are kept for its midnights.
    package var timeZone: String
    /// ISO 4217.
    package var currency: String
    package var language: Language
    /// In the order in which they are listed. Where two overlap the first holds; what none covers has no shift.
    package var shifts: [Shift]

    package init(
        timeZone: String = "Asia/Jakarta", currency: String = "IDR", language: Language = .indonesian,
        shifts: [Shift] = Shift.threeShifts
    ) {
        self.timeZone = timeZone
        self.currency = currency
        self.language = language
        self.shifts = shifts
    }
}
