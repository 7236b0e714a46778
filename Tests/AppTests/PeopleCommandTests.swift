import Foundation
import TestSupport
import Testing

/// The way in, with whole processes: the link of the first start, and accounts from the command line.
@Suite struct PeopleCommandTests {
    private func path(in text: String) throws -> String {
        let link = try #require(text.firstMatch(of: #/http://[^\s/]+(/welcome/[A-Za-z0-9_-]{43})/#), "\(text)")
        return String(link.output.1)
    }

    private func form(_ fields: [(String, String)]) -> [UInt8] {
        Array(fields.map { "\($0)=\($1.replacing(" ", with: "+"))" }.joined(separator: "&").utf8)
    }

    private let formType = [("Content-Type", "application/x-www-form-urlencoded")]

    /// Makes an account and returns the cookie of its session.
    private func join(_ server: Caller, _ path: String, _ login: String) async throws -> String {
        let answer = try await server.call(
            "POST", path, body: form([("name", login), ("login", login), ("password", "kopi susu pagi hari")]),
            headers: formType)
        #expect(answer.status == 303)
        return String(try #require(answer.headers["set-cookie"]).prefix { $0 != ";" })
    }

    @Test(.timeLimit(.minutes(10))) func aNewInstallationLetsItsOwnerInAndNobodyElse() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (program, server) = try await Program.serve(data)
            // The machine itself is no exception.
            #expect(try await server.call("GET", "/").status == 401)
            let printed = try await eventually("the link is printed") {
                program.output.contains("/welcome/") ? program.output : nil
            }
            let first = try path(in: printed)
            #expect(!program.errors.contains("/welcome/"))
            let owner = try await join(server, first, "sari")
            #expect(try await server.call("GET", "/account", headers: [("Cookie", owner)]).status == 200)
            #expect(try await server.call("GET", first).status == 404)

            let added = try await Program.run(
                ["people", "add", "--role", "viewer", "--data-dir", data.path], in: directory)
            let viewer = try await join(server, try path(in: added.output), "budi")
            #expect(try await server.call("GET", "/settings/people", headers: [("Cookie", viewer)]).status == 403)
            let listed = try await Program.run(["people", "list", "--data-dir", data.path], in: directory)
            #expect(listed.output.contains("sari") && listed.output.contains("viewer"))

            // The running server takes notice within the five seconds that it believes a session.
            let disabled = try await Program.run(["people", "disable", "budi", "--data-dir", data.path], in: directory)
            #expect(disabled.exit == .code(0))
            try await eventually("the session ends", seconds: 30) {
                try await server.call("GET", "/account", headers: [("Cookie", viewer)]).status == 401 ? true : nil
            }
            let last = try await Program.run(["people", "disable", "sari", "--data-dir", data.path], in: directory)
            #expect(last.exit != .code(0))
            #expect(last.errors.contains("last owner"))
            program.send(SIGTERM)
            try await program.waitForEnd()

            // Whoever has an owner is offered no link.
            let (again, _) = try await Program.serve(data)
            #expect(!again.output.contains("/welcome/"))
            again.send(SIGTERM)
            try await again.waitForEnd()
        }
    }
}
