import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A Chatwoot account behind the part of its API that a backfill reads: pages of 25 conversations, 20 messages and 25
/// ratings, `before`, the token, and now and then a refusal.
final class FakeChatwoot: Sendable {
    static let token = "rahasia"

    struct Message {
        var id: Int64
        /// 0 incoming, 1 outgoing, 2 activity.
        var type: Int
        var isPrivate: Bool
        var at: Int64
    }
    struct Conversation {
        var id: Int64
        var channel = "Channel::Whatsapp"
        var isResolved = false
        var messages: [Message]
        var activity: Int64 { messages.last?.at ?? 0 }
    }
    struct Answer {
        var status = 200
        var headers: [(String, String)] = []
        var body: [UInt8] = []
    }
    struct Manners {
        /// Every so many requests are refused with 429 and three seconds' patience.
        var busyEvery = 0
        /// Every so many fail on the way.
        var brokenEvery = 0
        /// As before `sort_by` was known: last activity first.
        var sortsByActivity = false
        var hidesRatings = false
        /// Conversations whose messages it cannot read itself.
        var broken: Set<Int64> = []
        /// Answers everything alike.
        var always: Answer?
    }
    private struct State {
        var conversations: [Conversation] = []
        var ratings: [(id: Int64, conversation: Int64)] = []
        var manners = Manners()
        var requests: [String] = []
        var beforeRequest: (@Sendable (FakeChatwoot, Int) -> Void)?
    }
    private let state = Mutex(State())

    /// `count` conversations of 1 to 65 messages, the first a year after the epoch. Every fifth message is a note to
    /// colleagues, every seventh conversation resolved, and number 7 a chat on a web page.
    init(conversations count: Int64) {
        state.withLock { state in
            for id in stride(from: Int64(1), through: count, by: 1) {
                var conversation = Conversation(id: id, isResolved: id % 7 == 3, messages: [])
                if id == 7 { conversation.channel = "Channel::WebWidget" }
                for number in 0..<(1 + id * 13 % 65) {
                    conversation.messages.append(
                        Message(
                            id: id * 1000 + number, type: Int(number % 2), isPrivate: number % 5 == 4,
                            at: 31_536_000 + id * 10_000 + number * 60))
                }
                state.conversations.append(conversation)
                state.ratings.append((id: 500_000 + id, conversation: id))
            }
        }
    }

    var conversations: [Conversation] { state.withLock { $0.conversations } }
    var requests: [String] { state.withLock { $0.requests } }
    func forgetRequests() { state.withLock { $0.requests = [] } }
    func behave(_ change: (inout Manners) -> Void) { state.withLock { change(&$0.manners) } }
    func before(_ hook: @escaping @Sendable (FakeChatwoot, Int) -> Void) { state.withLock { $0.beforeRequest = hook } }

    /// A message more in a conversation, at the end of all time so far; a new conversation when there is none.
    func write(in id: Int64) {
        state.withLock { state in
            let at = (state.conversations.map(\.activity).max() ?? 31_536_000) + 60
            if let index = state.conversations.firstIndex(where: { $0.id == id }) {
                let last = state.conversations[index].messages.last?.id ?? id * 1000
                state.conversations[index].messages.append(Message(id: last + 1, type: 0, isPrivate: false, at: at))
            } else {
                let message = Message(id: id * 1000, type: 0, isPrivate: false, at: at)
                state.conversations.append(Conversation(id: id, messages: [message]))
            }
        }
    }

    // MARK: Serving

    /// Runs the server on a free port while `body` runs.
    func serve<T: Sendable>(_ body: @escaping @Sendable (_ address: String) async throws -> T) async throws -> T {
        let router = Router()
        router.get("/api/v1/accounts/1/**") { request, _ in
            let answer = self.answer(
                String(request.uri.path.dropFirst("/api/v1/accounts/1/".count)),
                query: Dictionary(
                    request.uri.queryParameters.map { (String($0.key), String($0.value)) },
                    uniquingKeysWith: { first, _ in first }),
                token: HTTPField.Name("api_access_token").flatMap { request.headers[$0] })
            var headers = HTTPFields()
            for (name, value) in answer.headers {
                if let name = HTTPField.Name(name) { headers[name] = value }
            }
            return Response(
                status: .init(code: answer.status), headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        }
        var logger = Logger(label: "chatwoot")
        // It is stopped in the middle of connections that are kept alive, which it would call errors.
        logger.logLevel = .critical
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await body("http://127.0.0.1:\(port)") }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private func answer(_ path: String, query: [String: String], token: String?) -> Answer {
        let (number, hook) = state.withLock { state in
            let words = query.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            state.requests.append(([path] + words).joined(separator: " "))
            return (state.requests.count, state.beforeRequest)
        }
        hook?(self, number)
        return state.withLock { state in
            if let always = state.manners.always { return always }
            guard token == Self.token else { return Answer(status: 401) }
            if state.manners.busyEvery > 0, number % state.manners.busyEvery == 0 {
                return Answer(status: 429, headers: [("retry-after", "3")])
            }
            if state.manners.brokenEvery > 0, number % state.manners.brokenEvery == 0 { return Answer(status: 502) }
            return Self.answer(path, query: query, state: state)
        }
    }

    private static func answer(_ path: String, query: [String: String], state: State) -> Answer {
        let page = query["page"].flatMap { Int($0) } ?? 1
        func paged<T>(_ list: [T]) -> ArraySlice<T> { list.dropFirst((page - 1) * 25).prefix(25) }
        switch path {
        case "inboxes":
            return json {
                $0.raw(
                    #"{"payload":[{"id":2,"channel_type":"Channel::Whatsapp","phone_number":"+6281100000000"}]}"#)
            }
        case "conversations":
            guard query["status"] == "all" else { return Answer(status: 422) }
            var list = state.conversations
            if state.manners.sortsByActivity { list.sort { $0.activity > $1.activity } }
            return json { writer in
                writer.object {
                    $0.member(
                        "data",
                        object: {
                            $0.member("meta", object: { $0.member("all_count", list.count) })
                            $0.member("payload", array: { for item in paged(list) { write(item, to: &$0) } })
                        })
                }
            }
        case "csat_survey_responses":
            if state.manners.hidesRatings { return Answer(status: 401) }
            return json { writer in
                writer.array { for item in paged(state.ratings) { write(item, to: &$0) } }
            }
        default:
            let words = path.split(separator: "/")
            guard words.count == 3, words[2] == "messages", let id = Int64(words[1]),
                let conversation = state.conversations.first(where: { $0.id == id })
            else { return Answer(status: 404) }
            if state.manners.broken.contains(id) { return Answer(status: 500) }
            let before = query["before"].flatMap { Int64($0) } ?? .max
            let messages = conversation.messages.filter { $0.id < before }.suffix(20)
            return json { writer in
                writer.object {
                    $0.member("meta", object: { $0.member("contact_id", id) })
                    $0.member("payload", array: { for message in messages { write(message, of: id, to: &$0) } })
                }
            }
        }
    }

    // MARK: Objects

    private static func json(_ body: (inout JSONWriter) -> Void) -> Answer {
        var writer = JSONWriter()
        body(&writer)
        return Answer(headers: [("content-type", "application/json")], body: writer.bytes)
    }

    static func phone(_ conversation: Int64) -> String { "62812\(10_000_000 + conversation)" }

    private static func write(_ conversation: Conversation, to writer: inout JSONWriter) {
        writer.object {
            $0.member("id", conversation.id)
            $0.member("account_id", 1)
            $0.member("inbox_id", 2)
            $0.member("status", conversation.isResolved ? "resolved" : "open")
            $0.member("last_activity_at", conversation.activity)
            $0.member("messages", array: { $0.object { $0.member("content", "the last one again") } })
            $0.member(
                "meta",
                object: {
                    $0.member("channel", conversation.channel)
                    $0.member("sender", object: { $0.member("phone_number", "+" + phone(conversation.id)) })
                })
        }
    }

    private static func write(_ message: Message, of conversation: Int64, to writer: inout JSONWriter) {
        writer.object {
            $0.member("id", message.id)
            $0.member("conversation_id", conversation)
            $0.member("message_type", message.type)
            $0.member("private", message.isPrivate)
            $0.member("created_at", message.at)
            $0.member("source_id", "wamid.\(message.id)")
            $0.member(
                "sender",
                object: {
                    $0.member("id", 7)
                    $0.member("type", message.type == 0 ? "contact" : "user")
                })
        }
    }

    private static func write(_ rating: (id: Int64, conversation: Int64), to writer: inout JSONWriter) {
        writer.object {
            $0.member("id", rating.id)
            $0.member("rating", 1 + rating.conversation % 5)
            $0.member("message_id", rating.conversation * 1000)
            $0.member("conversation_id", rating.conversation)
            $0.member("created_at", 40_000_000 + rating.conversation)
            $0.member("contact", object: { $0.member("phone_number", "+" + phone(rating.conversation)) })
        }
    }
}
