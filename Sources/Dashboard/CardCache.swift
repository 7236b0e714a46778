import Crypto
import Domain
import Synchronization
import Web

/// Cards as they were last drawn, for as long as the data are the same.
///
/// Whoever asks for a card that is being drawn waits for that one. What was drawn for one person is not shown to
/// another.
final class CardCache: Sendable {
    struct Key: Hashable, Sendable {
        var card: String
        var filters: Filters
        var path: String
        var language: Language
        var viewer: Viewer
        var isDemo: Bool
    }
    struct Drawn: Sendable {
        var html: HTML
        var isWhole: Bool
        /// Of the content.
        var tag: String
    }
    private struct Entry {
        var version: Int64
        var until: Instant
        var task: Task<Drawn, Never>
        var usedAt: Int
    }
    private struct State {
        var entries: [Key: Entry] = [:]
        var clock = 0
    }
    /// Ages and shares of known receipts move with time even when no data come.
    static let secondsMax: Int64 = 20
    static let entriesMax = 400

    private let state = Mutex(State())

    func card(_ card: any Card, _ scope: Scope, version: Int64) async -> Drawn {
        let key = Key(
            card: card.name, filters: scope.filters, path: scope.path, language: scope.language, viewer: scope.viewer,
            isDemo: scope.data.isDemo)
        let task = state.withLock { state -> Task<Drawn, Never> in
            state.clock += 1
            if let entry = state.entries[key], entry.version == version, scope.now < entry.until {
                state.entries[key]?.usedAt = state.clock
                return entry.task
            }
            let task = Task { await Self.draw(card, scope) }
            if state.entries.count >= Self.entriesMax { Self.makeRoom(&state) }
            state.entries[key] = Entry(
                version: version, until: scope.now.adding(seconds: Self.secondsMax), task: task, usedAt: state.clock)
            return task
        }
        let drawn = await task.value
        // A fault may be over by the next time.
        if !drawn.isWhole { state.withLock { $0.entries[key] = nil } }
        return drawn
    }

    private static func draw(_ card: any Card, _ scope: Scope) async -> Drawn {
        let (html, isWhole) = await card.content(scope)
        let digest = SHA256.hash(data: Array(html.text.utf8)).prefix(12)
        return Drawn(html: html, isWhole: isWhole, tag: Hexadecimal.text(digest))
    }

    /// The half that was not used for longest goes.
    private static func makeRoom(_ state: inout State) {
        let ages = state.entries.values.map(\.usedAt).sorted()
        let middle = ages[ages.count / 2]
        state.entries = state.entries.filter { $0.value.usedAt > middle }
    }
}
