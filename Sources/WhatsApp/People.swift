import Domain

/// Fields about persons: wishes, new ids, the address book.
extension Reading {
    // MARK: user_preferences

    mutating func readUserPreferences() {
        let isOnlyItem = value["user_preferences"]?.elements.count == 1
        forEach(in: value["user_preferences"]) { reading, item in
            guard let word = item["value"]?.label else { return reading.fail(.missingKey) }
            let wish: PreferenceChange.Wish =
                switch word.lowercased() {
                case "stop": .stop
                case "resume": .resume
                case "signup": .signup(id: item["signup_id"]?.word)
                default: .other(word)
                }
            let person = reading.contacts.completing(Contacts.party(item), isOnlyItem: isOnlyItem)
            reading.add(
                .preference(
                    PreferenceChange(
                        person: person, line: reading.line, category: item["category"]?.label, wish: wish,
                        at: reading.time(item)
                    )
                )
            )
        }
    }

    // MARK: user_id_update

    mutating func readUserIDUpdate() {
        let isOnlyItem = value["user_id_update"]?.elements.count == 1
        forEach(in: value["user_id_update"]) { reading, item in
            let phone = item["wa_id"]?.word.flatMap(Party.digits)
            let old = Party(
                phone: phone, userID: item["user_id"]?["previous"]?.word,
                parentUserID: item["parent_user_id"]?["previous"]?.word
            )
            let current = Party(
                userID: item["user_id"]?["current"]?.word, parentUserID: item["parent_user_id"]?["current"]?.word
            )
            guard !old.isAnonymous || !reading.contacts.parties.isEmpty, !current.isAnonymous else {
                return reading.fail(.missingKey)
            }
            // The contact carries the new id, so it completes the new name.
            let new = reading.contacts.completing(current, isOnlyItem: isOnlyItem)
            let previous = old.isAnonymous ? Party(phone: new.phone) : old
            guard !previous.isAnonymous else { return reading.fail(.missingKey) }
            reading.add(
                .identity(IdentityLink(a: previous, b: new, reason: .changedUserID, at: reading.time(item)))
            )
        }
    }

    // MARK: smb_app_state_sync

    /// The address book of the WhatsApp Business app. Only the tie between a number and an id is kept.
    mutating func readContactSync() {
        forEach(in: value["state_sync"]) { reading, item in
            guard let contact = item["contact"],
                let phone = contact["phone_number"]?.word.flatMap(Party.digits),
                let userID = contact["user_id"]?.word
            else { return }
            let at = item["metadata"].map { reading.time($0) } ?? reading.receivedAt
            reading.add(
                .identity(
                    IdentityLink(
                        a: Party(phone: phone), b: Party(userID: userID, parentUserID: contact["parent_user_id"]?.word),
                        reason: .together, at: at
                    )
                )
            )
        }
    }
}
