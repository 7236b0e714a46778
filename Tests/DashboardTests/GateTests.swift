import Domain
import HTTPTypes
import Storage
import Testing
import Web

@testable import Dashboard

/// Every route of the server against every role.
@Suite struct GateTests {
    /// A path that the pattern takes.
    private func path(_ pattern: String) -> String {
        pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix("{") || part == "**" ? "x" : String(part)
        }.joined(separator: "/")
    }

    @Test(arguments: PersonRole.allCases)
    func aRoleOpensWhatItsPermissionsSay(role: PersonRole) async throws {
        let site = try SignInSite()
        let visitor = try await site.signedIn(as: role)
        var headers = visitor.cookie
        headers[try #require(HTTPField.Name("X-Pantau-Form"))] = visitor.formToken
        var asked = 0
        for route in site.routes {
            guard let permission = route.access.permission else { continue }
            let mayUse = role.permissions.contains(permission)
            // A stream of events goes on for ever; signing out would end this very session.
            if mayUse, route.path == "/live" || route.path == "/sign-out" || route.path.hasSuffix("sessions/end") {
                continue
            }
            let reply = try await site.send(
                route.method, path(route.path), headers: headers, body: route.method == .get ? nil : "{}")
            let isRefused = reply.status == 401 || reply.status == 403
            #expect(isRefused == !mayUse, "\(role) \(route.method) \(route.path): \(reply.status)")
            asked += 1
        }
        #expect(asked > 50)
    }

    @Test func nobodyGetsAnythingWithoutASession() async throws {
        let site = try SignInSite()
        for route in site.routes where route.access != .open {
            let reply = try await site.send(route.method, path(route.path), body: route.method == .get ? nil : "{}")
            #expect(reply.status == 401, "\(route.method) \(route.path): \(reply.status)")
        }
        let stranger: HTTPFields = [.cookie: "pantau_session=\(SecretToken.generate())"]
        #expect(try await site.send(.get, "/account", headers: stranger).status == 401)
    }

    @Test func whatChangesSomethingNeedsTheFormTokenOfItsOwnSession() async throws {
        let site = try SignInSite()
        let owner = try await site.signedIn(as: .owner)
        let other = try await site.signedIn(as: .owner)
        let field = try #require(HTTPField.Name("X-Pantau-Form"))
        for route in site.routes where route.access.permission != nil && route.method != .get {
            for token in [nil, "", "guess", other.formToken] {
                var headers = owner.cookie
                headers[field] = token
                headers[.contentType] = "application/x-www-form-urlencoded"
                let reply = try await site.send(route.method, path(route.path), headers: headers, body: "a=1")
                #expect(reply.status == 403, "\(route.method) \(route.path): \(reply.status)")
                #expect(reply.text.contains("form-stale"), "\(route.path)")
            }
        }
        // Nothing of it was done.
        #expect(try await site.actions().isEmpty)
    }

    @Test func aFormFromElsewhereIsRefusedEvenWithTheToken() async throws {
        let site = try SignInSite()
        let owner = try await site.signedIn(as: .owner)
        let origin = try #require(HTTPField.Name("Origin"))
        let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
        for (name, value, status) in [
            (origin, "https://evil.example", 403), (origin, "null", 303), (fetchSite, "cross-site", 403),
            (fetchSite, "same-origin", 303),
        ] {
            var headers = owner.cookie
            headers[name] = value
            headers[.contentType] = "application/x-www-form-urlencoded"
            let reply = try await site.send(
                .post, "/account/language", headers: headers, body: "language=en&form_token=\(owner.formToken)")
            #expect(reply.status == status, "\(name) \(value)")
        }
    }

    @Test func aKeyNeedsNoFormTokenAndARoleTooSmallIsToldWhomToAsk() async throws {
        let site = try SignInSite()
        _ = try await site.add(.owner, login: "sari")
        let viewer = try await site.signedIn(as: .viewer)
        let refused = try await site.get("/settings/people?lang=en", as: viewer)
        #expect(refused.status == 403)
        #expect(refused.text.contains("Your role (viewer) may not manage people and keys. Ask Sari."))
        let key = APIKeySecret.generate(role: "analyst")
        _ = try await site.keys.insertKey(
            name: "ops", role: .analyst, digest: APIKeySecret.digest(of: key), createdAt: site.now)
        let asked = try await site.send(
            .post, "/api/v1/query", headers: [.authorization: "Bearer \(key)"], body: "{}")
        #expect(asked.status != 401 && asked.status != 403)
    }
}
