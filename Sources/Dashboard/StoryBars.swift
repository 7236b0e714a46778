import Domain
import Ledgers
import Web

/// The intervals of a conversation as proportional bars, and as a table that says the same.
struct StoryBars {
    private let intervals: [ServiceStory.Interval]
    private let scope: Scope

    init(_ intervals: [ServiceStory.Interval], _ scope: Scope) {
        self.intervals = intervals
        self.scope = scope
    }

    private static let width = 960.0
    private static let rowsMax = 200

    private func seconds(_ interval: ServiceStory.Interval) -> Double {
        Double(max(0, (interval.to ?? scope.now).microseconds(since: interval.from))) / 1_000_000
    }

    var html: HTML {
        guard !intervals.isEmpty else {
            return "<p class=\"muted\">\(scope.say("Belum ada selang waktu.", "There are no intervals yet."))</p>"
        }
        let waits = intervals.filter(\.waitingFor.isWait)
        let whole = bar(intervals, scope.say("Seluruh percakapan", "The whole conversation"))
        // What waits for the customer may be hours long, and would leave nothing to see of the rest.
        let narrow: HTML =
            waits.isEmpty || waits.count == intervals.count
            ? "" : bar(waits, scope.say("Hanya waktu pelanggan menunggu", "Only while the customer waited"))
        return whole + narrow + table
    }

    private func bar(_ parts: [ServiceStory.Interval], _ title: String) -> HTML {
        let total = parts.reduce(0) { $0 + seconds($1) }
        guard total > 0 else { return "" }
        var x = 0.0
        let pieces = parts.map { part -> HTML in
            let wide = seconds(part) / total * Self.width
            defer { x += wide }
            let words = "\(part.waitingFor.name(scope.language)) · \(scope.figures.duration(seconds(part)))"
            return """
                <rect class="for-\(part.waitingFor.word)" x="\(tenths(x))" y="0" width="\(tenths(max(wide, 0.5)))" \
                height="28"><title>\(words)</title></rect>
                """
        }
        return """
            <figure class="strip"><figcaption>\(title) · \(scope.figures.duration(total))</figcaption>
            <svg viewBox="0 0 \(Int(Self.width)) 28" preserveAspectRatio="none" role="img" aria-label="\(title)">\
            \(pieces)</svg></figure>

            """
    }

    private func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private var table: HTML {
        let heads = [
            scope.say("Yang ditunggu", "Waiting for"), scope.say("Dari", "From"), scope.say("Sampai", "Until"),
            scope.say("Lamanya", "How long"),
        ]
        let rows = intervals.prefix(Self.rowsMax).map { interval -> HTML in
            let until = interval.to.map { scope.figures.exactTime($0) } ?? scope.say("sekarang", "now")
            return """
                <tr><th scope="row"><svg class="sign" width="10" height="10" aria-hidden="true">\
                <rect class="for-\(interval.waitingFor.word)" width="10" height="10" rx="2"/></svg> \
                \(interval.waitingFor.name(scope.language))</th>\
                <td data-label="\(heads[1])">\(scope.figures.exactTime(interval.from))</td>\
                <td data-label="\(heads[2])">\(until)</td>\
                <td class="number" data-label="\(heads[3])">\(scope.figures.duration(seconds(interval)))</td></tr>

                """
        }
        let hidden = intervals.count - rows.count
        let rest = scope.say("\(hidden) selang lain tidak ditampilkan.", "\(hidden) further intervals are not shown.")
        return """
            <div class="table"><table class="stack three"><thead><tr>\
            \(heads.dropLast().map { "<th scope=\"col\">\($0)</th>" as HTML })\
            <th scope="col" class="number">\(heads[3])</th></tr></thead>
            <tbody>\(Array(rows))</tbody></table></div>\(hidden > 0 ? "<p class=\"muted small\">\(rest)</p>" : "")
            """
    }
}
