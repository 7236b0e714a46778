import Domain
import Foundation
import Storage
import Testing

@testable import StoreSQLite

@Suite struct LinkStoreTests {
    /// A directory that goes when the test does.
    private final class Place {
        let directory = FileManager.default.temporaryDirectory.appending(path: "links-\(UUID().uuidString)")
        var path: String { directory.appending(path: "links.sqlite").path }
        init() throws { try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(at: directory) }
    }

    private func link(_ number: Int, target: String = "https://shop.example/") -> ShortLink {
        let code = String(repeating: "A", count: 4) + String(1_000_000 + number).suffix(6)
        return ShortLink(
            link: TrackedLink(
                code: code, message: number % 2 == 0 ? MessageID("wamid.\(number)") : nil,
                recipient: number % 3 == 0 ? Party() : Party(phone: "62\(number)", userID: "ID.\(number)"),
                campaign: number % 2 == 0 ? "c\(number % 5)" : nil,
                createdAt: Instant(microseconds: 1_000 + Int64(number))),
            target: target, expiresAt: number % 4 == 0 ? Instant(microseconds: 2_000) : nil)
    }

    @Test func linksAreFoundAsTheyWereGivenAlsoByTheNextProcess() async throws {
        let place = try Place()
        let links = (0..<50).map { link($0, target: "https://shop.example/\($0 % 3)") }
        let store = try SQLiteLinks(path: place.path)
        try await store.insert(links)
        let again = try SQLiteLinks(path: place.path)
        for link in links {
            #expect(try await store.link(code: link.link.code) == link)
            // Asked twice: once of the file, once of memory.
            #expect(try await again.link(code: link.link.code) == link)
            #expect(try await again.link(code: link.link.code) == link)
        }
        #expect(try await store.link(code: "nothing") == nil)
        let codes = [links[0].link.code, "nothing", links[7].link.code]
        #expect(try await store.taken(codes) == [codes[0], codes[2]])
    }

    @Test func aKnownCodeStaysAsItIs() async throws {
        let place = try Place()
        let store = try SQLiteLinks(path: place.path)
        try await store.insert([link(1, target: "https://first.example/")])
        try await store.insert([link(1, target: "https://second.example/"), link(2)])
        #expect(try await store.link(code: link(1).link.code)?.target == "https://first.example/")
        #expect(try await store.link(code: link(2).link.code) == link(2))
    }

    @Test func anUnknownCodeIsFoundOnceItIsMade() async throws {
        let place = try Place()
        let store = try SQLiteLinks(path: place.path)
        #expect(try await store.link(code: link(1).link.code) == nil)
        try await store.insert([link(1)])
        #expect(try await store.link(code: link(1).link.code) == link(1))
    }

    @Test func theKeyIsMadeOnce() async throws {
        let place = try Place()
        let key = try await SQLiteLinks(path: place.path).tokenKey()
        #expect(key.count == 32)
        #expect(Set(key).count > 8)
        #expect(try await SQLiteLinks(path: place.path).tokenKey() == key)
        let other = try Place()
        #expect(try await SQLiteLinks(path: other.path).tokenKey() != key)
    }

    @Test func coverGoesForwardOnly() async throws {
        let place = try Place()
        let store = try SQLiteLinks(path: place.path)
        #expect(try await store.coveredSequence() == 0)
        for (sequence, expected) in [(Int64(5), Int64(5)), (3, 5), (9, 9)] {
            try await store.cover(to: sequence)
            #expect(try await store.coveredSequence() == expected)
        }
        #expect(try await SQLiteLinks(path: place.path).coveredSequence() == 9)
    }

    @Test func aBackupHoldsLinksAndKey() async throws {
        let place = try Place()
        let store = try SQLiteLinks(path: place.path)
        try await store.insert([link(1)])
        let copy = place.directory.appending(path: "copy.sqlite").path
        try SQLiteBackup.copy(place.path, to: copy)
        let restored = try SQLiteLinks(path: copy)
        #expect(try await restored.link(code: link(1).link.code) == link(1))
        #expect(try await restored.tokenKey() == store.tokenKey())
    }

    @Test func memoryIsBoundedAndKeepsWhatIsUsed() {
        let cache = LinkCache(capacity: 10)
        let used = link(999)
        cache.insert(used)
        for number in 0..<100 {
            cache.insert(link(number))
            #expect(cache.link(code: used.link.code) == used)
            #expect(cache.count <= 10)
        }
        #expect(cache.link(code: link(99).link.code) == link(99))
        #expect(cache.link(code: link(1).link.code) == nil)
    }
}
