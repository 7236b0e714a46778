import Foundation
import Synchronization
import Testing

/// The built program in a process of its own, for what only a whole process can show: kills, signals, exit codes.
final class Program: Sendable {
    struct Exit: Equatable, CustomStringConvertible {
        /// Exit code, or the signal that ended it.
        var code: Int32
        var isSignal: Bool
        var description: String { isSignal ? "signal \(code)" : "exit \(code)" }
        static func code(_ code: Int32) -> Exit { Exit(code: code, isSignal: false) }
    }
    struct Missing: Error, CustomStringConvertible {
        var description: String
    }

    let pid: Int32
    private let outputFile: URL
    private let errorFile: URL

    static let secret = "app-secret-of-the-tests"

    /// Beside the test bundle, where SwiftPM builds both.
    static func executable() throws -> URL {
        var places = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
        places.append(URL(fileURLWithPath: CommandLine.arguments[0]))
        places.append(URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath())
        let candidates = places.map { $0.deletingLastPathComponent().appending(path: "pantau") }
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw Missing(description: "the program is not built beside the tests")
        }
        return found
    }

    /// - Parameters:
    ///   - prelude: shell words that run before the program in the same process, such as a limit.
    ///   - environment: on top of nothing but PATH and a secret.
    ///   - executable: another program than the one under test.
    init(
        _ arguments: [String], in directory: URL, environment: [String: String] = [:], prelude: String = ":",
        executable: String? = nil
    ) throws {
        let files = FileManager.default
        let name = UUID().uuidString
        let logs = directory.deletingLastPathComponent().appending(path: "pantau-logs")
        try files.createDirectory(at: logs, withIntermediateDirectories: true)
        outputFile = logs.appending(path: "\(name).out")
        errorFile = logs.appending(path: "\(name).err")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        let script = "cd \"$0\" || exit 126; \(prelude); exec \"$@\""
        let words = try ["/bin/sh", "-c", script, directory.path, executable ?? Self.executable().path] + arguments
        let variables = [
            "PATH": "/usr/bin:/bin", "PANTAU_META_APP_SECRET": Self.secret, "PANTAU_META_VERIFY_TOKEN": "token",
        ].merging(environment) { $1 }
        pid = try Self.spawn(
            words, environment: variables.map { "\($0)=\($1)" }, output: outputFile.path, errors: errorFile.path)
    }

    /// Straight by `posix_spawn`: Foundation's `Process` was seen to crash here when many tests start programs at once.
    private static func spawn(
        _ words: [String], environment: [String], output: String, errors: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_APPEND, 0)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_APPEND, 0)
        var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var pid = pid_t()
        let code = posix_spawn(&pid, words[0], &actions, nil, &argv, &envp)
        guard code == 0 else { throw Missing(description: "the program cannot be started: error \(code)") }
        return pid
    }

    private let end = Mutex<Exit?>(nil)

    /// How it ended; nil while it runs.
    var exit: Exit? {
        end.withLock { end in
            if end != nil { return end }
            var status: Int32 = 0
            guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
            // The layout of wait(2)'s status: the signal in the low 7 bits, else the exit code in the next byte.
            let signal = status & 0x7f
            end = signal == 0 ? .code((status >> 8) & 0xff) : Exit(code: signal, isSignal: true)
            return end
        }
    }

    /// A process that outlives its test would hold the directory.
    deinit {
        if exit == nil {
            kill(pid, SIGKILL)
            var status: Int32 = 0
            waitpid(pid, &status, 0)
        }
        try? FileManager.default.removeItem(at: outputFile)
        try? FileManager.default.removeItem(at: errorFile)
    }

    var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "" }

    func send(_ signal: Int32) { kill(pid, signal) }

    /// How it ended.
    @discardableResult
    func waitForEnd(seconds: Double = 60) async throws -> Exit {
        try await eventually("the program ends\n\(errors)", seconds: seconds) { self.exit }
    }

    /// Runs to its end.
    static func run(
        _ arguments: [String], in directory: URL, environment: [String: String] = [:], seconds: Double = 60,
        executable: String? = nil
    ) async throws -> (exit: Exit, output: String, errors: String) {
        let program = try Program(arguments, in: directory, environment: environment, executable: executable)
        let exit = try await program.waitForEnd(seconds: seconds)
        return (exit, program.output, program.errors)
    }

    /// A server on a free port of loopback, once it listens.
    static func serve(
        _ data: URL, environment: [String: String] = [:], prelude: String = ":"
    ) async throws -> (program: Program, server: Caller) {
        let program = try Program(
            ["serve", "--data-dir", data.path, "--port", "0"], in: data.deletingLastPathComponent(),
            environment: environment, prelude: prelude)
        let port = try await eventually("the server listens", seconds: 60) { () throws -> Int? in
            if let exit = program.exit { throw Missing(description: "the server ended: \(exit)\n\(program.errors)") }
            return program.port
        }
        return (program, Caller(port: port))
    }

    /// From the line that says where it listens.
    private var port: Int? {
        for line in errors.split(separator: "\n") where line.hasSuffix("listening") {
            guard let address = line.split(separator: " ").first(where: { $0.hasPrefix("address=") }) else { continue }
            return address.split(separator: ":").last.flatMap { Int($0) }
        }
        return nil
    }
}

/// Asks again until there is an answer. Generous: other builds may be running on the same machine.
@discardableResult
func eventually<T>(
    _ what: @autoclosure () -> String, seconds: Double = 60, isolation: isolated (any Actor)? = #isolation,
    _ answer: () async throws -> T?
) async throws -> T {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
        if let value = try await answer() { return value }
        guard ContinuousClock.now < deadline else {
            throw Program.Missing(description: "not within \(seconds) s: \(what())")
        }
        try await Task.sleep(for: .milliseconds(3))
    }
}
