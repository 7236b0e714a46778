import Analytics
import Domain
import Hummingbird
import Storage
import Web

/// How the data is: what arrives, what is counted, what is late, repeated or not understood.
extension Surfaces {
    var healthAnswer: Operation {
        Operation(
            .get, "/api/v1/health", access: .roles([.analyst, .admin]), group: .process,
            summary: Text(id: "Kesehatan data", en: "Data health"),
            detail: Text(
                id:
                    "Sama dengan halaman /health dan `pantau health`: apakah semua kiriman terhitung, tiap sumber "
                    + "selama "
                    + "90 hari dengan duplikat dan yang tidak berurutan, bidang webhook yang datang, dan ruang disk. "
                    + "light: good, late (diam lebih lama dari biasanya), silent (biasanya ramai), occasional "
                    + "(jarang).",
                en:
                    "The same as the page /health and `pantau health`: whether every delivery is counted, each "
                    + "source over "
                    + "90 days with duplicates and what came out of order, the webhook fields that arrive, and disk "
                    + "space. light: good, late (quiet for longer than usual), silent (usually busy), occasional "
                    + "(rare)."
            ),
            answers: [
                .json(
                    200, Text(id: "Keadaannya", en: "How it is"), .reference("DataHealth"),
                    example: HealthSchemas.example)
            ]
        ) { [health] _, context in
            let health = try await health.look()
            var writer = JSONWriter(reservingBytes: 16_384)
            writer.object { health.write(to: &$0, language: context.language) }
            return .json(writer)
        }
    }
}

extension DataHealth {
    package func write(to writer: inout JSONWriter, language: Language) {
        writer.member("as_of", RFC3339.format(asOf))
        writer.member("timezone", timeZone)
        writer.member(
            "counting",
            object: {
                $0.member("received", counting.received)
                $0.member("counted", counting.counted)
                $0.member("waiting", counting.waiting)
                $0.member("waiting_since", counting.waitingSince.map { RFC3339.format($0) })
                $0.member("fresh_to", counting.freshTo.map { RFC3339.format($0) })
            })
        writer.member("sources", array: { for source in sources { $0.object { source.write(to: &$0) } } })
        writer.member(
            "fields", array: { for field in fields { $0.object { field.write(to: &$0, language: language) } } })
        writer.member(
            "not_understood",
            array: {
                for piece in notUnderstood {
                    $0.object {
                        $0.member("field", piece.field)
                        $0.member("reason", piece.reason)
                        $0.member("count", piece.count)
                        $0.member("last_at", RFC3339.format(piece.lastAt))
                    }
                }
            })
        writer.member("connection", object: { connection.write(to: &$0) })
        writer.member(
            "keys",
            object: { writer in
                for role in APIKey.Role.allCases {
                    writer.member(role.rawValue, keys.count { $0.role == role && $0.revokedAt == nil })
                }
            })
        writer.member(
            "disk",
            object: {
                $0.member("free_bytes", disk.freeBytes)
                $0.member(
                    "files",
                    array: {
                        for file in disk.files {
                            $0.object {
                                $0.member("name", file.name)
                                $0.member("bytes", file.bytes)
                            }
                        }
                    })
                $0.member("last_backup_at", lastBackupAt.map { RFC3339.format($0) })
            })
    }
}

extension DataHealth.Connection {
    func write(to writer: inout JSONWriter) {
        writer.member("app_secret_set", hasSecret)
        writer.member("verify_token_set", hasVerifyToken)
        writer.member("last_handshake_at", marks[.handshake].map { RFC3339.format($0.at) })
        writer.member("last_refusal", refusal?.mark.rawValue)
        writer.member("last_refusal_at", refusal.map { RFC3339.format($0.at) })
    }
}

extension SourceHealth {
    func write(to writer: inout JSONWriter) {
        writer.member("source", source.source.name)
        writer.member("name", source.name.isEmpty ? nil : source.name)
        writer.member("light", light.rawValue)
        writer.member("first_at", RFC3339.format(firstAt))
        writer.member("last_at", RFC3339.format(lastAt))
        writer.member("usual_deliveries_since_last", usual)
        writer.member("total", object: { total.write(to: &$0) })
        writer.member(
            "lateness",
            object: {
                $0.member("median_seconds", lateness.median)
                $0.member("p99_seconds", lateness.p99)
                $0.member(
                    "counts",
                    array: {
                        for (index, count) in lateness.counts.enumerated() {
                            $0.object {
                                let bounds = Lateness.bounds
                                $0.member("within_seconds", bounds.indices.contains(index) ? bounds[index] : nil)
                                $0.member("events", count)
                            }
                        }
                    })
            })
        writer.member(
            "days",
            array: {
                for day in days {
                    $0.object {
                        $0.member("date", day.date.description)
                        day.counts.write(to: &$0)
                    }
                }
            })
    }
}

extension Receipts.Counts {
    func write(to writer: inout JSONWriter) {
        writer.member("deliveries", deliveries)
        writer.member("events", events)
        writer.member("duplicates", duplicates)
        writer.member("out_of_order", outOfOrder)
        writer.member("not_understood", notUnderstood)
    }
}

extension WebhookFieldHealth {
    func write(to writer: inout JSONWriter, language: Language) {
        writer.member("field", field)
        writer.member("need", need.rawValue)
        writer.member("seen_in_30_days", isRecent)
        writer.member("changes", changes)
        writer.member("last_at", lastAt.map { RFC3339.format($0) })
        writer.member("purpose", purpose?(language))
    }
}
