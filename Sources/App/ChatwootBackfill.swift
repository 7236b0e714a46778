import Connectors
import Domain
import Foundation

/// Reads what a Chatwoot account held before its webhooks were connected: every WhatsApp conversation with its
/// messages, and the customers' ratings. Each page of the API becomes one delivery, so that a replay never asks
/// Chatwoot again.
///
/// It may be stopped at any time and goes on where it was; running it again later fetches what has been added since.
package struct ChatwootBackfill {
    package struct Progress: Hashable, Sendable {
        /// As Chatwoot counts them, all channels and states; nil until it answered.
        package var conversationsTotal: Int64?
        /// Looked at in the present pass, whether or not there was something to fetch.
        package var conversations: Int64 = 0
        /// Fetched, over all passes.
        package var messages: Int64 = 0
        package var ratings: Int64 = 0
        /// Chatwoot answers their messages with nothing but errors; a later run tries again.
        package var conversationsBroken: Int64 = 0
        /// The token may not read ratings: only administrators may.
        package var areRatingsRefused = false

        package init() {}
    }

    /// Where a page goes; returns once it is safe there.
    package typealias Deliver = (_ body: [UInt8], _ receivedAt: Instant) async throws -> Void

    private var client: ChatwootBackfillClient
    private var state: ChatwootBackfillState
    private let account: String
    private let now: () -> Instant
    private let deliver: Deliver
    private let onProgress: (Progress) -> Void
    private var progress = Progress()
    private var inboxes: [Int64: JSON.Value] = [:]
    private var broken: Set<Int64> = []
    private var brokenInARow = 0

    /// After so many conversations in a row it is not the conversations that are broken.
    private static let brokenInARowMax = 3

    /// Pages through the list, at most: the list of a busy account always has something new.
    private static let passesMax = 4
    /// Of every version of Chatwoot's.
    private static let messagesPerPage = 20
    private static let ratingsPerPage = 25

    package init(
        _ connection: ChatwootConnection, stateFile: URL,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        now: @escaping () -> Instant, deliver: @escaping Deliver, onProgress: @escaping (Progress) -> Void = { _ in }
    ) throws {
        client = ChatwootBackfillClient(connection, pause: pause)
        state = try ChatwootBackfillState(stateFile)
        account = connection.account
        self.now = now
        self.deliver = deliver
        self.onProgress = onProgress
    }

    /// Errors are a `Failure` that says what to do, or whatever `deliver` threw.
    package mutating func run() async throws -> Progress {
        do {
            try await readInboxes()
            try await readConversations()
            try await readRatings()
        } catch let refusal as ChatwootRefusal {
            await client.close()
            throw refusal.reason
        } catch {
            await client.close()
            throw error
        }
        await client.close()
        return progress
    }

    // MARK: Inboxes

    /// They tell which business number a conversation belongs to.
    private mutating func readInboxes() async throws {
        let root = try await client.get("inboxes")
        for inbox in (root["payload"] ?? root).elements {
            if let id = inbox["id"]?.int64 { inboxes[id] = inbox }
        }
    }

    // MARK: Conversations

    private mutating func readConversations() async throws {
        for _ in 0..<Self.passesMax {
            let isWhole = state.page == 0
            let found = try await pass()
            try state.finishPass()
            // The list shifts under the reader when conversations are deleted, or when an older Chatwoot sorts by last
            // activity after all. A whole pass without news is the proof that nothing was missed.
            if isWhole, found == 0 { return }
        }
    }

    /// Returns how many conversations had something to fetch.
    private mutating func pass() async throws -> Int {
        var found = 0
        var previous: [Int64] = []
        progress.conversations = 0
        while true {
            let page = state.page + 1
            // Oldest first, so that new ones come at the end; versions that do not know the parameter leave it alone.
            let root = try await client.get(
                "conversations",
                [("status", "all"), ("assignee_type", "all"), ("sort_by", "created_at_asc"), ("page", "\(page)")])
            let data = root["data"] ?? root
            guard let list = data["payload"], list.isArray else { throw ChatwootRefusal.notChatwoot }
            progress.conversationsTotal = data["meta"]?["all_count"]?.int64 ?? progress.conversationsTotal
            let ids = list.elements.compactMap { $0["id"]?.int64 }
            guard !ids.isEmpty, ids != previous else { return found }
            previous = ids
            for conversation in list.elements {
                if try await read(conversation) { found += 1 }
                progress.conversations += 1
                onProgress(progress)
            }
            try state.finish(page: page)
        }
    }

    /// False when nothing was new.
    private mutating func read(_ conversation: JSON.Value) async throws -> Bool {
        guard let id = conversation["id"]?.int64 else { return false }
        let inbox = conversation["inbox_id"]?.int64.flatMap { inboxes[$0] }
        guard ChatwootPage.mayBeWhatsApp(conversation, inbox: inbox) else { return false }
        let activity = (conversation["last_activity_at"] ?? conversation["timestamp"])?.int64 ?? 0
        let before = state.taken[id]
        if broken.contains(id) { return false }
        if let before, before.activity >= activity { return false }
        do {
            let newest = try await readMessages(
                of: conversation, id: id, inbox: inbox, readBefore: before?.message ?? 0)
            try state.take(id, .init(activity: activity, message: max(newest, before?.message ?? 0)))
            brokenInARow = 0
            return true
        } catch let failure as ChatwootRefusal where failure.reason.code == .notFound {
            // Deleted since the list was made.
            return false
        } catch let failure as ChatwootRefusal where failure.reason.code == .unavailable {
            // One that Chatwoot cannot read itself must not keep the others waiting.
            brokenInARow += 1
            guard brokenInARow < Self.brokenInARowMax else { throw failure }
            broken.insert(id)
            progress.conversationsBroken += 1
            return false
        }
    }

    /// Newest page first, back to the first message or to what was read by an earlier run. Returns the newest id.
    private mutating func readMessages(
        of conversation: JSON.Value, id: Int64, inbox: JSON.Value?, readBefore known: Int64
    ) async throws -> Int64 {
        var newest: Int64 = 0
        var before: Int64?
        while true {
            let query = before.map { [("before", "\($0)")] } ?? []
            let root = try await client.get("conversations/\(id)/messages", query)
            guard let list = root["payload"], list.isArray else { throw ChatwootRefusal.notChatwoot }
            let messages = Array(list.elements)
            let ids = messages.compactMap { $0["id"]?.int64 }
            if let before, ids.min().map({ $0 >= before }) ?? true { return newest }
            let body = ChatwootPage.messages(
                messages, of: conversation, account: account, inbox: inbox, isNewest: before == nil)
            try await deliver(body, now())
            progress.messages += Int64(messages.count)
            newest = max(newest, ids.max() ?? 0)
            guard let oldest = ids.min(), messages.count >= Self.messagesPerPage, oldest > known else { return newest }
            before = oldest
        }
    }

    // MARK: Ratings

    private mutating func readRatings() async throws {
        var previous: [Int64] = []
        while true {
            let page = state.ratingsPage + 1
            let root: JSON.Value
            do {
                root = try await client.get(
                    "csat_survey_responses", [("sort", "created_at"), ("page", "\(page)")])
            } catch let failure as ChatwootRefusal
                where [.unauthorised, .forbidden, .notFound].contains(failure.reason.code)
            {
                progress.areRatingsRefused = true
                onProgress(progress)
                return
            }
            let rows = Array((root["payload"] ?? root).elements)
            let ids = rows.compactMap { $0["id"]?.int64 }
            guard !ids.isEmpty, ids != previous else { return }
            previous = ids
            // Rows do not tell their channel; the conversations that were taken are those of WhatsApp.
            let taken = rows.filter { row in row["conversation_id"]?.int64.map { state.taken[$0] != nil } ?? false }
            if !taken.isEmpty { try await deliver(ChatwootPage.ratings(taken, account: account), now()) }
            progress.ratings += Int64(taken.count)
            onProgress(progress)
            // The last page may still grow.
            guard rows.count >= Self.ratingsPerPage else { return }
            try state.finish(ratingsPage: page)
        }
    }
}
