import Domain
import Web

/// A form that holds one settings document. A module of the browser reads it by its marks (`name`, `data-list`, …),
/// sends it to the API, and puts complaints beside the member that they name.
struct SettingsForm {
    let id: String
    /// Where it goes.
    let send: String
    let desk: SettingsDesk
    var title: String?
    /// What taking the last change back sends, where that is not the form as it was.
    var back: String?
    /// What takes the document away, with the word on its button.
    var away: (json: String, label: String, done: String)?
    let fields: HTML

    var html: HTML {
        let title: HTML = title.map { "<h2>\($0)</h2>" } ?? ""
        let back: HTML = back.map { " data-back=\"\($0)\"" } ?? ""
        let away: HTML =
            away.map {
                """
                <button type="button" class="quiet" data-away="\($0.json)" data-done="\($0.done)">\($0.label)</button>
                """
            } ?? ""
        return """
            <form class="card document" id="\(id)" data-document data-send="\(send)" data-method="PUT"\(back) \
            \(Self.words(desk)) novalidate>
            \(title)\(fields)
            <div class="actions"><button type="submit" class="primary">\(desk.say("Simpan", "Save"))</button>\(away)
            <span class="changed" data-changed hidden>\(desk.say("Belum disimpan", "Not saved yet"))</span>
            <p class="said" data-said role="status" tabindex="-1"></p></div>
            </form>
            """
    }

    /// What the module says, in the reader's language.
    static func words(_ desk: SettingsDesk) -> HTML {
        let words: [(HTML, String)] = [
            ("saving", desk.say("Menyimpan…", "Saving…")),
            ("counting", desk.say("Tersimpan. Menghitung…", "Saved. Counting…")),
            ("done", desk.say("Tersimpan dan berlaku.", "Saved and in force.")),
            (
                "marked",
                desk.say("Belum tersimpan: perbaiki isian yang ditandai.", "Not saved yet: mend the marked field.")
            ),
            ("undo", desk.say("Urungkan", "Undo")),
            ("undone", desk.say("Perubahan diurungkan.", "The change was taken back.")),
            (
                "failed",
                desk.say(
                    "Tidak tersimpan: server tidak menjawab. Coba lagi sebentar lagi.",
                    "Not saved: the server does not answer. Try again in a moment.")
            ),
        ]
        return words.map { "data-\($0.0)=\"\($0.1)\" " as HTML }.reduce("", +)
    }
}

/// The parts that forms of settings are made of.
enum Control {
    struct Choice {
        var value: String
        var name: String
        /// Needs no word beside it.
        var isBare = false
        var example = ""
        /// Id of a list of values to offer.
        var values: String?

        init(_ value: String, _ name: String, isBare: Bool = false, example: String = "", values: String? = nil) {
            self.value = value
            self.name = name
            self.isBare = isBare
            self.example = example
            self.values = values
        }
    }

    /// A field with its name above it.
    static func text(
        _ name: String, _ label: String, _ value: String, example: String = "", values: String? = nil,
        type: String = "text", hint: String? = nil
    ) -> HTML {
        let list: HTML = values.map { " list=\"\($0)\"" } ?? ""
        let hint: HTML = hint.map { "<small>\(HTML(prose: $0))</small>" } ?? ""
        return """
            <label class="field"><span>\(label)</span><input type="\(type)" name="\(name)" value="\(value)" \
            placeholder="\(example)" autocomplete="off" spellcheck="false"\(list)>\(hint)</label>
            """
    }

    static func select(_ name: String, _ label: String, _ value: String, _ choices: [Choice]) -> HTML {
        """
        <label class="field"><span>\(label)</span><select \
        name="\(name)">\(options(choices, chosen: value))</select></label>
        """
    }

    static func check(_ name: String, _ label: String, _ isOn: Bool, hint: String) -> HTML {
        let on: HTML = isOn ? " checked" : ""
        return """
            <label class="check"><input type="checkbox" name="\(name)"\(on)><span>\(label)\
            <small>\(HTML(prose: hint))</small></span></label>
            """
    }

    static func options(_ choices: [Choice], chosen: String) -> [HTML] {
        choices.map { choice in
            let selected: HTML = choice.value == chosen ? " selected" : ""
            let bare: HTML = choice.isBare ? " data-bare" : ""
            let values: HTML = choice.values.map { " data-values=\"\($0)\"" } ?? ""
            return """
                <option value="\(choice.value)" data-example="\(choice.example)"\(bare)\(values)\(selected)>\
                \(choice.name)</option>
                """
        }
    }

    /// One of several members, with its value.
    /// - Parameter member: that holds it; empty when it stands in the entry itself.
    static func pick(_ member: String, _ label: String, _ choices: [Choice], chosen: String, value: String) -> HTML {
        let isBare = choices.first { $0.value == chosen }?.isBare ?? false
        let hidden: HTML = isBare ? " hidden" : ""
        return """
            <div class="field pick" data-pick="\(member)"><span>\(label)</span><div>\
            <select aria-label="\(label)">\(options(choices, chosen: chosen))</select>\
            <input type="text" value="\(value)" aria-label="\(label)" autocomplete="off" \
            spellcheck="false"\(hidden)></div></div>
            """
    }

    /// A length of time as a number and its unit.
    static func length(_ member: String, _ label: String, seconds: Int64?, units: [Unit], _ desk: SettingsDesk) -> HTML
    {
        // The largest that leaves nothing over.
        let whole = units.filter { unit in seconds.map { $0 % unit.seconds == 0 } ?? false }
        let unit = whole.max { $0.seconds < $1.seconds } ?? units[units.startIndex]
        let count = seconds.map { String($0 / unit.seconds) } ?? ""
        let choices = units.map { Choice($0.rawValue, desk.say($0.name)) }
        return """
            <div class="field length" data-length="\(member)"><span>\(label)</span><div>\
            <input type="number" min="1" step="1" value="\(count)" aria-label="\(label)">\
            <select aria-label="\(desk.say("Satuan waktu", "Unit of time"))">\
            \(options(choices, chosen: unit.rawValue))</select></div></div>
            """
    }

    enum Unit: String {
        case second = "s"
        case minute = "m"
        case hour = "h"
        case day = "d"

        var seconds: Int64 {
            switch self {
            case .second: 1
            case .minute: 60
            case .hour: 3600
            case .day: 86_400
            }
        }
        var name: Text {
            switch self {
            case .second: Text(id: "detik", en: "seconds")
            case .minute: Text(id: "menit", en: "minutes")
            case .hour: Text(id: "jam", en: "hours")
            case .day: Text(id: "hari", en: "days")
            }
        }
    }

    /// Rows that come and go.
    /// - Parameters:
    ///   - kind: `list`, or `pairs` for members with names of their own.
    ///   - none: said when there is no row.
    static func rows(
        _ member: String, kind: Rows = .list, _ rows: [HTML], blank: HTML, add: String, none: String,
        isOrdered: Bool = false, above: HTML = "", _ desk: SettingsDesk
    ) -> HTML {
        func row(_ fields: HTML) -> HTML {
            let up: HTML =
                isOrdered
                ? """
                <button type="button" class="icon" data-up title="\(desk.say("Naikkan", "Move up"))" \
                aria-label="\(desk.say("Naikkan baris ini", "Move this row up"))">↑</button>
                """ : ""
            return """
                <div class="row" data-row>\(fields)<span class="row-actions">\(up)<button type="button" class="icon" \
                data-remove title="\(desk.say("Hapus", "Remove"))" \
                aria-label="\(desk.say("Hapus baris ini", "Remove this row"))">×</button></span></div>
                """
        }
        let hidden: HTML = rows.isEmpty ? "" : " hidden"
        return """
            <div class="rows" data-\(kind.mark)="\(member)">\(above)
            <p class="muted none" data-none\(hidden)>\(none)</p>
            <div data-rows>\(rows.map(row))</div>
            <template>\(row(blank))</template>
            <button type="button" data-add>\(add)</button></div>
            """
    }

    enum Rows {
        case list, pairs
        var mark: HTML {
            switch self {
            case .list: "list"
            case .pairs: "pairs"
            }
        }
    }

    /// Values that fields offer.
    static func offers(_ id: String, _ values: [String]) -> HTML {
        "<datalist id=\"\(id)\">\(values.map { "<option value=\"\($0)\"></option>" as HTML })</datalist>"
    }

    /// The same by other doors.
    static func elsewhere(_ desk: SettingsDesk, api: String, command: String) -> HTML {
        let title = desk.say("Hal yang sama lewat API dan baris perintah", "The same by API and command line")
        return """
            <details class="fold"><summary>\(title)</summary>
            <p class="small"><code>\(api)</code></p><p class="small"><code>\(command)</code></p></details>
            <noscript><p class="card">\(desk.say(
            "Untuk menyimpan dari halaman ini, nyalakan JavaScript; atau pakai perintah di atas.",
            "To save from this page, switch JavaScript on; or use the command above."))</p></noscript>
            """
    }
}
