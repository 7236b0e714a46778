import Analytics
import Domain
import Web

/// What stands in each of the first steps.
struct StartStepText {
    let step: StartStep
    let page: StartPage

    private var scope: Scope { page.scope }
    private var connection: DataHealth.Connection { page.state.health.connection }

    var html: HTML {
        switch step {
        case .settings: settings
        case .handshake: handshake
        case .first: first
        case .sends: sends
        case .desk: DeskLesson(scope: scope).steps
        case .outcomes: OutcomeLesson(scope: scope).steps
        }
    }

    private func paragraph(_ id: String, _ en: String) -> HTML { "<p>\(HTML(prose: scope.say(id, en)))</p>" }

    // MARK: Secret and token

    private var settings: HTML {
        let lead = paragraph(
            "Pantau hanya menerima kiriman yang ditandatangani aplikasi Meta Anda. Isi dua nilai ini di berkas "
                + "pengaturan atau lingkungan server, lalu jalankan ulang Pantau:",
            "Pantau takes only what your Meta app has signed. Set these two in the server's settings file or environment, "
                + "then restart Pantau:")
        let secret = scope.say(
            "Di Meta: App settings → Basic → App secret → Show.", "At Meta: App settings → Basic → App secret → Show.")
        let token = scope.say(
            "Kata rahasia pilihan Anda sendiri; ditempel lagi di langkah berikutnya.",
            "A secret word of your own choice; it is pasted again in the next step.")
        return """
            \(lead)<ul class="list">
            <li><span><code>PANTAU_META_APP_SECRET</code><span class="interval">\(secret)</span></span>\
            <span class="apart">\(set(connection.hasSecret))</span></li>
            <li><span><code>PANTAU_META_VERIFY_TOKEN</code><span class="interval">\(token)</span></span>\
            <span class="apart">\(set(connection.hasVerifyToken))</span></li></ul>
            """
    }

    private func set(_ isSet: Bool) -> HTML {
        isSet
            ? scope.pill(.good, scope.say("terisi", "set")) : scope.pill(.warn, scope.say("kosong", "not set"))
    }

    // MARK: At Meta

    private var handshake: HTML {
        let lead = paragraph(
            "Di dasbor aplikasi Meta, buka WhatsApp → Configuration → Webhook → Edit. Tempel keduanya, lalu tekan "
                + "Verify and save:",
            "In Meta's app dashboard open WhatsApp → Configuration → Webhook → Edit. Paste both, then press Verify and "
                + "save:")
        let token: HTML =
            page.outside.verifyToken.map { copy("verify-token", "Verify token", $0) }
            ?? paragraph(
                "Verify token: isi dahulu `PANTAU_META_VERIFY_TOKEN` (langkah 1).",
                "Verify token: set `PANTAU_META_VERIFY_TOKEN` first (step 1).")
        let fields = WebhookFieldHealth.wanted.filter { $0.name != "smb_message_echoes" }.map { field -> HTML in
            "<li><code>\(field.name)</code><span class=\"muted\">\(field.purpose(scope.language))</span></li>"
        }
        let subscribe = paragraph(
            "Lalu centang bidang-bidang ini di Webhook fields. `messages` wajib; sisanya menjelaskan angka:",
            "Then tick these under Webhook fields. `messages` is needed; the others explain the numbers:")
        return """
            \(lead)\(copy("callback-url", "Callback URL", scope.address + "/webhooks/meta"))\(addressWarning)\(token)
            \(subscribe)<ul class="list">\(fields)</ul>
            """
    }

    /// Says why Meta cannot reach the address, when it cannot.
    private var addressWarning: HTML {
        let address = scope.address
        let host = address.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != ":" && $0 != "/" }
        let isHere = host == "localhost" || host.hasPrefix("127.") || host.hasPrefix("[")
        let words: Text
        if isHere {
            words = Text(
                id:
                    "Alamat ini hanya ada di komputer ini, jadi Meta tidak dapat mencapainya. Taruh Pantau di server dengan "
                    + "nama domain dan sertifikat, lalu isi `PANTAU_LINK_BASE_URL`, misalnya `https://pantau.toko.id`.",
                en: "This address exists on this machine only, so Meta cannot reach it. Put Pantau on a server with a "
                    + "domain name and a certificate, then set `PANTAU_LINK_BASE_URL`, such as "
                    + "`https://pantau.shop.example`.")
        } else if address.hasPrefix("http://") {
            words = Text(
                id: "Meta hanya menerima https. Taruh proksi TLS di depan Pantau dan isi `PANTAU_LINK_BASE_URL`.",
                en: "Meta takes https only. Put a TLS proxy in front of Pantau and set `PANTAU_LINK_BASE_URL`.")
        } else {
            return ""
        }
        return "<p class=\"start-warning\">\(HTML(prose: words(scope.language)))</p>"
    }

    private func copy(_ id: String, _ name: String, _ value: String) -> HTML {
        """
        <div class="copy"><span class="start-name">\(name)</span><code id="\(id)">\(value)</code>
        <button type="button" data-copy="\(id)" data-done="\(scope.say("Tersalin", "Copied"))">\
        \(scope.say("Salin", "Copy"))</button></div>
        """
    }

    // MARK: The first status

    private var first: HTML {
        let lead = paragraph(
            "Kirim satu pesan dari nomor WhatsApp Anda, ke ponsel sendiri misalnya. Meta lalu mengirim statusnya, dan "
                + "lampu ini menjadi hijau dalam hitungan detik.",
            "Send one message from your WhatsApp number, to your own phone for instance. Meta then sends its status, and "
                + "this light turns green within seconds.")
        let still = paragraph(
            "Tidak datang? Empat sebab yang paling sering: akun WhatsApp belum terhubung ke aplikasi ini, bidang "
                + "`messages` belum dicentang, aplikasi masih mode pengembangan, atau nomornya memakai callback URL lain.",
            "Nothing comes? The four usual causes: the WhatsApp account is not connected to this app, the field `messages` "
                + "is not ticked, the app is in development mode, or the number has another callback URL.")
        let test = scope.say("Uji pintunya sendiri", "Test the door itself")
        return """
            \(lead)\(still)
            <form method="post" action="/health/test" class="actions">\(page.token())
            <input type="hidden" name="page" value="\(Board.health.path)">
            <button type="submit" name="by" value="\(page.outside.baseURL == nil ? "direct" : "public")">\(test)</button>
            </form>
            """
    }

    // MARK: The send log

    private var sends: HTML {
        let lead = paragraph(
            "Status dari Meta tidak menyebut templat atau kampanyenya. Pilih salah satu cara:",
            "Meta's statuses do not name the template or campaign. Choose one of two ways:")
        let tags = paragraph(
            "Titipkan pada pesannya: Meta mengembalikan teks ini (sampai 512 huruf) dengan setiap status.",
            "Send it along with the message: Meta returns this text (up to 512 characters) with every status.")
        let log = paragraph(
            "Atau catat setiap pengiriman ke Pantau. Perlu kunci dengan peran `ingest`: buat di Pengaturan → Kunci, atau "
                + "`pantau key create --role ingest`, lalu simpan sebagai `PANTAU_KEY`.",
            "Or tell Pantau of each send. It takes a key of the role `ingest`: make one under Settings → Keys, or with "
                + "`pantau key create --role ingest`, and keep it as `PANTAU_KEY`.")
        let snippets = StartSnippets(address: scope.address).all.enumerated().map { index, snippet in
            code("snippet-\(index)", snippet.name, snippet.code, isOpen: index == 0)
        }
        return """
            \(lead)<h3>\(scope.say("Cara 1: tanpa program tambahan", "Way 1: no further program"))</h3>
            \(tags)\(code("callback-data", "biz_opaque_callback_data", StartSnippets.callback, isOpen: true, group: nil))
            <h3>\(scope.say("Cara 2: catatan pengiriman", "Way 2: send log"))</h3>
            \(log)<div class="start-code">\(snippets)</div>
            <p><a href="/docs#postApiV1Sends">\(scope.say("Semua isian catatan", "All members of a record"))</a></p>
            """
    }

    private func code(_ id: String, _ name: String, _ code: String, isOpen: Bool, group: HTML? = "snippet") -> HTML {
        let open: HTML = isOpen ? " open" : ""
        let group: HTML = group.map { " name=\"\($0)\"" } ?? ""
        return """
            <details class="fold"\(group)\(open)><summary>\(name)</summary><div class="copy"><pre id="\(id)" tabindex="0">\
            \(code)</pre><button type="button" data-copy="\(id)" data-done="\(scope.say("Tersalin", "Copied"))">\
            \(scope.say("Salin", "Copy"))</button></div></details>
            """
    }
}

extension Scope {
    /// Where the world reaches this server, as far as it is known.
    var address: String { outside?.baseURL ?? origin }
}
