import Domain
import Web

/// How to let Pantau know who answers, for a business of which it knows no wait yet.
struct DeskLesson {
    let scope: Scope

    var html: HTML {
        let lead = scope.say(
            "Belum ada pelanggan yang menulis. Waktu tunggu dihitung dari webhook Meta, tanpa pengaturan lain. Agar "
                + "Pantau tahu siapa yang menjawab (bot atau orang), siapa yang ditugasi, dan kapan percakapan "
                + "selesai, hubungkan aplikasi layanan Anda:",
            "No customer has written yet. Waits are counted from Meta's webhooks, without any further set-up. For "
                + "Pantau to know who answers (bot or person), who is in charge and when a conversation is resolved, "
                + "connect your agent desk:")
        return """
            <div class="empty"><p>\(lead)</p>
            \(steps)</div>
            """
    }

    var steps: HTML {
        "<ol class=\"steps\"><li>\(chatwoot)</li><li>\(otherDesks)</li><li>\(noDesk)</li></ol>"
    }

    private var chatwoot: HTML {
        let lead = scope.say(
            "Chatwoot (4.13 atau lebih baru): Settings → Integrations → Webhooks, tempel alamat ini dan pilih semua "
                + "kejadian percakapan dan pesan:",
            "Chatwoot (4.13 or later): Settings → Integrations → Webhooks, paste this address and choose every event "
                + "of conversations and messages:")
        let secret =
            scope.hasDesk
            ? scope.say("PANTAU_CHATWOOT_SECRET sudah diisi.", "PANTAU_CHATWOOT_SECRET is set.")
            : scope.say(
                "Lalu salin rahasia webhook itu ke PANTAU_CHATWOOT_SECRET dan jalankan ulang.",
                "Then copy that webhook's secret to PANTAU_CHATWOOT_SECRET and restart.")
        return """
            \(lead)
            <div class="copy"><code id="desk-url">\(scope.address)/webhooks/chatwoot</code>
            <button type="button" data-copy="desk-url" data-done="\(scope.say("Tersalin", "Copied"))">\
            \(scope.say("Salin", "Copy"))</button></div>
            <span class="muted small">\(secret)</span>
            """
    }

    private var otherDesks: HTML {
        let words = scope.say(
            "Aplikasi lain (Qiscus, Zendesk, HubSpot, buatan sendiri): kirim kejadiannya ke "
                + "`POST /api/v1/desk-events`.",
            "Other desks (Qiscus, Zendesk, HubSpot, your own): send their events to `POST /api/v1/desk-events`.")
        let link = scope.say("Bentuk dan contohnya", "Format and example")
        return "\(HTML(prose: words)) <a href=\"/docs#postApiV1DeskEvents\">\(link)</a>"
    }

    private var noDesk: HTML {
        HTML(
            prose: scope.say(
                "Tanpa aplikasi layanan: sebut pengirim (`sender`) di `POST /api/v1/sends` atau di "
                    + "`biz_opaque_callback_data`. Jawaban dari aplikasi WhatsApp Business dikenali dengan sendirinya.",
                "Without a desk: name the `sender` in `POST /api/v1/sends` or in `biz_opaque_callback_data`. "
                    + "Answers from the WhatsApp Business app are recognised by themselves."))
    }
}
