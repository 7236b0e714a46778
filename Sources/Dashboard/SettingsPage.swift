import Catalogue
import Domain
import Hummingbird
import Storage
import Web

/// What a page of settings may use, and for whom it draws.
struct SettingsDesk: Sendable {
    var language: Language
    var figures: Figures
    var store: any AnalyticsStore
    var workspace: Workspace
    var installed: Installed
    var viewer: Viewer
    var now: Instant
    var query: URLQuery

    func say(_ id: String, _ en: String) -> String { Text(id: id, en: en)(language) }
    func say(_ text: Text) -> String { text(language) }

    var today: LocalDate { figures.clock.date(of: now) }

    /// Names that are already in the data, for the lists that fields offer. A store that fails offers none.
    func values(_ dimension: Dimension) async -> [String] {
        (try? await store.values(of: dimension, limit: 200)) ?? []
    }
}

/// A page of settings: its sections at the side, what it changes in which numbers, and its body.
struct SettingsPage {
    let section: SettingsSection
    let desk: SettingsDesk
    let body: HTML
    /// Share of what a change concerns that is counted; 1 when nothing is left.
    var recounted: Double = 1

    /// What stands inside `main`.
    var content: HTML {
        SettingsFrame(section: section, language: desk.language, viewer: desk.viewer, progress: progress, body: body)
            .html
    }

    private var progress: HTML {
        guard recounted < 1 else { return "" }
        return """
            <p class="pill waiting" role="status" data-recounting="\(section.rawValue)">\
            \(Self.words(recounted, desk))</p>
            """
    }

    static func words(_ recounted: Double, _ desk: SettingsDesk) -> String {
        guard recounted < 1 else { return desk.say("Semua angka sudah dihitung ulang", "All numbers are recounted") }
        let share = desk.figures.percent(recounted, places: 0)
        return desk.say("Menghitung ulang: \(share)", "Recounting: \(share)")
    }
}

/// What stands around every section: the others at the side, and what it changes in which numbers.
struct SettingsFrame {
    let section: SettingsSection
    let language: Language
    let viewer: Viewer
    var progress: HTML = ""
    let body: HTML

    var html: HTML {
        let name = Text(id: "Bagian pengaturan", en: "Sections of settings")
        return """
            <link rel="stylesheet" href="\(Assets.settingsStyles.url)">
            <div class="settings">
            <nav class="sections" aria-label="\(name(language))"><ul>\(entries)</ul></nav>
            <div class="section">
            <div class="section-head"><h1>\(section.title(language))</h1>\(progress)
            <p>\(HTML(prose: section.about(language)))</p></div>
            \(body)
            </div>
            </div>
            """
    }

    private var entries: [HTML] {
        SettingsSection.allCases.filter { viewer.may($0.permission) }.map { entry in
            let current: HTML = entry == section ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(entry.path)\"\(current)>\(entry.title(language))</a></li>"
        }
    }
}

extension SettingsSection {
    /// How far a change of this section has been counted.
    func recounted(_ store: any AnalyticsStore) async throws -> Double {
        switch self {
        case .calendars, .targets: try await store.serviceSettings().recounted
        case .prices: try await store.costSettings().recounted
        case .attribution, .rules: try await store.outcomeSettings().recounted
        case .workspace, .watching, .routes, .people, .keys, .audit, .retention: 1
        }
    }

    /// The body of the sections that numbers rest on; nil for those that are about people.
    func body(_ desk: SettingsDesk) async throws -> HTML? {
        switch self {
        case .workspace: WorkspaceSettings(desk: desk).html
        case .calendars: try await CalendarSettings.load(desk).html
        case .targets: try await TargetSettings.load(desk).html
        case .prices: try await PriceSettings.load(desk).html
        case .attribution: try await AttributionForm.load(desk).html
        case .rules: try await RuleSettings.load(desk).html
        case .retention: RetentionSettings(desk: desk).html
        case .watching, .routes, .people, .keys, .audit: nil
        }
    }
}
