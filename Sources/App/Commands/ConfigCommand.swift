import ArgumentParser
import Domain

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print the effective settings and where each comes from, without secrets.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let settings = try data.settings()
        let rows = settings.shown.map { shown in
            let help = Setting.all.first { $0.name == shown.name }?.help(settings.workspace.language) ?? ""
            return [shown.name, shown.value, shown.origin, help]
        }
        print(TextTable.render(["setting", "value", "from", "meaning"], rows), terminator: "")
    }
}
