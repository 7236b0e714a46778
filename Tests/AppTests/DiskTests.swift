import App
import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite
import TestSupport
import Testing

#if os(Linux)
    import Glibc

    /// The disk is full, for a while: a clear answer, nothing half stored, nothing lost, and on again afterwards.
    @Suite(.serialized) struct DiskTests {
        private static let at: Int64 = 1_780_272_000
        /// Lifts a limit of a running process.
        private static let limiter = "/usr/bin/prlimit"

        /// A limit on the size of files stands for the full disk, so that anybody can run this.
        @Test(.timeLimit(.minutes(10)), .enabled(if: FileManager.default.isExecutableFile(atPath: limiter)))
        func filesThatCannotGrow() async throws {
            try await withDirectory { directory in
                let data = directory.appending(path: "data")
                // In blocks of 512 bytes: room for the tables and some hundred deliveries.
                let (program, server) = try await Program.serve(
                    data, prelude: "trap '' XFSZ; ulimit -S -f 2400")
                try await fillAndRecover(server, data) {
                    let lift = try await Program.run(
                        ["--pid", "\(program.pid)", "--fsize=unlimited"], in: directory, executable: Self.limiter)
                    #expect(lift.exit == .code(0), "\(lift.errors)")
                }
                program.send(SIGTERM)
                #expect(try await program.waitForEnd() == .code(0))
                let verify = try await Program.run(["verify", "--data-dir", data.path], in: directory)
                #expect(verify.exit == .code(0), "\(verify.output)\(verify.errors)")
            }
        }

        /// A small file system of its own, where this process may mount one.
        @Test(.timeLimit(.minutes(10)), .enabled(if: Mount.isPossible)) func aFullFileSystem() async throws {
            try await withDirectory { directory in
                let disk = directory.appending(path: "disk")
                try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
                let mount = try Mount(at: disk, megabytes: 6)
                defer { mount.end() }
                let ballast = disk.appending(path: "ballast")
                let data = disk.appending(path: "data")
                let (program, server) = try await Program.serve(data)
                try Data(count: 4 << 20).write(to: ballast)
                try await fillAndRecover(server, data) { try FileManager.default.removeItem(at: ballast) }
                program.send(SIGTERM)
                #expect(try await program.waitForEnd() == .code(0))
                let verify = try await Program.run(["verify", "--data-dir", data.path], in: directory)
                #expect(verify.exit == .code(0), "\(verify.output)\(verify.errors)")
            }
        }

        /// Sends until it is refused, makes room, and sends again what was refused.
        private func fillAndRecover(_ server: Caller, _ data: URL, _ makeRoom: () async throws -> Void) async throws {
            var accepted: Set<Int> = []
            var refused: Set<Int> = []
            for number in 0..<2_000 {
                let answer = try await server.deliver(Self.body(number))
                if answer.status == 200 {
                    accepted.insert(number)
                } else {
                    #expect(answer.status == 503)
                    #expect(answer.headers["retry-after"].flatMap { Int($0) } != nil)
                    #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true)
                    refused.insert(number)
                }
                if refused.count >= 5 { break }
            }
            #expect(!accepted.isEmpty)
            #expect(refused.count >= 5, "the disk was never full")
            // It is alive, and says that it cannot take webhooks.
            #expect(try await server.call("GET", "/healthz").status == 200)
            #expect(try await server.call("GET", "/readyz").status == 503)
            try await makeRoom()
            for number in refused {
                try await eventually("a delivery is taken again") {
                    try await server.deliver(Self.body(number)).status == 200 ? true : nil
                }
                accepted.insert(number)
            }
            #expect(try await server.call("GET", "/readyz").status == 200)
            try await server.counted(atLeast: Int64(accepted.count))
            // Nothing half stored: the inbox holds what was acknowledged, once each.
            let guest = try await Installation(directory: data.path, zone: "Asia/Jakarta", as: .guest)
            let stored = try await guest.inbox.read(after: 0, bytesMax: .max)
            #expect(stored.count == accepted.count)
            #expect(Set(stored.map(\.body)) == Set(accepted.map(Self.body)))
            #expect(try await guest.store.projectionStatus().messages == Int64(accepted.count))
            await guest.close()
        }

        private static func body(_ number: Int) -> [UInt8] {
            let body = Webhook.status("wamid.\(number)", "delivered", at: at + Int64(number))
            return body + [UInt8](repeating: UInt8(ascii: " "), count: 8_000)
        }
    }

    /// A file system in memory, until `end`.
    private struct Mount {
        struct Failed: Error {}
        private let path: String

        init(at directory: URL, megabytes: Int) throws {
            path = directory.path
            guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else { throw Failed() }
        }

        /// Lazily: a process that is on its way out may still hold a file.
        func end() { umount2(path, Int32(MNT_DETACH)) }

        static let isPossible: Bool = {
            guard geteuid() == 0 else { return false }
            let directory = FileManager.default.temporaryDirectory.appending(path: "pantau-mount-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: directory) }
            guard (try? FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)) != nil,
                let mount = try? Mount(at: directory, megabytes: 1)
            else { return false }
            mount.end()
            return true
        }()
    }
#endif
