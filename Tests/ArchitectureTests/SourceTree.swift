import Foundation

/// One Swift file of the repository.
struct SourceFile: Sendable {
    /// From the root of the repository: `Sources/Domain/Event.swift`.
    let path: String
    let text: SwiftText

    /// `Domain` for `Sources/Domain/…`, `DomainTests` for `Tests/DomainTests/…`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    var lineCount: Int { text.raw.last == Byte.newline ? text.lineStarts.count - 1 : text.lineStarts.count }

    func place(_ offset: Int) -> String { "\(path):\(text.line(at: offset))" }
}

/// The repository that this test was built from, read once.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let sources = swiftFiles(under: "Sources")
    static let tests = swiftFiles(under: "Tests")

    static func contents(_ path: String) -> String {
        (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)) ?? ""
    }

    private static func swiftFiles(under folder: String) -> [SourceFile] {
        let base = root.appendingPathComponent(folder).path
        let names = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            SourceFile(path: "\(folder)/\(name)", text: SwiftText(contents("\(folder)/\(name)")))
        }
    }
}

/// One line a violation, so that a failed test reads as a list of places to mend.
func report(_ violations: [String]) -> String { "\n" + violations.joined(separator: "\n") }
