import ArgumentParser
import Domain
import Foundation
import StoreSQLite

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the data directory to another, consistently, while the server runs.",
        discussion: "To restore, point --data-dir at the copy. Keep it as safe as the original: it holds phone numbers."
    )

    @OptionGroup var data: DataOptions
    @Argument(help: "Directory of the copy; must not exist yet or be empty.") var destination: String

    func run() async throws {
        let source = URL(fileURLWithPath: try data.settings().dataDirectory, isDirectory: true)
        let target = URL(fileURLWithPath: destination, isDirectory: true)
        let files = FileManager.default
        if let content = try? files.contentsOfDirectory(atPath: target.path), !content.isEmpty {
            throw Failure(
                .unprocessable, id: "Direktori tujuan tidak kosong.", en: "The destination directory is not empty.")
        }
        try Installation.prepare(target)
        // Facts first: what the inbox holds beyond them is projected when the copy is used. The other way round,
        // facts could be ahead of the inbox.
        for name in ["pantau.sqlite", "inbox.sqlite", "links.sqlite", "settings.sqlite"] {
            let path = source.appending(path: name).path
            guard files.fileExists(atPath: path) else { continue }
            try SQLiteBackup.copy(path, to: target.appending(path: name).path)
            print("\(name): \(try files.attributesOfItem(atPath: target.appending(path: name).path)[.size] ?? 0) bytes")
        }
        let settings = source.appending(path: "settings.sqlite").path
        if files.fileExists(atPath: settings) {
            try await SQLiteConnections(SettingsFile(path: settings)).note(.backup, at: Clock.now())
        }
        for name in ["pantau.toml", "pantau.yaml", "pantau.yml"] {
            let file = source.appending(path: name)
            if files.fileExists(atPath: file.path) {
                try files.copyItem(at: file, to: target.appending(path: name))
            }
        }
    }
}
