import Domain
import Web

/// How to let Pantau know of results, for a business of which it knows none yet.
struct OutcomeLesson {
    let scope: Scope

    var html: HTML {
        let lead = scope.say(
            "Belum ada hasil. Hubungkan yang menghasilkan uang atau pelanggan, lalu setiap pesan mendapat nilainya:",
            "There are no outcomes yet. Connect what brings money or customers, and every message gets its worth:")
        return """
            <div class="empty"><p>\(lead)</p>
            \(steps)</div>
            """
    }

    var steps: HTML {
        """
        <ol class="steps"><li>\(providers)</li><li>\(own)</li><li>\(chat)</li><li>\(identity)</li></ol>
        """
    }

    private static let providers: [(name: String, path: String, setting: String)] = [
        ("Midtrans", "midtrans", "PANTAU_MIDTRANS_SERVER_KEY"), ("Xendit", "xendit", "PANTAU_XENDIT_CALLBACK_TOKEN"),
        ("Stripe", "stripe", "PANTAU_STRIPE_WEBHOOK_SECRET"), ("Cal.com", "calcom", "PANTAU_CALCOM_WEBHOOK_SECRET"),
        ("Calendly", "calendly", "PANTAU_CALENDLY_SIGNING_KEY"),
    ]

    private var providers: HTML {
        let words = scope.say(
            "Pembayaran dan pemesanan: isi rahasianya, jalankan ulang, lalu tempel alamat ini sebagai webhook:",
            "Payments and bookings: set the secret, restart, then paste this address as the webhook:")
        let rows = Self.providers.map { name, path, setting -> HTML in
            """
            <div class="copy"><code id="outcome-url-\(path)">\(scope.address)/webhooks/\(path)</code>
            <button type="button" data-copy="outcome-url-\(path)" data-done="\(scope.say("Tersalin", "Copied"))">\
            \(scope.say("Salin", "Copy"))</button> <span class="muted small">\(name) · <code>\(setting)</code></span>\(ready(path))</div>
            """
        }
        return "\(words)\(rows)"
    }

    private func ready(_ path: String) -> HTML {
        guard scope.outside?.ready.contains(path) ?? false else { return "" }
        return " " + scope.pill(.good, scope.say("rahasia terisi", "secret set"))
    }

    private var own: HTML {
        let words = scope.say(
            "Sistem sendiri: `POST /api/v1/outcomes`, atau berkas dengan `pantau import --format outcomes`.",
            "Your own systems: `POST /api/v1/outcomes`, or a file with `pantau import --format outcomes`.")
        let link = scope.say("Bentuk dan contohnya", "Format and example")
        return "\(HTML(prose: words)) <a href=\"/docs#postApiV1Outcomes\">\(link)</a>"
    }

    private var chat: HTML {
        HTML(
            prose: scope.say(
                "Dari obrolan: tombol, flow, dan pesanan katalog menjadi hasil menurut `pantau outcome-rules`; tiket "
                    + "yang selesai di Chatwoot dengan sendirinya.",
                "From the chat: buttons, flows and catalogue orders become outcomes by `pantau outcome-rules`; tickets "
                    + "resolved in Chatwoot by themselves."))
    }

    private var identity: HTML {
        HTML(
            prose: scope.say(
                "Sertakan siapa pelanggannya: nomor telepon, atau `wa:NOMOR` di custom_field, metadata, atau "
                    + "client_reference_id.",
                "Say who the customer is: a phone number, or `wa:NUMBER` in custom_field, metadata or "
                    + "client_reference_id."))
    }
}
