import ArgumentParser
import Connectors
import Domain
import Foundation
import Storage
import StoreSQLite

struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "Opening hours, holidays and special periods. Works while the server runs.",
        discussion: """
            pantau calendar list > hours.json
            pantau calendar set hours.json
            pantau calendar holidays --years 2026-2027
            A change counts for all time: waits that it concerns are counted again.
            """,
        subcommands: [List.self, Set.self, Holidays.self, Remove.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the calendars as JSON, ready to edit.")
        @OptionGroup var data: DataOptions

        func run() async throws {
            let installation = try await Installation(try data.settings(), as: .guest)
            let calendars = try await installation.store.serviceSettings().calendars
            await installation.close()
            SettingsOutput.print(SettingsDelivery.encode(calendars))
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Set the calendars of a JSON file.")
        @OptionGroup var data: DataOptions
        @Argument(help: "A file as `calendar list` prints it; - reads standard input.") var file: String

        func run() async throws {
            let body = try SettingsInput.read(file)
            guard try SettingsDelivery.read(body).contains(where: { if case .calendar = $0 { true } else { false } })
            else {
                throw Failure(
                    .unprocessable, id: "Tidak ada \"calendar\" di dalamnya.", en: "There is no \"calendar\" in it.")
            }
            try await SettingsInput.deliver(body, data)
        }
    }

    struct Holidays: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add public holidays to a calendar.")
        @OptionGroup var data: DataOptions
        @OptionGroup var scope: ScopeOptions
        @Option(help: "2026, or 2026-2027; all years of the file unless given.") var years: String?
        @Option(help: "Another file of holidays.") var file: String?
        @Flag(help: "Leave joint leave days (cuti bersama) open.") var withoutJointLeave = false
        @Flag(help: "Take out all holidays of these years first.") var replace = false
        @Flag(help: "Print the shipped file and change nothing.") var print = false

        func run() async throws {
            let settings = try data.settings()
            if print {
                FileHandle.standardOutput.write(Data(PublicHolidays.shipped))
                return
            }
            let holidays = try PublicHolidays.load(file: file, dataDirectory: settings.dataDirectory)
            let installation = try await Installation(settings, as: .guest)
            let calendars = try await installation.store.serviceSettings().calendars
            await installation.close()
            let scope = try scope.scope
            guard let calendar = calendars.first(where: { $0.scope == scope }) else {
                throw Failure(
                    .notFound, id: "Belum ada kalender untuk ini. Buat dahulu dengan `pantau calendar set`.",
                    en: "There is no calendar for this yet. Make one first with `pantau calendar set`.")
            }
            let changed = holidays.adding(
                to: calendar, years: try range(of: holidays), jointLeave: !withoutJointLeave,
                language: settings.workspace.language, replacing: replace)
            let added = changed.holidays.count - calendar.holidays.count
            try await SettingsInput.deliver(
                SettingsDelivery.encode(CalendarChange(scope: scope, calendar: changed)), data)
            FileHandle.standardError.write(
                Data("\(changed.holidays.count) holidays, \(added) more than before.\n".utf8))
        }

        private func range(of file: HolidayFile) throws -> ClosedRange<Int> {
            guard let years else { return (file.years.first ?? 1)...(file.years.last ?? 9_999) }
            let parts = years.split(separator: "-").map { Int($0) }
            guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1],
                (1...9_999).contains(first), first <= last, last <= 9_999
            else { throw ValidationError("--years is a year or a range, such as 2026 or 2026-2027.") }
            return first...last
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a calendar.")
        @OptionGroup var data: DataOptions
        @OptionGroup var scope: ScopeOptions
        @Flag(help: "The workspace's.") var workspace = false

        func validate() throws {
            if try scope.scope == .workspace, !workspace {
                throw ValidationError("Say which: --team, --phone-number or --workspace.")
            }
        }

        func run() async throws {
            try await SettingsInput.deliver(
                SettingsDelivery.encode(CalendarChange(scope: try scope.scope, calendar: nil)), data)
        }
    }

    struct ScopeOptions: ParsableArguments {
        @Option(help: "A team's calendar.") var team: String?
        @Option(help: "A business number's calendar (phone number id).") var phoneNumber: String?

        var scope: WorkCalendar.Scope {
            get throws {
                if team != nil, phoneNumber != nil { throw ValidationError("--team or --phone-number, not both.") }
                return team.map { .team($0) } ?? phoneNumber.map { .phoneNumber(PhoneNumberID($0)) } ?? .workspace
            }
        }
    }
}

struct TargetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "targets", abstract: "Service targets: which waits are to be answered within which time.",
        subcommands: [List.self, Set.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the targets as JSON, ready to edit.")
        @OptionGroup var data: DataOptions

        func run() async throws {
            let installation = try await Installation(try data.settings(), as: .guest)
            let targets = try await installation.store.serviceSettings().targets
            await installation.close()
            SettingsOutput.print(SettingsDelivery.encode(targets))
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Set the whole list from a JSON file.")
        @OptionGroup var data: DataOptions
        @Argument(help: "A file as `targets list` prints it; - reads standard input.") var file: String

        func run() async throws {
            let body = try SettingsInput.read(file)
            guard
                try SettingsDelivery.read(body)
                    .contains(where: { if case .serviceTargets = $0 { true } else { false } })
            else {
                throw Failure(
                    .unprocessable, id: "Tidak ada \"service_targets\" di dalamnya.",
                    en: "There is no \"service_targets\" in it.")
            }
            try await SettingsInput.deliver(body, data)
        }
    }
}

enum SettingsOutput {
    static func print(_ body: [UInt8]) {
        FileHandle.standardOutput.write(Data(body + [10]))
    }
}

/// Settings go through the inbox like everything that numbers depend on, so that a replay counts with them too.
enum SettingsInput {
    static func read(_ path: String) throws -> [UInt8] {
        let data: Data?
        if path == "-" {
            data = try FileHandle.standardInput.readToEnd()
        } else {
            data = FileManager.default.contents(atPath: path)
        }
        guard let data, !data.isEmpty else {
            throw Failure(
                .notFound, id: "Berkas \(path) tidak dapat dibaca atau kosong.",
                en: "The file \(path) cannot be read, or is empty.")
        }
        return Array(data)
    }

    static func deliver(_ body: [UInt8], _ data: DataOptions) async throws {
        let installation = try await Installation(try data.settings(), as: .ownerIfFree)
        _ = try await installation.inbox.append(body, source: .settings, receivedAt: Clock.now())
        try await installation.countAll()
        await installation.close()
    }
}
