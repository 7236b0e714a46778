import Domain
import Storage
import Web

/// Is data arriving, and is all of it counted?
struct ArrivalCard: Card {
    struct Model: Sendable {
        var arrival: Arrival
        var fields: [ProjectionStatus.FieldCount]
    }
    /// A projection that is this far behind is worth a word.
    static let lagSecondsMax = 30.0
    /// Silence of this length is normal at night and odd by day: it is told, not alarmed about.
    static let quietSeconds: Int64 = 3600

    let name = "arrival"
    let title = Text(id: "Apakah data masuk?", en: "Is data arriving?")

    func load(_ scope: Scope) async throws -> Model {
        let status = try await scope.store.projectionStatus()
        return Model(
            arrival: try await scope.arrival(), fields: status.notUnderstoodByField.sorted { $0.count > $1.count })
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        let arrival = model.arrival
        if arrival.received == 0 {
            return pill("waiting", scope.say("Menunggu kiriman pertama…", "Waiting for the first event…"))
        }
        if arrival.lagSeconds > Self.lagSecondsMax {
            return pill("warn", scope.say("Penghitungan tertinggal", "Counting is behind"))
        }
        if let fresh = arrival.freshTo, scope.now.microseconds(since: fresh) > Self.quietSeconds * 1_000_000 {
            return pill("quiet", scope.say("Sedang sepi", "Quiet at the moment"))
        }
        return pill("good", scope.say("Data masuk", "Data is arriving"))
    }

    private func pill(_ tone: String, _ words: String) -> HTML { "<span class=\"pill \(tone)\">\(words)</span>" }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.arrival.received > 0 else { return Self.teach(scope) }
        return figures(model.arrival, scope).html + undecodable(model, scope)
    }

    private func figures(_ arrival: Arrival, _ scope: Scope) -> [Figure] {
        let figures = scope.figures
        let fresh: HTML? = arrival.freshTo.map { "\(figures.time($0))" }
        let age = arrival.freshTo.map { instant -> String in
            let seconds = Double(max(0, scope.now.microseconds(since: instant)) / 1_000_000)
            return scope.say("\(figures.age(seconds)) lalu", "\(figures.age(seconds)) ago")
        }
        let isComplete = arrival.projected == arrival.received
        let share = arrival.received > 0 ? Double(arrival.projected) / Double(arrival.received) : nil
        return [
            figure(
                ("Diterima", "Received"), figures.integer(arrival.received), "",
                (
                    "Kiriman yang sudah tersimpan aman di disk server ini: webhook Meta dan catatan pengiriman.",
                    "Deliveries that are safely on this server's disk: Meta's webhooks and send logs."
                ), scope),
            figure(
                ("Terhitung", "Counted"), figures.integer(arrival.projected),
                isComplete ? "\(scope.say("semuanya", "all of it"))" : "\(figures.percent(share))",
                (
                    "Kiriman yang sudah masuk ke semua angka. Sama dengan Diterima berarti tidak ada yang tertinggal.",
                    "Deliveries that are in every number. Equal to Received means that nothing is left out."
                ), scope),
            figure(
                ("Jeda", "Lag"), figures.duration(arrival.lagSeconds), "",
                (
                    "Umur kiriman tertua yang belum terhitung. Nol berarti tidak ada yang menunggu.",
                    "Age of the oldest delivery not counted yet. Zero means that nothing waits."
                ), scope),
            figure(
                ("Tidak terbaca", "Not understood"), figures.integer(arrival.undecodable),
                arrival.undecodable == 0
                    ? "" : "\(scope.say("disimpan, tidak dihitung", "kept, not counted"))",
                (
                    "Bagian kiriman yang belum dikenali. Aslinya tetap disimpan dan dapat dihitung ulang nanti.",
                    "Pieces of deliveries that are not recognised. The originals are kept and can be counted later."
                ), scope),
            figure(
                ("Terbaru", "Newest"), age ?? "–", fresh ?? "",
                (
                    "Waktu terima kiriman terbaru yang sudah terhitung.",
                    "Receipt time of the newest delivery that is counted."
                ), scope),
        ]
    }

    private func figure(
        _ name: (id: String, en: String), _ value: String, _ beside: HTML, _ about: (id: String, en: String),
        _ scope: Scope
    ) -> Figure {
        let name = scope.say(name.id, name.en)
        return Figure(
            name: name, about: About.text(name, scope.say(about.id, about.en), scope), value: value, beside: beside)
    }

    private func undecodable(_ model: Model, _ scope: Scope) -> HTML {
        guard !model.fields.isEmpty else { return "" }
        let heads = [scope.say("Sebab", "Reason"), scope.say("Jumlah", "Count"), scope.say("Terakhir", "Latest")]
        let rows = model.fields.prefix(20).map { field -> HTML in
            """
            <tr><th scope="row"><code>\(field.field)</code></th>\
            <td data-label="\(heads[0])">\(Self.reason(field.reason)(scope.language))</td>\
            <td class="number" data-label="\(heads[1])">\(scope.figures.integer(field.count))</td>\
            <td class="number" data-label="\(heads[2])">\(scope.figures.time(field.lastAt))</td></tr>
            """
        }
        return """
            <details class="fold"><summary>\(scope.say("Apa yang tidak terbaca?", "What was not understood?"))</summary>
            <div class="table"><table class="stack three"><thead><tr><th scope="col">\(scope.say("Bidang", "Field"))</th>\
            <th scope="col">\(heads[0])</th><th scope="col" class="number">\(heads[1])</th>\
            <th scope="col" class="number">\(heads[2])</th></tr></thead>
            <tbody>\(rows)</tbody></table></div></details>
            """
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

    /// What to do when nothing has ever arrived.
    static func teach(_ scope: Scope) -> HTML {
        let lead = scope.say(
            "Belum ada kiriman. Hubungkan webhook Meta ke server ini; "
                + "kartu ini berubah hijau begitu kiriman pertama datang.",
            "Nothing has arrived yet. Point Meta's webhook at this server; "
                + "this card turns green with the first event.")
        let fields = scope.say(
            "Langgani bidang `messages` (dan bidang lain yang Anda perlukan), lalu kirim satu pesan uji.",
            "Subscribe to the field `messages` (and others you need), then send a test message.")
        return """
            <div class="empty"><p>\(lead)</p>
            <ol class="steps">
            <li>\(address(scope))</li>
            <li>\(verifyToken(scope))</li>
            <li>\(secret(scope))</li>
            <li>\(HTML(prose: fields))</li>
            </ol></div>
            """
    }

    private static func address(_ scope: Scope) -> HTML {
        let lead = scope.say(
            "Di dasbor aplikasi Meta, buka WhatsApp → Configuration, lalu tempel alamat ini sebagai Callback URL:",
            "In Meta's app dashboard open WhatsApp → Configuration and paste this as the Callback URL:")
        let note = scope.say(
            "Meta hanya menerima https dengan sertifikat yang sah; taruh server ini di belakang proksi TLS.",
            "Meta takes https with a valid certificate only; put this server behind a TLS proxy.")
        let copy = scope.say("Salin", "Copy")
        let done = scope.say("Tersalin", "Copied")
        return """
            \(lead)
            <div class="copy"><code id="webhook-url">\(scope.origin)/webhooks/meta</code>
            <button type="button" data-copy="webhook-url" data-done="\(done)">\(copy)</button></div>
            <span class="muted small">\(note)</span>
            """
    }

    private static func verifyToken(_ scope: Scope) -> String {
        scope.hasVerifyToken
            ? scope.say(
                "Token verifikasi: nilai PANTAU_META_VERIFY_TOKEN di server ini (sudah diisi).",
                "Verify token: the value of PANTAU_META_VERIFY_TOKEN on this server (it is set).")
            : scope.say(
                "Token verifikasi belum diisi. Isi PANTAU_META_VERIFY_TOKEN dengan kata rahasia pilihan Anda, "
                    + "lalu jalankan ulang.",
                "No verify token is set. Set PANTAU_META_VERIFY_TOKEN to a secret word of your choice and restart.")
    }

    private static func secret(_ scope: Scope) -> String {
        scope.hasSecret
            ? scope.say("Rahasia aplikasi sudah diisi.", "The app secret is set.")
            : scope.say(
                "Rahasia aplikasi belum diisi: isi PANTAU_META_APP_SECRET "
                    + "(Meta: App settings → Basic → App secret), lalu jalankan ulang.",
                "No app secret is set: set PANTAU_META_APP_SECRET "
                    + "(Meta: App settings → Basic → App secret) and restart.")
    }
}
