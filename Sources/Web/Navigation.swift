import Domain

/// The pages that every page leads to.
package enum Navigation {
    package struct Entry: Sendable, Hashable {
        package var path: String
        package var title: Text
        /// Pressed after `g`.
        package var key: Character
        package var permission: Permission
    }

    package static let overview = Entry(
        path: "/", title: Text(id: "Ringkasan", en: "Overview"), key: "o", permission: .numbers)
    package static let findings = Entry(
        path: "/findings", title: Text(id: "Temuan", en: "Findings"), key: "f", permission: .numbers)
    package static let delivery = Entry(
        path: "/delivery", title: Text(id: "Pengiriman", en: "Delivery"), key: "d", permission: .numbers)
    package static let templates = Entry(
        path: "/templates", title: Text(id: "Templat", en: "Templates"), key: "t", permission: .numbers)
    package static let engagement = Entry(
        path: "/engagement", title: Text(id: "Keterlibatan", en: "Engagement"), key: "e", permission: .numbers)
    package static let service = Entry(
        path: "/service", title: Text(id: "Layanan", en: "Service"), key: "s", permission: .numbers)
    package static let volume = Entry(
        path: "/volume", title: Text(id: "Percakapan", en: "Volume"), key: "v", permission: .numbers)
    package static let outcomes = Entry(
        path: "/outcomes", title: Text(id: "Hasil", en: "Outcomes"), key: "r", permission: .numbers)
    package static let costs = Entry(
        path: "/costs", title: Text(id: "Biaya", en: "Costs"), key: "c", permission: .numbers)
    package static let ask = Entry(
        path: "/ask", title: Text(id: "Tanya", en: "Ask"), key: "q", permission: .numbers)
    package static let health = Entry(
        path: "/health", title: Text(id: "Kesehatan data", en: "Data health"), key: "h", permission: .numbers)
    package static let settings = Entry(
        path: "/settings", title: Text(id: "Pengaturan", en: "Settings"), key: "p", permission: .settings)
    package static let documentation = Entry(
        path: "/docs", title: Text(id: "Dokumentasi API", en: "API docs"), key: "a", permission: .numbers)

    /// In their order on the page.
    package static let entries = [
        overview, findings, delivery, templates, engagement, service, volume, outcomes, costs, ask, health, settings,
        documentation,
    ]
}
