import Domain

extension AlertRoute {
    package static let recipientsMax = 50

    /// Throws `unprocessable` with the first thing that cannot work, and what to do.
    package func check() throws(Failure) {
        let isID = (1...64).contains(id.utf8.count) && id.utf8.allSatisfy(Self.isIDByte)
        guard isID else {
            throw Self.failure(
                id: "Id rute terdiri dari 1 sampai 64 huruf, angka, - atau _.",
                en: "A route's id is made of 1 to 64 letters, digits, - or _.")
        }
        guard !name.isEmpty, name.utf8.count <= Limits.labelBytesMax else {
            throw Self.failure(
                id: "Beri nama rute ini, paling banyak \(Limits.labelBytesMax) bita.",
                en: "Give the route a name of at most \(Limits.labelBytesMax) bytes.")
        }
        let clock = try ZoneClock.named(zone)
        try checkChannel()
        try checkNumbers()
        if let quietHours { try check(quietHours, clock) }
        for digest in digests {
            guard (0..<1440).contains(digest.minute), (1...7).contains(digest.weekday) else {
                throw Self.failure(
                    id: "Jam rangkuman ada di antara 00:00 dan 23:59, harinya 1 (Senin) sampai 7 (Minggu).",
                    en: "A digest goes out between 00:00 and 23:59, on a weekday from 1 (Monday) to 7 (Sunday).")
            }
        }
        guard Set(digests.map(\.period)).count == digests.count else {
            throw Self.failure(
                id: "Paling banyak satu rangkuman harian dan satu mingguan per rute.",
                en: "At most one daily and one weekly digest a route.")
        }
    }

    private func checkNumbers() throws(Failure) {
        guard (1...1000).contains(perHourMax) else {
            throw Self.failure(
                id: "Batas per jam ada di antara 1 dan 1000 pesan. Untuk berhenti sama sekali, matikan rutenya.",
                en: "The hourly limit lies between 1 and 1000 messages. To stop altogether, switch the route off.")
        }
        guard (0...3600).contains(groupingSeconds) else {
            throw Self.failure(
                id: "Waktu pengelompokan ada di antara 0 dan 3600 detik.",
                en: "The grouping window lies between 0 and 3600 seconds.")
        }
        guard repeatSeconds == nil || (600...30 * 86_400).contains(repeatSeconds ?? 0) else {
            throw Self.failure(
                id: "Pengingat paling cepat tiap 10 menit dan paling lambat tiap 30 hari; 0 berarti tidak diulang.",
                en: "A finding is repeated every 10 minutes at the earliest, every 30 days at the latest; 0: never.")
        }
        guard selection.kinds.count <= 200, selection.segments.count <= 20,
            selection.segments.values.allSatisfy({ $0.count <= 500 })
        else {
            throw Self.failure(
                id: "Pilihan temuannya terlalu panjang: paling banyak 200 jenis dan 20 dimensi dengan 500 nilai.",
                en: "The selection is too long: at most 200 kinds and 20 dimensions of 500 values.")
        }
    }

    private func check(_ quiet: QuietHours, _ clock: ZoneClock) throws(Failure) {
        guard (0..<1440).contains(quiet.from), (0..<1440).contains(quiet.to),
            quiet.weekdays.union(quiet.wholeDays).isSubset(of: Set(1...7))
        else {
            throw Self.failure(
                id: "Jam tenang ada di antara 00:00 dan 23:59, harinya 1 (Senin) sampai 7 (Minggu).",
                en: "Quiet hours lie between 00:00 and 23:59, on weekdays from 1 (Monday) to 7 (Sunday).")
        }
        // Any Monday: whether a week has a moment that is not quiet.
        let monday = clock.instant(of: LocalDate(day: 20_780).startOfWeek)
        let hasBreak = (0..<7 * 24 * 4).contains { quarter in
            quiet.end(at: monday.adding(seconds: Int64(quarter) * 900), on: clock) == nil
        }
        guard hasBreak else {
            throw Self.failure(
                id: "Jam tenang ini tidak pernah berakhir, jadi rangkumannya tidak akan terkirim. Sisakan jam kirim.",
                en: "These quiet hours never end, so their summary would never go out. Leave some hours free.")
        }
    }

    private func checkChannel() throws(Failure) {
        switch channel {
        case .slack: break
        case .webhook(let url): try Self.checkWebhook(url)
        case .telegram(let chat):
            let digits = chat.hasPrefix("-") ? chat.dropFirst() : chat[...]
            let isNumber = (1...20).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            let isName =
                chat.hasPrefix("@") && (5...33).contains(chat.utf8.count)
                && chat.dropFirst().utf8.allSatisfy(Self.isIDByte)
            guard isNumber || isName else {
                throw Self.failure(
                    id: "Isi id chat Telegram (angka, grup diawali -) atau @nama_kanal.",
                    en: "Enter the Telegram chat's id (a number, with - for groups) or @channel_name.")
            }
        case .email(let to):
            try checkCount(to.count)
            guard to.allSatisfy({ MailAddress.parse($0) != nil }) else {
                throw Self.failure(
                    id: "Ada penerima yang bukan alamat email; tulis seperti sari@toko.example.",
                    en: "A recipient is no e-mail address; write it like sari@toko.example.")
            }
        case .whatsApp(let channel): try check(channel)
        }
    }

    private static func checkWebhook(_ url: String) throws(Failure) {
        guard let address = WebAddress(url) else {
            throw failure(
                id: "Isi alamat webhook yang lengkap tanpa nama pengguna, misalnya https://toko.example/peringatan.",
                en: "Enter the whole webhook address without a user name, such as https://shop.example/alerts.")
        }
        guard address.scheme == "https" || address.isNear else {
            throw failure(
                id: "Webhook di luar jaringan sendiri harus memakai https://, agar isinya tidak terbaca di jalan.",
                en: "A webhook outside your own network needs https://, so that nobody reads it on the way.")
        }
    }

    private func check(_ channel: WhatsAppChannel) throws(Failure) {
        try checkCount(channel.to.count)
        let isID =
            (1...32).contains(channel.phoneNumberID.utf8.count)
            && channel.phoneNumberID.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isID else {
            throw Self.failure(
                id: "Isi phone number ID pengirim: deretan angka dari halaman API Setup di Meta.",
                en: "Enter the sender's phone number ID: the digits on Meta's API Setup page.")
        }
        guard channel.to.allSatisfy({ (8...15).contains(WhatsAppChannel.digits($0).utf8.count) && !$0.hasPrefix("0") })
        else {
            throw Self.failure(
                id: "Tulis nomor penerima dengan kode negara, misalnya +62 812 …, bukan 0812 ….",
                en: "Write recipients' numbers with their country code, such as +62 812 …, not 0812 ….")
        }
        let isTemplate =
            (1...512).contains(channel.template.utf8.count)
            && channel.template.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
            }
        guard isTemplate else {
            throw Self.failure(
                id: "Nama template terdiri dari huruf kecil, angka, dan _.",
                en: "A template's name is made of small letters, digits and _.")
        }
        let version = channel.graphVersion.dropFirst().split(separator: ".").map { Int($0) }
        guard channel.graphVersion.hasPrefix("v"), version.count == 2, version.allSatisfy({ $0 != nil }) else {
            throw Self.failure(
                id: "Versi Graph API ditulis seperti \(WhatsAppChannel.graphVersionStandard).",
                en: "The version of the Graph API is written like \(WhatsAppChannel.graphVersionStandard).")
        }
    }

    private func checkCount(_ count: Int) throws(Failure) {
        guard (1...Self.recipientsMax).contains(count) else {
            throw Self.failure(
                id: "Isi 1 sampai \(Self.recipientsMax) penerima.", en: "Enter 1 to \(Self.recipientsMax) recipients.")
        }
    }

    /// Checks the secret that goes with the channel.
    package func check(secret: Secret?) throws(Failure) {
        guard let secretName else { return }
        guard let secret, !secret.isEmpty else {
            throw Self.failure(id: "Isi \(secretName.id) rute ini.", en: "Enter the route's \(secretName.en).")
        }
        let text = secret.value
        let isClean = text.utf8.count <= 2048 && text.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
        let isFit: Bool
        switch channel {
        case .webhook: isFit = text.utf8.count >= 16
        case .slack:
            isFit = text.hasPrefix("https://hooks.slack.com/") || text.hasPrefix("https://hooks.slack-gov.com/")
        case .telegram:
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            isFit = parts.count == 2 && Int64(parts[0]) != nil && parts[1].utf8.allSatisfy(Self.isIDByte)
        case .whatsApp, .email: isFit = true
        }
        guard isClean, isFit else {
            let expected: Text =
                switch channel {
                case .webhook: Text(id: "paling sedikit 16 huruf tanpa spasi", en: "at least 16 letters without blanks")
                case .slack: Text(id: "diawali https://hooks.slack.com/", en: "begins with https://hooks.slack.com/")
                case .telegram: Text(id: "seperti 123456:ABC-DEF", en: "looks like 123456:ABC-DEF")
                case .whatsApp, .email: Text(id: "tanpa spasi", en: "holds no blanks")
                }
            throw Self.failure(
                id: "Isi \(secretName.id) yang benar: \(expected.id).",
                en: "Enter the right \(secretName.en): it \(expected.en).")
        }
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func failure(id: String, en: String) -> Failure { Failure(.unprocessable, id: id, en: en) }
}
