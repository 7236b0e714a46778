/// Phone numbers on pages: whole for those who may see them, else so much that two can be told apart.
package enum PhoneMask {
    /// `6281234567890` → `+62 812 ••• ••90`. Of a short number only calling code and the last two digits are left.
    package static func masked(_ digits: String) -> String {
        let (code, national) = split(digits)
        guard national.count >= 5 else { return "+••• ••" }
        let start = national.count >= 9 ? " \(national.prefix(3))" : ""
        return (code.isEmpty ? "+•••" : "+\(code)") + "\(start) ••• ••\(national.suffix(2))"
    }

    /// `6281234567890` → `+62 812 3456 7890`.
    package static func whole(_ digits: String) -> String {
        let (code, national) = split(digits)
        guard !code.isEmpty, national.count > 4 else { return "+\(digits)" }
        var groups = [national.prefix(3)]
        var rest = national.dropFirst(3)
        while !rest.isEmpty {
            groups.append(rest.count <= 5 ? rest : rest.prefix(4))
            rest = rest.dropFirst(groups.last?.count ?? rest.count)
        }
        return "+\(code) " + groups.joined(separator: " ")
    }

    private static func split(_ digits: String) -> (code: String, national: Substring) {
        guard let country = Country.ofPhone(digits), let plan = DiallingPlan.of(country),
            digits.hasPrefix(plan.callingCode)
        else { return ("", digits[...]) }
        return (plan.callingCode, digits.dropFirst(plan.callingCode.count))
    }
}
