import Domain

/// What came of the server's test of its own webhook address.
package struct WebhookTest: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A handshake with the right token.
        case handshake
        /// … with another.
        case wrongToken
        /// A delivery that holds no messages, rightly signed.
        case signed
        /// … without a signature.
        case unsigned
        /// … with a signature of another secret.
        case wronglySigned

        /// What the answer must be.
        package var expected: Int {
            switch self {
            case .handshake, .signed: 200
            case .wrongToken: 403
            case .unsigned, .wronglySigned: 401
            }
        }
    }
    package enum Outcome: Hashable, Sendable {
        case answered(Int)
        /// Not made, because a secret or token is not set.
        case skipped
        /// The answer says that another server stands there: the challenge did not come back.
        case stranger
        /// Led elsewhere, which Meta does not follow.
        case redirected
        /// Nobody answered.
        case unreachable
        /// Answered too slowly.
        case slow
        /// The certificate is not valid for that name.
        case untrusted
    }
    package struct Step: Hashable, Sendable {
        package var kind: Kind
        package var outcome: Outcome
        package init(kind: Kind, outcome: Outcome) {
            self.kind = kind
            self.outcome = outcome
        }
        package var isGood: Bool { outcome == .answered(kind.expected) }
    }
    package var at: Instant
    /// The address that was tested.
    package var address: String
    package var isPublic: Bool
    package var steps: [Step]

    package init(at: Instant, address: String, isPublic: Bool, steps: [Step]) {
        self.at = at
        self.address = address
        self.isPublic = isPublic
        self.steps = steps
    }
    package var isGood: Bool { steps.allSatisfy(\.isGood) }
}

extension WebhookTest.Kind {
    var title: Text {
        switch self {
        case .handshake: Text(id: "Jabat tangan dengan token yang benar", en: "Handshake with the right token")
        case .wrongToken: Text(id: "Jabat tangan dengan token salah", en: "Handshake with a wrong token")
        case .signed: Text(id: "Kiriman bertanda tangan", en: "Signed delivery")
        case .unsigned: Text(id: "Kiriman tanpa tanda tangan", en: "Unsigned delivery")
        case .wronglySigned: Text(id: "Kiriman dengan tanda tangan salah", en: "Wrongly signed delivery")
        }
    }
    /// What a good answer means.
    var good: Text {
        switch self {
        case .handshake: Text(id: "Diterima (200)", en: "Accepted (200)")
        case .wrongToken: Text(id: "Ditolak (403), seperti seharusnya", en: "Refused (403), as it should be")
        case .signed: Text(id: "Tersimpan aman di disk (200)", en: "Safely stored on disk (200)")
        case .unsigned, .wronglySigned:
            Text(id: "Ditolak (401), seperti seharusnya", en: "Refused (401), as it should be")
        }
    }
}

extension WebhookTest.Step {
    /// What to mend; nil when it went well.
    var remedy: Text? {
        switch outcome {
        case .answered(kind.expected): nil
        case .answered(let status): Self.remedy(kind, status)
        case .skipped where kind == .handshake || kind == .wrongToken:
            Text(
                id: "Tidak diuji: PANTAU_META_VERIFY_TOKEN belum diisi.",
                en: "Not tested: PANTAU_META_VERIFY_TOKEN is not set.")
        case .skipped:
            Text(
                id: "Tidak diuji: PANTAU_META_APP_SECRET belum diisi, jadi semua webhook ditolak.",
                en: "Not tested: PANTAU_META_APP_SECRET is not set, so every webhook is refused.")
        case .stranger:
            Text(
                id: "Yang menjawab bukan Pantau. Periksa ke mana proksi meneruskan alamat ini.",
                en: "Something else than Pantau answered. Check where the proxy passes this address on to.")
        case .redirected:
            Text(
                id: "Alamat ini dialihkan, dan Meta tidak mengikuti pengalihan. Pakai alamat akhirnya.",
                en: "This address redirects, and Meta follows no redirect. Use the final address.")
        case .unreachable:
            Text(
                id: "Tidak ada yang menjawab. Periksa DNS, firewall, dan apakah proksi berjalan.",
                en: "Nobody answered. Check DNS, the firewall, and whether the proxy runs.")
        case .slow:
            Text(
                id: "Tidak dijawab dalam 10 detik. Periksa beban disk dan proksi.",
                en: "No answer within 10 seconds. Check the load of the disk and the proxy.")
        case .untrusted:
            Text(
                id: "Sertifikat TLS tidak sah. Meta menolaknya; pasang sertifikat dari otoritas publik.",
                en: "The TLS certificate is not valid. Meta refuses it; install one of a public authority.")
        }
    }

    private static func remedy(_ kind: WebhookTest.Kind, _ status: Int) -> Text {
        switch (kind, status) {
        case (.signed, 401):
            Text(
                id: "Ditolak (401): ada yang mengubah isi di jalan, biasanya proksi. Teruskan isi apa adanya.",
                en: "Refused (401): something changes the body on its way, mostly a proxy. Pass it on as it is.")
        case (.signed, 413):
            Text(
                id: "Terlalu besar (413): naikkan batas isi di proksi menjadi 4 MiB.",
                en: "Too large (413): raise the proxy's limit of bodies to 4 MiB.")
        case (.signed, 503):
            Text(
                id: "Tidak tersimpan (503): periksa ruang disk, lalu jalankan `pantau doctor`.",
                en: "Not stored (503): check the disk's space, then run `pantau doctor`.")
        case (.unsigned, 200), (.wronglySigned, 200), (.wrongToken, 200):
            Text(
                id: "Diterima (200) padahal harus ditolak: yang menjawab bukan Pantau.",
                en: "Accepted (200) where it must be refused: something else than Pantau answered.")
        case (_, 502), (_, 504):
            Text(
                id: "Proksi menjawab \(status): ia tidak mencapai Pantau. Periksa alamat dan port tujuannya.",
                en: "The proxy answered \(status): it does not reach Pantau. Check its target address and port.")
        case (_, 404):
            Text(
                id: "Tidak ditemukan (404): proksi tidak meneruskan /webhooks/meta.",
                en: "Not found (404): the proxy does not pass /webhooks/meta on.")
        default:
            Text(
                id: "Dijawab \(status), seharusnya \(kind.expected). Jalankan `pantau doctor`.",
                en: "Answered \(status) instead of \(kind.expected). Run `pantau doctor`.")
        }
    }
}
