import ArgumentParser
import Domain
import Foundation
import Storage
import StoreSQLite
import Web

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, list and revoke API keys. Works while the server runs.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key and print it. It is shown only now: only its digest is kept.")
        @OptionGroup var data: DataOptions
        @Option(help: "admin, analyst, export (analyst, and may list recipients) or ingest.") var role: String
        @Option(help: "What the key is for.") var name: String?

        func run() async throws {
            guard let role = APIKey.Role(rawValue: role) else {
                throw ValidationError("The role is one of: admin, analyst, export, ingest.")
            }
            let keys = try KeyCommand.keys(data)
            let secret = APIKeySecret.generate(role: role.rawValue)
            _ = try await keys.insertKey(
                name: name ?? role.rawValue, role: role, digest: APIKeySecret.digest(of: secret),
                createdAt: Clock.now())
            print(secret)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys.")
        @OptionGroup var data: DataOptions

        func run() async throws {
            let rows = try await KeyCommand.keys(data).keys().map { key in
                [
                    "\(key.id)", key.name, key.role.rawValue, RFC3339.format(key.createdAt),
                    key.revokedAt.map { RFC3339.format($0) } ?? "",
                ]
            }
            print(TextTable.render(["id", "name", "role", "created", "revoked"], rows, numeric: [0]), terminator: "")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a key at once.")
        @OptionGroup var data: DataOptions
        @Argument(help: "The key's id, see `pantau key list`.") var id: Int64

        func run() async throws {
            guard try await KeyCommand.keys(data).revokeKey(id: id, at: Clock.now()) else {
                throw Failure(.notFound, id: "Tidak ada kunci \(id).", en: "There is no key \(id).")
            }
        }
    }

    private static func keys(_ data: DataOptions) throws -> SQLiteKeys {
        let directory = URL(fileURLWithPath: try data.settings().dataDirectory, isDirectory: true)
        try Installation.prepare(directory)
        return try SQLiteKeys(path: directory.appending(path: "settings.sqlite").path)
    }
}
