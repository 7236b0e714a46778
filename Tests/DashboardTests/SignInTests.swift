import Domain
import Foundation
import HTTPTypes
import Storage
import Testing
import Web

@testable import Dashboard

@Suite struct SignInTests {
    private func fields(_ login: String, _ password: String) -> [(String, String)] {
        [("login", login), ("password", password), ("next", "/service?range=7")]
    }

    @Test func theRightPasswordLeadsOnAndLeavesACookie() async throws {
        let site = try SignInSite()
        _ = try await site.add(.analyst, login: "sari@toko.id")
        // The login is typed as people type.
        let reply = try await site.post("/sign-in", fields(" Sari@Toko.id ", SignInSite.password))
        #expect(reply.status == 303)
        #expect(reply.headers[.location] == "/service?range=7")
        let cookie = try #require(reply.headers[.setCookie])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
        let pair = String(cookie.prefix { $0 != ";" })
        #expect(try await site.send(.get, "/account", headers: [.cookie: pair]).status == 200)
        #expect(try await site.actions() == [.signedIn])
    }

    @Test func aWrongPasswordAndAnUnknownLoginSoundTheSame() async throws {
        let site = try SignInSite()
        _ = try await site.add(.owner, login: "sari")
        let wrong = try await site.post("/sign-in", fields("sari", "teh manis sore hari"))
        let unknown = try await site.post("/sign-in", fields("budi", "teh manis sore hari"))
        #expect(wrong.status == 403 && unknown.status == 403)
        #expect(wrong.text.replacing("sari", with: "x") == unknown.text.replacing("budi", with: "x"))
        #expect(wrong.headers[.setCookie] == nil)
        #expect(try await site.actions() == [.signInFailed, .signInFailed])
    }

    @Test(arguments: ["https://evil.example", "//evil.example/", "/\\evil.example", "/sign-in", "", "/a b"])
    func nobodyIsLedAway(next: String) async throws {
        let site = try SignInSite()
        _ = try await site.add(.owner, login: "sari")
        let reply = try await site.post(
            "/sign-in", [("login", "sari"), ("password", SignInSite.password), ("next", next)])
        #expect(reply.headers[.location] == "/")
    }

    @Test func withoutAnyAccountThePageSaysHowToMakeOne() async throws {
        let site = try SignInSite()
        let page = try await site.get("/sign-in?lang=en")
        #expect(page.text.contains("pantau people add --role owner"))
        #expect(!page.text.contains("type=\"password\""))
    }

    @Test func guessingGetsSlowerAndSaysForHowLong() async throws {
        let site = try SignInSite()
        _ = try await site.add(.owner, login: "sari")
        for _ in 0..<5 {
            #expect(try await site.post("/sign-in", fields("sari", "salah salah salah")).status == 403)
        }
        // The sixth waits, even with the right password.
        let slow = try await site.post("/sign-in?lang=en", fields("sari", SignInSite.password))
        #expect(slow.status == 429)
        #expect(slow.headers[.retryAfter] == "5")
        #expect(slow.text.contains("Try again in 5 seconds"))
        site.pass(seconds: 6)
        #expect(try await site.post("/sign-in", fields("sari", SignInSite.password)).status == 303)
    }

    @Test func anotherSiteCannotSignAnybodyInOrOut() async throws {
        let site = try SignInSite()
        let sari = try await site.signedIn(as: .owner, login: "sari")
        let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
        for foreign in ["cross-site", "same-site"] {
            var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded", fetchSite: foreign]
            let body = URLQuery(fields("sari", SignInSite.password)).encoded
            let reply = try await site.send(.post, "/sign-in", headers: headers, body: body)
            #expect(reply.status == 403 && reply.headers[.setCookie] == nil)
            headers[.cookie] = "pantau_session=\(sari.token)"
            let out = try await site.send(
                .post, "/sign-out", headers: headers, body: "form_token=\(sari.formToken)")
            #expect(out.status == 403)
        }
        #expect(try await site.get("/account", as: sari).status == 200)
    }

    @Test func signingOutEndsTheSession() async throws {
        let site = try SignInSite()
        let sari = try await site.signedIn(as: .viewer)
        let out = try await site.post("/sign-out", [], as: sari)
        #expect(out.status == 303)
        #expect(out.headers[.setCookie]?.contains("Max-Age=0") == true)
        #expect(try await site.get("/account", as: sari).status == 401)
    }

    @Test func aSessionEndsAfterIdlenessAndInAnyCase() async throws {
        let site = try SignInSite()
        let sari = try await site.signedIn(as: .viewer)
        let digest = try #require(SecretToken.digest(of: sari.token))
        let day: Int64 = 86_400
        // Used every ten days it lasts, until ninety have passed.
        for days: Int64 in stride(from: 10, to: 90, by: 10) {
            let at = SignInSite.start.adding(seconds: days * day)
            #expect(try await site.people.signedIn(digest: digest, at: at) != nil, "\(days)")
        }
        #expect(try await site.people.signedIn(digest: digest, at: SignInSite.start.adding(seconds: 90 * day)) == nil)
        let budi = try await site.signedIn(as: .analyst)
        let other = try #require(SecretToken.digest(of: budi.token))
        #expect(try await site.people.signedIn(digest: other, at: SignInSite.start.adding(seconds: 14 * day)) == nil)
    }

    @Test func aChangedPasswordEndsTheOtherSessions() async throws {
        let site = try SignInSite()
        let here = try await site.signedIn(as: .viewer, login: "sari")
        let there = try await site.signedIn(as: .viewer, login: "sari")
        let new = "nasi goreng tengah malam"
        let wrong = try await site.post(
            "/account/password", [("current", "bukan yang ini"), ("password", new)], as: here)
        #expect(wrong.status == 422)
        let short = try await site.post(
            "/account/password", [("current", SignInSite.password), ("password", "pendek")], as: here)
        #expect(short.status == 422)
        let done = try await site.post(
            "/account/password", [("current", SignInSite.password), ("password", new)], as: here)
        #expect(done.status == 303)
        #expect(try await site.get("/account", as: here).status == 200)
        #expect(try await site.get("/account", as: there).status == 401)
        #expect(try await site.post("/sign-in", fields("sari", SignInSite.password)).status == 403)
        #expect(try await site.post("/sign-in", fields("sari", new)).status == 303)
    }

    @Test func oneEndsOnlyOnesOwnSessions() async throws {
        let site = try SignInSite()
        let sari = try await site.signedIn(as: .viewer, login: "sari")
        let budi = try await site.signedIn(as: .viewer, login: "budi")
        let session = try #require(try await site.people.sessions(person: budi.person.id, at: site.now).first)
        _ = try await site.post("/account/sessions/end", [("session", String(session.id))], as: sari)
        #expect(try await site.get("/account", as: budi).status == 200)
        let owner = try await site.signedIn(as: .owner)
        _ = try await site.post("/settings/people/sessions/end", [("session", String(session.id))], as: owner)
        #expect(try await site.get("/account", as: budi).status == 401)
    }
}

@Suite struct WelcomeTests {
    private let account = [
        ("name", "Sari Dewi"), ("login", "Sari@Toko.id"), ("password", "kopi susu pagi hari"), ("language", "en"),
    ]

    @Test func theFirstLinkMakesTheOwnerOnce() async throws {
        let site = try SignInSite(hasData: false)
        let path = try await site.link(.firstOwner, role: .owner)
        #expect(try await site.get(path).text.contains("name=\"password\""))
        let made = try await site.post(path, account)
        #expect(made.status == 303)
        #expect(made.headers[.location] == "/start")
        let people = try await site.people.people()
        #expect(people.map(\.role) == ["owner"] && people.map(\.login) == ["sari@toko.id"])
        #expect(people.first?.language == .english)
        #expect(try await site.get(path).status == 404)
        #expect(try await site.post(path, account).status == 404)
        #expect(try await site.actions() == [.personAdded, .signedIn])
    }

    @Test func onlyTheNewestFirstLinkWorksAndNoneOnceThereIsAnOwner() async throws {
        let site = try SignInSite()
        let older = try await site.link(.firstOwner, role: .owner)
        let newer = try await site.link(.firstOwner, role: .owner)
        #expect(try await site.get(older).status == 404)
        #expect(try await site.get(newer).status == 200)
        _ = try await site.add(.owner, login: "budi")
        #expect(try await site.get(newer).status == 404)
    }

    @Test func linksEnd() async throws {
        let site = try SignInSite()
        let first = try await site.link(.firstOwner, role: .owner)
        let invitation = try await site.link(.invitation, role: .viewer)
        site.pass(seconds: 24 * 3_600)
        #expect(try await site.get(first).status == 404)
        #expect(try await site.get(invitation).status == 200)
        site.pass(seconds: 48 * 3_600)
        #expect(try await site.get(invitation).status == 404)
    }

    @Test func theRoleIsTheLinksAndNotTheForms() async throws {
        let site = try SignInSite()
        let path = try await site.link(.invitation, role: .viewer)
        _ = try await site.post(path, account + [("role", "owner")])
        #expect(try await site.people.people().map(\.role) == ["viewer"])
    }

    @Test func aTakenLoginAndAWeakPasswordDoNotCostTheLink() async throws {
        let site = try SignInSite()
        _ = try await site.add(.viewer, login: "sari@toko.id")
        let path = try await site.link(.invitation, role: .viewer)
        let taken = try await site.post(path + "?lang=en", account)
        #expect(taken.status == 422 && taken.text.contains("Somebody else has that login"))
        #expect(!taken.text.contains("kopi susu"))
        let free = account.map { $0.0 == "login" ? ("login", "budi") : $0 }
        for weak in ["pendek", "password1234", "123456789012", "aaaaaaaaaaaa", "sari dewi"] {
            let reply = try await site.post(path, free.map { $0.0 == "password" ? ("password", weak) : $0 })
            #expect(reply.status == 422, "\(weak)")
        }
        #expect(try await site.post(path, free).status == 303)
    }

    @Test func aResetLinkSetsThePasswordAndEndsSessions() async throws {
        let site = try SignInSite()
        let owner = try await site.signedIn(as: .owner)
        let sari = try await site.signedIn(as: .service, login: "sari")
        let shown = try await site.post("/settings/people/reset", [("person", String(sari.person.id))], as: owner)
        let path = try #require(shown.text.firstMatch(of: #//welcome/[A-Za-z0-9_-]{43}/#)).output
        let reset = try await site.post(String(path), [("password", "nasi goreng tengah malam")])
        #expect(reset.status == 303)
        #expect(try await site.get("/account", as: sari).status == 401)
        #expect(try await site.get(String(path)).status == 404)
    }

    @Test func tryingTokensGetsSlower() async throws {
        let site = try SignInSite()
        let real = try await site.link(.invitation, role: .viewer)
        for _ in 0..<20 { #expect(try await site.get("/welcome/" + SecretToken.generate()).status == 404) }
        #expect(try await site.get(real).status == 429)
        site.pass(seconds: 6)
        #expect(try await site.get(real).status == 200)
    }
}
