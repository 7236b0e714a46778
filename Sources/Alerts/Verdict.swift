import Domain

/// What an answer means for a message.
enum AnswerVerdict {
    /// Seconds in a `Retry-After`: a number, or nothing that we know of.
    static func seconds(_ retryAfter: String?) -> Int64? {
        guard let text = retryAfter?.trimmed, (1...9).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64(text)
    }

    /// By status alone: 2xx arrived; 408, 425, 429 and 5xx come again; all else is for a person to mend.
    static func of(_ response: OutgoingResponse, name: Text) -> DispatchResult {
        let status = response.status
        switch status {
        case 200..<300: return .delivered
        case 408, 425, 429, 500...599:
            return .retry(
                Text(
                    id: "\(name.id) sedang tidak dapat menerima (status \(status)).",
                    en: "\(name.en) cannot take it now (status \(status))."),
                after: seconds(response.retryAfter))
        case 300..<400:
            return .givenUp(
                Text(
                    id: "\(name.id) mengalihkan ke alamat lain (status \(status)). Isi alamat tujuannya langsung.",
                    en: "\(name.en) redirects elsewhere (status \(status)). Enter the final address."))
        case 401, 403:
            return .givenUp(
                Text(
                    id: "\(name.id) menolak kunci atau tokennya (status \(status)). Isi lagi di pengaturan rute.",
                    en: "\(name.en) refuses the key or token (status \(status)). Enter it again in the route."))
        case 404, 410:
            return .givenUp(
                Text(
                    id: "Alamat \(name.id) tidak ada lagi (status \(status)). Isi alamat yang baru di pengaturan rute.",
                    en: "The address of \(name.en) is gone (status \(status)). Enter the new one in the route."))
        case 413:
            return .givenUp(
                Text(
                    id: "\(name.id) menolak karena pesannya terlalu besar (status 413).",
                    en: "\(name.en) refuses because the message is too large (status 413)."))
        default:
            return .givenUp(
                Text(
                    id: "\(name.id) menolak pesannya (status \(status)). Coba kirim pesan uji dari pengaturan rute.",
                    en: "\(name.en) refuses the message (status \(status)). Send a test from the route's settings."))
        }
    }
}
