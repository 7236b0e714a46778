/// Everything that a page loads, all of it from here: nothing comes from another host.
package enum Assets {
    package static let styles = Asset(name: "pantau.css", type: "text/css; charset=utf-8", text: stylesText)
    /// Runs before the page is drawn, so that a dark page never flashes white.
    package static let appearance = Asset(
        name: "appearance.js", type: "text/javascript; charset=utf-8", body: appearanceSource)
    package static let script = Asset(name: "pantau.js", type: "text/javascript; charset=utf-8", body: scriptSource)
    /// Brings cards and keeps them fresh.
    package static let cards = Asset(name: "cards.js", type: "text/javascript; charset=utf-8", body: cardsSource)
    /// Draws charts, on pages that have any. The library that it draws with is fetched when the first one is in sight.
    package static let charts = Asset(
        name: "charts.js", type: "text/javascript; charset=utf-8",
        text: [
            "const library = \"\(ChartLibrary.installed?.asset.url ?? "")\";", "\(chartNumbersSource)",
            "\(chartsSource)", "\(chartLifeSource)",
        ].joined(separator: "\n"))
    package static let icon = Asset(name: "pantau.svg", type: "image/svg+xml", body: iconSource)

    package static let all =
        [
            styles, appearance, script, cards, charts, why, icon, reveal, settings, settingsStyles, digestStyles, start,
        ]
        + (ChartLibrary.installed.map { [$0.asset] } ?? [])

    private static let iconSource: StaticString = #"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#0e7a5f"/>
        <path d="M5 15.5 9 11l3.5 3L19 7" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"
        stroke-linejoin="round"/><circle cx="19" cy="7" r="1.8" fill="#fff"/></svg>
        """#

    private static let appearanceSource: StaticString = #"""
        (() => {
          try {
            const kept = localStorage.getItem("pantau-appearance");
            if (kept === "dark" || kept === "light") document.documentElement.dataset.appearance = kept;
          } catch { /* Storage may be closed; the system's choice stands. */ }
        })();
        """#
}
