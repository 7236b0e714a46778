import Domain
import Web

/// What is kept for how long, how large it is, and how to erase it.
struct RetentionSettings {
    let desk: SettingsDesk

    private struct Kept {
        var what: Text
        var file: String
        var howLong: Text
    }

    private var kept: [Kept] {
        let days = desk.figures.integer(desk.installed.compressedAfterDays)
        return [
            Kept(
                what: Text(
                    id: "Kiriman mentah: setiap webhook dan catatan seperti datangnya",
                    en: "Raw deliveries: every webhook and record as it came"),
                file: "inbox.sqlite",
                howLong: Text(
                    id: "Selamanya; dimampatkan setelah \(days) hari. Semua angka dapat dihitung ulang darinya.",
                    en: "For ever; compressed after \(days) days. Every number can be counted anew from them.")),
            Kept(
                what: Text(
                    id: "Fakta dan angka: pesan, penantian, percakapan, hasil, biaya",
                    en: "Facts and numbers: messages, waits, conversations, outcomes, costs"),
                file: "pantau.sqlite",
                howLong: Text(
                    id: "Selamanya; dapat dibuat ulang dengan `pantau replay`.",
                    en: "For ever; can be made anew with `pantau replay`.")),
            Kept(
                what: Text(id: "Tautan pendek", en: "Short links"), file: "links.sqlite",
                howLong: Text(id: "Selamanya, agar tautan lama tetap terbuka.", en: "For ever, so that old links open.")
            ),
            Kept(
                what: Text(id: "Orang, kunci, dan catatan akses", en: "People, keys and the audit list"),
                file: "settings.sqlite",
                howLong: Text(
                    id: "Selamanya; kata sandi dan kunci hanya sebagai sidik.",
                    en: "For ever; passwords and keys only as digests.")),
        ]
    }

    var html: HTML {
        let files = desk.installed.files()
        let total = files.reduce(0) { $0 + $1.bytes }
        let rows = kept.map { kept -> HTML in
            let bytes = files.filter { $0.name.hasPrefix(kept.file) }.reduce(0) { $0 + $1.bytes }
            return """
                <tr><th scope="row">\(desk.say(kept.what))<span class="interval"><code>\(kept.file)</code></span></th>\
                <td data-label="\(desk.say("Disimpan", "Kept"))">\(HTML(prose: desk.say(kept.howLong)))</td>\
                <td class="number" data-label="\(desk.say("Besarnya", "Size"))">\(desk.figures.bytes(bytes))</td></tr>

                """
        }
        return """
            <section class="card"><div class="table"><table class="stack">
            <thead><tr><th scope="col">\(desk.say("Apa", "What"))</th><th \
            scope="col">\(desk.say("Disimpan", "Kept"))</th>\
            <th scope="col" class="number">\(desk.say("Besarnya", "Size"))</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            <p class="muted small">\(HTML(prose: desk.say(
                "Seluruh folder `\(desk.installed.directory)`: \(desk.figures.bytes(total)). Umur pemampatan diatur "
                    + "dengan "
                    + "`inbox-retention-days`.",
                "The whole folder `\(desk.installed.directory)`: \(desk.figures.bytes(total)). The age of compression "
                    + "is "
                    + "the setting `inbox-retention-days`.")))</p></section>
            <section class="card"><h2>\(desk.say("Menghapus data", "Erasing data"))</h2>
            <p>\(HTML(prose: desk.say(
                "Satu ruang kerja adalah satu folder. Hentikan Pantau lalu hapus foldernya, dan semua data hilang; "
                    + "cadangan "
                    + "dari `pantau backup` perlu dihapus juga. Satu orang saja belum dapat dihapus.",
                "A workspace is one folder. Stop Pantau and delete the folder, and all data is gone; copies made with "
                    + "`pantau backup` have to be deleted too. A single person cannot be erased yet.")))</p>
            <p>\(HTML(prose: desk.say(
                "Nomor telepon hanya ada di folder itu, disamarkan di halaman, dan tidak pernah ada di log. Siapa yang "
                    + "membukanya tercatat di Catatan akses.",
                "Phone numbers are only in that folder, masked on the pages, and never in a log. Who opens them is "
                    + "kept "
                    + "in the audit list.")))</p></section>
            """
    }
}

extension Figures {
    /// `1,2 GB`
    func bytes(_ count: Int64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = Double(max(0, count))
        var unit = 0
        while value >= 1000, unit + 1 < units.count {
            value /= 1000
            unit += 1
        }
        return "\(decimal(value, places: unit > 1 && value < 100 ? 1 : 0))\u{A0}\(units[unit])"
    }
}
