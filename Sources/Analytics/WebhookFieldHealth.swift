import Domain
import Storage

/// Whether one of Meta's webhook fields arrives, and what is lost without it.
package struct WebhookFieldHealth: Hashable, Sendable {
    package enum Need: String, Hashable, Sendable {
        /// Without it there are no numbers.
        case required
        /// Something is lost without it.
        case useful
        /// Arrives, and nothing rests on it.
        case other
    }
    package var field: String
    package var need: Need
    /// What it is for, and so what is lost without it; nil for fields that nothing rests on.
    package var purpose: Text?
    /// Meta sends it only when something happens, perhaps once in months: that it never came says little.
    package var isRare: Bool
    package var changes: Int64
    package var lastAt: Instant?
    /// It came in the last 30 days.
    package var isRecent: Bool

    package static let recentSeconds: Int64 = 30 * 86_400

    /// The known fields first, then whatever else came.
    package static func all(_ received: [Receipts.Field], now: Instant) -> [WebhookFieldHealth] {
        let byName = Dictionary(received.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
        let known = wanted.map { field -> WebhookFieldHealth in
            health(field.name, field.need, field.purpose, isRare: field.isRare, byName[field.name], now)
        }
        let names = Set(wanted.map(\.name))
        let others = received.filter { !names.contains($0.field) }.sorted { $0.field < $1.field }
            .map { health($0.field, .other, nil, isRare: false, $0, now) }
        return known + others
    }

    private static func health(
        _ name: String, _ need: Need, _ purpose: Text?, isRare: Bool, _ received: Receipts.Field?, _ now: Instant
    ) -> WebhookFieldHealth {
        WebhookFieldHealth(
            field: name, need: need, purpose: purpose, isRare: isRare, changes: received?.changes ?? 0,
            lastAt: received?.lastAt,
            isRecent: received.map { $0.lastAt >= now.adding(seconds: -recentSeconds) } ?? false)
    }

    package struct Wanted: Sendable {
        package var name: String
        package var need: Need
        package var isRare: Bool
        package var purpose: Text
    }

    /// What to subscribe to, the most needed first.
    package static let wanted: [Wanted] = [
        Wanted(
            name: "messages", need: .required, isRare: false,
            purpose: Text(
                id: "Status tiap pesan dan pesan masuk. Tanpa ini tidak ada angka sama sekali.",
                en: "The status of each message, and what customers write. Without it there are no numbers at all.")),
        Wanted(
            name: "message_template_status_update", need: .useful, isRare: true,
            purpose: Text(
                id: "Templat disetujui, ditolak, dijeda. Tanpa ini jeda pada grafik tampak tanpa sebab.",
                en: "Templates approved, rejected, paused. Without it a dip in a chart has no visible cause.")),
        Wanted(
            name: "message_template_quality_update", need: .useful, isRare: true,
            purpose: Text(
                id: "Mutu templat naik atau turun. Tanpa ini peringatan sebelum templat dijeda terlewat.",
                en: "A template's quality rises or falls. Without it the warning before a pause is missed.")),
        Wanted(
            name: "template_category_update", need: .useful, isRare: true,
            purpose: Text(
                id:
                    "Meta mengubah kategori templat, jadi harganya berubah. Tanpa ini kenaikan biaya tidak "
                    + "terjelaskan.",
                en: "Meta changes a template's category and so its price. Without it a rise in cost stays unexplained.")
        ),
        Wanted(
            name: "phone_number_quality_update", need: .useful, isRare: true,
            purpose: Text(
                id: "Batas kirim harian nomor Anda. Tanpa ini tidak terlihat kapan pengiriman dibatasi.",
                en: "Your number's daily sending limit. Without it nobody sees when sending is held back.")),
        Wanted(
            name: "account_update", need: .useful, isRare: true,
            purpose: Text(
                id: "Akun dibatasi, diblokir, atau dipulihkan. Tanpa ini pembatasan akun baru ketahuan dari kegagalan.",
                en: "The account is restricted, banned or restored. Without it failures are the first to tell.")),
        Wanted(
            name: "account_alerts", need: .useful, isRare: true,
            purpose: Text(
                id: "Peringatan Meta atas akun, misalnya soal batas kirim. Tanpa ini hanya terlihat di dasbor Meta.",
                en:
                    "Meta's alerts about the account, such as its limits. Without it they show in Meta's dashboard "
                    + "only."
            )),
        Wanted(
            name: "user_preferences", need: .useful, isRare: false,
            purpose: Text(
                id: "Pelanggan menghentikan atau mengizinkan lagi pesan pemasaran. Tanpa ini berhenti langganan kurang "
                    + "terhitung.",
                en: "Customers stop or allow marketing again. Without it too few opt-outs are counted.")),
        Wanted(
            name: "smb_message_echoes", need: .useful, isRare: true,
            purpose: Text(
                id: "Jawaban dari aplikasi WhatsApp Business. Hanya perlu bila nomornya juga dipakai di aplikasi itu; "
                    + "tanpa ini jawaban dari sana tampak seperti penantian tanpa jawaban.",
                en: "Answers from the WhatsApp Business app. Needed only when the number is used there too; without it "
                    + "those answers look like waits without an answer.")),
    ]
}
