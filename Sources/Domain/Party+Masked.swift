extension Party {
    /// The person for those who may not see who it is: enough to tell two rows apart, too little to call. `+62•••789`;
    /// nil when nothing is known.
    package var masked: String? {
        if let phone {
            guard phone.count >= 8 else { return "•••" }
            return "+\(phone.prefix(2))•••\(phone.suffix(3))"
        }
        guard let userID else { return nil }
        guard userID.count >= 12 else { return "•••" }
        return "\(userID.prefix(3))•••\(userID.suffix(3))"
    }
}
