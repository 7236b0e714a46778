import Analytics
import Catalogue
import Domain

extension Chart {
    /// What the script draws. It stands in an attribute of the canvas, escaped as everything else.
    var json: String {
        var writer = JSONWriter(reservingBytes: 256 + places.count * (32 + series.count * 48))
        writer.object { writer in
            writer.member("kind", kind.rawValue)
            writer.member("unit", main?.unit.rawValue)
            writer.member("currency", main?.currency)
            writer.member("log", isLogarithmic)
            writer.member("labels", array: { for place in places { $0.string(place.short) } })
            writer.member("names", array: { for place in places { $0.string(place.name) } })
            if places.contains(where: { $0.href != nil }) {
                writer.key("href")
                writer.array { for place in places { place.href.write(to: &$0) } }
            }
            let partial = places.indices.filter { places[$0].isPartial }
            if !partial.isEmpty { writer.member("partial", array: { for index in partial { $0.number(index) } }) }
            writer.member("series", array: { for series in series { $0.object { write(series, to: &$0) } } })
            if !marks.isEmpty { writer.member("marks", array: write(marks:)) }
            writer.member("words", object: write(words:))
        }
        return writer.text
    }

    private var main: Series? { series.first { !$0.isVolume } ?? series.first }

    private func write(_ series: Series, to writer: inout JSONWriter) {
        writer.member("name", series.name)
        writer.member("colour", series.thing.variable)
        writer.member("unit", series.unit.rawValue)
        writer.member("axis", series.isVolume && kind == .line ? "volume" : "y")
        if series.isVolume { writer.member("type", "bar") }
        Self.write("values", series.points.map(\.value), to: &writer)
        if series.hasBefore { Self.write("before", series.points.map(\.before), to: &writer) }
        if series.hasIntervals {
            Self.write("low", series.points.map(\.interval?.lower), to: &writer)
            Self.write("high", series.points.map(\.interval?.upper), to: &writer)
        }
        if series.points.contains(where: { $0.sample != nil }) {
            Self.write("n", series.points.map { $0.sample.map(Double.init) }, to: &writer)
        }
        let few = series.points.indices.filter { series.points[$0].isSmall }
        if !few.isEmpty { writer.member("few", array: { for index in few { $0.number(index) } }) }
        if series.points.contains(where: { $0.currency != nil }) {
            writer.key("currencies")
            writer.array { writer in
                for point in series.points { point.currency.write(to: &writer) }
            }
        }
    }

    private static func write(_ name: String, _ values: [Double?], to writer: inout JSONWriter) {
        writer.key(name)
        writer.array { writer in
            for value in values {
                if let value { writer.number(value) } else { writer.null() }
            }
        }
    }

    private func write(marks writer: inout JSONWriter) {
        for mark in marks {
            writer.object {
                $0.member("x", mark.position)
                $0.member("words", mark.words)
                if mark.tone != .neutral { $0.member("tone", mark.tone.rawValue) }
            }
        }
    }

    private static let forecast = Text(id: "Perkiraan", en: "Forecast")
    private static let incomplete = Text(
        id: "Belum lengkap: angkanya masih berubah", en: "Not complete yet: numbers will change")

    private func write(words writer: inout JSONWriter) {
        let words: [(String, Text)] = [
            ("before", Text(id: "sebelumnya", en: "before")),
            ("partial", isForecast ? Self.forecast : Self.incomplete),
            ("few", Text(id: "Sampel kecil", en: "Small sample")),
            ("open", Text(id: "Klik untuk melihat rinciannya", en: "Click to see what is in it")),
        ]
        for (name, text) in words { writer.member(name, text(language)) }
    }
}

extension Optional where Wrapped == String {
    fileprivate func write(to writer: inout JSONWriter) {
        if let self { writer.string(self) } else { writer.null() }
    }
}
