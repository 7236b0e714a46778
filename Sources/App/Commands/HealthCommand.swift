import API
import Analytics
import ArgumentParser
import Domain
import Foundation
import Storage
import StoreSQLite

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health", abstract: "Does data arrive, is all of it counted, and what is late or not understood?",
        discussion: "The same as the page /health and GET /api/v1/health. Works while the server runs.")

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try data.settings([Setting.language.name: output.language])
        let asking = try await Asking(data, language: output.language)
        let installation = asking.installation
        let health = try await HealthSources(
            inbox: installation.inbox, store: installation.store, keys: installation.keys,
            timeZone: asking.workspace.timeZone, now: Clock.now,
            connection: {
                DataHealth.Connection(
                    hasSecret: !settings.metaAppSecrets.isEmpty,
                    hasVerifyToken: settings.metaVerifyToken?.isEmpty == false,
                    marks: try await installation.connections.marks())
            }, disk: { DataHealth.Disk(directory: installation.directory) }
        ).look()
        await installation.close()
        let table = Self.table(health, asking.language)
        table.write(as: output.format, asking.language) {
            var writer = JSONWriter(reservingBytes: 16_384)
            writer.object { health.write(to: &$0, language: asking.language) }
            return writer.bytes
        }
        if output.format == .table { Self.remarks(health).forEach { print($0(asking.language)) } }
    }

    private static func table(_ health: DataHealth, _ language: Language) -> OutputTable {
        var table = OutputTable(columns: [
            .text("source", "sumber", "source"), .text("light", "keadaan", "state"),
            .text("last_at", "terakhir", "latest"), .number("deliveries", "kiriman 28 hari", "deliveries 28 d"),
            .number("events", "kejadian", "events"), .number("duplicates", "duplikat", "duplicates"),
            .number("out_of_order", "tak berurutan", "out of order"),
            .number("not_understood", "tak terbaca", "not understood"),
            .number("p99_seconds", "terlambat p99 (s)", "late p99 (s)"),
        ])
        let clock = try? ZoneClock.named(health.timeZone)
        table.rows = health.sources.map { source in
            let counts = source.recent(28)
            let name = [source.source.source.name, source.source.name].filter { !$0.isEmpty }
            return [
                name.joined(separator: ":"), source.light.rawValue,
                clock?.rfc3339(source.lastAt) ?? RFC3339.format(source.lastAt), "\(counts.deliveries)",
                "\(counts.events)", "\(counts.duplicates)", "\(counts.outOfOrder)", "\(counts.notUnderstood)",
                MoneyView.number(source.lateness.p99),
            ]
        }
        return table
    }

    private static func remarks(_ health: DataHealth) -> [Text] {
        let counting = health.counting
        var remarks = [
            counting.waiting == 0
                ? Text(id: "Semua kiriman terhitung.", en: "Every delivery is counted.")
                : Text(
                    id: "\(counting.waiting) kiriman menunggu dihitung; server yang berjalan akan menghitungnya.",
                    en: "\(counting.waiting) deliveries wait to be counted; a running server counts them.")
        ]
        for piece in health.notUnderstood.prefix(10) {
            remarks.append(
                Text(
                    id: "Tidak terbaca: \(piece.field) (\(piece.reason)), \(piece.count) kali; aslinya tersimpan.",
                    en:
                        "Not understood: \(piece.field) (\(piece.reason)), \(piece.count) times; the originals are "
                        + "kept."
                ))
        }
        for field in health.fields where field.need != .other && field.changes == 0 {
            guard let purpose = field.purpose else { continue }
            remarks.append(
                Text(
                    id: "Belum pernah datang: \(field.field). \(purpose.id)",
                    en: "Never came: \(field.field). \(purpose.en)"))
        }
        return remarks
    }
}
