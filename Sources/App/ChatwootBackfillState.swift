import Domain
import Foundation

/// How far a backfill came: a small file that is only ever appended to, so that no interruption can spoil it.
///
/// One fact a line: `c ID ACTIVITY MESSAGE` a conversation that was read up to there, `p N` a page of the list that was
/// finished, `d` the end of the list, `r N` a full page of ratings. Losing it costs a second reading, nothing more.
struct ChatwootBackfillState {
    struct Taken: Hashable {
        /// `last_activity_at` when it was read.
        var activity: Int64
        /// Newest message then.
        var message: Int64
    }

    private(set) var taken: [Int64: Taken] = [:]
    /// The last finished page of the pass under way; 0 at its beginning.
    private(set) var page: Int64 = 0
    private(set) var ratingsPage: Int64 = 0
    private let file: URL

    init(_ file: URL) throws {
        self.file = file
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        let data = try Data(contentsOf: file)
        // What follows the last line end was cut off while being written.
        guard let end = data.lastIndex(of: 0x0A) else {
            try Data().write(to: file)
            return
        }
        if end + 1 < data.count { try data[...end].write(to: file, options: .atomic) }
        for line in data[...end].split(separator: 0x0A) { read(String(decoding: line, as: UTF8.self)) }
    }

    private mutating func read(_ line: String) {
        let words = line.split(separator: " ")
        let numbers = words.dropFirst().compactMap { Int64($0) }
        switch (words.first, numbers.count) {
        case ("c", 3): taken[numbers[0]] = Taken(activity: numbers[1], message: numbers[2])
        case ("p", 1): page = Self.page(numbers[0])
        case ("d", 0): page = 0
        case ("r", 1): ratingsPage = Self.page(numbers[0])
        default: break
        }
    }

    /// Whatever stands in the file, there is a page after it.
    private static func page(_ number: Int64) -> Int64 { min(max(0, number), 1_000_000_000) }

    mutating func take(_ id: Int64, _ entry: Taken) throws {
        taken[id] = entry
        try append("c \(id) \(entry.activity) \(entry.message)")
    }

    mutating func finish(page: Int64) throws {
        self.page = page
        try append("p \(page)")
    }

    mutating func finishPass() throws {
        page = 0
        try append("d")
    }

    mutating func finish(ratingsPage: Int64) throws {
        self.ratingsPage = ratingsPage
        try append("r \(ratingsPage)")
    }

    private func append(_ line: String) throws {
        if !FileManager.default.fileExists(atPath: file.path) {
            try Data().write(to: file)
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data((line + "\n").utf8))
    }
}

extension ChatwootConnection {
    /// The file in the data directory that remembers how far the backfill of this account came.
    package func stateFile(in directory: URL) -> URL {
        let host = URL(string: address)?.host() ?? "chatwoot"
        let plain = host.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
        return directory.appending(path: "chatwoot-\(plain)-\(account).state")
    }
}
