import Catalogue
import Domain
import Web

/// The definition behind a number.
enum About {
    static func metric(_ id: String, _ scope: Scope) -> HTML {
        guard let metric = Catalogue.metric(id) else { return "" }
        return text(metric.name(scope.language), metric.definition(scope.language), formula: metric.formula, scope)
    }

    static func text(_ name: String, _ definition: String, formula: String? = nil, _ scope: Scope) -> HTML {
        let code: HTML = formula.map { "<br><code>\($0)</code>" } ?? ""
        let label = scope.say("Apa arti \(name)?", "What does \(name) mean?")
        return """
            <details class="about"><summary aria-label="\(label)" title="\(definition)">i</summary>\
            <div><strong>\(name)</strong><br>\(definition)\(code)</div></details>
            """
    }
}

/// A number with its name, definition, and what stands beside it.
struct Figure {
    var name: String
    var about: HTML
    var value: String
    var beside: HTML

    var html: HTML {
        // Amounts of money can be wider than their place.
        let isLong: HTML = value.count > 12 ? " class=\"long\"" : ""
        let beside: HTML = beside.isEmpty ? "" : "<span class=\"beside\">\(beside)</span>"
        return "<div><dt>\(name) \(about)</dt><dd\(isLong)>\(value)\(beside)</dd></div>"
    }
}

extension [Figure] {
    var html: HTML { "<dl class=\"figures\">\(map(\.html))</dl>" }
}
