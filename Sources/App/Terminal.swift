import Foundation
import Synchronization

/// A line of progress on stderr: share, rate and time left. Only the last line when stderr is not a terminal.
package final class ProgressBar: Sendable {
    private struct State {
        var done: Int64 = 0
        var drawnAt: ContinuousClock.Instant?
    }
    private let title: String
    private let unit: String
    private let total: Int64?
    private let start = ContinuousClock.now
    private let state = Mutex(State())
    private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1

    /// - Parameter total: nil when it is not known beforehand.
    package init(_ title: String, unit: String, total: Int64?) {
        self.title = title
        self.unit = unit
        self.total = total
    }

    package func update(to done: Int64) {
        let isDue = state.withLock { state in
            state.done = done
            let now = ContinuousClock.now
            if let drawnAt = state.drawnAt, now - drawnAt < .milliseconds(200) { return false }
            state.drawnAt = now
            return true
        }
        if isDue, isTerminal { write("\r" + line(done) + "\u{1b}[K") }
    }

    package func finish() {
        let done = state.withLock { $0.done }
        let seconds = elapsed
        let rate = seconds > 0 ? " (\(Self.short(Double(done) / seconds)) \(unit)/s)" : ""
        write((isTerminal ? "\r" : "") + "\(title): \(done) \(unit)\(rate)" + (isTerminal ? "\u{1b}[K\n" : "\n"))
    }

    private var elapsed: Double {
        let duration = ContinuousClock.now - start
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private func line(_ done: Int64) -> String {
        let rate = Double(done) / max(elapsed, 0.001)
        var text = "\(title) "
        if let total, total > 0 {
            let share = min(1, Double(done) / Double(total))
            let filled = Int(share * 24)
            text += "[" + String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled) + "] "
            text += "\(Int(share * 100)) % "
            if rate > 0 { text += "· \(Self.time(Double(total - done) / rate)) left " }
        } else {
            text += "\(done) \(unit) "
        }
        return text + "· \(Self.short(rate)) \(unit)/s"
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    private static func short(_ rate: Double) -> String {
        rate >= 10_000 ? "\(Int(rate / 1_000))k" : "\(Int(rate))"
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}

/// Columns of text, aligned for a terminal.
enum TextTable {
    /// - Parameter numeric: columns that are aligned to the right.
    static func render(_ header: [String], _ rows: [[String]], numeric: Set<Int> = []) -> String {
        var widths = header.map(\.count)
        for row in rows {
            for (column, text) in row.enumerated() where column < widths.count {
                widths[column] = max(widths[column], text.count)
            }
        }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (column, cell) in cells.enumerated() where column < widths.count {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                text += (column == 0 ? "" : "  ") + (numeric.contains(column) ? padding + cell : cell + padding)
            }
            while text.last == " " { text.removeLast() }
            return text
        }
        let rule = widths.map { String(repeating: "─", count: $0) }
        return ([line(header), line(rule)] + rows.map(line)).joined(separator: "\n") + "\n"
    }
}
