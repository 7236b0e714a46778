import Domain
import Web

/// A small form inside a card: what the card is to assume. The answers stand in the address.
struct AskForm {
    struct Field {
        var option: Filters.Option
        var label: String
        var value: String
        var type = "number"
        /// What a number may be.
        var range: ClosedRange<Int>?
        /// Behind the number.
        var unit: String?
        var example: String?
        /// How fine a number may be.
        var step: String = "1"
    }
    /// The name of the card, to come back to.
    let card: String
    let fields: [Field]
    let button: String
    let scope: Scope

    var html: HTML {
        let asked = Set(fields.map(\.option.rawValue))
        let hidden = scope.filters.query.items.filter { !asked.contains($0.name) }.map { item -> HTML in
            "<input type=\"hidden\" name=\"\(item.name)\" value=\"\(item.value)\">"
        }
        return """
            <form class="asks" method="get" action="\(scope.path)#card-\(card)">\(hidden)\(fields.map(control))\
            <button type="submit">\(button)</button></form>

            """
    }

    private func control(_ field: Field) -> HTML {
        let bounds: HTML =
            field.range.map { " min=\"\($0.lowerBound)\" max=\"\($0.upperBound)\"" as HTML } ?? ""
        let step: HTML = field.type == "number" ? " step=\"\(field.step)\"" : ""
        let example: HTML = field.example.map { " placeholder=\"\($0)\"" } ?? ""
        let unit: HTML = field.unit.map { " <span class=\"muted\">\($0)</span>" } ?? ""
        return """
            <label><span>\(field.label)</span><span class="with-unit"><input type="\(field.type)" \
            name="\(field.option.rawValue)" value="\(field.value)"\(bounds)\(step)\(example)>\(unit)</span></label>
            """
    }
}
