import Analytics
import Domain
import Storage
import Web

/// What was received and not understood, by field, with what to do about it.
struct HealthUnreadCard: Card {
    let name = "health_unread"
    let title = Text(id: "Yang tidak terbaca", en: "What was not understood")
    let height = CardHeight(6, narrow: 10)
    static let rowsMax = 50

    func load(_ scope: Scope) async throws -> [ProjectionStatus.FieldCount] { try await scope.health().notUnderstood }

    func lead(_ pieces: [ProjectionStatus.FieldCount], _ scope: Scope) -> HTML {
        guard !pieces.isEmpty else { return scope.pill(.good, scope.say("Tidak ada", "None")) }
        let count = scope.figures.integer(pieces.reduce(0) { $0 &+ $1.count })
        return scope.pill(.quiet, scope.say("\(count) bagian", "\(count) pieces"))
    }

    func view(_ pieces: [ProjectionStatus.FieldCount], _ scope: Scope) -> HTML {
        guard !pieces.isEmpty else {
            return "<p class=\"muted\">\(scope.say("Semua yang datang terbaca.", "All that came was understood."))</p>"
        }
        let heads = [
            scope.say("Bidang", "Field"), scope.say("Sebab", "Reason"), scope.say("Jumlah", "Count"),
            scope.say("Terakhir", "Latest"), scope.say("Apa yang dilakukan", "What to do"),
        ]
        let rows = pieces.prefix(Self.rowsMax).map { piece -> [HTML] in
            [
                "<code>\(piece.field)</code>", "\(Self.reason(piece.reason)(scope.language))",
                "\(scope.figures.integer(piece.count))", scope.since(piece.lastAt),
                "<span class=\"remedy\">\(HTML(prose: Self.remedy(piece)(scope.language)))</span>",
            ]
        }
        return HealthTable.html(heads, numeric: [2, 3], rows)
            + """
            <p class="muted small spaced">\(HTML(prose: scope.say(
            "Aslinya tetap tersimpan. Bila versi baru mengenalinya, `pantau replay` menghitungnya.",
            "The originals are kept. When a later version knows them, `pantau replay` counts them.")))</p>
            """
    }

    static func remedy(_ piece: ProjectionStatus.FieldCount) -> Text {
        switch NotUnderstood.Reason(rawValue: piece.reason) {
        case .unknownField:
            Text(
                id: "Bidang baru dari Meta. Tidak mengganggu angka lain; perbarui Pantau bila ada versi baru.",
                en: "A new field of Meta's. Other numbers are not affected; update Pantau when there is a new version.")
        case .notJSON, .notAnObject, .tooDeep:
            Text(
                id: "Isinya rusak atau bukan dari Meta. Bila terus bertambah, periksa proksi atau program pengirimnya.",
                en: "Its body is broken or not Meta's. If it goes on, check the proxy or the program that sends it.")
        case .missingKey, .badValue:
            Text(
                id: "Ada nilai yang hilang atau tidak masuk akal. Periksa program pengirimnya; dari Meta, ini format "
                    + "yang baru.",
                en: "A value is missing or makes no sense. Check the program that sends it; from Meta it is a new "
                    + "format.")
        case .emptyChange:
            Text(id: "Tidak berisi apa-apa. Tidak ada yang hilang.", en: "It holds nothing. Nothing is lost.")
        case nil:
            Text(
                id: "Tersimpan apa adanya; perbarui Pantau bila ada versi baru.",
                en: "Kept as it came; update Pantau when there is a new version.")
        }
    }

    func exports(_ pieces: [ProjectionStatus.FieldCount], _ scope: Scope) -> [Export] {
        guard !pieces.isEmpty else { return [] }
        return [
            HealthTable.export(
                ["field", "reason", "count", "last_at"],
                pieces.map { [.words($0.field), .words($0.reason), .whole($0.count), .time($0.lastAt)] })
        ]
    }

    static func reason(_ word: String) -> Text {
        switch NotUnderstood.Reason(rawValue: word) {
        case .notJSON: Text(id: "bukan JSON", en: "not JSON")
        case .tooDeep: Text(id: "bersarang terlalu dalam", en: "nested too deeply")
        case .notAnObject: Text(id: "bukan objek", en: "not an object")
        case .unknownField: Text(id: "bidang belum dikenal", en: "unknown field")
        case .missingKey: Text(id: "ada kunci yang hilang", en: "a key is missing")
        case .badValue: Text(id: "nilai tidak masuk akal", en: "a value makes no sense")
        case .emptyChange: Text(id: "perubahan kosong", en: "an empty change")
        case nil: Text(id: word, en: word)
        }
    }
}
