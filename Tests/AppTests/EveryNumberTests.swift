import App
import Domain
import Foundation
import Simulator
import Storage
import StoreSQLite
import TestSupport
import Testing

/// Every number on every card of every page is the one in its file, of the API, and of the command line.
///
/// Pages, cards and questions are not listed here: they are found by following what the pages themselves offer.
@Suite struct EveryNumberTests {
    /// How each page is asked: as it is, narrowed, over another time, against another year.
    private static let filters = ["", "template=order_confirmation", "range=last_7_days&compare=last_year"]

    @Test(.timeLimit(.minutes(15))) func everyNumberIsTheSameEverywhere() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let today = (Clock.now().seconds + 7 * 3_600).flooredDivision(by: 86_400) * 86_400 - 7 * 3_600
            try await Self.fill(data, start: Instant(seconds: today - 9 * 86_400))
            let (program, server) = try await Program.serve(data)
            let reader = try await Reader(server, data)
            let pages = try await reader.pages()
            #expect(pages.count >= 9, "\(pages)")
            var seen = Counts()
            for page in pages {
                for (turn, filters) in Self.filters.enumerated() {
                    for card in try await reader.cards(page, filters) {
                        // The command line is another program each time: asked once for each question of a page.
                        try await reader.check(card, onCommandLine: turn == 0, &seen)
                    }
                }
            }
            #expect(seen.numbers > 500, "\(seen)")
            #expect(seen.answers > 60, "\(seen)")
            #expect(seen.commands > 20, "\(seen)")
            withExtendedLifetime(program) {}
        }
    }

    private static func fill(_ data: URL, start: Instant) async throws {
        let scenario = Scenario(
            seed: 17, start: start, days: 9, messagesPerDay: 120, hasDesk: true,
            appLine: BusinessLine.usual.last?.phoneNumber, outcomes: .usual)
        let installation = try await Installation(directory: data.path, zone: "Asia/Jakarta")
        for delivery in Simulator(scenario).history().deliveries {
            try await installation.inbox.append(
                delivery.body, source: delivery.source, receivedAt: delivery.receivedAt)
        }
        await installation.close()
    }
}

private struct Counts {
    var numbers = 0
    var answers = 0
    var commands = 0
}

/// Somebody signed in, with an API key beside it.
private struct Reader {
    let server: Caller
    let data: URL
    let cookie: String
    let key: String

    init(_ server: Caller, _ data: URL) async throws {
        self.server = server
        self.data = data
        let made = try await Program.run(
            ["people", "add", "--role", "owner", "--data-dir", data.path], in: data.deletingLastPathComponent())
        let link = try #require(made.output.firstMatch(of: /\/welcome\/[A-Za-z0-9_-]+/), "\(made.errors)").output
        let form = "name=Dewi&login=dewi&password=sebuah-sandi-panjang&language=en"
        let welcomed = try await server.call(
            "POST", String(link), body: Array(form.utf8),
            headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")])
        let set = try #require(welcomed.headers["set-cookie"], "\(welcomed.status) \(welcomed.text)")
        cookie = String(try #require(set.firstMatch(of: /pantau_session=[^;]+/)).output)
        let created = try await Program.run(
            ["key", "create", "--role", "analyst", "--data-dir", data.path], in: data.deletingLastPathComponent())
        key = created.output.trimmingCharacters(in: .whitespacesAndNewlines)
        try await eventually("everything is counted", seconds: 240) {
            let status = try await server.status()
            return status.received > 0 && status.projected == status.received ? true : nil
        }
    }

    private func get(_ path: String) async throws -> Caller.Answer {
        let answer = try await server.call("GET", path, headers: [("Cookie", cookie), ("Accept-Language", "en")])
        #expect(answer.status == 200, "\(path): \(answer.status)")
        return answer
    }

    /// The pages of cards that the navigation leads to, and one about one template.
    func pages() async throws -> [String] {
        let text = try await get("/").text
        let navigation = try #require(text.firstMatch(of: /(?s)<nav class="side".*?<\/nav>/)).output
        let paths = navigation.matches(of: /href="([^"?]+)/).map { String($0.output.1) }
        return paths.filter { !$0.hasPrefix("/settings") && $0 != "/docs" } + ["/template?template=order_confirmation"]
    }

    /// The addresses of a page's cards.
    func cards(_ page: String, _ filters: String) async throws -> [String] {
        let parts = [page, filters].filter { !$0.isEmpty }
        let text = try await get(parts.joined(separator: page.contains("?") ? "&" : "?")).text
        return text.matches(of: /data-card="([^"]+)"/).map { Self.plain($0.output.1) }
    }

    private static func plain(_ html: Substring) -> String {
        String(html).replacing("&amp;", with: "&").replacing("&#39;", with: "'").replacing("&quot;", with: "\"")
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">")
    }

    // MARK: One card

    func check(_ card: String, onCommandLine: Bool, _ seen: inout Counts) async throws {
        let html = try await get(card).text
        #expect(!html.contains("class=\"failed\""), "\(card): \(html.suffix(300))")
        let files = html.matches(of: /href="(\/cards\/[^"]+\/json[^"]*)"/).map { Self.plain($0.output.1) }
        var told: [String: Set<String>] = [:]
        for file in files {
            let json = try await get(file)
            let table = try Table(json.body)
            let csv = try await get(file.replacing("/json", with: "/csv"))
            // How long somebody has waited by now is another number a moment later.
            let lines = Table.lines(csv.text)
            let moving = table.columns.firstIndex(of: "waited_seconds")
            #expect(Self.without(moving, lines) == Self.without(moving, table.lines), "\(file)")
            for (metric, values) in table.values { told[metric, default: []].formUnion(values) }
            guard let query = table.query else { continue }
            seen.answers += 1
            let asked = try await server.call(
                "POST", "/api/v1/query", body: try JSONSerialization.data(withJSONObject: query).map { $0 },
                headers: [("Authorization", "Bearer \(key)"), ("Content-Type", "application/json")])
            #expect(asked.status == 200, "\(file): \(asked.text)")
            #expect(try Table(asked.body).agrees(with: table), "\(file): the API tells something else")
        }
        // What is written stands in one of the files, under the same metric.
        for number in html.matches(of: /<data value="([^"]+)" data-metric="([^"]+)"/) {
            let (value, metric) = (Table.word(String(number.output.1)), String(number.output.2))
            #expect(told[metric]?.contains(value) ?? false, "\(card): \(metric) \(value) is in no file")
            seen.numbers += 1
        }
        guard onCommandLine else { return }
        for command in Set(html.matches(of: /<code>(pantau query [^<]+)<\/code>/).map { Self.plain($0.output.1) }) {
            try await run(command, among: files)
            seen.commands += 1
        }
    }

    private static func without(_ column: Int?, _ lines: [[String]]) -> [[String]] {
        lines.map { line in line.enumerated().filter { $0.offset != column }.map(\.element) }
    }

    /// What the menu says to type gives one of the card's files.
    private func run(_ command: String, among files: [String]) async throws {
        let words = Self.words(command).dropFirst()
        let ran = try await Program.run(
            words + ["--data-dir", data.path, "-o", "json"], in: data.deletingLastPathComponent())
        #expect(ran.exit == .code(0), "\(command): \(ran.errors)")
        let table = try Table(Array(ran.output.utf8))
        for file in files {
            if try Table(await get(file).body).agrees(with: table) { return }
        }
        Issue.record("\(command) gives none of \(files)")
    }

    /// As a shell takes a line apart: blanks, and single quotes.
    private static func words(_ line: String) -> [String] {
        var words: [String] = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "'": isQuoted.toggle()
            case " " where !isQuoted: words.append("")
            default: words[words.count - 1].append(character)
            }
        }
        return words.filter { !$0.isEmpty }
    }
}

/// A file of a card, or an answer of the API, read with another reader of JSON than the one under test.
private struct Table {
    var columns: [String]
    var rows: [[String]]
    var totals: [String]
    var query: [String: Any]?
    var comparison: [[String]]

    init(_ json: [UInt8]) throws {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
        let named = (object["columns"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
        columns = named ?? object["columns"] as? [String] ?? []
        rows = Self.words(object["rows"])
        totals = (object["totals"] as? [Any] ?? []).map(Self.word)
        query = (object["meta"] as? [String: Any])?["query"] as? [String: Any]
        // What was not asked for is not asked for as nothing.
        query = query?.filter { !($0.value is NSNull) }
        comparison = Self.words((object["comparison"] as? [String: Any])?["rows"])
        if let before = (object["comparison"] as? [String: Any])?["totals"] as? [Any] {
            comparison.append(before.map(Self.word))
        }
    }

    private static func words(_ rows: Any?) -> [[String]] { (rows as? [[Any]] ?? []).map { $0.map(word) } }

    /// By metric, every number of it.
    var values: [String: Set<String>] {
        var values: [String: Set<String>] = [:]
        for (index, column) in columns.enumerated() {
            for row in rows + comparison + [totals] where row.indices.contains(index) {
                values[column, default: []].insert(row[index])
            }
        }
        return values
    }

    /// As a file of CSV has them.
    var lines: [[String]] { [columns] + rows }

    static func lines(_ csv: String) -> [[String]] {
        csv.split(separator: "\r\n").map { line in
            var fields = [""]
            var isQuoted = false
            for character in line {
                switch character {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted: fields.append("")
                default: fields[fields.count - 1].append(character)
                }
            }
            return fields.map(word)
        }
    }

    /// Estimates of what is still to come move with the clock: they may differ a little from one minute to the next.
    func agrees(with other: Table) -> Bool {
        guard columns == other.columns, rows.count == other.rows.count else { return false }
        for (mine, its) in zip(rows + [totals], other.rows + [other.totals]) {
            guard mine.count == its.count else { return false }
            for (index, (a, b)) in zip(mine, its).enumerated() where a != b {
                guard columns.indices.contains(index), Self.moves(columns[index]), let x = Double(a),
                    let y = Double(b), abs(x - y) <= 0.02 * max(abs(x), abs(y))
                else { return false }
            }
        }
        return true
    }

    private static func moves(_ column: String) -> Bool {
        column.hasSuffix("_expected") || column.contains("_km_") || column == "messages_pending"
    }

    private static func word(_ value: Any) -> String {
        switch value {
        case let number as NSNumber: rounded(number.doubleValue)
        case let text as String: word(text)
        default: ""
        }
    }

    /// A number in one spelling, whoever wrote it.
    static func word(_ text: String) -> String { Double(text).map(rounded) ?? text }

    /// Readers of numbers differ in the last of a double's seventeen digits.
    private static func rounded(_ number: Double) -> String { String(format: "%.12g", number) }
}
