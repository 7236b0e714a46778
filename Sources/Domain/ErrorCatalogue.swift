/// Every error code that Meta documents for WhatsApp, and an honest answer for those it does not.
///
/// The entries stand in `ErrorCatalogue+….swift`, grouped by what they stop. Meta relies on the code alone
/// (titles change), and so does this.
package enum ErrorCatalogue {
    /// One row of the data: some codes share their words because Meta's own do not tell them apart.
    struct Entry {
        let codes: [Int]
        let errorClass: ErrorClass
        let owner: Owner
        let outlook: MetaError.Outlook
        let title: Text
        let cause: Text
        let remedy: Text

        init(
            _ codes: [Int], _ errorClass: ErrorClass, _ owner: Owner, _ outlook: MetaError.Outlook, title: Text,
            cause: Text, remedy: Text
        ) {
            self.codes = codes
            self.errorClass = errorClass
            self.owner = owner
            self.outlook = outlook
            self.title = title
            self.cause = cause
            self.remedy = remedy
        }

        func error(_ code: Int) -> MetaError {
            MetaError(
                code: code, errorClass: errorClass, title: title, cause: cause, remedy: remedy, owner: owner,
                outlook: outlook)
        }
    }

    /// The meaning of `code`. Codes outside the catalogue get an entry that says so.
    package static subscript(code: Int) -> MetaError {
        if let error = byCode[code] { return error }
        // An exact entry wins over a range: 200005 is no permission error.
        return ranges.first { $0.codes.contains(code) }?.entry.error(code) ?? unknown.error(code)
    }

    /// Every documented code, ascending.
    package static let all: [MetaError] = byCode.values.sorted { $0.code < $1.code }

    static let entries: [Entry] = access + messages + templates + account + onboarding + groups + calls

    private static let byCode: [Int: MetaError] = {
        let pairs = entries.flatMap { entry in entry.codes.map { ($0, entry.error($0)) } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()

    private static let ranges: [(codes: ClosedRange<Int>, entry: Entry)] = [
        (200...299, permission),
        (138000...138025, calling),
    ]

    private static let permission = Entry(
        [], .auth, .engineer, .recoverable,
        title: Text(id: "Izin API kurang", en: "API permission missing"),
        cause: Text(
            id: "Token tidak memiliki salah satu izin yang diperlukan, atau izin itu sudah dicabut.",
            en: "The token lacks a permission that is needed, or the permission was removed."),
        remedy: Text(
            id: "Berikan ulang izin WhatsApp pada pengguna sistem, lalu buat token baru.",
            en: "Grant the WhatsApp permissions to the system user again and create a new token.")
    )

    private static let calling = Entry(
        [], .call, .engineer, .recoverable,
        title: Text(id: "Panggilan gagal", en: "Call failed"),
        cause: Text(
            id: "Panggilan ditolak; Meta belum menjelaskan arti kode ini.",
            en: "The call was refused; Meta has not said what this code means."),
        remedy: Text(
            id: "Lihat rincian galat dan pengaturan panggilan nomor ini.",
            en: "See the error details and the number's call settings.")
    )

    private static let unknown = Entry(
        [], .unknown, .engineer, .recoverable,
        title: Text(id: "Kode yang belum dikenal", en: "Code not known yet"),
        cause: Text(
            id: "Meta mengirim kode yang belum ada di daftar ini, jadi sebabnya tidak diketahui.",
            en: "Meta sent a code that is not in this list, so its cause is not known."),
        remedy: Text(
            id: "Baca rincian galat pada pesan dan cari kodenya di dokumentasi Meta.",
            en: "Read the error details of a message and look the code up in Meta's documentation.")
    )
}
