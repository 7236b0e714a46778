import Connectors
import Dashboard
import Domain
import Foundation

extension Installed {
    /// What the pages of settings tell about an installation.
    init(_ settings: Settings, directory: URL) {
        self.init()
        self.settings = settings.shown.compactMap { shown in
            guard let setting = App.Setting.all.first(where: { $0.name == shown.name }) else { return nil }
            return Installed.Setting(
                name: setting.name, variable: setting.environmentName, value: shown.value, origin: shown.origin,
                help: setting.help, isSecret: setting.isSecret)
        }
        self.directory = directory.path
        let files = ["pantau.toml", "pantau.yaml", "pantau.yml"]
        settingsFile =
            files.first { FileManager.default.fileExists(atPath: directory.appending(path: $0).path) } ?? files[0]
        country = settings.country.code
        compressedAfterDays = settings.retentionDays
        holidays = PublicHolidays.known(in: directory)
        self.files = { Self.files(in: directory) }
        readRates = { text, from, currency in
            try RateCardFile.read(text, effectiveFrom: from, currency: currency)
        }
    }

    private static func files(in directory: URL) -> [File] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return names.compactMap { name in
            let path = directory.appending(path: name).path
            guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber else {
                return nil
            }
            return File(name: name, bytes: size.int64Value)
        }.sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
    }
}
