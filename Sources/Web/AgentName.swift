import Domain

/// A browser and its system in a few words, so that people tell their sessions apart. The whole line that a browser
/// sends would tell far more than is needed, and is not kept.
package enum AgentName {
    package static func coarse(_ header: String?) -> String {
        guard let header = header.map({ String($0.prefix(512)) }), !header.isEmpty else { return "" }
        // Order matters: most of them claim to be the ones behind them as well.
        let browsers = [
            ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
            ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
        ]
        let systems = [
            ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Macintosh", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
        ]
        let found = [browsers, systems].compactMap { names in names.first { header.contains($0.0) }?.1 }
        return found.joined(separator: ", ")
    }
}
