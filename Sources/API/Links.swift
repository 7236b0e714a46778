import Connectors
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Making short links, and looking one up.
extension Surfaces {
    private static let linksPath = "/api/v1/links"

    func linkOperations() -> [Operation] { [makeLinks, showLink, Redirect.operation] }

    private var makeLinks: Operation {
        Operation(
            .post, Self.linksPath, access: .roles([.ingest, .admin]), group: .links,
            summary: Text(id: "Buat tautan pendek", en: "Make short links"),
            detail: Text(
                id: "Objek JSON, larik, atau NDJSON. Tanpa recipients: satu tautan. Dengan recipients: satu tautan "
                    + "kampanye dan alamat bertoken bagi tiap penerima, atau satu tautan bagi tiap penerima "
                    + "(one_per: recipient). Token menyegel penerimanya; tidak ada nomor di alamat mana pun. Tiap "
                    + "permintaan membuat tautan baru.",
                en: "A JSON object, an array, or NDJSON. Without recipients: one link. With them: one link of the "
                    + "campaign and an address with a token for each, or a link for each (one_per: recipient). The "
                    + "token seals its recipient; no address holds a number. Each request makes new links."),
            body: Accepted(
                type: "application/json",
                schema: .anyOf([.reference("LinkRequest"), .array(.reference("LinkRequest"))]),
                example: OutcomeExamples.links, lineSchema: .reference("LinkRequest")),
            answers: [
                .json(
                    200, Text(id: "Tautannya; yang ditolak disebut", en: "The links; rejected records are listed"),
                    .reference("LinksMade"), example: OutcomeExamples.linksMade),
                .problem(400, Text(id: "Isi kosong atau bukan JSON", en: "Empty body, or no JSON")),
                .problem(413, Text(id: "Lebih dari 16 MiB", en: "More than 16 MiB")),
                .problem(
                    422,
                    Text(
                        id: "Tidak ada catatan yang benar, atau terlalu banyak",
                        en: "No record is valid, or too many")),
                .problem(503, Text(id: "Belum tersimpan: kirim lagi", en: "Not stored: send it again")),
            ]
        ) { request, context in
            let base = try linkBase(of: request)
            let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
            let createdAt = now()
            let records = try LinkRequests.read(
                body, LinkRequests.Rules(own: [base.place], now: createdAt, phone: phoneReader))
            var making = LinkMaking(createdAt: createdAt, base: base.address)
            try making.make(records, language: context.language)
            let taken = try await links.taken(making.links.map(\.link.code))
            // One in 10^13 even with a hundred thousand links; the sender's second try gets other codes.
            guard taken.isEmpty else { throw WebhookReceiver.notCommitted }
            try await inbox.append(LinkDelivery.encode(making.links), source: .links, receivedAt: createdAt)
            try await links.insert(making.links)
            guard let key = LinkKey(try await links.tokenKey()) else { throw Problem.fault }
            return .json(try making.answer(key: key, language: context.language))
        }
    }

    private var showLink: Operation {
        Operation(
            .get, "\(Self.linksPath)/{code}", access: .roles([.analyst, .admin]), group: .links,
            summary: Text(id: "Lihat satu tautan pendek", en: "Look at one short link"),
            detail: Text(
                id: "Ke mana tautan menuju, milik kampanye atau pesan apa, dan berapa kali dibuka; robot dihitung "
                    + "terpisah. Penerimanya tidak disebut, hanya apakah ada.",
                en:
                    "Where the link leads, which campaign or message it belongs to, and how often it was opened; "
                    + "robots are counted apart. Its recipient is not named, only whether there is one."),
            parameters: [.path("code", .string, Text(id: "Kode tautan.", en: "The link's code."))],
            answers: [
                .json(200, Text(id: "Tautan", en: "The link"), .reference("Link"), example: OutcomeExamples.link),
                .problem(404, Text(id: "Tidak ada tautan dengan kode ini", en: "No link has this code")),
            ]
        ) { request, context in
            guard let code = context.parameters.get("code"), LinkCode.isWellFormed(code),
                let link = try await links.link(code: code)
            else {
                throw Failure(
                    .notFound, id: "Tidak ada tautan dengan kode ini.", en: "There is no link with this code.")
            }
            let address = (try? linkBase(of: request))?.address
            let openings = try await store.linkOpenings(code: code)
            var writer = JSONWriter()
            writer.object {
                $0.member("code", code)
                $0.member("short_url", address.map { LinkMaking.shortURL($0, code) })
                $0.member("url", link.target)
                $0.member("campaign", link.link.campaign)
                $0.member("message_id", link.link.message?.value)
                $0.member("has_recipient", !link.link.recipient.isAnonymous)
                $0.member("created_at", RFC3339.format(link.link.createdAt))
                $0.member("expires_at", link.expiresAt.map { RFC3339.format($0) })
                $0.member("expired", link.isExpired(at: now()))
                $0.member("clicks", openings.clicks)
                $0.member("people", openings.people)
                $0.member("robots", openings.robots)
            }
            return .json(writer)
        }
    }

    /// Where customers reach this server: as set, else as the request reached it.
    private func linkBase(of request: Request) throws -> (address: String, place: LinkTarget) {
        var address = linkBaseURL
        if address == nil, let authority = request.head.authority, !authority.isEmpty {
            address = "\(isBehindTLS ? "https" : "http")://\(authority)"
        }
        guard let address, let place = try? LinkTarget(address) else {
            throw Failure(
                .misconfigured,
                id:
                    "Alamat server ini tidak diketahui. Isi PANTAU_LINK_BASE_URL, misal https://s.toko.example, lalu "
                    + "jalankan ulang.",
                en: "The address of this server is not known. Set PANTAU_LINK_BASE_URL, such as "
                    + "https://s.shop.example, and restart.")
        }
        return (address.hasSuffix("/") ? String(address.dropLast()) : address, place)
    }
}

/// The links of one request while they are made.
struct LinkMaking {
    private struct Made {
        /// Position of the record in the body, from 1.
        var index: Int
        var link: ShortLink
        /// Position of the recipient in its record, from 1, for a link of its own.
        var recipient: Int?
        /// Whom a shared link is for.
        var shared: [Party]
    }
    let createdAt: Instant
    let base: String
    private var made: [Made] = []
    private var rejections = Rejections()
    private var acceptedCount = 0
    private var generator = SystemRandomNumberGenerator()

    init(createdAt: Instant, base: String) {
        self.createdAt = createdAt
        self.base = base
    }

    var links: [ShortLink] { made.map(\.link) }

    static func shortURL(_ base: String, _ code: String) -> String { "\(base)/l/\(code)" }

    mutating func make(_ records: [Result<LinkRequest, RecordProblem>], language: Language) throws {
        var addresses = 0
        for (index, record) in records.enumerated() {
            switch record {
            case .failure(let problem): rejections.add(problem)
            case .success(let request):
                acceptedCount += 1
                addresses += request.addressCount
                guard addresses <= LinkRequests.addressesMax else { throw Self.tooMany }
                make(request, index: index + 1)
            }
        }
        guard acceptedCount > 0 else { throw nothingMade(language) }
    }

    private mutating func make(_ request: LinkRequest, index: Int) {
        switch request.shape {
        case .single(let recipient): add(request, index, recipient)
        case .oneEach(let recipients):
            for (position, recipient) in recipients.enumerated() {
                add(request, index, recipient, position: position + 1)
            }
        case .shared(let recipients):
            add(request, index, LinkRequest.Recipient(party: Party()), shared: recipients.map(\.party))
        }
    }

    private mutating func add(
        _ request: LinkRequest, _ index: Int, _ recipient: LinkRequest.Recipient, position: Int? = nil,
        shared: [Party] = []
    ) {
        let link = TrackedLink(
            code: LinkCode.random(using: &generator), message: recipient.message, recipient: recipient.party,
            campaign: request.campaign, createdAt: createdAt)
        made.append(
            Made(
                index: index,
                link: ShortLink(link: link, target: request.target.address, expiresAt: request.expiresAt),
                recipient: position, shared: shared))
    }

    /// Recipients are told by their position: the sender knows who they are.
    mutating func answer(key: LinkKey, language: Language) throws -> JSONWriter {
        var writer = JSONWriter(reservingBytes: made.count &* 160)
        var isSealed = true
        writer.object {
            $0.member("accepted", acceptedCount)
            rejections.write(to: &$0, language)
            $0.member(
                "links",
                array: {
                    for made in made {
                        let code = made.link.link.code
                        $0.object {
                            $0.member("index", made.index)
                            if let recipient = made.recipient { $0.member("recipient", recipient) }
                            $0.member("code", code)
                            $0.member("short_url", Self.shortURL(base, code))
                            $0.member("expires_at", made.link.expiresAt.map { RFC3339.format($0) })
                            guard !made.shared.isEmpty else { return }
                            $0.member(
                                "recipients",
                                array: {
                                    for (position, party) in made.shared.enumerated() {
                                        let nonce = (0..<LinkToken.nonceBytes).map { _ in
                                            UInt8.random(in: .min ... .max, using: &generator)
                                        }
                                        let token = LinkToken.seal(party, code: code, key: key, nonce: nonce)
                                        isSealed = isSealed && token != nil
                                        $0.object {
                                            $0.member("recipient", position + 1)
                                            $0.member(
                                                "short_url",
                                                "\(Self.shortURL(base, code))?\(Redirect.tokenName)=\(token ?? "")")
                                        }
                                    }
                                })
                        }
                    }
                })
        }
        guard isSealed else { throw Problem.fault }
        return writer
    }

    private func nothingMade(_ language: Language) -> Problem {
        var problem = Problem(
            Failure(
                .unprocessable,
                id: "Tidak ada catatan yang dapat dipakai, jadi tidak ada tautan yang dibuat. "
                    + "Perbaiki yang disebut di \"rejected\".",
                en: "No record can be used, so no link was made. Mend what \"rejected\" names."))
        let rejections = rejections
        problem.extend = {
            $0.member("accepted", 0)
            rejections.write(to: &$0, language)
        }
        return problem
    }

    private static let tooMany = Failure(
        .unprocessable,
        id: "Lebih dari \(LinkRequests.addressesMax) alamat dalam satu permintaan. Bagi menjadi beberapa.",
        en: "More than \(LinkRequests.addressesMax) addresses in one request. Split it into several.")
}
