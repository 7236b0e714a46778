import Testing

@testable import Connectors

@Suite struct RobotAgentsTests {
    private func isRobot(_ agent: String?, _ fields: [String: String] = [:]) -> Bool {
        RobotAgents.isRobot(agent: agent) { fields[$0] }
    }

    /// As the programs' makers, or server logs that were published, spell them.
    @Test(arguments: [
        "WhatsApp/2.24.20.89 A", "WhatsApp/2.2413.51 N", "WhatsApp/0.3.1698 W",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "Facebot",
        "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 "
            + "Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Twitterbot/1.0", "TelegramBot (like TwitterBot)",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", "LinkedInBot/1.0",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; Google-Read-Aloud) Chrome/130.0 Safari",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 BingPreview/1.0b",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (Applebot/0.1)",
        "Mozilla/4.0 (compatible; ms-office; MSOffice 16)", "Microsoft Office Existence Discovery",
        "BarracudaCentral/1.0", "Mozilla/5.0 (compatible; Mimecast/1.0)", "Mozilla/5.0 (compatible; proofpoint/2.1)",
        "curl/8.5.0", "Wget/1.21.4", "python-requests/2.32.0", "Go-http-client/2.0", "okhttp/4.12.0", "Java/17.0.2",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
        "SomethingNew/1.0", "Mozilla/5.0 (compatible; Baiduspider/2.0)", "Mozilla/5.0 (compatible; somerobot)",
        "Mozilla/5.0 (compatible; bots of all kinds)", "Dalvik/2.1.0 (Linux; U; Android 14)", "", "   ",
    ])
    func programsAreRobots(agent: String) { #expect(isRobot(agent)) }

    @Test func noNameIsARobot() { #expect(isRobot(nil)) }

    @Test(arguments: [
        "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile "
            + "Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
            + "Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 11; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari",
        "Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 Version/4.0 Chrome/119 Mobile Safari/537.36 "
            + "[FB_IAB/FB4A;FBAV/440.0.0.30.106;]",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 300.0.0.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/13.16.0",
        "Mozilla/5.0 (Linux; Android 12; Redmi 9A) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115",
        "Mozilla/5.0 (Mobile; Nokia 8110 4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
        "Opera/9.80 (Android; Opera Mini/78.0.2254/191.299; U; id) Presto/2.12.423 Version/12.16",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Edg/130.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:131.0) Gecko/20100101 Firefox/131.0",
    ])
    func browsersAreNot(agent: String) { #expect(!isRobot(agent)) }

    @Test(arguments: [
        ("Sec-Purpose", "prefetch"), ("Sec-Purpose", "prefetch;prerender"), ("Purpose", "Prefetch"),
        ("X-Purpose", "preview"), ("X-Moz", "prefetch"),
    ])
    func whatIsFetchedAheadIsNotOpened(name: String, value: String) {
        let browser = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
        #expect(isRobot(browser, [name: value]))
        #expect(!isRobot(browser, [name: "none"]))
    }

    @Test func anEndlessNameIsCut() {
        let long = "Mozilla/5.0 " + String(repeating: "x", count: 100_000) + " Googlebot/2.1"
        #expect(!isRobot(long))
    }
}
