/// Telephone numbers as people and forms write them → the digits by which Meta knows a person.
package enum PhoneNotation {
    /// International digits without `+` (Meta's `wa_id`) of a number in any usual notation: `+62 812-3456-7890`,
    /// `0062…`, `(021) 555 1234`, `0812 3456 7890`, `8123456789`, `628123456789`. Nil for what is not a number.
    ///
    /// `home` is the country whose people leave out the calling code. A number without calling code and without trunk
    /// prefix counts as one from home when it looks like a mobile number there (spreadsheets drop the leading zero),
    /// else as an international number without its `+`.
    ///
    /// The number itself is never rewritten: Brazil's ninth digit and Mexico's `1` after `52` stay as they were
    /// written, also where Meta's `wa_id` of the same person differs.
    package static func digits(_ text: String, home: Country) -> String? {
        guard let written = Written(text), !written.isJunk, let found = digits(written, home) else { return nil }
        return (7...15).contains(found.utf8.count) ? found : nil
    }

    private static func digits(_ written: Written, _ home: Country) -> String? {
        let digits = written.digits[...]
        if written.isInternational { return international(digits) }
        let plan = DiallingPlan.of(home.code)
        for prefix in exitCodes(plan) where digits.hasPrefix(prefix) {
            if let found = international(digits.dropFirst(prefix.utf8.count)) { return found }
        }
        guard let plan else { return unmarked(digits) }
        return withTrunk(digits, plan, home) ?? withOwnCode(digits, plan)
            ?? (plan.isMobile(digits) ? plan.callingCode + digits : nil)
            ?? unmarked(digits) ?? bare(digits, plan)
    }

    /// True for international digits that begin like a mobile number of that country.
    package static func isMobile(_ digits: String, of country: Country) -> Bool {
        guard let plan = DiallingPlan.of(country.code), digits.hasPrefix(plan.callingCode) else { return false }
        return plan.isMobile(digits.dropFirst(plan.callingCode.utf8.count))
    }

    // MARK: Abroad

    /// Digits that begin with a calling code.
    private static func international(_ digits: Substring) -> String? {
        guard (7...15).contains(digits.utf8.count), digits.utf8.first != UInt8(ascii: "0") else { return nil }
        guard let country = Country.ofPhone(String(digits)) else {
            // Satellite and other networks without a country.
            return digits.hasPrefix("87") || digits.hasPrefix("88") ? String(digits) : nil
        }
        guard let plan = DiallingPlan.of(country), digits.hasPrefix(plan.callingCode) else { return String(digits) }
        let national = digits.dropFirst(plan.callingCode.utf8.count)
        // `+62 0812…`: the trunk prefix that was left in.
        guard !plan.trunk.isEmpty, plan.trunk != plan.callingCode, national.hasPrefix(plan.trunk) else {
            return String(digits)
        }
        let rest = national.dropFirst(plan.trunk.utf8.count)
        guard plan.fits(rest), plan.trunk == "0" || !plan.fits(national) else { return String(digits) }
        return plan.callingCode + rest
    }

    /// Digits with a calling code but nothing that says so; only when their number fits the country.
    private static func unmarked(_ digits: Substring) -> String? {
        guard let found = international(digits), let country = Country.ofPhone(found) else { return nil }
        guard let plan = DiallingPlan.of(country), found.hasPrefix(plan.callingCode) else { return found }
        return plan.fits(found.dropFirst(plan.callingCode.utf8.count)) ? found : nil
    }

    /// What is dialled at home for an international call; `00` is understood everywhere.
    private static func exitCodes(_ plan: DiallingPlan?) -> [String] {
        switch plan?.callingCode {
        case "1": ["011", "00"]
        case "61": ["0011", "00"]
        case "81": ["010", "00"]
        case "7", "375", "992", "993", "998": ["810", "00"]
        default: ["00"]
        }
    }

    // MARK: At home

    private static func withTrunk(_ digits: Substring, _ plan: DiallingPlan, _ home: Country) -> String? {
        if home.code == "MX" {
            // In use until 2019, and still in address books.
            for prefix in ["044", "045", "01"] where digits.hasPrefix(prefix) {
                let rest = digits.dropFirst(prefix.utf8.count)
                if plan.fits(rest) { return plan.callingCode + rest }
            }
        }
        guard !plan.trunk.isEmpty, digits.hasPrefix(plan.trunk) else { return nil }
        var rest = digits.dropFirst(plan.trunk.utf8.count)
        // `0 62 812…`: a zero in front of a number that has its calling code.
        if rest.hasPrefix(plan.callingCode), plan.isMobile(rest.dropFirst(plan.callingCode.utf8.count)) {
            return String(rest)
        }
        // Brazil: the two digits of a carrier may follow the zero.
        if home.code == "BR", (12...13).contains(rest.utf8.count) { rest = rest.dropFirst(2) }
        return plan.fits(rest) ? plan.callingCode + rest : nil
    }

    /// A number of the country without anything in front, as those without trunk prefixes always write it.
    private static func bare(_ digits: Substring, _ plan: DiallingPlan) -> String? {
        let isCutShort = !plan.trunk.isEmpty && digits.hasPrefix(plan.trunk)
        return plan.fits(digits) && !isCutShort ? plan.callingCode + digits : nil
    }

    private static func withOwnCode(_ digits: Substring, _ plan: DiallingPlan) -> String? {
        guard digits.hasPrefix(plan.callingCode) else { return nil }
        let national = digits.dropFirst(plan.callingCode.utf8.count)
        guard plan.isMobile(national) || !plan.isMobile(digits) else { return nil }
        // Mexico's `1` makes the number longer than the plan says.
        let isMexican = plan.callingCode == "52" && national.hasPrefix("1")
        guard plan.fits(isMexican ? national.dropFirst() : national) else { return nil }
        return international(digits)
    }
}

extension PhoneNotation {
    /// The digits of a text that holds nothing but a number and what people put between its digits.
    private struct Written {
        private(set) var digits = ""
        private(set) var isInternational = false

        init?(_ text: String) {
            guard text.utf8.count <= 96 else { return nil }
            var scalars = Self.withoutScheme(text).unicodeScalars[...]
            if scalars.first == "'" { scalars = scalars.dropFirst() }
            var bracketAt: Int?
            for scalar in scalars {
                if let digit = Self.digit(scalar) {
                    digits.append(digit)
                } else if scalar == "+" || scalar == "\u{FF0B}" {
                    guard digits.isEmpty, !isInternational else { return nil }
                    isInternational = true
                } else if scalar == "(" {
                    bracketAt = digits.utf8.count
                } else if scalar == ")" {
                    // `+62 (0) 812`: a zero for callers at home only.
                    if isInternational, let at = bracketAt, at > 0, digits.dropFirst(at) == "0" { digits.removeLast() }
                    bracketAt = nil
                } else if !Self.isSeparator(scalar) {
                    return nil
                }
            }
        }

        /// Too short or too long for a number, or one digit over and over.
        var isJunk: Bool {
            let bytes = digits.utf8
            return bytes.count < 5 || bytes.count > 20 || bytes.allSatisfy { $0 == bytes.first }
        }

        private static func withoutScheme(_ text: String) -> String {
            let text = text.trimmed
            for scheme in ["tel:", "whatsapp:", "wa:"] where text.lowercased().hasPrefix(scheme) {
                return String(text.dropFirst(scheme.count))
            }
            return text
        }

        /// Digits of any script: phones with an Arabic or full-width keyboard write those.
        private static func digit(_ scalar: Unicode.Scalar) -> Character? {
            if scalar.isASCII { return ("0"..."9").contains(scalar) ? Character(scalar) : nil }
            guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
                return nil
            }
            return Int(exactly: value).flatMap { String($0).first }
        }

        private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case " ", "\t", "-", ".", "/", "\u{A0}", "\u{2212}", "\u{202F}", "\u{3000}", "\u{FEFF}": true
            // Spaces of all widths, dashes of all lengths, and the invisible marks that contact books paste along.
            case "\u{2000}"..."\u{2015}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
            default: false
            }
        }
    }
}
