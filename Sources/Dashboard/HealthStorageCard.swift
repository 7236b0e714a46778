import Analytics
import Domain
import Storage
import Web

/// The disk, its files, and the last copy.
struct HealthStorageCard: Card {
    let name = "health_storage"
    let title = Text(id: "Disk dan cadangan", en: "Disk and backup")
    let height = CardHeight(12, narrow: 15)
    let width = CardWidth.half
    /// A copy that is older than this is worth a word.
    static let backupSecondsMax: Int64 = 7 * 86_400

    func load(_ scope: Scope) async throws -> DataHealth { try await scope.health() }

    func lead(_ health: DataHealth, _ scope: Scope) -> HTML {
        if let free = health.disk.freeBytes, free < DataHealth.Disk.freeBytesMin {
            return scope.pill(.bad, scope.say("Disk hampir penuh", "The disk is nearly full"))
        }
        guard health.counting.received > 0 else { return "" }
        guard let at = health.lastBackupAt else {
            return scope.pill(.warn, scope.say("Belum ada cadangan", "No backup yet"))
        }
        let isOld = scope.now.microseconds(since: at) > Self.backupSecondsMax * 1_000_000
        return isOld
            ? scope.pill(.warn, scope.say("Cadangan sudah lama", "The backup is old"))
            : scope.pill(.good, scope.say("Aman", "Safe"))
    }

    func view(_ health: DataHealth, _ scope: Scope) -> HTML {
        let figures = scope.figures
        let free = health.disk.freeBytes.map(figures.bytes) ?? "–"
        let backup: HTML = health.lastBackupAt.map(scope.since) ?? "\(scope.say("belum ada", "none yet"))"
        let files = health.disk.files.prefix(8).map { file -> HTML in
            """
            <li><span><code>\(file.name)</code><span class="interval">\(Self.purpose(file.name)(scope.language))</span>\
            </span><span class="apart">\(figures.bytes(file.bytes))</span></li>
            """
        }
        return """
            <ul class="list"><li><span>\(scope.say("Ruang kosong", "Free space"))</span><span class="apart">\
            <strong>\(free)</strong></span></li>
            <li><span>\(scope.say("Cadangan terakhir", "Last backup"))<span class="interval">\(HTML(prose: scope.say(
            "`pantau backup DIREKTORI`, boleh saat server berjalan",
            "`pantau backup DIRECTORY`, while the server runs")))\
            </span></span><span class="apart">\(backup)</span></li>\(files)</ul>
            """
    }

    private static func purpose(_ name: String) -> Text {
        switch name {
        case "inbox.sqlite":
            Text(
                id: "semua kiriman asli; ini yang harus dicadangkan",
                en: "every original; this is what must be backed up")
        case "pantau.sqlite":
            Text(id: "angka; dapat dibuat ulang dari kiriman asli", en: "numbers; can be made anew from the originals")
        case "links.sqlite": Text(id: "tautan pendek", en: "short links")
        case "settings.sqlite": Text(id: "orang, kunci, tampilan", en: "people, keys, views")
        default: Text(id: "lainnya", en: "other")
        }
    }

    func exports(_ health: DataHealth, _ scope: Scope) -> [Export] {
        [HealthTable.export(["name", "bytes"], health.disk.files.map { [.words($0.name), .whole($0.bytes)] })]
    }
}

/// Which programs may talk to Pantau.
struct HealthKeysCard: Card {
    let name = "health_keys"
    let title = Text(id: "Kunci API", en: "API keys")
    let height = CardHeight(9, narrow: 9)
    let width = CardWidth.half
    let permission = Permission.people

    func load(_ scope: Scope) async throws -> [APIKey] { try await scope.health().keys }

    func view(_ keys: [APIKey], _ scope: Scope) -> HTML {
        let valid = keys.filter { $0.revokedAt == nil }
        let rows = APIKey.Role.allCases.map { role -> HTML in
            let count = valid.count { $0.role == role }
            return """
                <li><span><code>\(role.rawValue)</code><span class="interval">\(Self.purpose(role)(scope.language))</span>\
                </span><span class="apart"><strong>\(scope.figures.integer(count))</strong></span></li>
                """
        }
        return """
            <ul class="list">\(rows)</ul>
            <p class="spaced"><a href="/settings/keys">\(scope.say("Kelola kunci", "Manage keys"))</a></p>
            """
    }

    private static func purpose(_ role: APIKey.Role) -> Text {
        switch role {
        case .admin: Text(id: "boleh semuanya", en: "may do everything")
        case .analyst: Text(id: "bertanya dan membaca", en: "asks and reads")
        case .export: Text(id: "juga daftar orang di balik angka", en: "lists of people behind numbers as well")
        case .ingest: Text(id: "mengirim catatan dan hasil", en: "sends records and outcomes")
        }
    }

    func exports(_ keys: [APIKey], _ scope: Scope) -> [Export] {
        [
            HealthTable.export(
                ["role", "keys"],
                APIKey.Role.allCases.map { role in
                    [.words(role.rawValue), .whole(Int64(keys.count { $0.role == role && $0.revokedAt == nil }))]
                })
        ]
    }
}
