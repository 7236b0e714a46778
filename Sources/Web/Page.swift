import Domain
import Hummingbird

/// The frame of every page: head, navigation, language and appearance switches, footer.
package struct Page: Sendable {
    package var title: Text
    package var language: Language
    /// Path and query of the page itself, for the language switch.
    package var path: String
    package var query: URLQuery
    /// What links of the navigation carry on: the filters.
    package var carried: URLQuery
    /// The entry of the navigation that this page belongs to.
    package var entry: Navigation.Entry?
    /// Who looks; nil on pages for anybody, which have no navigation.
    package var viewer: Viewer?
    /// Loaded beside those of every page.
    package var scripts: [Asset]
    /// Above the content of every page: that these are made-up data.
    package var banner: HTML?
    /// What stands at the foot: zone, version.
    package var foot: HTML
    package var body: HTML

    package init(
        title: Text, language: Language, path: String, query: URLQuery = URLQuery(), carried: URLQuery = URLQuery(),
        entry: Navigation.Entry? = nil, viewer: Viewer? = nil, scripts: [Asset] = [], banner: HTML? = nil,
        foot: HTML = "", body: HTML
    ) {
        self.title = title
        self.language = language
        self.path = path
        self.query = query
        self.carried = carried
        self.entry = entry
        self.viewer = viewer
        self.scripts = scripts
        self.banner = banner
        self.foot = foot
        self.body = body
    }

    package func render() -> HTML {
        let skip = Text(id: "Langsung ke isi", en: "Skip to content")
        let token: HTML = viewer.map { "\n<meta name=\"form-token\" content=\"\($0.formToken)\">" } ?? ""
        let scripts = [Assets.script, Assets.cards] + scripts
        return """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">\(token)
            <title>\(title(language)) · Pantau</title>
            <link rel="icon" href="\(Assets.icon.url)" type="image/svg+xml">
            <link rel="stylesheet" href="\(Assets.styles.url)">
            <script src="\(Assets.appearance.url)"></script>
            \(scripts.map { "<script type=\"module\" src=\"\($0.url)\"></script>\n" as HTML })\
            </head>
            <body>
            <a class="skip" href="#content">\(skip(language))</a>
            <header class="top">
            \(menuButton)<a class="brand" href="/"><img src="\(Assets.icon.url)" alt="" width="24" height="24"> Pantau</a>
            <div class="switches">\(languageSwitch)\(appearanceSwitch)\(keysButton)\(account)</div>
            </header>
            <div class="app\(viewer == nil ? " bare" : "")">
            \(navigation)<main id="content" tabindex="-1">
            \(banner)\(body)
            </main>
            </div>
            <footer class="foot">\(foot)</footer>
            \(keysDialog)</body>
            </html>

            """
    }

    // MARK: Navigation

    private var entries: [Navigation.Entry] {
        guard let viewer else { return [] }
        return Navigation.entries.filter { viewer.may($0.permission) }
    }

    private var navigation: HTML {
        guard viewer != nil else { return "" }
        let label = Text(id: "Halaman", en: "Pages")
        return """
            <nav class="side" id="pages" aria-label="\(label(language))"><ul>\(entries.map(link))</ul></nav>

            """
    }

    private func link(_ entry: Navigation.Entry) -> HTML {
        let current: HTML = entry == self.entry ? " aria-current=\"page\"" : ""
        let key = String(entry.key)
        return """
            <li><a href="\(carried.url(path: entry.path))" data-go="\(key)"\(current)>\(entry.title(language)) \
            <kbd aria-hidden="true">\(key)</kbd></a></li>
            """
    }

    private var menuButton: HTML {
        guard viewer != nil else { return "" }
        let label = Text(id: "Buka daftar halaman", en: "Open the list of pages")
        return """
            <button class="icon menu-button" type="button" data-menu="pages" aria-controls="pages" \
            aria-expanded="false" aria-label="\(label(language))">☰</button>
            """
    }

    // MARK: Switches

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

    private var account: HTML {
        guard let viewer, viewer.person != nil else { return "" }
        let out = Text(id: "Keluar", en: "Sign out")
        return """
            <a class="button" href="/account">\(viewer.name)</a>\
            <form method="post" action="/sign-out"><input type="hidden" name="form_token" value="\(viewer.formToken)">\
            <button type="submit">\(out(language))</button></form>
            """
    }

    // MARK: Keys

    private var keysButton: HTML {
        guard viewer != nil else { return "" }
        let label = Text(id: "Pintasan papan ketik", en: "Keyboard shortcuts")
        return """
            <button class="icon keys-button" type="button" data-open="keys" title="\(label(language))" \
            aria-label="\(label(language))">?</button>
            """
    }

    private var keysDialog: HTML {
        guard viewer != nil else { return "" }
        let title = Text(id: "Pintasan papan ketik", en: "Keyboard shortcuts")(language)
        let close = Text(id: "Tutup", en: "Close")(language)
        let general: [(String, Text)] = [
            ("?", Text(id: "Tampilkan pintasan ini", en: "Show these shortcuts")),
            ("/", Text(id: "Ke filter", en: "Go to the filters")),
            ("[", Text(id: "Rentang sebelumnya", en: "Range before")),
            ("]", Text(id: "Rentang berikutnya", en: "Range after")),
            ("Esc", Text(id: "Tutup yang terbuka", en: "Close what is open")),
        ]
        let pages = entries.map { ("g \($0.key)", $0.title) }
        let rows = (general + pages).map { key, words -> HTML in
            let parts = key.split(separator: " ").map { "<kbd>\($0)</kbd>" as HTML }
            return "<div><dt>\(parts)</dt><dd>\(words(language))</dd></div>"
        }
        return """
            <dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">\(title)</h2>
            <dl class="keys">\(rows)</dl>
            <form method="dialog"><button>\(close)</button></form></dialog>

            """
    }
}
