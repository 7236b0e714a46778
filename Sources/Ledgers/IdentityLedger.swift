import Domain

/// Which names belong to one person: phone number, business-scoped id, parent id, and their changes.
///
/// Names that ever appear together, or that a change of number or id connects, are one person for good
/// (connected components), so the order in which the links arrive does not matter. A phone number that is given
/// to a new owner joins the two owners; Meta tells no event that would let them be told apart.
package enum IdentityLedger {
    /// One name of a person, with its kind: a phone number never equals a user id.
    package struct Name: Hashable, Sendable, Comparable {
        package let key: String
        package static func < (a: Name, b: Name) -> Bool { a.key < b.key }
        package init(key: String) { self.key = key }
    }

    package static func names(of party: Party) -> [Name] {
        var names: [Name] = []
        if let phone = party.phone { names.append(Name(key: "p:" + phone)) }
        if let userID = party.userID { names.append(Name(key: "u:" + userID)) }
        if let parent = party.parentUserID { names.append(Name(key: "g:" + parent)) }
        return names
    }

    /// What to do about names that are one person, given the persons that each is known as (nil: unknown name).
    package enum Resolution: Hashable, Sendable {
        /// Nobody of them is known: a new person.
        case new
        /// All known ones are this person.
        case known(Int64)
        /// They were different persons: all become the first.
        case merge(into: Int64, from: [Int64])
    }

    /// The smallest person id survives, so that the choice does not depend on the order of the names.
    package static func resolve(_ persons: [Int64?]) -> Resolution {
        let known = Set(persons.compactMap { $0 }).sorted()
        guard let first = known.first else { return .new }
        return known.count == 1 ? .known(first) : .merge(into: first, from: Array(known.dropFirst()))
    }
}
