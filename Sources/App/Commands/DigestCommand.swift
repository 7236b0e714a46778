import Alerts
import ArgumentParser
import Dashboard
import Domain
import Foundation
import StoreSQLite

/// `pantau digest`: what happened yesterday, or in the last seven days.
struct DigestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest", abstract: "Numbers, findings and tasks of yesterday, or of the last seven days.",
        discussion: """
            pantau digest
            pantau digest --weekly -o html > week.html
            pantau digest --weekly --send Operations
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text, html, pdf
    }

    @OptionGroup var data: DataOptions
    @Flag(help: "The seven days before today, instead of yesterday.") var weekly = false
    @Option(help: "The last day that is told; yesterday unless given.") var to: String?
    @Option(help: "Send it by the route of this name or id, instead of printing it.") var send: String?
    @Option(name: .shortAndLong, help: "text, html or pdf.") var output = Form.text
    @Option(help: "id or en.") var language: String?

    func run() async throws {
        let asking = try await Asking(data, language: language)
        let settings = try data.settings()
        let writer = DigestWriter(
            store: asking.store, analyst: asking.analyst, findings: asking.installation.findings,
            workspace: asking.workspace, base: AlertCenter.base(settings), now: Clock.now)
        let period = weekly ? DigestPeriod.weekly : .daily
        let route = try await route(asking)
        var (from, last) = try writer.days(period, zone: route?.zone)
        if let to {
            guard let date = LocalDate(to) else { throw ValidationError("--to is a date such as 2026-11-22.") }
            (from, last) = (date.adding(days: weekly ? -6 : 0), date)
        }
        let content = try await writer.content(period, from: from, to: last, zone: route?.zone)
        if let route {
            let results = try await AlertCenter(asking, data).send(content, by: route)
            await asking.installation.close()
            return try RoutesCommand.say(results, asking)
        }
        await asking.installation.close()
        switch output {
        case .text: print(DigestText.plain(content, asking.language), terminator: "")
        case .html: print(DigestPage.printable(content, asking.language))
        case .pdf:
            guard let printer = PagePrinter() else { throw PagePrinter.missing }
            let bytes = try await printer.pdf(DigestPage.printable(content, asking.language))
            FileHandle.standardOutput.write(Data(bytes))
        }
    }

    private func route(_ asking: Asking) async throws -> AlertRoute? {
        guard let send else { return nil }
        return try await AlertCenter(asking, data).entry(named: send).route
    }
}
