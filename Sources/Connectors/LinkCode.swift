/// The code of a short link, as it stands in its address.
package enum LinkCode {
    /// 56^10 codes, about 3 × 10^17: nobody finds one by trying.
    package static let length = 10
    /// Letters and digits that are not taken for one another when a link is typed from paper: no 0, O, 1, I, l, o.
    private static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz".utf8)
    private static let isLetter: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        for byte in alphabet { table[Int(byte)] = true }
        return table
    }()

    package static func random(using generator: inout some RandomNumberGenerator) -> String {
        let bytes = (0..<length).compactMap { _ in alphabet.randomElement(using: &generator) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether it can be one of ours. What is not need not be looked for.
    package static func isWellFormed(_ text: some StringProtocol) -> Bool {
        text.utf8.count == length && text.utf8.allSatisfy { isLetter[Int($0)] }
    }
}
