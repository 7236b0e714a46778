extension Party {
    /// The person for those who may not see who it is: enough to tell two rows apart, too little to call; nil when
    /// nothing is known.
    package var masked: String? {
        if let phone { return PhoneMask.masked(phone) }
        guard let userID else { return nil }
        guard userID.count >= 12 else { return "•••" }
        return "\(userID.prefix(3))•••\(userID.suffix(3))"
    }
}
