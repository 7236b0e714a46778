import Domain
import Insights
import Storage

/// What the watch found, and what people may do about it.
package struct Findings: Sendable {
    package var store: any FindingStore
    /// Nil where findings can only be looked at.
    package var desk: FindingDesk?

    package init(store: any FindingStore, desk: FindingDesk? = nil) {
        self.store = store
        self.desk = desk
    }

    /// As many as a page or a file ever holds.
    static let countMax = 1_000

    /// The newest first.
    func all(_ states: [FindingState] = []) async throws -> [Finding] {
        guard !states.isEmpty else { return try await read(nil) }
        var found: [Finding] = []
        for state in states { found += try await read(state) }
        return found.sorted { ($0.openedAt, $0.id) > ($1.openedAt, $1.id) }
    }

    private func read(_ state: FindingState?) async throws -> [Finding] {
        try await store.findings(state: state?.rawValue, limit: Self.countMax).compactMap { Finding(json: $0.json) }
    }

    func finding(_ id: String) async throws -> Finding? {
        try await store.finding(id: id).flatMap { Finding(json: $0.json) }
    }
}

extension [Finding] {
    /// What hurts most first; good news last.
    var worstFirst: [Finding] {
        enumerated().sorted { a, b in
            let ranks = (a.element.rank, b.element.rank)
            return ranks.0 == ranks.1 ? a.offset < b.offset : ranks.0 > ranks.1
        }.map(\.element)
    }
}

extension Finding {
    fileprivate var rank: Int { kind.isGoodNews ? -1 : severity.rawValue }

    /// The likeliest cause that says something; nil when there is none.
    var likeliest: Cause? { causes.first { $0.kind != .notEnoughData } ?? causes.first }
}

/// How things stand: what lasts, and how well the watch can tell.
struct FindingsNow: Sendable {
    /// Days of numbers before anything can be called unusual.
    static let daysMin: Int64 = 7

    /// Neither over nor muted, the worst first.
    var lasting: [Finding]
    var mutedCount: Int
    var watchedTo: Instant?
    /// Whole days since the first message; nil when there is none.
    var daysKnown: Int64?

    var isLearning: Bool { (daysKnown ?? 0) < Self.daysMin }

    /// Nil where nobody watches.
    init?(_ scope: Scope) async throws {
        guard let findings = scope.data.findings else { return nil }
        async let lasting = findings.all([.open, .acknowledged])
        async let muted = findings.all([.muted])
        async let watched = findings.store.watchedTo()
        async let status = scope.store.projectionStatus()
        self.lasting = try await lasting.worstFirst
        mutedCount = try await muted.count
        watchedTo = try await watched
        daysKnown = try await status.firstMessageAt.map { max(0, (scope.now.seconds - $0.seconds) / 86_400) }
    }

    func holds(_ kinds: Set<FindingKind>) -> Bool { lasting.contains { kinds.contains($0.kind) } }

    // MARK: Words

    /// What is watched, how often, and when last; or why nothing can be said yet.
    func watching(_ scope: Scope) -> String {
        guard let watchedTo else {
            guard daysKnown == nil else {
                return scope.say(
                    "Minggu-minggu terakhir sedang ditelusuri untuk pertama kali; hasilnya tampil begitu selesai.",
                    "The last weeks are gone through for the first time; findings appear when that is done.")
            }
            return scope.say(
                "Pengawasan belum pernah berjalan. Putaran pertama dimulai begitu server hidup dan pesan dihitung.",
                "The watch has not looked yet. It starts as soon as the server runs and messages are counted.")
        }
        let at = scope.figures.shortTime(watchedTo)
        if isLearning {
            let known = scope.figures.integer(daysKnown ?? 0)
            let least = scope.figures.integer(Self.daysMin)
            return scope.say(
                "Datanya belum cukup: baru \(known) hari, perlu \(least) hari untuk tahu yang biasa. Webhook yang "
                    + "terlambat sudah diawasi sekarang. Terakhir dilihat \(at).",
                "Not enough data yet: \(known) days are here, and \(least) are needed to know what is usual. Late "
                    + "webhooks are watched already. Last look \(at).")
        }
        return scope.say(
            "Pengiriman, pembacaan, waktu balas, bot, volume, hasil, biaya, kualitas, dan webhook diawasi tiap "
                + "15 menit, per templat, negara, nomor, tim, dan kampanye. Terakhir dilihat \(at).",
            "Delivery, reading, response times, the bot, volume, outcomes, cost, quality and webhooks are watched "
                + "every 15 minutes, by template, country, number, team and campaign. Last look \(at).")
    }
}
