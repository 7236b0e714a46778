import Catalogue
import Domain
import Web

/// Links that switch how a card shows what it shows; the choice stands in the address.
struct Tabs {
    let option: Filters.Option
    let label: String
    let choices: [(word: String, title: String)]
    let current: String
    let scope: Scope

    var html: HTML {
        let links = choices.map { choice -> HTML in
            let now: HTML = choice.word == current ? " aria-current=\"true\"" : ""
            let url = scope.url(scope.filters.setting(option, to: choice.word.isEmpty ? nil : choice.word))
            return "<a href=\"\(url)\"\(now)>\(choice.title)</a>"
        }
        return "<div class=\"choice\" role=\"group\" aria-label=\"\(label)\">\(links)</div>"
    }
}
