import Domain
import Web

/// The pages of settings.
enum SettingsSection: String, CaseIterable, Sendable {
    case workspace, calendars, targets, prices, attribution, rules, watching, routes, people, keys, audit, retention

    static let root = "/settings"

    var path: String { "\(Self.root)/\(rawValue)" }

    /// Who may open it.
    var permission: Permission {
        switch self {
        case .people, .keys, .audit: .people
        default: .settings
        }
    }

    /// Whether its page is more than one form that numbers rest on.
    var hasOwnPages: Bool { permission != .settings || self == .routes || self == .watching }

    var title: Text {
        switch self {
        case .workspace: Text(id: "Ruang kerja", en: "Workspace")
        case .calendars: Text(id: "Jam kerja", en: "Opening hours")
        case .targets: Text(id: "Target layanan", en: "Service targets")
        case .prices: Text(id: "Tarif & anggaran", en: "Prices & budgets")
        case .attribution: Text(id: "Atribusi", en: "Attribution")
        case .rules: Text(id: "Aturan hasil", en: "Outcome rules")
        case .watching: Text(id: "Pemantauan", en: "Watching")
        case .routes: Text(id: "Rute peringatan", en: "Alert routes")
        case .people: Text(id: "Orang", en: "People")
        case .keys: Text(id: "Kunci API", en: "API keys")
        case .audit: Text(id: "Catatan akses", en: "Audit list")
        case .retention: Text(id: "Penyimpanan data", en: "Retention")
        }
    }

    /// What it changes in which numbers, in two sentences.
    var about: Text {
        switch self {
        case .workspace:
            Text(
                id:
                    "Zona waktu menentukan kapan satu hari dimulai di semua grafik; mata uang menentukan dalam apa "
                    + "uang "
                    + "ditulis. Keduanya dibaca saat program mulai, jadi perubahan berlaku setelah dijalankan ulang.",
                en:
                    "The time zone decides when a day begins on every chart; the currency decides what money is "
                    + "written "
                    + "in. Both are read when the program starts, so a change holds after a restart.")
        case .calendars:
            Text(
                id:
                    "Jam kerja menentukan waktu jawab jam kerja dan bagian “tutup” dari tiap penantian. Tanpa jam "
                    + "kerja, "
                    + "angka itu kosong (–), bukan nol.",
                en: "Opening hours decide response times in business hours and the “closed” part of each wait. Without "
                    + "them those numbers are empty (–), not zero.")
        case .targets:
            Text(
                id:
                    "Target adalah janji: penantian seperti ini dijawab dalam waktu sekian. Target menentukan "
                    + "pencapaian "
                    + "SLA dan siapa yang ditandai merah di daftar tunggu.",
                en:
                    "A target is a promise: a wait like this is answered within so much time. It decides SLA "
                    + "attainment "
                    + "and who is marked red in the list of open waits.")
        case .prices:
            Text(
                id: "Kartu tarif memberi harga setiap pesan yang sampai, jadi menentukan semua angka biaya, biaya per "
                    + "hasil, dan pemborosan. Anggaran hanya membandingkan; tidak ada pesan yang dihentikan.",
                en: "Rate cards price every delivered message, so they decide all costs, costs per outcome and waste. "
                    + "Budgets only compare; no message is ever held back.")
        case .attribution:
            Text(
                id: "Rentang mundur menentukan pesan, klik, dan jawaban mana sebelum suatu hasil yang boleh mendapat "
                    + "kredit. Ini mengubah hasil dan nilai per templat, kampanye, dan agen, tidak pernah jumlah "
                    + "hasilnya.",
                en: "The look-back decides which messages, clicks and replies before an outcome may get credit. It "
                    + "changes outcomes and value by template, campaign and agent, never how many outcomes there are.")
        case .rules:
            Text(
                id:
                    "Aturan menjadikan kejadian di obrolan (tombol, flow, pesanan) sebagai hasil. Pembayaran, "
                    + "pemesanan, "
                    + "dan tiket datang dari sistemnya sendiri dan tidak memerlukan aturan.",
                en: "Rules make outcomes of what happens in the chat (buttons, flows, orders). Payments, bookings and "
                    + "tickets come from their own systems and need no rule.")
        case .watching:
            Text(
                id: "Temuan mana yang perlu dikabarkan, dan seberapa mencolok. Tidak ada angka yang berubah; temuan "
                    + "lama tetap ada.",
                en: "Which findings are worth telling, and how striking they must be. No number changes; earlier "
                    + "findings stay.")
        case .routes:
            Text(
                id: "Siapa yang diberi tahu tentang temuan, lewat apa, dan kapan tidak. Tidak ada angka yang berubah.",
                en: "Who is told about findings, by what means, and when not. No number changes.")
        case .people:
            Text(
                id: "Siapa yang boleh masuk, dan apa yang boleh dilihatnya. Tidak ada angka yang berubah.",
                en: "Who may sign in, and what they may see. No number changes.")
        case .keys:
            Text(
                id: "Kunci untuk program yang mengirim data atau membaca angka. Tidak ada angka yang berubah.",
                en: "Keys for programs that send data in or read numbers. No number changes.")
        case .audit:
            Text(
                id: "Siapa yang melihat atau mengekspor data pribadi, dan kapan. Daftar ini tidak dapat diubah.",
                en: "Who saw or exported personal data, and when. This list cannot be changed.")
        case .retention:
            Text(
                id: "Apa yang disimpan, berapa lama, dan seberapa besar sekarang. Angka di semua halaman tidak hilang "
                    + "karena umur.",
                en: "What is kept, for how long, and how large it is now. The numbers on the pages are never lost to "
                    + "age.")
        }
    }

    /// The way there from a card; only its name for who may not open it.
    func link(_ scope: Scope) -> HTML {
        let name = "\(Navigation.settings.title(scope.language)) → \(title(scope.language))"
        return scope.viewer.may(permission) ? "<a href=\"\(path)\">\(name)</a>" : "\(name)"
    }
}
