/// What somebody who looks at pages may do.
package enum Permission: String, Sendable, Hashable, CaseIterable {
    /// See the pages of numbers.
    case numbers
    /// Open single messages and conversations.
    case conversations
    /// See whole phone numbers and lists of people. Each time is kept in the audit list.
    case reveal
    /// Change what numbers rest on: calendars, targets, prices, rules.
    case settings
    /// Manage people and keys, read the audit list.
    case people
}

/// The roles of people.
package enum PersonRole: String, Sendable, Hashable, CaseIterable {
    case owner, analyst, service, viewer

    package var permissions: Set<Permission> {
        switch self {
        case .owner: Set(Permission.allCases)
        case .analyst: [.numbers, .conversations]
        case .service: [.numbers, .conversations, .reveal]
        case .viewer: [.numbers]
        }
    }
}

/// Who looks at a page.
package struct Viewer: Sendable, Hashable {
    /// Of the account; nil for whoever is let in without one.
    package var person: Int64?
    /// As it was entered for the account.
    package var name: String
    package var role: PersonRole
    /// Goes back with every form, so that no other site can send one in this person's name.
    package var formToken: String

    package init(person: Int64?, name: String, role: PersonRole, formToken: String) {
        self.person = person
        self.name = name
        self.role = role
        self.formToken = formToken
    }

    package func may(_ permission: Permission) -> Bool { role.permissions.contains(permission) }
}
