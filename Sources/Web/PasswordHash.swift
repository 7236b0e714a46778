import Crypto
import CryptoExtras
import Foundation

/// How much work one hash is: RFC 7914's parameters.
package struct PasswordCost: Sendable, Hashable {
    /// Of the number of rounds: N = 2 to the power of this.
    package var logRounds: Int
    package var blockSize: Int
    package var parallelism: Int

    package init(logRounds: Int, blockSize: Int, parallelism: Int) {
        self.logRounds = logRounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// 64 MiB a hash. OWASP's Password Storage Cheat Sheet names N = 2^17, r = 8, p = 1 and, as equally strong with
    /// half the memory, N = 2^16, r = 8, p = 2: the one that two sign-ins at a time fit on a small server.
    package static let standard = PasswordCost(logRounds: 16, blockSize: 8, parallelism: 2)

    /// What is accepted from a file: nothing that would take a gigabyte or a minute.
    var isSane: Bool {
        (1...20).contains(logRounds) && (1...16).contains(blockSize) && (1...16).contains(parallelism)
            && blockSize << logRounds <= 16 << 17
    }

    var work: Int { (1 << logRounds) * blockSize * parallelism }
}

/// A password as it is kept: `$scrypt$ln=16,r=8,p=2$salt$hash`, both in base64. It says itself how it was made, so
/// that the cost can be raised and old hashes still be told.
package struct PasswordHash: Sendable, Hashable {
    static let saltBytes = 16
    static let hashBytes = 32

    package var cost: PasswordCost
    var salt: [UInt8]
    var hash: [UInt8]

    /// Hashes a password with a new salt. Slow on purpose: never on an event loop.
    package init(of password: String, cost: PasswordCost = .standard) throws {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<Self.saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        try self.init(
            cost: cost, salt: salt,
            hash: Self.scrypt(Self.bytes(password), salt: salt, cost: cost, count: Self.hashBytes))
    }

    private init(cost: PasswordCost, salt: [UInt8], hash: [UInt8]) throws {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// Nil when this is no hash of ours.
    package init?(parsing text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
        var numbers: [Substring: Int] = [:]
        for pair in parts[2].split(separator: ",") {
            let sides = pair.split(separator: "=")
            guard sides.count == 2, let number = Int(sides[1]) else { return nil }
            numbers[sides[0]] = number
        }
        guard let logRounds = numbers["ln"], let blockSize = numbers["r"], let parallelism = numbers["p"],
            let salt = Data(base64Encoded: String(parts[3])), let hash = Data(base64Encoded: String(parts[4])),
            salt.count >= 8, hash.count >= 16
        else { return nil }
        cost = PasswordCost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        guard cost.isSane else { return nil }
        self.salt = Array(salt)
        self.hash = Array(hash)
    }

    package var text: String {
        let (salt, hash) = (Data(salt).base64EncodedString(), Data(hash).base64EncodedString())
        return "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)$\(salt)$\(hash)"
    }

    /// Whether it is the password. Slow on purpose: never on an event loop.
    package func matches(_ password: String) throws -> Bool {
        let other = try Self.scrypt(Self.bytes(password), salt: salt, cost: cost, count: hash.count)
        var difference: UInt8 = 0
        for (a, b) in zip(hash, other) { difference |= a ^ b }
        return difference == 0 && other.count == hash.count
    }

    /// Made with less work than is usual now.
    package func isCheaper(than cost: PasswordCost) -> Bool { self.cost.work < cost.work }

    /// One spelling of letters with marks, whatever the keyboard sends.
    private static func bytes(_ password: String) -> [UInt8] {
        Array(password.precomposedStringWithCanonicalMapping.utf8)
    }

    static func scrypt(_ password: [UInt8], salt: [UInt8], cost: PasswordCost, count: Int) throws -> [UInt8] {
        // The library cannot take an empty password; one of ours is never empty.
        guard !password.isEmpty, !salt.isEmpty else { return [] }
        let key = try KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: count, rounds: 1 << cost.logRounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.withUnsafeBytes { Array($0) }
    }
}
