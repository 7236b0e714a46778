import Testing

/// The arrows between our targets. SwiftPM does not enforce them: an undeclared import of a neighbour compiles
/// whenever the neighbour happens to be built already.
@Suite("Imports follow the architecture")
struct ImportTests {
    /// What each target may import of ours. Adding an arrow here is a decision about the architecture.
    static let arrows: [String: Set<String>] = [
        "Domain": [],
        "WhatsApp": ["Domain"],
        "Connectors": ["Domain"],
        "Catalogue": ["Domain"],
        "Ledgers": ["Domain", "Catalogue"],
        "Insights": ["Domain", "Catalogue"],
        "Alerts": ["Domain", "Catalogue", "Insights"],
        "Simulator": ["Domain"],
        "Storage": ["Domain", "Catalogue", "Ledgers"],
        "CZlib": [],
        "StoreSQLite": ["Domain", "Catalogue", "Ledgers", "Storage", "CZlib"],
        "Analytics": ["Domain", "Catalogue", "Insights", "Storage"],
        "Pipeline": [
            "Domain", "WhatsApp", "Connectors", "Catalogue", "Ledgers", "Insights", "Alerts", "Storage", "Analytics",
        ],
        "Web": ["Domain", "Catalogue", "CZlib"],
        "API": [
            "Domain", "WhatsApp", "Connectors", "Catalogue", "Ledgers", "Insights", "Alerts", "Storage", "Analytics",
            "Web",
        ],
        "Dashboard": ["Domain", "Catalogue", "Ledgers", "Insights", "Alerts", "Storage", "Analytics", "Web"],
        "App": [
            "Domain", "WhatsApp", "Connectors", "Catalogue", "Ledgers", "Insights", "Alerts", "Storage", "StoreSQLite",
            "Analytics", "Pipeline", "Web", "API", "Dashboard", "Simulator", "CZlib",
        ],
        "Main": ["App"],
    ]

    /// Targets that compute and nothing else: no input or output, no clock, no actor, no logger.
    static let pure: Set<String> = [
        "Domain", "WhatsApp", "Connectors", "Catalogue", "Ledgers", "Insights", "Alerts", "Simulator",
    ]

    /// The parts of the outside world that a pure target must not know.
    static let outsideWorld: Set<String> = [
        "ArgumentParser", "AsyncHTTPClient", "Configuration", "FoundationNetworking", "GRDB", "GRDBSQLite",
        "Hummingbird", "HummingbirdTesting", "Logging", "Metrics", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
        "ServiceLifecycle", "TOMLKit", "Yams",
    ]

    /// Ways to learn what time it is. A time that enters the data is injected, so that a test can choose it.
    static let wallClocks = [
        "Date()", "Date.now", "Date(timeIntervalSinceNow", "clock_gettime", "gettimeofday",
        "CFAbsoluteTimeGetCurrent", "time(nil)",
    ]

    /// Ways to learn how long something took. The edges of the program may: it never enters the data.
    static let stopwatches = [
        "ContinuousClock", "SuspendingClock", "DispatchTime.now", "NIODeadline.now", "systemUptime",
    ]
    static let stopwatchHolders: Set<String> = ["App", "Pipeline", "StoreSQLite", "Web", "API"]

    @Test("Each target imports only what its arrow allows")
    func importsFollowArrows() {
        var violations: [String] = []
        for file in SourceTree.sources {
            guard let allowed = Self.arrows[file.target] else {
                violations.append("\(file.path): target \(file.target) has no entry in the table of arrows")
                continue
            }
            for (module, line) in imports(of: file) where Self.arrows[module] != nil && !allowed.contains(module) {
                violations.append("\(file.path):\(line): \(file.target) must not import \(module)")
            }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("Package.swift declares the same arrows")
    func manifestAgrees() {
        var declared = Self.declaredArrows(in: SourceTree.contents("Package.swift"))
        declared["CZlib"] = []
        declared["Main"] = ["App"]
        for target in Set(declared.keys).union(Self.arrows.keys) {
            #expect(declared[target] == Self.arrows[target], "\(target)")
        }
    }

    @Test("Arrows never form a circle")
    func arrowsAreAcyclic() {
        var settled: Set<String> = []
        var progress = true
        while progress {
            let ready = Self.arrows.filter { !settled.contains($0.key) && $0.value.isSubset(of: settled) }
            settled.formUnion(ready.keys)
            progress = !ready.isEmpty
        }
        #expect(settled == Set(Self.arrows.keys))
    }

    @Test("Pure targets touch no outside world and hold no actor")
    func pureTargetsArePure() {
        var violations: [String] = []
        for file in SourceTree.sources where Self.pure.contains(file.target) {
            for (module, line) in imports(of: file) where Self.outsideWorld.contains(module) {
                violations.append("\(file.path):\(line): a pure target must not import \(module)")
            }
            for offset in file.text.occurrences(of: "actor") {
                violations.append("\(file.place(offset)): a pure target must not declare an actor")
            }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    @Test("Only App and Pipeline read the real clock")
    func clockIsInjected() {
        var violations: [String] = []
        for file in SourceTree.sources where !["App", "Pipeline"].contains(file.target) {
            let mayTime = Self.stopwatchHolders.contains(file.target)
            for clock in Self.wallClocks + (mayTime ? [] : Self.stopwatches) {
                for offset in file.text.occurrences(of: clock) {
                    violations.append("\(file.place(offset)): reads the real clock (\(clock)); take it as a parameter")
                }
            }
        }
        #expect(violations.isEmpty, Comment(rawValue: report(violations)))
    }

    // MARK: Reading

    private func imports(of file: SourceFile) -> [(module: String, line: Int)] {
        file.text.occurrences(of: "import").compactMap { offset in
            let line = file.text.line(at: offset)
            let words = String(decoding: file.text.codeLine(line), as: UTF8.self).split(separator: " ").map(String.init)
            guard let position = words.firstIndex(of: "import"), position + 1 < words.count else { return nil }
            let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            var module = words[position + 1]
            if kinds.contains(module), position + 2 < words.count { module = words[position + 2] }
            return (String(module.prefix { $0 != "." && $0 != ";" }), line)
        }
    }

    /// `module("Name", on: ["A", "B"] …` of the manifest.
    static func declaredArrows(in manifest: String) -> [String: Set<String>] {
        var arrows: [String: Set<String>] = [:]
        for call in pieces(of: manifest, after: "module(").dropFirst() {
            // `func module(_ name…` is the definition.
            guard call.drop(while: \.isWhitespace).first == "\"", let name = quoted(in: call).first else { continue }
            let arguments = pieces(of: call, after: "products:")[0].prefix { $0 != ")" }
            let list = pieces(of: String(arguments), after: "on: [")
            let targets = list.count > 1 ? quoted(in: String(list[1].prefix { $0 != "]" })) : []
            arrows[name] = Set(targets)
        }
        return arrows
    }

    private static func pieces(of text: String, after separator: String) -> [String] {
        var (pieces, rest) = ([String](), text[...])
        while let range = rest.firstRange(of: separator) {
            pieces.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return pieces + [String(rest)]
    }

    private static func quoted(in text: String) -> [String] {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return stride(from: 1, to: parts.count - (parts.count % 2 == 0 ? 1 : 0), by: 2).map { String(parts[$0]) }
    }
}
