import ArgumentParser
import Domain
import Foundation
import Insights

/// `pantau explain`: why the figures of a table are not as expected.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say which segments of a table account for its change (CSV in, JSON out).",
        discussion: """
            pantau explain table.csv
            pantau explain < table.csv
            Columns: dimensions, and real,predict (sums), or real_a,real_b,predict_a,predict_b (the ratio a/b, with
            a the bad events). "causes" is the verdict, "alternatives" ranks single explanations, best first.
            """)

    @Argument(help: "A CSV file; - reads standard input.") var file = "-"

    func run() throws {
        let text = try ExplainText.explain(try TableInput.read(file))
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}

/// The bytes of a table that a person gave by name or by pipe.
enum TableInput {
    /// Empty input is returned as it is: the reader of the table says what it should have held.
    static func read(_ path: String) throws -> [UInt8] {
        if path == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                .notFound, id: "Berkas \(path) tidak ada atau tidak dapat dibaca.",
                en: "The file \(path) does not exist or cannot be read.")
        }
        return Array(data)
    }
}
