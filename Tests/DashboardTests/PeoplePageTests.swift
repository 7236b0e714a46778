import Domain
import Foundation
import HTTPTypes
import Storage
import StoreSQLite
import SurfaceSupport
import Testing
import Web

@testable import Dashboard

@Suite struct PeoplePageTests {
    @Test func anInvitationIsShownOnceAndBringsSomebodyIn() async throws {
        let site = try SignInSite()
        let owner = try await site.signedIn(as: .owner)
        let shown = try await site.post("/settings/people/invite", [("role", "analyst")], as: owner)
        let path = try #require(shown.text.firstMatch(of: #//welcome/[A-Za-z0-9_-]{43}/#)).output
        #expect(try await !site.get("/settings/people", as: owner).text.contains("/welcome/"))
        let joined = try await site.post(
            String(path), [("name", "Budi"), ("login", "budi"), ("password", "kopi susu pagi hari")])
        #expect(joined.status == 303)
        #expect(try await site.people.person(login: "budi")?.role == "analyst")
        #expect(try await site.actions() == [.linkMade, .personAdded, .signedIn])
    }

    @Test func theLastOwnerStays() async throws {
        let site = try SignInSite()
        let owner = try await site.signedIn(as: .owner)
        let id = String(owner.person.id)
        for (path, fields) in [
            ("disable", [("person", id)]), ("role", [("person", id), ("role", "viewer")]),
        ] {
            #expect(try await site.post("/settings/people/\(path)", fields, as: owner).status == 422)
        }
        let second = try await site.signedIn(as: .owner, login: "budi")
        #expect(try await site.post("/settings/people/disable", [("person", id)], as: second).status == 303)
        #expect(try await site.get("/account", as: owner).status == 401)
        // What is closed can be opened again; the sessions stay closed.
        #expect(try await site.post("/settings/people/enable", [("person", id)], as: second).status == 303)
        #expect(try await site.get("/account", as: owner).status == 401)
    }

    @Test func aDisabledPersonCannotSignIn() async throws {
        let site = try SignInSite()
        let owner = try await site.signedIn(as: .owner)
        let sari = try await site.add(.viewer, login: "sari")
        _ = try await site.post("/settings/people/disable", [("person", String(sari.id))], as: owner)
        let reply = try await site.post("/sign-in", [("login", "sari"), ("password", SignInSite.password)])
        #expect(reply.status == 403)
    }

    @Test func aNewRoleCountsAtOnce() async throws {
        let site = try SignInSite()
        let owner = try await site.signedIn(as: .owner)
        let sari = try await site.signedIn(as: .owner, login: "sari")
        #expect(try await site.get("/settings/keys", as: sari).status == 200)
        _ = try await site.post(
            "/settings/people/role", [("person", String(sari.person.id)), ("role", "viewer")], as: owner)
        #expect(try await site.get("/settings/keys", as: sari).status == 403)
    }

    @Test func keysAreMadeOnceShownAndRevoked() async throws {
        let site = try SignInSite()
        let owner = try await site.signedIn(as: .owner)
        let shown = try await site.post(
            "/settings/keys/create", [("name", "toko"), ("role", "analyst")], as: owner)
        let key = try #require(shown.text.firstMatch(of: /pantau_analyst_[A-Za-z0-9_-]{43}/)).output
        let headers: HTTPFields = [.authorization: "Bearer \(key)"]
        #expect(try await site.send(.get, "/api/v1/metrics", headers: headers).status == 200)
        let listed = try await site.get("/settings/keys", as: owner)
        #expect(listed.text.contains("toko") && !listed.text.contains(String(key)))
        _ = try await site.post("/settings/keys/revoke", [("key", "1")], as: owner)
        #expect(try await site.send(.get, "/api/v1/metrics", headers: headers).status == 401)
        #expect(try await site.actions() == [.keyCreated, .keyRevoked])
    }

    @Test func nothingSecretIsInTheFile() async throws {
        let site = try SignInSite()
        let owner = try await site.signedIn(as: .owner)
        let shown = try await site.post("/settings/people/invite", [("role", "analyst")], as: owner)
        let link = try #require(shown.text.firstMatch(of: #//welcome/([A-Za-z0-9_-]{43})/#)).output.1
        let made = try await site.post("/settings/keys/create", [("name", "x"), ("role", "admin")], as: owner)
        let key = try #require(made.text.firstMatch(of: /pantau_admin_[A-Za-z0-9_-]{43}/)).output
        var bytes: [UInt8] = []
        for suffix in ["", "-wal"] {
            bytes += Array(
                try Data(contentsOf: site.directory.appending(path: "settings.sqlite" + suffix)))
        }
        let text = String(decoding: bytes, as: UTF8.self)
        for secret in [owner.token, owner.formToken, String(link), String(key), SignInSite.password] {
            #expect(!text.contains(secret))
        }
    }
}

@Suite struct AuditTests {
    private var store: ListStore {
        var store = ListStore()
        store.phones = ["c1": "6281234567890"]
        return store
    }

    @Test func eachRevealIsNotedWithWhoAndWhatButNotTheNumber() async throws {
        let site = try SignInSite(store)
        let sari = try await site.signedIn(as: .service, login: "sari")
        let shown = try await site.post("/reveal", [("id", "c1")], as: sari)
        #expect(shown.text == #"{"phone":"+62 812 3456 7890"}"#)
        let entry = try #require(try await site.people.audit(AuditSelection(limit: 1)).first)
        #expect(entry.action == .revealedNumber && entry.subject == "c1" && entry.person == sari.person.id)
        #expect(entry.actor == "Sari")
        // What is not known is not seen, and not noted.
        #expect(try await site.post("/reveal", [("id", "c2")], as: sari).status == 404)
        #expect(try await site.actions().count == 1)
        for role in [PersonRole.analyst, .viewer] {
            let other = try await site.signedIn(as: role)
            #expect(try await site.post("/reveal", [("id", "c1")], as: other).status == 403)
        }
        #expect(try await site.actions().count == 1)
    }

    @Test func exportsOfRecipientsAreNotedForPeopleAndKeys() async throws {
        let site = try SignInSite(store)
        let sari = try await site.signedIn(as: .service, login: "sari")
        let body = #"{"range":{"preset":"last_7_days"},"measure":"failed"}"#
        var headers = sari.cookie
        headers[try #require(HTTPField.Name("X-Pantau-Form"))] = sari.formToken
        #expect(try await site.send(.post, "/api/v1/recipients", headers: headers, body: body).status == 200)
        let key = APIKeySecret.generate(role: "export")
        _ = try await site.keys.insertKey(
            name: "gudang", role: .export, digest: APIKeySecret.digest(of: key), createdAt: site.now)
        let byKey: HTTPFields = [.authorization: "Bearer \(key)"]
        #expect(try await site.send(.post, "/api/v1/recipients", headers: byKey, body: body).status == 200)
        let entries = try await site.people.audit(AuditSelection(action: .exportedRecipients, limit: 10))
        #expect(entries.map(\.actor) == ["gudang", "Sari"])
        #expect(entries.map(\.subject) == ["failed", "failed"])
    }

    @Test func theListIsFilteredPagedAndExported() async throws {
        let site = try SignInSite(store)
        let owner = try await site.signedIn(as: .owner)
        for index in 0..<120 {
            try await site.people.note(
                AuditEntry(
                    at: site.now, person: 7, actor: index < 60 ? "Sari" : "Budi", action: .openedConversation,
                    subject: "c\(index)"))
        }
        let first = try await site.get("/settings/audit?who=Sari&lang=en", as: owner)
        #expect(first.text.contains("c59<") && first.text.contains("c10<") && !first.text.contains("c9<"))
        let older = try #require(first.text.firstMatch(of: /who=Sari[^"]*before=\d+/)).output
        let second = try await site.get("/settings/audit?\(older.replacing("&amp;", with: "&"))", as: owner)
        #expect(second.text.contains("c9<") && second.text.contains("c0<") && !second.text.contains("c10<"))
        let file = try await site.get("/settings/audit.csv?who=Budi", as: owner)
        #expect(file.text.split(separator: "\r\n").count == 61)
        #expect(try await site.people.audit(AuditSelection(limit: 1)).first?.action == .auditExported)
    }
}
