import Domain
import Web

/// What is read when the program starts: shown with where each comes from and how to change it.
struct WorkspaceSettings {
    let desk: SettingsDesk

    private static let main = ["timezone", "currency", "language", "country"]

    var html: HTML {
        let main = Self.main.compactMap(desk.installed.setting).map { block($0, value: named($0)) }
        let others = desk.installed.settings.filter { !Self.main.contains($0.name) }.map { row($0) }
        return """
            \(main)
            <section class="card"><h2>\(desk.say("Pengaturan lain", "Other settings"))</h2>
            <div class="table"><table class="stack"><thead><tr><th scope="col">\(desk.say("Nama", "Setting"))</th>\
            <th scope="col">\(desk.say("Nilai", "Value"))</th><th scope="col">\(desk.say("Dari", "From"))</th>\
            <th scope="col">\(desk.say("Artinya", "Meaning"))</th></tr></thead><tbody>\(others)</tbody></table></div>
            <p class="muted small">\(HTML(prose: desk.say(
                "Yang menang: opsi perintah, lalu lingkungan (`PANTAU_…`), lalu `\(desk.installed.settingsFile)`, lalu "
                    + "bawaan. Sama dengan `pantau config`.",
                "What wins: command options, then the environment (`PANTAU_…`), then `\(desk.installed.settingsFile)`, "
                    + "then the defaults. The same as `pantau config`.")))</p></section>
            """
    }

    private func title(_ name: String) -> String {
        switch name {
        case "timezone": desk.say("Zona waktu pelaporan", "Reporting time zone")
        case "currency": desk.say("Mata uang", "Currency")
        case "language": desk.say("Bahasa baku", "Default language")
        default: desk.say("Negara asal", "Home country")
        }
    }

    private func named(_ setting: Installed.Setting) -> String {
        switch setting.name {
        case "timezone": desk.figures.zone(at: desk.now)
        case "language": setting.value == "en" ? "English" : "Bahasa Indonesia"
        case "country": Country(code: setting.value).name(desk.language)
        default: setting.value
        }
    }

    /// What follows from a change.
    private func effect(_ name: String) -> String {
        switch name {
        case "timezone":
            desk.say(
                "Bila diubah, angka harian disusun ulang untuk tengah malam yang baru saat program mulai, juga untuk "
                    + "masa "
                    + "lalu.",
                "When changed, daily numbers are made anew for the new midnights when the program starts, of the past "
                    + "too.")
        case "currency":
            desk.say(
                "Bila diubah, biaya dan nilai ditulis dalam mata uang baru sejauh ada kurs di Tarif & anggaran; "
                    + "tidak ada "
                    + "yang dikonversi diam-diam.",
                "When changed, costs and values are told in the new currency where Prices & budgets has an exchange "
                    + "rate; nothing is converted silently.")
        case "language":
            desk.say(
                "Hanya bahasa awal; setiap orang dapat menggantinya di kanan atas. Tidak ada angka yang berubah.",
                "Only the language to begin with; everybody can switch at the top right. No number changes.")
        default:
            desk.say(
                "Menentukan bagaimana nomor seperti 0812… dibaca. Berlaku untuk data baru; yang lama ikut setelah "
                    + "`pantau replay`.",
                "Decides how numbers such as 0812… are read. It holds for new data; the old follows after "
                    + "`pantau replay`.")
        }
    }

    private func block(_ setting: Installed.Setting, value: String) -> HTML {
        let example =
            switch setting.name {
            case "timezone": setting.value == "Asia/Makassar" ? "Asia/Jakarta" : "Asia/Makassar"
            case "currency": setting.value == "USD" ? "IDR" : "USD"
            case "language": setting.value == "en" ? "id" : "en"
            default: setting.value == "SG" ? "ID" : "SG"
            }
        let line = Self.line(setting.name, example, file: desk.installed.settingsFile)
        return """
            <section class="card"><h2>\(title(setting.name))</h2>
            <p class="value"><strong>\(value)</strong> <span class="muted \
            small">\(HTML(prose: origin(setting)))</span></p>
            <p>\(HTML(prose: effect(setting.name)))</p>
            <details class="fold"><summary>\(desk.say("Cara mengubah", "How to change it"))</summary>
            <p>\(HTML(prose: how(setting)))</p>
            <div class="copy"><code id="line-\(setting.name)">\(line)</code>\
            <button type="button" data-copy="line-\(setting.name)" data-done="\(desk.say("Tersalin", "Copied"))">\
            \(desk.say("Salin", "Copy"))</button></div></details></section>
            """
    }

    static func line(_ name: String, _ value: String, file: String) -> String {
        file.hasSuffix("toml") ? "\(name) = \"\(value)\"" : "\(name): \"\(value)\""
    }

    private func how(_ setting: Installed.Setting) -> String {
        let file = "\(desk.installed.directory)/\(desk.installed.settingsFile)"
        switch setting.origin {
        case "flag":
            return desk.say(
                "Nilai ini datang dari opsi `--\(setting.name)` pada perintah yang menjalankan Pantau: ubah di sana, "
                    + "atau "
                    + "hapus opsinya dan tulis baris ini di `\(file)`. Lalu jalankan ulang.",
                "This value comes from the option `--\(setting.name)` of the command that runs Pantau: change it "
                    + "there, "
                    + "or take it out and write this line in `\(file)`. Then restart.")
        case setting.variable:
            return desk.say(
                "Nilai ini datang dari variabel `\(setting.variable)`: ubah di sana, atau hapus variabelnya dan tulis "
                    + "baris ini di `\(file)`. Lalu jalankan ulang.",
                "This value comes from the variable `\(setting.variable)`: change it there, or take it out and write "
                    + "this line in `\(file)`. Then restart.")
        default:
            return desk.say(
                "Tulis baris ini di `\(file)` dengan nilai yang diinginkan, lalu jalankan ulang Pantau.",
                "Write this line in `\(file)` with the value you want, then restart Pantau.")
        }
    }

    private func origin(_ setting: Installed.Setting) -> String {
        switch setting.origin {
        case "flag": desk.say("dari opsi perintah", "from a command option")
        case "default": desk.say("nilai bawaan", "the default")
        case setting.variable: desk.say("dari `\(setting.variable)`", "from `\(setting.variable)` ")
        default: desk.say("dari berkas `\(setting.origin)`", "from the file `\(setting.origin)`")
        }
    }

    private func row(_ setting: Installed.Setting) -> HTML {
        let empty = desk.say("belum diisi", "not set")
        let secret = desk.say("terisi, disembunyikan", "set, hidden")
        let value: HTML =
            setting.value.isEmpty
            ? "<span class=\"muted\">\(empty)</span>"
            : setting.isSecret ? "<span class=\"muted\">\(secret)</span>" : "<code>\(setting.value)</code>"
        return """
            <tr><th scope="row"><code>\(setting.name)</code></th>\
            <td data-label="\(desk.say("Nilai", "Value"))">\(value)</td>\
            <td data-label="\(desk.say("Dari", "From"))">\(HTML(prose: origin(setting)))</td>\
            <td data-label="\(desk.say("Artinya", "Meaning"))" class="small">\(desk.say(setting.help))</td></tr>

            """
    }
}
