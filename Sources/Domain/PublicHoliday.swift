/// A public holiday that a business may put into its calendar.
package struct PublicHoliday: Hashable, Sendable {
    package var date: LocalDate
    package var name: Text
    /// Decreed for civil servants, a choice for everybody else.
    package var isJointLeave: Bool

    package init(date: LocalDate, name: Text, isJointLeave: Bool) {
        self.date = date
        self.name = name
        self.isJointLeave = isJointLeave
    }
}
