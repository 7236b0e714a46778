import Domain
import Ledgers

/// What the pages of settings tell about this installation that no store knows.
package struct Installed: Sendable {
    /// One setting that holds from start to stop.
    package struct Setting: Sendable {
        /// As the file spells it.
        package var name: String
        /// As the environment spells it.
        package var variable: String
        /// Hidden where it is a secret.
        package var value: String
        /// `flag`, `default`, the variable's name, or the file's.
        package var origin: String
        package var help: Text
        package var isSecret: Bool

        package init(
            name: String, variable: String, value: String, origin: String, help: Text, isSecret: Bool
        ) {
            self.name = name
            self.variable = variable
            self.value = value
            self.origin = origin
            self.help = help
            self.isSecret = isSecret
        }
    }

    /// One file of the data directory.
    package struct File: Sendable {
        package var name: String
        package var bytes: Int64

        package init(name: String, bytes: Int64) {
            self.name = name
            self.bytes = bytes
        }
    }

    package var settings: [Setting] = []
    package var directory = ""
    /// The file in the data directory that settings are read from, or would be.
    package var settingsFile = "pantau.toml"
    package var country = "ID"
    package var holidays: [PublicHoliday] = []
    /// Age at which raw deliveries are compressed.
    package var compressedAfterDays: Int64 = 30
    /// The files as they are now, the largest first.
    package var files: @Sendable () -> [File] = { [] }
    /// What a file of prices says; throws a `Failure` that names the line at fault.
    package var readRates: @Sendable (_ text: [UInt8], _ from: LocalDate?, _ currency: String?) throws -> [RateEntry] =
        { _, _, _ in [] }

    package init() {}

    func setting(_ name: String) -> Setting? { settings.first { $0.name == name } }
}
