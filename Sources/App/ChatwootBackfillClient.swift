import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1

/// Which Chatwoot, whose account, and how hard it may be asked.
package struct ChatwootConnection: Sendable {
    /// Without the `/api/v1` and without a slash at the end.
    package let address: String
    /// Digits, from the address of the account's pages: `/app/accounts/1/…`.
    package let account: String
    /// `api_access_token` of an agent who sees every inbox, best of an administrator. Never logged.
    let token: String
    /// At most so many requests a second.
    package let requestsPerSecond: Double

    /// Chatwoot allows 50 requests a second from one address unless it was set up otherwise; people work there too.
    package static let requestsPerSecondStandard: Double = 5

    package init(
        address: String, account: String, token: String,
        requestsPerSecond: Double = ChatwootConnection.requestsPerSecondStandard
    ) throws(Failure) {
        var address = address.trimmed
        while address.hasSuffix("/") { address.removeLast() }
        let url = URL(string: address)
        guard let url, ["http", "https"].contains(url.scheme?.lowercased()), url.host()?.isEmpty == false,
            url.query() == nil, url.user() == nil
        else {
            throw Failure(
                .misconfigured,
                id: "Alamat Chatwoot harus seperti https://chat.contoh.id, tanpa bagian lain.",
                en: "Chatwoot's address must look like https://chat.example.com, with nothing else in it.")
        }
        guard !account.isEmpty, account.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }), account.utf8.count <= 18
        else {
            throw Failure(
                .misconfigured,
                id: "Akun Chatwoot harus angka: lihat /app/accounts/ANGKA/ pada alamat halamannya.",
                en: "The Chatwoot account must be a number: see /app/accounts/NUMBER/ in the address of its pages.")
        }
        let token = token.trimmed
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Failure(
                .misconfigured,
                id: "Token akses API Chatwoot belum diisi. Salin dari Profile Settings → Access Token.",
                en: "The Chatwoot API access token is missing. Copy it from Profile Settings → Access Token.")
        }
        self.address = address
        self.account = account
        self.token = token
        self.requestsPerSecond = requestsPerSecond.isFinite ? min(max(requestsPerSecond, 0.01), 1_000) : 1
    }
}

/// Chatwoot's API as far as a backfill needs it: one GET at a time, paced, and patient with a server that is busy.
struct ChatwootBackfillClient {
    private let connection: ChatwootConnection
    private let http: HTTPClient
    private let pause: @Sendable (Duration) async throws -> Void
    private var nextAt = ContinuousClock.now

    private static let attemptsMax = 8
    private static let answerBytesMax = 64 * 1024 * 1024
    private static let answerSecondsMax: Int64 = 60
    /// Longest pause between two attempts; also of those that the server asks for.
    private static let pauseMax: Duration = .seconds(600)

    init(_ connection: ChatwootConnection, pause: @escaping @Sendable (Duration) async throws -> Void) {
        self.connection = connection
        self.pause = pause
        // A redirect would carry the token to wherever it points.
        let configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10)))
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func close() async {
        // Nothing is under way any more, so there is nothing that a failure could lose.
        try? await http.shutdown()
    }

    private enum Outcome {
        case answer(JSON.Value)
        /// To be asked again, after so long when the server said so.
        case later(Duration?)
    }

    /// The answer to `GET …/api/v1/accounts/{account}/{path}`.
    mutating func get(_ path: String, _ query: [(String, String)] = []) async throws -> JSON.Value {
        let words = query.map { "\($0)=\($1)" }.joined(separator: "&")
        let url = "\(connection.address)/api/v1/accounts/\(connection.account)/\(path)"
        var request = HTTPClientRequest(url: words.isEmpty ? url : "\(url)?\(words)")
        request.headers.add(name: "api_access_token", value: connection.token)
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "pantau")
        for attempt in 1...Self.attemptsMax {
            try await pace()
            switch try await ask(request) {
            case .answer(let answer): return answer
            case .later(let asked):
                guard attempt < Self.attemptsMax else { break }
                // 1, 2, 4, … seconds.
                let wait = asked ?? .seconds(1 << min(attempt - 1, 6))
                try await pause(min(max(wait, .seconds(1)), Self.pauseMax))
            }
        }
        throw ChatwootRefusal.unavailable(attempts: Self.attemptsMax)
    }

    private mutating func pace() async throws {
        try Task.checkCancellation()
        let now = ContinuousClock.now
        let start = max(now, nextAt)
        nextAt = start + .seconds(1 / connection.requestsPerSecond)
        if start > now { try await pause(start - now) }
    }

    private func ask(_ request: HTTPClientRequest) async throws -> Outcome {
        let response: HTTPClientResponse
        let body: ByteBuffer
        do {
            response = try await http.execute(request, timeout: .seconds(Self.answerSecondsMax))
            body = try await response.body.collect(upTo: Self.answerBytesMax)
        } catch {
            try Task.checkCancellation()
            // Not reached, or cut off while answering.
            return .later(nil)
        }
        switch response.status.code {
        case 200..<300:
            guard let answer = try? JSON.parse(Array(body.readableBytesView)) else { throw ChatwootRefusal.notChatwoot }
            return .answer(answer)
        case 408, 425, 429, 500...: return .later(Self.retryAfter(response.headers))
        case let code: throw ChatwootRefusal(status: code)
        }
    }

    /// Seconds; the date form of the header is left to the usual pauses.
    private static func retryAfter(_ headers: HTTPHeaders) -> Duration? {
        guard let text = headers.first(name: "retry-after")?.trimmed, let seconds = Double(text), seconds.isFinite,
            seconds >= 0
        else { return nil }
        return .seconds(min(seconds, 86_400))
    }
}

/// Chatwoot did not give what was asked for. Of a type of its own, so that it is not taken for a failure of the inbox.
struct ChatwootRefusal: Error {
    let reason: Failure

    static func unavailable(attempts: Int) -> ChatwootRefusal {
        .init(
            .unavailable,
            id: "Chatwoot tidak menjawab setelah \(attempts) percobaan. Jalankan lagi nanti, impor berlanjut.",
            en: "Chatwoot did not answer in \(attempts) attempts. Run it again later: the import goes on.")
    }

    static let notChatwoot = ChatwootRefusal(
        .misconfigured,
        id: "Jawaban bukan dari API Chatwoot. Periksa alamatnya, misalnya https://chat.contoh.id.",
        en: "The answer is not one of Chatwoot's API. Check the address, such as https://chat.example.com.")

    private init(_ code: Failure.Code, id: String, en: String) { reason = Failure(code, id: id, en: en) }

    init(status: UInt) {
        switch status {
        case 300..<400:
            self.init(
                .misconfigured,
                id: "Chatwoot mengalihkan ke alamat lain (status \(status)). Pakai alamat akhirnya, biasanya https.",
                en: "Chatwoot redirects to another address (status \(status)). Use the final one, usually https.")
        case 401:
            self.init(
                .unauthorised,
                id: "Chatwoot menolak token (status 401). Periksa tokennya, dan bahwa proksi di depannya meneruskan "
                    + "tajuk bergaris bawah (nginx: underscores_in_headers on).",
                en: "Chatwoot refused the token (status 401). Check it, and that a proxy in front passes on headers "
                    + "with underscores (nginx: underscores_in_headers on).")
        case 403:
            self.init(
                .forbidden, id: "Token itu tidak boleh membaca akun ini (status 403). Pakai token administrator.",
                en: "That token may not read this account (status 403). Use an administrator's token.")
        case 404:
            self.init(
                .notFound, id: "Chatwoot tidak mengenal akun atau percakapan itu (status 404).",
                en: "Chatwoot does not know that account or conversation (status 404).")
        default:
            self.init(
                .unprocessable, id: "Chatwoot menolak permintaan (status \(status)).",
                en: "Chatwoot refused the request (status \(status)).")
        }
    }
}
