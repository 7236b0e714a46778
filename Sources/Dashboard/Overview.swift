import Domain
import Web

/// The first page: is data arriving, do messages arrive, which template works, why do they fail.
enum Overview {
    static let title = Text(id: "Ringkasan", en: "Overview")
    static let cards: [any Card] = [
        ArrivalCard(), WorthCard(), DeliveryByDayCard(), TemplatesCard(), FailuresCard(),
    ]

    static func banner(_ scope: Scope) -> HTML? {
        guard !scope.hasSecret else { return nil }
        let text = scope.say(
            "Webhook sedang ditolak: PANTAU_META_APP_SECRET belum diisi, jadi tanda tangan Meta "
                + "tidak dapat diperiksa. Isi, lalu jalankan ulang.",
            "Webhooks are being refused: PANTAU_META_APP_SECRET is not set, so Meta's "
                + "signature cannot be checked. Set it and restart."
        )
        return "<div class=\"card banner\" role=\"status\"><p>\(text)</p></div>"
    }
}
