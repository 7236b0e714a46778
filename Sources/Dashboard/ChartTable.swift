import Domain
import Web

/// Every number of a chart, for whoever does not see it and for whoever wants them exactly.
struct ChartTable {
    let chart: Chart

    private func say(_ id: String, _ en: String) -> String { Text(id: id, en: en)(chart.language) }

    var html: HTML {
        let heads = chart.series.flatMap { series -> [HTML] in
            let name: HTML = "<th scope=\"col\" class=\"number\">\(series.name)</th>"
            guard series.hasBefore else { return [name] }
            return [name, "<th scope=\"col\" class=\"number\">\(say("sebelumnya", "before"))</th>"]
        }
        let caption: HTML = chart.note.map { "<caption>\($0)</caption>" } ?? ""
        return """
            <details class="fold"><summary>\(say("Lihat sebagai tabel", "Show as a table"))</summary>
            <div class="table" tabindex="0" role="region" aria-label="\(chart.title)"><table class="tight">\(caption)
            <thead><tr><th scope="col">\(chart.axis)</th>\(heads)</tr></thead>
            <tbody>\(chart.places.indices.map(row))</tbody></table></div></details>
            """
    }

    private func row(_ index: Int) -> HTML {
        let place = chart.places[index]
        let name: HTML = place.href.map { "<a href=\"\($0)\">\(place.name)</a>" } ?? "\(place.name)"
        let partial: HTML =
            place.isPartial ? "<span class=\"interval\">\(chart.partialWords.lowercased())</span>" : ""
        let cells = chart.series.map { series -> HTML in
            guard series.points.indices.contains(index) else { return "<td class=\"number\">–</td>" }
            let point = series.points[index]
            let interval: HTML = point.intervalWords.map { "<span class=\"interval\">\($0)</span>" } ?? ""
            let now: HTML = """
                <td class="number\(point.isSmall ? " faint" : "")">\(point.words)\(interval)</td>
                """
            guard series.hasBefore else { return now }
            return now + "<td class=\"number muted\">\(point.beforeWords)</td>"
        }
        return "<tr><th scope=\"row\">\(name)\(partial)</th>\(cells)</tr>\n"
    }
}
