import Analytics
import Domain
import Web

/// From nothing to the first numbers, step by step, with lights that turn green by themselves.
struct StartPage {
    static let path = "/start"
    static let livePath = "/start/live"
    static let title = Text(id: "Mulai dari sini", en: "Start here")

    let state: StartState
    let scope: Scope
    let outside: Outside

    var body: HTML {
        """
        <div class="head"><div><h1>\(Self.title(scope.language))</h1>
        <p class="muted">\(scope.say(
            "Enam langkah sampai semua angka berarti. Lampu berubah sendiri begitu ada yang datang.",
            "Six steps until every number means something. Lights turn by themselves when something comes."))</p></div>
        </div>
        <div class="start" data-start="\(live)">
        \(progress)
        <ol class="start-steps">\(StartStep.allCases.enumerated().map { item($0.offset + 1, $0.element) })</ol>
        \(done)
        \(demoCard)
        \(leave)
        </div>
        """
    }

    /// To the overview, also while there is nothing to see.
    private var leave: HTML {
        """
        <form method="post" action="/start/leave" class="actions">\(token())
        <button type="submit" class="quiet">\(scope.say(
            "Lewati, buka Ringkasan", "Skip this, open the overview"))</button></form>
        """
    }

    private var live: String { "\(Self.livePath)?lang=\(scope.language.rawValue)" }

    private func item(_ number: Int, _ step: StartStep) -> HTML {
        let open: HTML = state.next == step ? " open" : ""
        return """
            <li><section class="card start-step" id="step-\(step.rawValue)" aria-labelledby="step-title-\(step.rawValue)">
            <details\(open)><summary><span class="start-number" aria-hidden="true">\(number)</span>\
            <h2 id="step-title-\(step.rawValue)">\(step.title(scope.language))</h2>\(light(step))</summary>
            <div class="start-body">\(trouble(step))\(StartStepText(step: step, page: self).html)\(skip(step))</div>
            </details></section></li>

            """
    }

    // MARK: What changes while one looks

    /// All that may change, each part with an id of its own.
    var parts: HTML {
        let steps = StartStep.allCases.map { light($0) + trouble($0) }
        return "\(progress)\(steps)\(done)\(demoCard)"
    }

    private var progress: HTML {
        let all = StartStep.allCases.count
        let words = scope.say(
            "\(state.doneCount) dari \(all) langkah selesai", "\(state.doneCount) of \(all) steps done")
        return "<p id=\"start-progress\" class=\"muted\" role=\"status\" data-part>\(words)</p>"
    }

    private func light(_ step: StartStep) -> HTML {
        let (tone, words, word): (Scope.Tone, String, HTML) =
            switch state.light(step) {
            case .done: (.good, doneWords(step), "done")
            case .waiting: (.waiting, scope.say("Menunggu…", "Waiting…"), "waiting")
            case .trouble: (.bad, scope.say("Ada masalah", "Something is wrong"), "trouble")
            case .open: (.quiet, scope.say("Belum", "Not yet"), "open")
            case .skipped: (.quiet, scope.say("Dilewati", "Skipped"), "skipped")
            }
        return """
            <span id="light-\(step.rawValue)" class="start-light" data-part data-light="\(word)">\
            \(scope.pill(tone, words))</span>
            """
    }

    private func doneWords(_ step: StartStep) -> String {
        switch step {
        case .settings: scope.say("Terisi", "Set")
        case .handshake: scope.say("Tersambung", "Connected")
        case .first: scope.say("Terhitung", "Counted")
        case .sends, .desk, .outcomes: scope.say("Datang", "Arriving")
        }
    }

    private func trouble(_ step: StartStep) -> HTML {
        let words: HTML
        if case .trouble(let text) = state.light(step) {
            words = "<div class=\"failed\" role=\"alert\"><p>\(HTML(prose: text(scope.language)))</p></div>"
        } else {
            words = ""
        }
        return "<div id=\"trouble-\(step.rawValue)\" data-part>\(words)</div>"
    }

    private var done: HTML {
        guard state.isRunning else { return "<div id=\"start-done\" data-part></div>" }
        let links: [(String, Text, Text)] = [
            (
                Board.overview.path, Text(id: "Ringkasan", en: "Overview"),
                Text(id: "apa yang terjadi hari ini", en: "what happens today")
            ),
            (
                "/settings/calendars", Text(id: "Jam buka", en: "Opening hours"),
                Text(id: "agar waktu tunggu malam tidak dihitung", en: "so that waits at night do not count")
            ),
            (
                "/settings/prices", Text(id: "Harga dan kurs", en: "Prices and rates"),
                Text(id: "agar biaya tampil dalam rupiah", en: "so that costs are in your currency")
            ),
            (
                Board.health.path, Text(id: "Kesehatan data", en: "Data health"),
                Text(id: "apakah semuanya datang", en: "whether everything arrives")
            ),
        ]
        let items = links.map { path, title, about -> HTML in
            "<li><a href=\"\(path)\">\(title(scope.language))</a><span class=\"muted\">\(about(scope.language))</span></li>"
        }
        return """
            <section id="start-done" class="card" data-part><div class="card-head"><h2>\(scope.say(
            "Data masuk. Apa yang dilihat dahulu?", "Data is arriving. What to look at first?"))</h2></div>
            <ul class="list">\(items)</ul></section>
            """
    }

    // MARK: Passing over

    func token() -> HTML { "<input type=\"hidden\" name=\"form_token\" value=\"\(scope.viewer.formToken)\">" }

    private func skip(_ step: StartStep) -> HTML {
        guard step.skipped != nil else { return "" }
        let isSkipped = if case .skipped = state.light(step) { true } else { false }
        return """
            <form method="post" action="/start/skip" class="actions">\(token())
            <input type="hidden" name="step" value="\(step.rawValue)">
            <button type="submit" class="quiet" name="undo" value="\(isSkipped ? "1" : "")">\(isSkipped
                ? scope.say("Ingatkan lagi", "Remind me again")
                : scope.say("Lewati langkah ini", "Skip this step"))</button></form>
            """
    }

    // MARK: Made-up data

    private var demoCard: HTML {
        guard let demo = state.demo else { return "<div id=\"demo\" data-part></div>" }
        let content: HTML
        switch demo {
        case .none, .failed:
            let fault: HTML =
                if case .failed(let failure) = demo {
                    "<div class=\"failed\" role=\"alert\"><p>\(HTML(prose: failure.message(scope.language)))</p></div>"
                } else { "" }
            content = """
                \(fault)<form method="post" action="/demo/begin" class="actions">\(token())
                <button type="submit">\(scope.say("Lihat dengan data contoh", "Show me with demo data"))</button></form>
                """
        case .filling(let share):
            let percent = scope.figures.percent(share, places: 0)
            content = """
                <p role="status">\(scope.say("Menyiapkan data contoh: \(percent)", "Preparing demo data: \(percent)"))</p>
                <progress max="100" value="\(Int(share * 100))">\(percent)</progress>
                <form method="post" action="/demo/remove" class="actions">\(token())
                <button type="submit" class="quiet">\(scope.say("Batalkan", "Cancel"))</button></form>
                """
        case .ready:
            content = """
                <div class="actions"><form method="post" action="/demo/show">\(token())
                <button type="submit" class="primary">\(scope.say("Buka data contoh", "Open the demo data"))</button></form>
                <form method="post" action="/demo/remove">\(token())
                <button type="submit" class="quiet">\(scope.say("Hapus data contoh", "Delete the demo data"))</button></form>
                </div>
                """
        }
        return """
            <section id="demo" class="card" data-part><div class="card-head"><h2>\(scope.say(
            "Ingin melihat dahulu?", "Want to look first?"))</h2></div>
            <p class="muted">\(scope.say(
            "Toko rekaan dengan 60 hari pesan, percakapan, dan penjualan. Terpisah dari data Anda, dan dapat dihapus "
                + "kapan saja.",
            "A made-up shop with 60 days of messages, conversations and sales. Apart from your data, and deleted at any "
                + "time."))</p>
            \(content)</section>
            """
    }
}
