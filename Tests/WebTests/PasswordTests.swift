import Domain
import Testing

@testable import Web

@Suite struct PasswordTests {
    private static let cheap = PasswordCost(logRounds: 4, blockSize: 8, parallelism: 1)

    /// RFC 7914, section 12. Its first vector has an empty password, which is never asked for here, and its last takes
    /// a gigabyte.
    @Test(arguments: [
        (
            "password", "NaCl", 10, 8, 16,
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee"
                + "6d8360cbdfa2cc0640"
        ),
        (
            "pleaseletmein", "SodiumChloride", 14, 8, 1,
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e"
                + "40dfcf017b45575887"
        ),
    ])
    func scryptIsTheOneOfTheStandard(
        password: String, salt: String, logRounds: Int, blockSize: Int, parallelism: Int, expected: String
    ) throws {
        let cost = PasswordCost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        let bytes = try PasswordHash.scrypt(Array(password.utf8), salt: Array(salt.utf8), cost: cost, count: 64)
        #expect(Hexadecimal.text(bytes) == expected)
    }

    @Test func aHashSaysHowItWasMadeAndKnowsItsPassword() throws {
        let hash = try PasswordHash(of: "kopi susu pagi hari", cost: Self.cheap)
        #expect(hash.text.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        let read = try #require(PasswordHash(parsing: hash.text))
        #expect(read == hash)
        #expect(try read.matches("kopi susu pagi hari"))
        #expect(try !read.matches("kopi susu pagi har"))
        #expect(try !read.matches(""))
        // Two of one password share nothing.
        #expect(try PasswordHash(of: "kopi susu pagi hari", cost: Self.cheap).text != hash.text)
        // Accents typed as one key or as two are one password.
        #expect(try PasswordHash(of: "caf\u{E9} pagi hari", cost: Self.cheap).matches("cafe\u{301} pagi hari"))
    }

    @Test(arguments: [
        "", "secret", "$scrypt$ln=4,r=8,p=1$$", "$scrypt$ln=40,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAA",
        "$bcrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "$scrypt$ln=30,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ])
    func whatIsNoHashIsNotRead(text: String) { #expect(PasswordHash(parsing: text) == nil) }

    @Test func aHashOfLessWorkIsMadeAnewWithTheNextSignIn() async throws {
        let old = try PasswordHash(of: "kopi susu pagi hari", cost: Self.cheap).text
        let work = PasswordWork(cost: PasswordCost(logRounds: 5, blockSize: 8, parallelism: 1))
        guard case .renewed(let new) = try await work.check("kopi susu pagi hari", against: old) else {
            Issue.record("the hash was not renewed")
            return
        }
        #expect(try await work.check("kopi susu pagi hari", against: new) == .right)
        #expect(try await work.check("teh manis", against: new) == .wrong)
        #expect(try await work.check("teh manis", against: nil) == .wrong)
    }

    @Test func aFloodIsTurnedAwayAndTheRestAreServed() async throws {
        let work = PasswordWork(cost: PasswordCost(logRounds: 12, blockSize: 8, parallelism: 1))
        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask { (try? await work.check("kopi susu pagi hari", against: nil)) != nil }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(results.count == 200)
        #expect(results.contains(true))
        // Free again once they are through.
        #expect(try await work.check("kopi susu pagi hari", against: nil) == .wrong)
    }

    @Test(arguments: ["12 345678901a", "kopi susu pagi hari", "correct horse battery staple", "пароль для всех"])
    func longOnesAreTaken(password: String) {
        #expect(PasswordRules.objection(to: password, login: "sari@toko.id", name: "Sari Dewi") == nil)
    }

    @Test(arguments: [
        "pendek", "11 karakter", "password1234", "Password1234", "123456789012", "abcdefghijkl", "aaaaaaaaaaaa",
        "abababababab", "sari@tokobaju.id", "Sari Dewi Lestari", "qwertyuiop12", "indonesia123",
    ])
    func weakOnesAreRefused(password: String) {
        #expect(
            PasswordRules.objection(to: password, login: "sari@tokobaju.id", name: "Sari Dewi Lestari") != nil)
    }
}

@Suite struct SignInThrottleTests {
    private let start = Instant(seconds: 1_000_000)

    @Test func waitsDoubleUpToAQuarterOfAnHour() {
        let throttle = SignInThrottle()
        var now = start
        for _ in 0..<4 {
            throttle.failed([.login("sari")], at: now)
            #expect(throttle.wait([.login("sari")], at: now) == nil)
        }
        for seconds: Int64 in [5, 10, 20, 40, 80, 160, 320, 640, 900, 900] {
            throttle.failed([.login("sari")], at: now)
            #expect(throttle.wait([.login("sari")], at: now) == seconds)
            #expect(throttle.wait([.login("sari")], at: now.adding(seconds: seconds - 1)) == 1)
            now = now.adding(seconds: seconds)
            #expect(throttle.wait([.login("sari")], at: now) == nil)
        }
        #expect(throttle.wait([.login("budi")], at: now) == nil)
        throttle.succeeded([.login("sari")], at: now)
        throttle.failed([.login("sari")], at: now)
        #expect(throttle.wait([.login("sari")], at: now) == nil)
    }

    @Test func anHourWithoutFailureForgets() {
        let throttle = SignInThrottle()
        for _ in 0..<4 { throttle.failed([.login("sari")], at: start) }
        let later = start.adding(seconds: 3_600)
        throttle.failed([.login("sari")], at: later)
        #expect(throttle.wait([.login("sari")], at: later) == nil)
    }

    @Test func anAddressHasMoreFreeTriesAndOnesOwnAccountDoesNotFreeIt() {
        let throttle = SignInThrottle()
        for _ in 0..<19 { throttle.failed([.address("a")], at: start) }
        #expect(throttle.wait([.address("a")], at: start) == nil)
        throttle.failed([.address("a")], at: start)
        throttle.succeeded([.address("a")], at: start)
        #expect(throttle.wait([.address("a")], at: start) == nil)
        throttle.failed([.address("a")], at: start)
        #expect(throttle.wait([.address("a")], at: start) == 5)
    }

    @Test func aFloodOfNamesNeitherGrowsItNorFreesAGuesser() {
        let throttle = SignInThrottle()
        for _ in 0..<9 { throttle.failed([.login("sari")], at: start) }
        for index in 0..<(3 * SignInThrottle.subjectsMax) { throttle.failed([.login("\(index)")], at: start) }
        #expect(throttle.wait([.login("sari")], at: start) == 80)
    }
}

@Suite struct SignInPartsTests {
    @Test(arguments: [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                + "Version/17.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A556E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile "
                + "Safari/537.36", "Chrome, Android"
        ),
        ("curl/8.5.0", "curl"), ("something", ""), ("", ""),
    ])
    func agentsAreToldInAFewWords(header: String, name: String) { #expect(AgentName.coarse(header) == name) }

    @Test func aFormTokenFollowsFromItsSessionOnly() {
        let token = SecretToken.generate()
        #expect(SecretToken.formToken(of: token) == SecretToken.formToken(of: token))
        #expect(SecretToken.formToken(of: token) != SecretToken.formToken(of: SecretToken.generate()))
        #expect(SecretToken.digest(of: String(repeating: "a", count: 200)) == nil)
    }
}
