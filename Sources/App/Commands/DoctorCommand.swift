import ArgumentParser
import Domain
import Foundation
import Storage
import StoreSQLite
import Web

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what is misconfigured or damaged, and how to mend it.")

    @OptionGroup var data: DataOptions

    private struct Finding {
        enum Weight: String { case fine = "ok", advice = "note", fault = "FAULT" }
        var weight: Weight
        var text: String
    }

    func run() async throws {
        let settings = try data.settings()
        var findings = try Self.lookAtSettings(settings)
        findings += Self.lookAtFiles(settings)
        if findings.allSatisfy({ $0.weight != .fault }) { findings += try await Self.lookAtData(settings) }
        for finding in findings {
            print("\(finding.weight.rawValue.padding(toLength: 6, withPad: " ", startingAt: 0))\(finding.text)")
        }
        if findings.contains(where: { $0.weight == .fault }) { throw ExitCode.failure }
    }

    private static func lookAtSettings(_ settings: Settings) throws -> [Finding] {
        var findings = [
            Finding(weight: .fine, text: "Pantau \(Version.number), SQLite \(try SQLiteBackup.sqliteVersion())")
        ]
        if settings.metaAppSecrets.isEmpty {
            findings.append(
                .init(
                    weight: .advice,
                    text:
                        "No app secret: webhooks are refused. Set PANTAU_META_APP_SECRET "
                        + "(App dashboard → Settings → Basic)."
                ))
        }
        if settings.metaVerifyToken == nil {
            findings.append(
                .init(
                    weight: .advice,
                    text:
                        "No verify token: Meta's handshake is refused. Set PANTAU_META_VERIFY_TOKEN "
                        + "to a word of your choice."
                ))
        }
        if let library = ChartLibrary.installed {
            findings.append(.init(weight: .fine, text: "Charts are drawn with \(library.path)"))
        } else {
            let places = ChartLibrary.places(executable: nil).joined(separator: ", ")
            findings.append(
                .init(
                    weight: .advice,
                    text: "Chart.js is not installed: pages show tables in place of charts. "
                        + "\(ChartLibrary.remedy), or put chart.min.js at one of \(places)"))
        }
        if !["127.0.0.1", "::1", "localhost"].contains(settings.host) {
            findings.append(
                .init(
                    weight: .advice,
                    text:
                        "Listening on \(settings.host): put a TLS proxy in front; Meta delivers only to HTTPS "
                        + "with a valid certificate."
                ))
        }
        return findings
    }

    private static func lookAtFiles(_ settings: Settings) -> [Finding] {
        let directory = URL(fileURLWithPath: settings.dataDirectory, isDirectory: true)
        let files = FileManager.default
        guard files.fileExists(atPath: directory.path) else {
            return [
                .init(
                    weight: .advice,
                    text: "The data directory \(directory.path) does not exist yet; it is made at first start.")
            ]
        }
        guard files.isWritableFile(atPath: directory.path) else {
            return [
                .init(
                    weight: .fault,
                    text: "The data directory \(directory.path) cannot be written: mend its owner or permissions.")
            ]
        }
        var findings: [Finding] = []
        if let free = try? files.attributesOfFileSystem(forPath: directory.path)[.systemFreeSize] as? Int64 {
            let gigabytes = Double(free) / 1e9
            let text = "\(Int(gigabytes)) GB free in the data directory's file system"
            findings.append(
                .init(weight: gigabytes < 2 ? .fault : .fine, text: text + (gigabytes < 2 ? ": free some space" : "")))
        }
        for name in ["inbox.sqlite", "pantau.sqlite", "links.sqlite", "settings.sqlite"] {
            let path = directory.appending(path: name).path
            guard files.fileExists(atPath: path) else { continue }
            let faults = SQLiteBackup.check(path)
            if faults.isEmpty {
                findings.append(.init(weight: .fine, text: "\(name) is sound"))
            } else {
                let remedy =
                    name == "pantau.sqlite"
                    ? "move it away and run `pantau replay`: all of it is rebuilt from the inbox"
                    : "restore it from a backup (`pantau backup`)"
                findings.append(.init(weight: .fault, text: "\(name) is damaged (\(faults[0])): \(remedy)"))
            }
        }
        return findings
    }

    private static func lookAtData(_ settings: Settings) async throws -> [Finding] {
        let directory = URL(fileURLWithPath: settings.dataDirectory, isDirectory: true)
        guard FileManager.default.fileExists(atPath: directory.appending(path: "pantau.sqlite").path) else { return [] }
        let installation = try await Installation(settings, as: .guest)
        let missing = try await installation.missingDeliveries()
        let received = try await max(installation.inbox.lastSequence(), installation.store.cursor())
        let status = try await installation.store.projectionStatus()
        await installation.close()
        var findings: [Finding] = []
        if missing > 0 {
            findings.append(
                .init(
                    weight: .advice,
                    text: "\(missing) counted deliveries are not in inbox.sqlite (lost, or an older copy). "
                        + "Numbers stand and new deliveries count; do not run `pantau replay`, it would forget them"))
        }
        let behind = received - status.projected
        findings.append(
            .init(
                weight: behind > 100_000 ? .advice : .fine,
                text: "\(received) deliveries received, \(status.projected) counted"
                    + (behind > 0 ? "; \(behind) wait (a running server counts them)" : "")))
        for field in status.notUnderstoodByField.prefix(10) {
            findings.append(
                .init(
                    weight: .advice,
                    text:
                        "\(field.count) pieces of `\(field.field)` not understood (\(field.reason)); "
                        + "they are kept in the inbox"
                ))
        }
        return findings
    }
}
