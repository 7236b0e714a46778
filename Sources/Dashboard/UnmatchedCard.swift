import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Which results are nobody's yet, or came without a touch before them, and why?
struct UnmatchedCard: Card {
    struct Model: Sendable {
        /// The newest first.
        var rows: [OutcomeRow]
        var isCut: Bool
    }
    static let rowsMax = 20

    /// `unmatched` or `unattributed`.
    let group: OutcomeSelection.Group
    var height: CardHeight { group == .unattributed ? CardHeight(24, narrow: 24) : CardHeight(3, narrow: 3) }

    var name: String { group.rawValue }
    var title: Text {
        group == .unattributed
            ? Text(id: "Hasil tanpa sentuhan sebelumnya", en: "Outcomes without a touch before them")
            : Text(id: "Hasil yang belum diketahui milik siapa", en: "Outcomes of nobody known")
    }

    func load(_ scope: Scope) async throws -> Model {
        let clock = scope.figures.clock
        let (from, to) = scope.filters.range.resolved(now: scope.now, clock: clock)
        guard from < to else { return Model(rows: [], isCut: false) }
        let rows = try await scope.store.outcomes(
            OutcomeSelection(
                range: from..<to, group: group, kind: scope.filters.only(.kind), limit: Self.rowsMax + 1))
        return Model(rows: Array(rows.prefix(Self.rowsMax)), isCut: rows.count > Self.rowsMax)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML { "" }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard !model.rows.isEmpty else { return none(scope) }
        let words = about(scope)
        let heads = [
            scope.say("Hasil", "Outcome"), scope.say("Jenis", "Kind"), scope.say("Waktu", "Time"),
            scope.say("Nilai", "Value"), scope.say("Dicari menurut", "Looked for by"),
        ]
        let cut = scope.say(
            "Menampilkan \(Self.rowsMax) yang terbaru.", "Showing the \(Self.rowsMax) newest.")
        return """
            <p class="muted small note">\(HTML(prose: words))</p>
            <div class="table"><table class="stack two">
            <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(model.rows.map { row($0, heads, scope) })</tbody></table></div>\
            \(model.isCut ? Self.small(cut) : "")
            """
    }

    private func none(_ scope: Scope) -> HTML {
        group == .unattributed
            ? scope.sentence(
                "Tidak ada. Setiap hasil pada rentang ini didahului sentuhan di WhatsApp.",
                "None. Every outcome in this range had a touch on WhatsApp before it.")
            : scope.sentence(
                "Tidak ada. Setiap hasil pada rentang ini diketahui milik siapa.",
                "None. It is known of every outcome in this range whose it is.")
    }

    private func about(_ scope: Scope) -> String {
        group == .unattributed
            ? scope.say(
                "Pelanggannya dikenal, tetapi tidak ada pesan, klik, atau jawaban dalam rentang mundurnya. Itu "
                    + "wajar: tidak "
                    + "semua pembelian datang dari WhatsApp. Daftar lengkap: `pantau outcomes --group unattributed`.",
                "The customer is known, but there was no message, click or reply within the look-back. That is as it "
                    + "should be: not every purchase comes from WhatsApp. The whole list: "
                    + "`pantau outcomes --group unattributed`.")
            : scope.say(
                "Dicocokkan sendiri begitu nomor, ID, atau tautannya muncul. Agar lebih banyak yang cocok, kirim nomor "
                    + "telepon dengan kode negara, message_id, atau tautan terlacak. Daftar lengkap: "
                    + "`pantau outcomes --group unmatched`.",
                "They are matched by themselves once the number, id or link appears. To match more, send phone numbers "
                    + "with their country code, message_id, or a tracked link. The whole list: "
                    + "`pantau outcomes --group unmatched`.")
    }

    private static func small(_ words: String) -> HTML { "<p class=\"muted small\">\(words)</p>" }

    private func row(_ row: OutcomeRow, _ heads: [String], _ scope: Scope) -> HTML {
        let hints =
            row.hints.isEmpty ? scope.say("tidak ada petunjuk", "nothing was told") : row.hints.joined(separator: ", ")
        return """
            <tr><th scope="row"><a href="\(OutcomePage.url(row, scope))">\(row.id)</a><span \
            class="interval">\(row.source)</span></th>\
            <td data-label="\(heads[1])">\(KindNames.name(row.kind, scope.language))</td>\
            <td data-label="\(heads[2])">\(scope.figures.time(row.at))</td>\
            <td data-label="\(heads[3])">\(scope.figures.money(row.value))</td>\
            <td data-label="\(heads[4])">\(hints)</td></tr>

            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        guard !model.rows.isEmpty else { return [] }
        let rows = model.rows.map { row -> [ExportTable.Value] in
            [
                .words(row.source), .words(row.id), .words(row.kind), .words(RFC3339.format(row.at)),
                row.value.map { .amount($0) } ?? .none, row.value.map { .words($0.currency) } ?? .none,
                .words(row.hints.joined(separator: " ")),
            ]
        }
        let columns = ["source", "id", "kind", "at", "value", "currency", "looked_for_by"]
        return [
            .table(
                ExportTable(
                    columns: columns, rows: rows, api: "/api/v1/outcomes?group=\(group.rawValue)",
                    command: "pantau outcomes --group \(group.rawValue)"))
        ]
    }
}
