import Domain

/// Tells programs that look at links from people who open them: previews of messengers, scanners of mail gateways,
/// search engines, prefetching.
///
/// They name themselves, most of them. A scanner that passes itself off as a browser is not told apart: nothing in a
/// single request gives it away.
///
/// Sources of the words: the providers' own pages (Meta "Web crawlers", Google "Overview of crawlers and fetchers",
/// Microsoft "Bing crawlers", Apple "About Applebot", Slack "Robots"), the public list crawler-user-agents of
/// monperrus, and mailing tools' reports of clicks above deliveries. The words below are the parts that stay the same
/// from version to version.
package enum RobotAgents {
    /// - Parameters:
    ///   - agent: `User-Agent` of the request.
    ///   - field: any other header field of the request, by its name.
    package static func isRobot(agent: String?, field: (String) -> String?) -> Bool {
        if isAhead(field) { return true }
        guard let agent = agent?.trimmed, !agent.isEmpty else { return true }
        return isRobot(Array(agent.utf8.prefix(agentBytesMax)))
    }

    /// A real one has 100 to 300.
    private static let agentBytesMax = 1024

    /// Whether a browser says that nobody looks yet: it fetches ahead, in case somebody will.
    private static func isAhead(_ field: (String) -> String?) -> Bool {
        aheadFields.contains { name in
            guard let value = field(name)?.lowercased() else { return false }
            return value.contains("prefetch") || value.contains("preview") || value.contains("prerender")
        }
    }

    /// `Sec-Purpose` (Fetch standard), `Purpose` (Chrome before it), `X-Purpose` (Safari), `X-Moz` (Firefox).
    private static let aheadFields = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"]

    private static func isRobot(_ agent: [UInt8]) -> Bool {
        let small = agent.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        // Every browser in use calls itself Mozilla, two old ones of simple phones by names of their own. What begins
        // in another way is a library, a command line, or an app that fetches a preview (`WhatsApp/2.23.20.0`).
        guard browsers.contains(where: { small.starts(with: $0) }) else { return true }
        for at in small.indices {
            for word in words[Int(small[at])] where small[at...].starts(with: word) { return true }
            if small[at...].starts(with: bot), isBot(small, at) { return true }
        }
        return false
    }

    /// `…bot` as the end of a word: `Googlebot/2.1`, `AhrefsBot;`, `robot`. Not Cubot, which makes telephones.
    private static func isBot(_ small: [UInt8], _ at: Int) -> Bool {
        let end = at + bot.count
        if end < small.count, (0x61...0x7A).contains(small[end]) { return small[end...].starts(with: Array("s".utf8)) }
        return !small[..<at].suffix(cu.count).elementsEqual(cu)
    }

    private static let bot = Array("bot".utf8)
    private static let cu = Array("cu".utf8)
    private static let browsers = ["mozilla/", "opera/", "ucweb/"].map { Array($0.utf8) }

    /// By first letter, so that a look at each place of a name costs little.
    private static let words: [[[UInt8]]] = {
        var table = [[[UInt8]]](repeating: [], count: 256)
        for word in messengers + engines + mail + tools {
            let bytes = Array(word.lowercased().utf8)
            if let first = bytes.first { table[Int(first)].append(bytes) }
        }
        return table
    }()

    /// Previews of messengers and networks. Their own browsers for people (`FBAN`, `Instagram`, `Line/`) are not here.
    private static let messengers = [
        "facebookexternalhit", "facebookcatalog", "facebookplatform", "meta-externalagent", "meta-externalfetcher",
        "meta-externalads", "Slack-ImgProxy", "SkypeUriPreview", "ViberUrlDownloader", "line-poker", "vkShare",
        "Iframely", "Embedly", "Pinterest/0.", "Snap URL Preview", "kakaotalk-scrap", "Cardyb", "Yahoo Link Preview",
    ]

    /// Search engines, their helpers, and what reads for language models.
    private static let engines = [
        "Google-", "GoogleOther", "Google Web Preview", "Google Favicon", "GoogleImageProxy", "GoogleDocs",
        "Mediapartners-Google", "AdsBot", "FeedFetcher", "Chrome-Lighthouse",
        "Chrome Privacy Preserving Prefetch Proxy",
        "BingPreview", "MicrosoftPreview", "Yahoo! Slurp", "Slurp;", "Baiduspider", "Bytespider",
        "Sogou web spider", "Yeti/", "ia_archiver", "ChatGPT-User", "OAI-Search", "Claude-User", "anthropic-ai",
        "Perplexity-User", "cohere-ai", "spider", "crawler", "crawling", "scraper",
    ]

    /// Gateways that open the links of a mail before its reader does, and office programs that ask an address what it
    /// is before they hand it to the browser.
    private static let mail = [
        "Microsoft Office", "ms-office", "MSOffice", "Microsoft-WebDAV", "Microsoft Data Access", "SafeLinks",
        "Barracuda", "Proofpoint", "Mimecast", "IronPort", "Cisco-ESA", "TMUFE", "Trend Micro", "Symantec",
        "MessageLabs",
        "FortiGuard", "Sophos", "ZScaler", "Forcepoint", "Websense", "Bitdefender", "Kaspersky", "VirusTotal",
        "urlscan",
        "PaloAlto", "Palo Alto", "Expanse", "CensysInspect", "Netcraft", "PhishTank", "Avanan", "Checkpoint",
        "CloudFlare-", "YahooMailProxy", "YahooCacheSystem",
    ]

    /// Browsers without a person, and libraries that call themselves Mozilla first.
    private static let tools = [
        "Headless", "PhantomJS", "Puppeteer", "Playwright", "Selenium", "WebDriver", "Cypress/", "jsdom", "Prerender",
        "curl/", "Wget", "python-", "aiohttp", "Go-http-client", "okhttp", "Apache-HttpClient", "HttpClient", "axios/",
        "node-fetch", "libwww", "GuzzleHttp", "PostmanRuntime", "PowerShell", "Scrapy", "HTTrack", "GTmetrix", "PTST/",
        "Pingdom", "UptimeRobot", "StatusCake", "Site24x7", "monitoring", "W3C_Validator", "LinkCheck", "link checker",
        "urlpreview", "url preview", "linkpreview", "link preview", "link-preview",
    ]
}
