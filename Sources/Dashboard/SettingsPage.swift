import Domain
import Web

/// The parts of the settings, in the order of their navigation.
enum SettingsSection: String, CaseIterable {
    case workspace, calendars, targets, prices, attribution, rules, people, keys, audit, retention

    var path: String { "/settings/\(rawValue)" }

    var title: Text {
        switch self {
        case .workspace: Text(id: "Ruang kerja", en: "Workspace")
        case .calendars: Text(id: "Kalender", en: "Calendars")
        case .targets: Text(id: "Target layanan", en: "Service targets")
        case .prices: Text(id: "Harga", en: "Prices")
        case .attribution: Text(id: "Atribusi", en: "Attribution")
        case .rules: Text(id: "Aturan", en: "Rules")
        case .people: Text(id: "Orang", en: "People")
        case .keys: Text(id: "Kunci API", en: "API keys")
        case .audit: Text(id: "Catatan audit", en: "Audit list")
        case .retention: Text(id: "Penyimpanan", en: "Retention")
        }
    }

    var permission: Permission {
        switch self {
        case .people, .keys, .audit: .people
        default: .settings
        }
    }
}

/// A page of the settings: the list of all parts beside the one that is open.
struct SettingsPage {
    let section: SettingsSection
    let language: Language
    let body: HTML

    var html: HTML {
        let name = Text(id: "Bagian pengaturan", en: "Parts of the settings")
        let links = SettingsSection.allCases.map { entry -> HTML in
            let current: HTML = entry == section ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(entry.path)\"\(current)>\(entry.title(language))</a></li>"
        }
        let settings = Text(id: "Pengaturan", en: "Settings")
        return """
            <div class="head"><div><p class="kicker">\(settings(language))</p>\
            <h1>\(section.title(language))</h1></div></div>
            <div class="settings"><nav aria-label="\(name(language))"><ul>\(links)</ul></nav>
            <div>\(body)</div></div>
            """
    }
}
