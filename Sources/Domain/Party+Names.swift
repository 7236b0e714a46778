/// How Meta and send logs spell a person.
extension Party {
    /// The digits of a phone number: spaces, `+`, `-`, brackets and points are dropped. Nil when anything else is in
    /// it, or when there are more digits than any number has.
    package static func digits(of text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
        if isPlain { return text.isEmpty || text.utf8.count > phoneDigitsMax ? nil : text }
        var digits = ""
        for byte in text.utf8.prefix(4 * phoneDigitsMax) {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "+"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"),
                UInt8(ascii: "."), UInt8(ascii: "\t"), 0xC2, 0xA0:
                // 0xC2 0xA0 is the no-break space that people paste.
                continue
            default: return nil
            }
        }
        return digits.isEmpty || digits.utf8.count > phoneDigitsMax ? nil : digits
    }

    /// E.164 has 15; Meta's hidden ids have been seen with a few more.
    private static let phoneDigitsMax = 24

    /// `CC.` and up to 128 letters or digits.
    package static func isUserID(_ text: String) -> Bool {
        let utf8 = text.utf8
        guard utf8.count > 3, utf8.count <= 160 else { return false }
        for (offset, byte) in utf8.prefix(3).enumerated() {
            let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            guard offset == 2 ? byte == UInt8(ascii: ".") : isCapital else { return false }
        }
        return true
    }

    /// A person by whatever the text is: a phone number, or a business-scoped id that came in its place.
    package init(named text: String) {
        if let phone = Self.digits(of: text) {
            self.init(phone: phone)
        } else {
            self.init(userID: Self.isUserID(text) ? text : nil)
        }
    }
}
