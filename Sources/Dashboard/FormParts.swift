import Domain
import Web

/// The hidden field that every form of a session carries.
package struct FormToken: Sendable {
    let viewer: Viewer?
    package init(_ viewer: Viewer?) { self.viewer = viewer }

    package var html: HTML {
        guard let token = viewer?.formToken, !token.isEmpty else { return "" }
        return "<input type=\"hidden\" name=\"\(Gate.formField)\" value=\"\(token)\">"
    }
}

/// One labelled field of a form.
struct FormField {
    var name: String
    var label: String
    var type = "text"
    var value = ""
    /// What browsers and password managers know the field as.
    var fills: String
    var hint: String?
    var isReadOnly = false
    var isFirst = false
    var lengthMin: Int?

    var html: HTML {
        let hintID = "\(name)-hint"
        let about: HTML = hint.map { "<p class=\"help\" id=\"\(hintID)\">\($0)</p>" } ?? ""
        let described: HTML = hint == nil ? "" : " aria-describedby=\"\(hintID)\""
        let fixed: HTML = isReadOnly ? " readonly" : ""
        let first: HTML = isFirst ? " autofocus" : ""
        let least: HTML = lengthMin.map { " minlength=\"\($0)\"" } ?? ""
        let plain: HTML = type == "text" ? " autocapitalize=\"none\" spellcheck=\"false\"" : ""
        return """
            <div class="field"><label for="\(name)">\(label)</label>\(about)
            <input id="\(name)" name="\(name)" type="\(type)" value="\(value)" required autocomplete="\(fills)"\
            \(described)\(fixed)\(first)\(least)\(plain)></div>

            """
    }
}

/// A choice of a few.
struct FormChoice {
    var name: String
    var label: String
    var options: [(value: String, name: String)]
    var chosen: String

    var html: HTML {
        let choices = options.map { option -> HTML in
            let selected: HTML = option.value == chosen ? " selected" : ""
            return "<option value=\"\(option.value)\"\(selected)>\(option.name)</option>"
        }
        return """
            <div class="field"><label for="\(name)">\(label)</label>\
            <select id="\(name)" name="\(name)">\(choices)</select></div>

            """
    }
}

/// A button that changes one thing, as a form of its own: it works without scripts.
struct ActionButton {
    var path: String
    var title: String
    /// Names what the button is about, for those who hear the page.
    var about: String
    var fields: [(String, String)] = []
    var isDangerous = false
    let viewer: Viewer?

    var html: HTML {
        let hidden = fields.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
        let look: HTML = isDangerous ? " class=\"danger\"" : ""
        return """
            <form method="post" action="\(path)">\(FormToken(viewer).html)\(hidden)\
            <button type="submit"\(look)>\(title)<span class="unseen"> \(about)</span></button></form>
            """
    }
}

/// A sentence at the top of a page about what was just done, or why it was not.
struct Notice {
    var text: String
    var isBad = false

    var html: HTML {
        isBad
            ? "<div class=\"card banner bad\" role=\"alert\"><p>\(HTML(prose: text))</p></div>\n"
            : "<div class=\"card banner calm\" role=\"status\"><p>\(HTML(prose: text))</p></div>\n"
    }
}
