import Domain

/// Which passwords are taken: long ones. No rule says which characters must be in them (NIST SP 800-63B).
package enum PasswordRules {
    package static let charactersMin = 12
    package static let bytesMax = 1024

    package static let hint = Text(
        id: "Paling sedikit \(charactersMin) karakter. Beberapa kata yang mudah Anda ingat lebih aman daripada satu "
            + "kata dengan angka.",
        en: "At least \(charactersMin) characters. A few words that you remember are safer than one word with digits.")

    /// Why a password is not taken; nil when it is.
    package static func objection(to password: String, login: String, name: String) -> Text? {
        if password.count < charactersMin {
            return Text(
                id: "Kata sandi terlalu pendek: paling sedikit \(charactersMin) karakter.",
                en: "The password is too short: at least \(charactersMin) characters.")
        }
        if password.utf8.count > bytesMax {
            return Text(id: "Kata sandi terlalu panjang.", en: "The password is too long.")
        }
        let plain = password.lowercased()
        let own = [login.lowercased(), name.lowercased(), String(login.lowercased().prefix { $0 != "@" })]
        if own.contains(where: { plain == $0 || ($0.count > 3 && plain == $0 + $0) }) {
            return Text(
                id: "Kata sandi tidak boleh sama dengan nama Anda.", en: "The password must not be your own name.")
        }
        if common.contains(plain.filter { !$0.isWhitespace }) || Set(plain).count < 4 || isRun(plain) {
            return Text(
                id: "Kata sandi ini terlalu sering dipakai orang. Pilih yang lain.",
                en: "Too many people use this password. Choose another.")
        }
        return nil
    }

    /// Each character follows the one before it: `123456789012`, `abcdefghijkl`.
    private static func isRun(_ text: String) -> Bool {
        let codes = text.unicodeScalars.map { Int64($0.value) }
        let steps = Set(zip(codes, codes.dropFirst()).map { $1 - $0 })
        // Counting past nine wraps: 7890123.
        return steps.isSubset(of: [1, -9]) || steps.isSubset(of: [-1, 9])
    }

    /// The most common ones of twelve characters and more in published lists of leaks, and what people here make of
    /// them. Shorter ones are refused for their length.
    private static let common: Set<String> = [
        "123456123456", "123456654321", "1234qwerasdf", "123qwe123qwe", "123qweasdzxc", "1q2w3e4r5t6y",
        "1q2w3e4r5t6y7u8i", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "1qazxsw23edc", "abc123abc123", "abcd1234abcd",
        "admin1234567", "admin12345678", "adminadmin12", "administrator", "administrator1", "asdfghjkl123",
        "asdfghjkl;'", "bismillah123", "bismillah1234", "changeme1234", "changemenow1", "football1234",
        "iloveyou1234", "iloveyou12345", "iloveyouforever", "indonesia123", "indonesia1234", "indonesia2024",
        "indonesia2025", "indonesia2026", "indonesiaraya", "jakarta12345", "jakarta123456", "katasandi123",
        "katasandi1234", "katasandiku", "letmein12345", "letmeinplease", "manchesterunited", "masuk1234567",
        "p@ssw0rd1234", "pantau123456", "pantau1234567", "pantaupantau", "passw0rd1234", "password1234",
        "password12345", "password123456", "password1234567", "password123!", "password1234!", "passwordpassword",
        "princess1234", "q1w2e3r4t5y6", "qazwsxedcrfv", "qwerty123456", "qwerty1234567", "qwerty12345678",
        "qwertyqwerty", "qwertyuiop12", "qwertyuiop123", "qwertyuiop[]", "qwertyuiopasdfghjkl", "rahasia12345",
        "rahasia123456", "rahasiaku123", "sayangku1234", "sayangsayang", "secret123456", "selamatdatang",
        "selamatpagi1", "sunshine1234", "superman1234", "terimakasih1", "terserahkamu", "trustno1trustno1",
        "welcome12345", "welcome123456", "whatsapp1234", "whatsapp12345", "zxcvbnm12345", "zxcvbnm,./12",
    ]
}
