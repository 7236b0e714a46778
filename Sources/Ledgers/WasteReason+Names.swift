import Domain

extension WasteReason {
    package var name: Text {
        switch self {
        case .unreachable: Text(id: "Penerima tidak terjangkau", en: "Recipient unreachable")
        case .optedOut: Text(id: "Sudah berhenti berlangganan", en: "Opted out")
        case .neverActive: Text(id: "Tidak pernah aktif", en: "Never active")
        case .duplicate: Text(id: "Ganda dalam 24 jam", en: "Duplicate within 24 hours")
        case .freeTextCheaper: Text(id: "Teks biasa lebih murah", en: "Free text was cheaper")
        case .categoryRaised: Text(id: "Kategori dinaikkan Meta", en: "Category raised by Meta")
        case .noEffect: Text(id: "Tidak ada tanggapan", en: "No effect")
        }
    }

    /// What it means and what to do about it.
    package var action: Text {
        switch self {
        case .unreachable:
            Text(
                id: "Pesan sebelumnya ke orang yang sama tidak sampai. Keluarkan nomor yang gagal dari daftar sampai "
                    + "mereka menulis lagi.",
                en: "The message before to the same person did not arrive. Take numbers that failed off the list until "
                    + "they write again.")
        case .optedOut:
            Text(
                id: "Pesan pemasaran dikirim kepada orang yang sudah berhenti. Cocokkan daftar kirim dengan permintaan "
                    + "berhenti sebelum setiap kampanye.",
                en: "Marketing was sent to people who had stopped it. Check the list against opt-outs before each "
                    + "campaign.")
        case .neverActive:
            Text(
                id: "Orang ini menerima pesan tetapi tidak pernah membaca, mengetuk, atau menulis. Kirim hanya kepada "
                    + "yang pernah menanggapi, dan tanyai ulang persetujuan yang lain.",
                en:
                    "These people get messages but have never read, tapped or written. Send to those who have "
                    + "responded, and ask the others for consent again.")
        case .duplicate:
            Text(
                id: "Templat yang sama sudah sampai ke orang yang sama dalam 24 jam sebelumnya. Pasang batas kirim per "
                    + "orang, dan periksa pengiriman ulang otomatis.",
                en: "The same template had reached the same person within the 24 hours before. Cap sends for each "
                    + "person, and look at automatic retries.")
        case .freeTextCheaper:
            Text(
                id: "Jendela layanan sedang terbuka, jadi teks biasa lebih murah daripada templat. Balas tanpa templat "
                    + "selama 24 jam setelah pelanggan menulis.",
                en: "The service window was open, so free text would have cost less than the template. Reply without a "
                    + "template within 24 hours of the customer's message.")
        case .categoryRaised:
            Text(
                id:
                    "Meta menaikkan kategori templatnya, dan tarifnya ikut naik. Ubah isinya agar tidak bersifat "
                    + "promosi dan ajukan peninjauan, atau buat templat baru.",
                en:
                    "Meta raised the template's category, and its price with it. Take promotion out of the text and "
                    + "ask for a review, or make a new template.")
        case .noEffect:
            Text(
                id: "Pesan sampai tetapi tidak dibaca, dibalas, diklik, atau diikuti hasil. Uji isi, waktu, dan segmen "
                    + "lain pada sebagian kecil dahulu.",
                en:
                    "It arrived and was neither read, answered, clicked nor followed by an outcome. Try other copy, "
                    + "time and segment on a small part first.")
        }
    }

    /// How much of its cost a business could have kept.
    package enum Recovery: String, CaseIterable, Sendable {
        /// All of it: the message need not have been sent.
        case all
        /// At most all of it: something cheaper was possible.
        case atMost = "at_most"
        /// What the raise cost.
        case raise
        /// Nobody can know before the message is sent.
        case none
    }

    package var recovery: Recovery {
        switch self {
        case .unreachable, .optedOut, .neverActive, .duplicate: .all
        case .freeTextCheaper: .atMost
        case .categoryRaised: .raise
        case .noEffect: .none
        }
    }

    /// The part of a cost that could have been kept; nil where nobody can know.
    /// - Parameter raised: of the cost, because of raised categories.
    package func recoverable(of cost: Money, raised: Money?) -> Money? {
        switch recovery {
        case .all, .atMost: cost
        case .raise: Money(micros: min(cost.micros, raised?.micros ?? 0), currency: cost.currency)
        case .none: nil
        }
    }
}
