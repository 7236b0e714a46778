import Domain
import Storage
import Web

/// What happened, in order, with times: of an account, a template, a number. The newest stands first.
struct TimelineStrip: Sendable {
    struct Item: Sendable {
        var at: Instant
        var words: HTML
        /// Under the words.
        var beside: HTML = ""
        var tone = Chart.Mark.Tone.neutral
    }
    var items: [Item]
    var scope: Scope
    /// Told of the whole list.
    var label: String

    init(_ items: [Item], _ scope: Scope, label: String) {
        self.items = items.sorted { $0.at > $1.at }
        self.scope = scope
        self.label = label
    }

    /// - Parameter subjects: whether each mark says what it is about; not where all are about the same.
    init(_ marks: [TimelineMark], _ scope: Scope, label: String, subjects: Bool = true) {
        let items = marks.map { mark -> Item in
            let words = TimelineWords(mark.event, scope.language)
            return Item(at: mark.at, words: "\(subjects ? words.sentence : words.happening)", tone: words.tone)
        }
        self.init(items, scope, label: label)
    }

    var html: HTML {
        let rows = items.map { item -> HTML in
            let beside: HTML = item.beside.isEmpty ? "" : "<div class=\"beside\">\(item.beside)</div>"
            return """
                <li class="\(item.tone.rawValue)"><time datetime="\(RFC3339.format(item.at))">\
                \(scope.figures.time(item.at))</time><div>\(item.words)\(beside)</div></li>

                """
        }
        return "<ol class=\"timeline\" aria-label=\"\(label)\">\n\(rows)</ol>\n"
    }
}
