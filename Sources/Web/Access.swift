/// Who may use a route.
package enum Access: Sendable, Hashable {
    /// Anyone who can reach the server.
    case open
    /// A key of one of these roles, or somebody signed in with that permission (nil: the one that follows from the
    /// roles).
    case roles(Set<Role>, person: Permission? = nil)
    /// A client on this machine, any key, or anybody signed in.
    case localOrAnyKey
    /// Somebody signed in with that permission, or an admin's key.
    case page(Permission)

    /// What somebody signed in needs; nil where it does not matter.
    package var permission: Permission? {
        switch self {
        case .open, .localOrAnyKey: nil
        case .page(let permission): permission
        case .roles(_, let permission?): permission
        case .roles(let roles, nil):
            if roles.contains(.analyst) { .numbers } else { roles.contains(.export) ? .reveal : .settings }
        }
    }
}

extension PersonRole {
    /// The role of a key that may do what the person may: what handlers of the API and logs go by.
    package var keyRole: Role {
        switch self {
        case .owner: .admin
        case .service: .export
        case .analyst, .viewer: .analyst
        }
    }
}
