import Domain
import Foundation
import Synchronization

/// Prints a page to PDF with the Chromium of the machine, if it has one.
package struct PagePrinter: Sendable {
    private let program: String

    package static let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"]
    /// Longest time that printing may take.
    static let seconds = 40.0

    /// Nil when there is no Chromium on the path.
    package init?(path: String = ProcessInfo.processInfo.environment["PATH"] ?? "") {
        let folders = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        let candidates = Self.names.flatMap { name in folders.map { "\($0)/\(name)" } }
        guard let program = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else { return nil }
        self.program = program
    }

    package static let missing = Failure(
        .unavailable, id: "PDF memerlukan Chromium di server ini (misalnya `apt install chromium`).",
        en: "PDF needs Chromium on this server (for example `apt install chromium`).")

    /// - Parameter html: a page of ours that loads nothing from elsewhere.
    package func pdf(_ html: String) async throws(Failure) -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pantau-print-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let owner: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: owner)
            let page = folder.appending(path: "page.html")
            let paper = folder.appending(path: "page.pdf")
            try Data(html.utf8).write(to: page)
            let status = try await run(folder, page, paper)
            let bytes = (try? Data(contentsOf: paper)).map { [UInt8]($0) } ?? []
            guard status == 0, bytes.starts(with: Array("%PDF-".utf8)) else { throw Self.failed }
            return bytes
        } catch let failure as Failure { throw failure } catch { throw Self.failed }
    }

    private static let failed = Failure(
        .unavailable, id: "Chromium tidak berhasil mencetak halaman ini. Coba lagi, atau cetak dari peramban.",
        en: "Chromium could not print this page. Try again, or print it from the browser.")

    private func run(_ folder: URL, _ page: URL, _ paper: URL) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        // Root has no sandbox to drop into; the page is ours and has no script.
        let sandbox = geteuid() == 0 ? ["--no-sandbox"] : []
        process.arguments =
            sandbox + [
                "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--no-first-run",
                "--disable-background-networking", "--user-data-dir=\(folder.path)/profile",
                "--no-pdf-header-footer", "--print-to-pdf=\(paper.path)", page.absoluteString,
            ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let handle = Handle(process)
        let alarm = Task {
            try await Task.sleep(for: .seconds(Self.seconds))
            handle.stop()
        }
        defer { alarm.cancel() }
        return try await handle.run()
    }

    /// A process that one task waits for and another may stop.
    private final class Handle: Sendable {
        private let process: Mutex<Process>

        init(_ process: sending Process) { self.process = Mutex(process) }

        func run() async throws -> Int32 {
            try await withCheckedThrowingContinuation { continuation in
                process.withLock { process in
                    process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                    do { try process.run() } catch {
                        process.terminationHandler = nil
                        continuation.resume(throwing: error)
                    }
                }
            }
        }

        func stop() { process.withLock { if $0.isRunning { $0.terminate() } } }
    }
}
