import Domain
import Hummingbird
import Storage
import Web

/// What the server says about itself.
extension Surfaces {
    func processOperations() -> [Operation] { [status, healthAnswer, alive, ready, build, figures] }

    private var status: Operation {
        Operation(
            .get, "/api/v1/status", access: .localOrAnyKey, group: .process,
            summary: Text(id: "Sudah sampai mana penghitungan", en: "How far the counting is"),
            detail: Text(
                id: "projected sama dengan received berarti semuanya sudah terhitung.",
                en: "projected equal to received means that everything is counted."),
            answers: [
                .json(200, Text(id: "Keadaan", en: "The state"), .reference("Status"), example: APIExamples.status)
            ]
        ) { _, _ in
            let arrival = try await arrival()
            var writer = JSONWriter()
            writer.object {
                $0.member(
                    "inbox",
                    object: {
                        $0.member("received", arrival.received)
                        $0.member("projected", arrival.projected)
                        $0.member("undecodable", arrival.undecodable)
                        $0.member("lag_seconds", arrival.lagSeconds)
                    })
                $0.member("freshness", arrival.freshTo.map { RFC3339.format($0) })
                $0.member("version", version)
            }
            return .json(writer)
        }
    }

    private var alive: Operation {
        Operation(
            .get, "/healthz", access: .open, group: .process,
            summary: Text(id: "Apakah prosesnya hidup", en: "Is the process alive"),
            detail: Text(id: "Dijawab tanpa menyentuh disk.", en: "Answered without touching the disk."),
            answers: [Answered(200, Text(id: "Hidup", en: "Alive"), type: "text/plain", schema: .string)]
        ) { _, _ in .text("ok\n") }
    }

    private var ready: Operation {
        Operation(
            .get, "/readyz", access: .open, group: .process,
            summary: Text(id: "Apakah webhook dapat diterima", en: "Can webhooks be accepted"),
            detail: Text(
                id: "200 bila rahasia aplikasi sudah diatur dan penyimpanan bekerja; kalau tidak, 503 dengan sebabnya.",
                en: "200 when an app secret is set and storage works; else 503 with the reason."),
            answers: [
                Answered(200, Text(id: "Siap", en: "Ready"), type: "text/plain", schema: .string),
                .problem(503, Text(id: "Belum siap", en: "Not ready")),
            ]
        ) { _, _ in
            guard secrets != nil else { throw MetaWebhook.noSecret }
            if let failure = await readiness() { throw failure }
            do {
                _ = try await inbox.lastSequence()
                _ = try await store.cursor()
            } catch {
                throw Failure(
                    .unavailable,
                    id:
                        "Penyimpanan tidak menjawab. Periksa ruang disk dan izin folder "
                        + "data, atau jalankan `pantau doctor`.",
                    en:
                        "Storage does not answer. Check disk space and the data folder's "
                        + "permissions, or run `pantau doctor`."
                )
            }
            return .text("ready\n")
        }
    }

    private var build: Operation {
        Operation(
            .get, "/version", access: .open, group: .process,
            summary: Text(id: "Versi program", en: "Version of the program"),
            detail: Text(id: "Nama dan versi.", en: "Name and version."),
            answers: [
                .json(
                    200, Text(id: "Versi", en: "The version"),
                    .object([.required("name", .string), .required("version", .string)]),
                    example: #"{"name":"pantau","version":"1.0.0"}"#)
            ]
        ) { [version] _, _ in
            var writer = JSONWriter()
            writer.object {
                $0.member("name", "pantau")
                $0.member("version", version)
            }
            return .json(writer)
        }
    }

    private var figures: Operation {
        Operation(
            .get, "/metrics", access: .localOrAnyKey, group: .process,
            summary: Text(id: "Angka untuk Prometheus", en: "Figures for Prometheus"),
            detail: Text(id: "Format teks 0.0.4.", en: "Text format 0.0.4."),
            answers: [Answered(200, Text(id: "Angka", en: "The figures"), type: "text/plain", schema: .string)]
        ) { _, _ in
            var page = MetricsPage()
            page.add("pantau_build_info", .gauge, "Build of this program.", [.init(1, labels: [("version", version)])])
            page.add(
                "process_start_time_seconds", .gauge, "Start time of the process since the Unix epoch.",
                [.init(Double(startedAt.microseconds) / 1_000_000)])
            if let bytes = ProcessFigures.residentBytes() {
                page.add("process_resident_memory_bytes", .gauge, "Resident memory.", [.init(Double(bytes))])
            }
            page.add(telemetry)
            page.add(
                "pantau_event_streams", .gauge, "Open streams of server-sent events.",
                [.init(Double(streams.openCount))])
            await addArrival(to: &page)
            await addOpenWaits(to: &page)
            return page.response
        }
    }

    /// A store that fails must not take the other figures with it: those of storage are then absent.
    private func addArrival(to page: inout MetricsPage) async {
        guard let arrival = try? await arrival(), let status = try? await store.projectionStatus() else {
            page.add("pantau_storage_up", .gauge, "Whether storage answers.", [.init(0)])
            return
        }
        page.add("pantau_storage_up", .gauge, "Whether storage answers.", [.init(1)])
        page.add(
            "pantau_inbox_received_total", .counter, "Deliveries committed to the inbox.",
            [.init(Double(arrival.received))])
        page.add(
            "pantau_inbox_projected_total", .counter, "Deliveries that are in the numbers.",
            [.init(Double(arrival.projected))])
        page.add(
            "pantau_projection_lag_seconds", .gauge, "Age of the oldest delivery that is not counted yet.",
            [.init(arrival.lagSeconds)])
        var byField: [String: Int64] = [:]
        for count in status.notUnderstoodByField { byField[count.field, default: 0] += count.count }
        page.add(
            "pantau_undecodable_total", .counter, "Pieces of deliveries that were not understood, by field.",
            byField.sorted { $0.key < $1.key }.map { .init(Double($0.value), labels: [("field", $0.key)]) })
    }

    /// Beyond this many nobody counts them one by one any more; a scrape must not read them all.
    private static let openWaitsCountedMax = 10_000

    private func addOpenWaits(to page: inout MetricsPage) async {
        guard let waits = try? await store.openWaits(matching: [], limit: Self.openWaitsCountedMax) else { return }
        page.add(
            "pantau_open_waits", .gauge, "Customers who wait now, by whom they wait for; 10000 in all at most.",
            OpenWait.WaitingFor.allCases.map { waitingFor in
                let count = waits.reduce(0) { $0 + ($1.waitingFor == waitingFor ? 1 : 0) }
                return .init(Double(count), labels: [("waiting_for", waitingFor.rawValue)])
            })
    }
}
