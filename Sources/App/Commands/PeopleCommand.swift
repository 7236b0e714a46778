import ArgumentParser
import Domain
import Foundation
import Storage
import StoreSQLite
import Web

struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Who may sign in. Works while the server runs.",
        discussion: """
            `add` and `reset` print a one-time link for the person to open: nobody sets another's password. A server \
            that runs takes notice within five seconds.
            """,
        subcommands: [List.self, Add.self, Reset.self, Disable.self, Enable.self, Sessions.self])

    struct LinkOptions: ParsableArguments {
        @Option(help: "Where browsers reach the server, such as https://pantau.example.com; else PANTAU_LISTEN.")
        var address: String?

        func origin(_ data: DataOptions) throws -> String {
            if let address { return address.hasSuffix("/") ? String(address.dropLast()) : address }
            let settings = try data.settings()
            return OneTimeLinks.origin(host: settings.host, port: settings.port)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the people.")
        @OptionGroup var data: DataOptions

        func run() async throws {
            let people = try PeopleCommand.people(data)
            let sessions = try await people.sessions(person: nil, at: Clock.now())
            let rows = try await people.people().map { person in
                let own = sessions.filter { $0.person == person.id }
                return [
                    "\(person.id)", person.name, person.login, person.role, "\(own.count)",
                    own.map(\.lastSeenAt).max().map { RFC3339.format($0) } ?? "",
                    person.disabledAt.map { RFC3339.format($0) } ?? "",
                ]
            }
            let heads = ["id", "name", "login", "role", "sessions", "last used", "disabled"]
            print(TextTable.render(heads, rows, numeric: [0, 4]), terminator: "")
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link with which one person makes an account. It works for 72 hours, once.")
        @OptionGroup var data: DataOptions
        @OptionGroup var link: LinkOptions
        @Option(help: "owner, analyst, service (analyst, and may see phone numbers) or viewer (numbers only).")
        var role: String

        func run() async throws {
            guard let role = PersonRole(rawValue: role) else {
                throw ValidationError("The role is one of: owner, analyst, service, viewer.")
            }
            let people = try PeopleCommand.people(data)
            try await PeopleCommand.note(.linkMade, role.rawValue, in: people)
            print(
                try await OneTimeLinks.make(
                    OneTimeLink(purpose: .invitation, role: role.rawValue, createdAt: Clock.now()), in: people,
                    origin: try link.origin(data)))
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link with which a person sets a new password. It works for 72 hours, once.")
        @OptionGroup var data: DataOptions
        @OptionGroup var link: LinkOptions
        @Argument(help: "The person's login, see `pantau people list`.") var login: String

        func run() async throws {
            let people = try PeopleCommand.people(data)
            let person = try await PeopleCommand.person(login, in: people)
            guard person.disabledAt == nil else {
                throw Failure(
                    .unprocessable, id: "Akun ini nonaktif. Aktifkan dahulu: pantau people enable \(login)",
                    en: "This account is disabled. Enable it first: pantau people enable \(login)")
            }
            try await PeopleCommand.note(.linkMade, person.login, in: people)
            print(
                try await OneTimeLinks.make(
                    OneTimeLink(purpose: .reset, person: person.id, createdAt: Clock.now()), in: people,
                    origin: try link.origin(data)))
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close an account and end its sessions. It stays in the audit list.")
        @OptionGroup var data: DataOptions
        @Argument(help: "The person's login, see `pantau people list`.") var login: String

        func run() async throws {
            let people = try PeopleCommand.people(data)
            let person = try await PeopleCommand.person(login, in: people)
            let owner = PersonRole.owner.rawValue
            guard try await people.disable(person: person.id, owner: owner, at: Clock.now()) else {
                throw Failure(
                    .unprocessable,
                    id: "Ini pemilik terakhir. Buat pemilik lain dahulu: pantau people add --role owner",
                    en: "This is the last owner. Make another first: pantau people add --role owner")
            }
            try await PeopleCommand.note(.personDisabled, person.login, in: people)
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open an account again.")
        @OptionGroup var data: DataOptions
        @Argument(help: "The person's login, see `pantau people list`.") var login: String

        func run() async throws {
            let people = try PeopleCommand.people(data)
            let person = try await PeopleCommand.person(login, in: people)
            _ = try await people.enable(person: person.id)
            try await PeopleCommand.note(.personEnabled, person.login, in: people)
        }
    }

    struct Sessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List open sessions, or end them with --end.")
        @OptionGroup var data: DataOptions
        @Argument(help: "Only those of the person with this login.") var login: String?
        @Flag(help: "End them.") var end = false

        func run() async throws {
            let people = try PeopleCommand.people(data)
            let person: Person? =
                if let login { try await PeopleCommand.person(login, in: people) } else { nil }
            let now = Clock.now()
            let sessions = try await people.sessions(person: person?.id, at: now)
            if end {
                for session in sessions { _ = try await people.endSession(session.id, ofPerson: nil, at: now) }
                try await PeopleCommand.note(.sessionsEnded, person?.login, in: people)
                return
            }
            let logins = Dictionary(
                try await people.people().map { ($0.id, $0.login) }, uniquingKeysWith: { first, _ in first })
            let rows = sessions.map { session in
                [
                    "\(session.id)", logins[session.person] ?? "", session.agent, RFC3339.format(session.createdAt),
                    RFC3339.format(session.lastSeenAt), RFC3339.format(session.expiresAt),
                ]
            }
            let heads = ["id", "login", "browser", "signed in", "last used", "ends"]
            print(TextTable.render(heads, rows, numeric: [0]), terminator: "")
        }
    }

    /// How the audit list names whoever has the files themselves in hand.
    private static let actor = "pantau people"

    private static func note(_ action: AuditAction, _ subject: String?, in people: any PeopleStore) async throws {
        try await people.note(
            AuditEntry(at: Clock.now(), person: nil, actor: actor, action: action, subject: subject))
    }

    private static func person(_ login: String, in people: any PeopleStore) async throws -> Person {
        guard let person = try await people.person(login: Person.login(login)) else {
            throw Failure(
                .notFound, id: "Tidak ada orang dengan nama masuk itu. Lihat `pantau people list`.",
                en: "There is nobody with that login. See `pantau people list`.")
        }
        return person
    }

    private static func people(_ data: DataOptions) throws -> SQLitePeople {
        let directory = URL(fileURLWithPath: try data.settings().dataDirectory, isDirectory: true)
        try Installation.prepare(directory)
        return try SQLitePeople(path: directory.appending(path: "settings.sqlite").path)
    }
}
