import ArgumentParser
import Domain
import Foundation

/// The command line.
package struct Pantau: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "pantau",
        abstract: "Watch over a WhatsApp Business channel: what happened, why, and what it is worth.",
        discussion: """
            Start with `pantau demo`, or `pantau serve` and the address in its first lines.
            Exit codes: 0 ok, 1 failed, 2 usage, 3 a check found a difference.
            """,
        version: Version.number,
        subcommands: [
            ServeCommand.self, DemoCommand.self, QueryCommand.self, ImportCommand.self, ReplayCommand.self,
            FindingsCommand.self, WhyCommand.self, RoutesCommand.self, DigestCommand.self,
            DetectCommand.self, VerifyCommand.self, WhyWaitCommand.self, WaitsCommand.self, DistributionCommand.self,
            RepeatEffectCommand.self,
            CalendarCommand.self, TargetsCommand.self, OutcomesCommand.self, FunnelCommand.self, LiftCommand.self,
            TemplateCommand.self,
            WasteCommand.self, BudgetsCommand.self, RecipientsCommand.self, CostsCommand.self,
            OutcomeRulesCommand.self, SimulateCommand.self, BenchCommand.self, KeyCommand.self, PeopleCommand.self,
            ConfigCommand.self, ExplainCommand.self, ForecastCommand.self, StaffingCommand.self, CompareCommand.self,
            AskCommand.self, MessagingLimitCommand.self,
            BackupCommand.self, DoctorCommand.self, HealthCommand.self, MetricsCommand.self,
        ])

    package init() {}

    /// Runs the command of the process's arguments and exits with its code.
    package static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            FileHandle.standardError.write(Data("pantau: \(failure.message.en)\n\(failure.message.id)\n".utf8))
            Foundation.exit(failure.code == .malformed || failure.code == .unprocessable ? 2 : 1)
        } catch {
            // ArgumentParser's own: help and version exit 0, wrong use exits 2 here as everywhere in Pantau.
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            let output = code.isSuccess ? FileHandle.standardOutput : .standardError
            if !text.isEmpty { output.write(Data((text + "\n").utf8)) }
            Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
        }
    }
}

/// Flags that every command with a data directory takes.
struct DataOptions: ParsableArguments {
    @Option(name: .customLong("data-dir"), help: "The data directory (PANTAU_DATA_DIR).")
    var dataDirectory: String?

    /// The settings with these flags on top.
    func settings(_ more: [String: String?] = [:]) throws -> Settings {
        var flags = more.compactMapValues { $0 }
        flags[Setting.dataDirectory.name] = dataDirectory
        return try Settings(flags: flags, environment: ProcessInfo.processInfo.environment)
    }
}

/// A check found a difference.
let exitDifference = ExitCode(3)
