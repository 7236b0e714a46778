import Domain

/// What somebody who looks at pages may do.
package enum Permission: String, Sendable, Hashable, CaseIterable {
    /// See the pages of numbers.
    case numbers
    /// Open single messages and conversations.
    case conversations
    /// Say that a finding is dealt with, mute it, comment on it.
    case findings
    /// See whole phone numbers and lists of people. Each time is kept in the audit list.
    case reveal
    /// Change what numbers rest on: calendars, targets, prices, rules.
    case settings
    /// Manage people and keys, read the audit list.
    case people
}

extension Permission {
    /// As what somebody may do: “may not …”.
    package var name: Text {
        switch self {
        case .numbers: Text(id: "melihat angka", en: "see the numbers")
        case .conversations: Text(id: "membuka percakapan dan pesan", en: "open conversations and messages")
        case .findings: Text(id: "menangani temuan", en: "deal with findings")
        case .reveal: Text(id: "melihat nomor telepon", en: "see phone numbers")
        case .settings: Text(id: "mengubah pengaturan", en: "change settings")
        case .people: Text(id: "mengatur orang dan kunci", en: "manage people and keys")
        }
    }
}

/// The roles of people.
package enum PersonRole: String, Sendable, Hashable, CaseIterable {
    case owner, analyst, service, viewer

    package var permissions: Set<Permission> {
        switch self {
        case .owner: Set(Permission.allCases)
        case .analyst: [.numbers, .conversations, .findings]
        case .service: [.numbers, .conversations, .findings, .reveal]
        case .viewer: [.numbers]
        }
    }
}

extension PersonRole {
    package var name: Text {
        switch self {
        case .owner: Text(id: "pemilik", en: "owner")
        case .analyst: Text(id: "analis", en: "analyst")
        case .service: Text(id: "layanan", en: "service")
        case .viewer: Text(id: "pembaca", en: "viewer")
        }
    }

    /// What it is for, in a sentence.
    package var about: Text {
        switch self {
        case .owner: Text(id: "Boleh semuanya.", en: "May do everything.")
        case .analyst:
            Text(
                id: "Melihat semua angka dan membuka percakapan; nomor telepon tetap tertutup.",
                en: "Sees all numbers and opens conversations; phone numbers stay hidden.")
        case .service:
            Text(
                id: "Seperti analis, dan boleh melihat nomor telepon. Setiap kali dicatat.",
                en: "As analyst, and may see phone numbers. Each time is noted.")
        case .viewer:
            Text(
                id: "Hanya melihat angka, tanpa percakapan dan tanpa nomor telepon.",
                en: "Sees numbers only, no conversations and no phone numbers.")
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
