import Domain
import Web

/// What a card says when there is nothing to show.
enum Empty {
    static func messages(_ scope: Scope) -> HTML {
        nothing(
            scope,
            narrowed: (
                "Tidak ada pesan yang cocok dengan filter ini. Hapus filter atau pilih rentang yang lebih panjang.",
                "No message matches these filters. Clear a filter or choose a longer range."
            ),
            all: (
                "Belum ada pesan keluar pada rentang ini. Angka muncul beberapa detik "
                    + "setelah status pertama dari Meta datang.",
                "No outbound messages in this range. Numbers appear seconds after Meta's first status arrives."
            ))
    }

    static func waits(_ scope: Scope) -> HTML {
        nothing(
            scope,
            narrowed: (
                "Tidak ada pelanggan yang menunggu jawaban dengan filter ini. Hapus filter atau pilih rentang yang "
                    + "lebih panjang.",
                "No customer waited for an answer with these filters. Clear a filter or choose a longer range."
            ),
            all: (
                "Belum ada pelanggan yang menulis pada rentang ini.",
                "No customer wrote in this range."
            ))
    }

    static func conversations(_ scope: Scope) -> HTML {
        nothing(
            scope,
            narrowed: (
                "Tidak ada percakapan yang cocok dengan filter ini. Hapus filter atau pilih rentang yang lebih "
                    + "panjang.",
                "No conversation matches these filters. Clear a filter or choose a longer range."
            ),
            all: (
                "Belum ada percakapan pada rentang ini. Percakapan dimulai oleh pesan pertama, dari pelanggan atau "
                    + "dari Anda.",
                "No conversations in this range. One begins with the first message, the customer's or yours."
            ))
    }

    static func outcomes(_ scope: Scope) -> HTML {
        let words = scope.say(
            "Belum ada hasil pada rentang ini. Hubungkan pembayaran, pemesanan, atau sistem sendiri.",
            "There are no outcomes in this range. Connect payments, bookings or your own systems.")
        let link = scope.say("Caranya", "How to")
        return """
            <div class="empty"><p>\(words) <a href="\(scope.url(Navigation.outcomes.path))">\(link)</a></p></div>
            """
    }

    private static func nothing(
        _ scope: Scope, narrowed: (id: String, en: String), all: (id: String, en: String)
    ) -> HTML {
        let words = scope.filters.isNarrowed ? narrowed : all
        let clear: HTML =
            scope.filters.isNarrowed
            ? " <a href=\"\(scope.url(scope.filters.cleared))\">\(scope.say("Hapus filter", "Clear filters"))</a>" : ""
        return "<div class=\"empty\"><p>\(scope.say(words.id, words.en))\(clear)</p></div>"
    }
}
