import Domain

/// Times as series of all kinds spell them.
enum StreamTimestamp {
    /// Seconds since 1970: of an ISO 8601 date with or without time (T or blank between), fraction and zone (UTC where
    /// there is none), or of a Unix time in seconds, milliseconds or microseconds. Nil when it is none of these.
    static func seconds(_ text: String) -> Double? {
        if let unix = unix(text) { return unix }
        guard text.utf8.count >= 8 else { return nil }
        var spelled = text
        if spelled.utf8.dropFirst(4).first == UInt8(ascii: "/") {
            spelled = String(spelled.map { $0 == "/" ? "-" : $0 })
        }
        for tail in ["", "Z", ":00Z", "T00:00:00Z"] {
            if let instant = RFC3339.parse(spelled + tail) { return Double(instant.microseconds) / 1e6 }
        }
        // Hours and minutes with a zone: the seconds go between the two.
        if let zone = spelled.utf8.dropFirst(16).first, "Zz+-".utf8.contains(zone) {
            let whole = spelled.prefix(16) + ":00" + spelled.dropFirst(16)
            return RFC3339.parse(String(whole)).map { Double($0.microseconds) / 1e6 }
        }
        return nil
    }

    private static func unix(_ text: String) -> Double? {
        let digits = "0123456789.-".utf8
        guard !text.isEmpty, text.utf8.allSatisfy({ digits.contains($0) }), let number = Double(text) else {
            return nil
        }
        let size = abs(number)
        return size > 1e17 ? nil : size >= 1e14 ? number / 1e6 : size >= 1e11 ? number / 1e3 : number
    }
}
