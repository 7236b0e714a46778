import Domain

/// `contacts[]`: the other names of the persons that the messages and statuses beside it name only once.
struct Contacts {
    let parties: [Party]
    /// For long lists, so that a batch of thousands stays linear.
    private let byName: [String: Int]

    init(_ list: JSON.Value?) {
        guard let list else {
            parties = []
            byName = [:]
            return
        }
        parties = list.elements.map { Self.party($0) }
        var byName: [String: Int] = [:]
        if parties.count > 4 {
            for (index, party) in parties.enumerated() {
                for name in [party.userID, party.parentUserID, party.phone] {
                    if let name, byName[name] == nil { byName[name] = index }
                }
            }
        }
        self.byName = byName
    }

    /// A single person who is known already.
    init(_ party: Party?) {
        parties = party.map { [$0] } ?? []
        byName = [:]
    }

    static func party(_ contact: JSON.Value) -> Party {
        var party = contact["wa_id"]?.word.map { Party(metaName: $0) } ?? Party()
        party.userID = contact["user_id"]?.word ?? party.userID
        party.parentUserID = contact["parent_user_id"]?.word
        return party
    }

    /// Adds the names that a contact has and the party lacks. A lone contact belongs to a lone item even when no
    /// name is shared, unless the two contradict each other.
    func completing(_ party: Party, isOnlyItem: Bool) -> Party {
        guard !parties.isEmpty else { return party }
        if let index = match(party) { return party.completed(by: parties[index]) }
        guard isOnlyItem, parties.count == 1, !party.contradicts(parties[0]) else { return party }
        return party.completed(by: parties[0])
    }

    private func match(_ party: Party) -> Int? {
        if byName.isEmpty {
            return parties.firstIndex { $0.sharesName(with: party) && !$0.contradicts(party) }
        }
        for name in [party.userID, party.phone, party.parentUserID] {
            guard let name, let index = byName[name] else { continue }
            if parties[index].sharesName(with: party), !parties[index].contradicts(party) { return index }
        }
        return nil
    }
}

extension Party {
    fileprivate func sharesName(with other: Party) -> Bool {
        (userID != nil && userID == other.userID) || (phone != nil && phone == other.phone)
            || (parentUserID != nil && parentUserID == other.parentUserID)
    }

    /// Both name the person in the same way, but differently.
    fileprivate func contradicts(_ other: Party) -> Bool {
        func differ(_ a: String?, _ b: String?) -> Bool {
            guard let a, let b else { return false }
            return a != b
        }
        return differ(userID, other.userID) || differ(phone, other.phone) || differ(parentUserID, other.parentUserID)
    }

    fileprivate func completed(by other: Party) -> Party {
        Party(
            phone: phone ?? other.phone, userID: userID ?? other.userID,
            parentUserID: parentUserID ?? other.parentUserID
        )
    }
}
