import Catalogue
import Domain
import Web

extension Board {
    /// The first page: is anything wrong, what does it cost, what is to be done.
    static let overview = Board(
        Navigation.overview,
        about: Text(
            id: "Apa yang terjadi di kanal WhatsApp Anda, dan apa hasilnya.",
            en: "What happens on your WhatsApp channel, and what it brings."),
        dimensions: [.template, .phoneNumber],
        cards: [
            AttentionCard(), PulseCard.delivery, PulseCard.engagement, PulseCard.response, PulseCard.volume,
            PulseCard.outcomes,
        ],
        banner: { scope in
            guard !scope.hasSecret, !scope.data.isDemo else { return nil }
            let text = scope.say(
                "Webhook sedang ditolak: PANTAU_META_APP_SECRET belum diisi, jadi tanda tangan Meta "
                    + "tidak dapat diperiksa. Isi, lalu jalankan ulang.",
                "Webhooks are being refused: PANTAU_META_APP_SECRET is not set, so Meta's "
                    + "signature cannot be checked. Set it and restart.")
            return "<div class=\"card banner\" role=\"status\"><p>\(text)</p></div>"
        })
}
