import Analytics
import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Who waits now.
struct OpenWaitList: Sendable {
    let store: any AnalyticsStore
    let filters: [Filter]
    let waitingFor: OpenWait.WaitingFor?
    let standing: WaitStanding?
    let limit: Int

    static let limitMax = 1000

    init(_ query: URLQuery, store: any AnalyticsStore) throws {
        self.store = store
        filters = try URLConditions.read(query, others: ["waiting_for", "standing", "limit"])
        waitingFor = try query.choice("waiting_for")
        standing = try query.choice("standing")
        limit = try query.count("limit", standard: 100, max: Self.limitMax)
    }

    /// What is not a dimension is picked from the longest waits.
    func json(at now: Instant) async throws -> JSONWriter {
        let isPicked = waitingFor != nil || standing != nil
        let waits = try await store.openWaits(matching: filters, limit: isPicked ? Self.limitMax + 1 : limit + 1)
        let fitting = waits.filter { wait in
            waitingFor.map { $0 == wait.waitingFor } ?? true && standing.map { $0 == wait.standing(at: now) } ?? true
        }
        var writer = JSONWriter(reservingBytes: 1024 + 320 * min(fitting.count, limit))
        writer.object {
            $0.member(
                "waits", array: { for wait in fitting.prefix(limit) { $0.object { wait.write(to: &$0, now: now) } } })
            $0.member("more", fitting.count > limit || (isPicked && waits.count > Self.limitMax))
        }
        return writer
    }
}

extension OpenWait {
    /// Nothing that changes by itself but the standing, so that a stream is silent while nothing happens.
    func write(to writer: inout JSONWriter, now: Instant) {
        writer.member("conversation", conversation)
        writer.member("waiting_for", waitingFor.rawValue)
        writer.member("since", RFC3339.format(since))
        writer.member("started_at", RFC3339.format(startedAt))
        writer.member("last_message_at", RFC3339.format(lastMessageAt))
        writer.member("messages", messages)
        writer.member("handed_off_at", handedOffAt.map { RFC3339.format($0) })
        writer.member("due_at", dueAt.map { RFC3339.format($0) })
        let standing = standing(at: now)
        writer.member("standing", standing.rawValue)
        writer.member("missed", standing == .missed)
        writer.member("about_to_breach", standing == .dueSoon)
        writer.member("dimensions", dimensions)
    }
}

extension Surfaces {
    static let waitReaders: Access = .roles([.analyst, .admin])

    func serviceOperations() -> [Operation] { [openWaits, outliers, responseDistribution, repeatEffect] }

    private var openWaits: Operation {
        Operation(
            .get, "/api/v1/waits/open", access: Self.waitReaders, group: .service,
            summary: Text(id: "Siapa yang menunggu sekarang", en: "Who waits now"),
            detail: Text(
                id: "Yang paling lama lebih dulu, dengan siapa yang ditunggu dan kapan targetnya lewat. Pelanggan yang "
                    + "sudah dijawab bot lalu dialihkan ke orang ikut, sejak dialihkan. Dengan Accept: "
                    + "text/event-stream daftar yang sama dikirim lagi setiap kali berubah (kejadian waits); aliran "
                    + "ditutup setelah beberapa menit dan boleh dibuka lagi.",
                en: "The longest first, with whom they wait for and when the target passes. Customers whom a bot "
                    + "answered and handed to people are among them, from the hand-off on. With Accept: "
                    + "text/event-stream the same list comes again whenever it changes (event waits); the stream is "
                    + "closed after some minutes and may be opened again."),
            parameters: URLConditions.parameters() + [
                .query(
                    "waiting_for", .word(OpenWait.WaitingFor.allCases.map(\.rawValue)),
                    Text(id: "Siapa yang ditunggu.", en: "Whom they wait for.")),
                .query(
                    "standing", .word(WaitStanding.allCases.map(\.rawValue)),
                    Text(
                        id: "Keadaan terhadap target. due_soon: seperlima terakhir waktu yang diizinkan, paling lama "
                            + "satu jam, sudah dimulai.",
                        en: "How it stands with its target. due_soon: the last fifth of the allowed time, at most an "
                            + "hour of it, has begun.")),
                .query(
                    "limit", .integer,
                    Text(
                        id: "1 sampai \(OpenWaitList.limitMax); bawaan 100.",
                        en: "1 to \(OpenWaitList.limitMax); 100 by default.")),
            ],
            answers: [
                .json(
                    200, Text(id: "Daftarnya", en: "The list"), .reference("OpenWaits"),
                    example: ServiceExamples.openWaits),
                Answered(200, Text(id: "Daftarnya", en: "The list"), type: "text/event-stream", schema: .string),
                .problem(400, Text(id: "Parameter tidak dikenal", en: "Unknown parameter")),
                .problem(503, Text(id: "Terlalu banyak aliran", en: "Too many streams")),
            ]
        ) { [store, now, streams] request, _ in
            let list = try OpenWaitList(request.urlQuery, store: store)
            guard request.wantsEvents else { return .json(try await list.json(at: now())) }
            return try await streams.response("waits", version: store.version) {
                String(decoding: try await list.json(at: now()).bytes, as: UTF8.self)
            }
        }
    }
}
