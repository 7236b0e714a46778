import Domain
import Hummingbird

/// The frame of every page: head, header with navigation, language and appearance switches, footer.
package struct Page: Sendable {
    package struct Link: Sendable {
        package var title: Text
        package var url: String
        package var isCurrent: Bool
        package init(title: Text, url: String, isCurrent: Bool = false) {
            self.title = title
            self.url = url
            self.isCurrent = isCurrent
        }
    }
    package var title: Text
    package var language: Language
    /// Path and query of the page itself, for the language switch.
    package var path: String
    package var query: URLQuery
    package var links: [Link]
    /// Shown at the right of the header: sign out.
    package var account: HTML?
    /// Goes into the head, for scripts that change something; nil where nobody is known.
    package var formToken: String?
    /// What stands at the foot: zone, version.
    package var foot: HTML
    package var body: HTML

    package init(
        title: Text, language: Language, path: String, query: URLQuery = URLQuery(),
        links: [Link] = Page.standardLinks(""),
        account: HTML? = nil, formToken: String? = nil, foot: HTML = "", body: HTML
    ) {
        self.title = title
        self.language = language
        self.path = path
        self.query = query
        self.links = links
        self.account = account
        self.formToken = formToken
        self.foot = foot
        self.body = body
    }

    /// The navigation, with the entry of `current` marked.
    package static func standardLinks(_ current: String) -> [Link] {
        [
            Link(title: Text(id: "Ringkasan", en: "Overview"), url: "/", isCurrent: current == "/"),
            Link(title: Text(id: "Layanan", en: "Service"), url: "/service", isCurrent: current == "/service"),
            Link(title: Text(id: "Hasil", en: "Outcomes"), url: "/outcomes", isCurrent: current == "/outcomes"),
            Link(title: Text(id: "Biaya", en: "Costs"), url: "/costs", isCurrent: current == "/costs"),
            Link(title: Text(id: "Dokumentasi API", en: "API docs"), url: "/docs", isCurrent: current == "/docs"),
        ]
    }

    package func render() -> HTML {
        let skip = Text(id: "Langsung ke isi", en: "Skip to content")
        let navigation = Text(id: "Halaman", en: "Pages")
        return """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">\(formMark)
            <title>\(title(language)) · Pantau</title>
            <link rel="icon" href="\(Assets.icon.url)" type="image/svg+xml">
            <link rel="stylesheet" href="\(Assets.styles.url)">
            <script src="\(Assets.appearance.url)"></script>
            <script type="module" src="\(Assets.script.url)"></script>
            <script type="module" src="\(Assets.live.url)"></script>
            </head>
            <body>
            <a class="skip" href="#content">\(skip(language))</a>
            <header class="top">
            <a class="brand" href="/"><img src="\(Assets.icon.url)" alt="" width="24" height="24"> Pantau</a>
            <nav aria-label="\(navigation(language))"><ul>\(links.map(entry))</ul></nav>
            <div class="switches">\(languageSwitch)\(appearanceSwitch)\(account)</div>
            </header>
            <main id="content" tabindex="-1">
            \(body)
            </main>
            <footer class="foot">\(foot)</footer>
            </body>
            </html>

            """
    }

    private var formMark: HTML {
        guard let formToken, !formToken.isEmpty else { return "" }
        return "\n<meta name=\"form-token\" content=\"\(formToken)\">"
    }

    private func entry(_ link: Link) -> HTML {
        let current: HTML = link.isCurrent ? " aria-current=\"page\"" : ""
        return "<li><a href=\"\(link.url)\"\(current)>\(link.title(language))</a></li>"
    }

    private var languageSwitch: HTML {
        let label = Text(id: "Bahasa", en: "Language")
        let names: [(Language, String, String)] = [
            (.indonesian, "ID", "Bahasa Indonesia"), (.english, "EN", "English"),
        ]
        let choices = names.map { choice, short, name -> HTML in
            let url = query.setting("lang", to: choice.rawValue).url(path: path)
            let current: HTML = choice == language ? " aria-current=\"true\"" : ""
            return """
                <a href="\(url)" lang="\(choice.rawValue)" hreflang="\(choice.rawValue)" title="\(name)"\(current)>\
                \(short)</a>
                """
        }
        return "<div class=\"choice\" role=\"group\" aria-label=\"\(label(language))\">\(choices)</div>"
    }

    private var appearanceSwitch: HTML {
        let label = Text(id: "Ganti tampilan terang atau gelap", en: "Switch between light and dark")
        return """
            <button class="icon" type="button" data-appearance hidden title="\(label(language))" \
            aria-label="\(label(language))">◐</button>
            """
    }
}
