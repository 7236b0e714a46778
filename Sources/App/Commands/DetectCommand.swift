import ArgumentParser
import Domain
import Foundation
import Insights

/// `pantau detect`: what is odd in a series of anybody's.
struct DetectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect",
        abstract: "Find what is odd in a series: CSV of timestamp,value in, the same with score and anomaly out.",
        discussion: """
            pantau detect series.csv > scored.csv
            tail -f series.csv | pantau detect -o csv

            Columns in: timestamp (2026-11-23T10:15:00Z, with a blank for the T, with or without zone, or Unix seconds \
            or milliseconds) and value (a number; empty or NaN is missing). Other columns are kept.

            Columns out: the same, then score (0 to 1: how odd the row is after all rows before it; 0 for a missing \
            value) and anomaly (1 where an anomaly is reported: its score is at least 0.5; the rows after it, while it \
            goes on, stay below 0.5).

            Each row is judged by the rows before it and never by a later one. The first 150 rows are only learned \
            from. Nothing is configured, and no data directory is read.
            """)

    @Argument(help: "A CSV file; - or nothing reads standard input.") var file: String?
    @Option(name: .shortAndLong, help: "csv or json.") var output: OutputForm = .csv

    enum OutputForm: String, ExpressibleByArgument, CaseIterable {
        case csv, json
    }

    func run() throws {
        var stream = StreamText(output == .csv ? .csv : .json)
        guard let file, file != "-" else {
            // Line by line, so that a pipe that stays open is answered as it speaks.
            while let line = readLine(strippingNewline: true) { try write(stream.read(line)) }
            try write(stream.end())
            return
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure(
                .notFound, id: "Berkas \(file) tidak ada atau tidak dapat dibaca.",
                en: "The file \(file) does not exist or cannot be read.")
        }
        for line in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            try write(stream.read(String(decoding: line, as: UTF8.self)))
        }
        try write(stream.end())
    }

    private func write(_ text: String) throws {
        if !text.isEmpty { try FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) }
    }
}
