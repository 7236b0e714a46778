import ArgumentParser
import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1
import Storage
import StoreSQLite
import Web

extension BenchCommand {
    struct PageLoads: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pages",
            abstract: "Every page over loopback HTTP: until it stands, and until its last card has come.")
        @Option(help: "Directory made by `bench fill`.") var dir: String
        @Option(help: "Days that the pages look at.") var days = 90
        @Option(help: "First views and later views of each page.") var repeats = 5

        func run() async throws {
            guard (1...365).contains(days), (1...50).contains(repeats) else {
                throw ValidationError("--days is 1 to 365, --repeats 1 to 50.")
            }
            let settings = try BenchServer.settings(directory: dir)
            let installation = try await Installation(settings, as: .owner)
            let key = APIKeySecret.generate(role: APIKey.Role.admin.rawValue)
            let made = try await installation.keys.insertKey(
                name: "bench", role: .admin, digest: APIKeySecret.digest(of: key), createdAt: Clock.now())
            print("\(try await installation.store.projectionStatus().messages) messages")
            try await BenchServer(installation: installation, settings: settings).serve { port in
                try await PagesBench(port: port, key: key, days: days, repeats: repeats).run()
            }
            _ = try await installation.keys.revokeKey(id: made.id, at: Clock.now())
            await installation.close()
        }
    }
}

/// What a reader waits for. A first view asks for a range that nobody has asked for, so nothing of it is drawn or
/// counted yet; a later view is the same page again.
struct PagesBench {
    let port: Int
    let key: String
    let days: Int
    let repeats: Int

    private static let bytesMax = 16 << 20
    private static let seconds: Int64 = 120

    private struct View {
        /// Until the document was there, with the cards that did not keep it waiting.
        var document: Double
        /// Until the last card was.
        var whole: Double
        var cards: Int
        var late: Int
        var bytes: Int
    }

    func run() async throws {
        print("page              first: document, whole ms    later: document, whole ms   cards (late)   kB sent")
        for entry in Navigation.entries where entry != Navigation.settings && entry != Navigation.documentation {
            var first: [View] = []
            var later: [View] = []
            for round in 0..<repeats {
                let url = path(entry.path, round)
                first.append(try await view(url))
                later.append(try await view(url))
            }
            print(line(entry.path, first, later))
        }
    }

    /// Each round looks at as many days, a day earlier than the one before.
    private func path(_ path: String, _ round: Int) -> String {
        let today = Clock.now().seconds / 86_400
        let to = LocalDate(day: today - Int64(round))
        return "\(path)?from=\(to.adding(days: Int64(1 - days)))&to=\(to)"
    }

    private func line(_ path: String, _ first: [View], _ later: [View]) -> String {
        func column(_ views: [View], _ value: (View) -> Double) -> String {
            let sorted = views.map(value).sorted()
            return Self.padded(BenchData.round(sorted[sorted.count / 2]), 11)
        }
        let most = first.max { $0.late < $1.late }
        return path.padding(toLength: 14, withPad: " ", startingAt: 0) + column(first, \.document)
            + column(first, \.whole) + column(later, \.document) + column(later, \.whole)
            + Self.padded("\(most?.cards ?? 0) (\(most?.late ?? 0))", 14)
            + column(first) { Double($0.bytes) / 1_000 }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func view(_ path: String) async throws -> View {
        let start = ContinuousClock.now
        let page = try await get(path)
        let document = BenchData.milliseconds(since: start)
        let sections = page.text.split(separator: "<section class=\"card ").dropFirst()
        let late = sections.filter { $0.prefix { $0 != ">" }.contains("aria-busy") }.compactMap(Self.address)
        let bytes = try await withThrowingTaskGroup(of: Int.self) { tasks in
            for card in late { tasks.addTask { try await get(card).text.utf8.count } }
            return try await tasks.reduce(page.text.utf8.count, +)
        }
        return View(
            document: document, whole: BenchData.milliseconds(since: start), cards: sections.count, late: late.count,
            bytes: bytes)
    }

    private static func address(_ section: Substring) -> String? {
        guard let from = section.firstRange(of: "data-card=\"")?.upperBound else { return nil }
        return String(section[from...].prefix { $0 != "\"" }).replacing("&amp;", with: "&")
    }

    private func get(_ path: String) async throws -> (text: String, status: UInt) {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(Self.seconds))
        let body = try await response.body.collect(upTo: Self.bytesMax)
        guard response.status == .ok else {
            throw Failure(
                .unavailable, id: "\(path) menjawab \(response.status.code).",
                en: "\(path) answered \(response.status.code).")
        }
        return (String(buffer: body), response.status.code)
    }
}
