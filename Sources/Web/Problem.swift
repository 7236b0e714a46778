import Domain
import HTTPTypes
import Hummingbird

/// An answer that is an error, as RFC 9457 problem JSON: what went wrong and what to do about it.
package struct Problem: Error, Sendable {
    package var status: HTTPResponse.Status
    /// The last part of `type`, one word for programs to tell problems apart; explained on the page of the API.
    package var kind: String
    package var title: Text
    package var detail: Text
    package var headers: HTTPFields
    /// Writes further members behind the standard ones.
    package var extend: (@Sendable (inout JSONWriter) -> Void)?

    package init(
        _ status: HTTPResponse.Status, kind: String, title: Text, detail: Text, headers: HTTPFields = [:],
        extend: (@Sendable (inout JSONWriter) -> Void)? = nil
    ) {
        self.status = status
        self.kind = kind
        self.title = title
        self.detail = detail
        self.headers = headers
        self.extend = extend
    }

    /// Seconds after which a sender should try again when the disk is slow or full.
    package static let retryAfterSeconds = 5

    package init(_ failure: Failure) {
        self.init(failure.code.status, kind: failure.code.kind, title: failure.code.title, detail: failure.message)
        if failure.code == .unavailable { headers[.retryAfter] = String(Self.retryAfterSeconds) }
        if failure.code == .unauthorised { headers[.wwwAuthenticate] = "Bearer realm=\"pantau\"" }
    }

    package func response(in language: Language) -> Response {
        var writer = JSONWriter()
        writer.object {
            $0.member("type", "/docs#problem-\(kind)")
            $0.member("title", title(language))
            $0.member("status", status.code)
            $0.member("detail", detail(language))
            extend?(&$0)
        }
        var fields = headers
        fields[.contentType] = "application/problem+json; charset=utf-8"
        fields[.cacheControl] = "no-store"
        return Response(
            status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    }
}

extension Failure.Code {
    /// The one mapping of codes to HTTP.
    package var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unauthorised: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .unprocessable: .unprocessableContent
        case .tooLarge: .contentTooLarge
        case .unavailable, .misconfigured: .serviceUnavailable
        case .internal: .internalServerError
        }
    }

    /// As in a problem's `type`.
    package var kind: String {
        switch self {
        case .malformed: "malformed"
        case .unauthorised: "unauthorised"
        case .forbidden: "forbidden"
        case .notFound: "not-found"
        case .unprocessable: "unprocessable"
        case .tooLarge: "too-large"
        case .unavailable: "unavailable"
        case .misconfigured: "misconfigured"
        case .internal: "internal"
        }
    }

    package var title: Text {
        switch self {
        case .malformed: Text(id: "Permintaan tidak terbaca", en: "The request cannot be read")
        case .unauthorised: Text(id: "Belum dikenali", en: "Not recognised")
        case .forbidden: Text(id: "Tidak diizinkan", en: "Not allowed")
        case .notFound: Text(id: "Tidak ditemukan", en: "Not found")
        case .unprocessable: Text(id: "Permintaan tidak dapat dijalankan", en: "The request cannot be carried out")
        case .tooLarge: Text(id: "Terlalu besar", en: "Too large")
        case .unavailable: Text(id: "Sementara tidak tersedia", en: "Not available for now")
        case .misconfigured: Text(id: "Pengaturan belum lengkap", en: "The set-up is not complete")
        case .internal: Text(id: "Kesalahan di server", en: "A fault of the server")
        }
    }
}

extension Problem {
    package static let keyMissing = Problem(
        Failure(
            .unauthorised,
            id: "Kirim kunci API: `Authorization: Bearer KUNCI`. Buat kunci dengan `pantau key create`.",
            en: "Send an API key: `Authorization: Bearer KEY`. Make one with `pantau key create`."))

    package static let keyWrong = Problem(
        Failure(
            .unauthorised,
            id: "Kunci API tidak dikenal atau sudah dicabut. Buat yang baru dengan `pantau key create`.",
            en: "The API key is unknown or revoked. Make a new one with `pantau key create`."))

    package static let signInNeeded = Problem(
        .unauthorized, kind: "sign-in-needed", title: Text(id: "Masuk dahulu", en: "Sign in first"),
        detail: Text(
            id: "Halaman ini untuk yang sudah masuk. Buka /sign-in, atau kirim kunci admin: "
                + "`Authorization: Bearer KUNCI`.",
            en: "This page is for people who are signed in. Open /sign-in, or send an admin key: "
                + "`Authorization: Bearer KEY`."),
        headers: [.wwwAuthenticate: "Bearer realm=\"pantau\""])

    /// - Parameter owners: names of those who can give the permission.
    package static func permissionLacking(_ permission: Permission, role: PersonRole, owners: [String]) -> Problem {
        let names = owners.prefix(5).joined(separator: ", ")
        return Problem(
            Failure(
                .forbidden,
                id: "Peran Anda (\(role.name.id)) tidak boleh \(permission.name.id). "
                    + (names.isEmpty ? "Minta izin kepada pemilik Pantau ini." : "Minta izin kepada \(names)."),
                en: "Your role (\(role.name.en)) may not \(permission.name.en). "
                    + (names.isEmpty ? "Ask an owner of this Pantau." : "Ask \(names).")))
    }

    package static let formForeign = Problem(
        Failure(
            .forbidden, id: "Formulir ini dikirim dari situs lain. Buka halamannya di sini dan kirim dari sana.",
            en: "This form was sent from another site. Open the page here and send it from there."))

    package static let formStale = Problem(
        .forbidden, kind: "form-stale", title: Text(id: "Formulir sudah kedaluwarsa", en: "The form is out of date"),
        detail: Text(
            id: "Formulir ini tidak membawa tanda sesi Anda. Muat ulang halamannya, lalu kirim lagi. Skrip mengirim "
                + "tanda itu sebagai `X-Pantau-Form`.",
            en: "This form does not carry the mark of your session. Reload its page and send it again. Scripts send "
                + "the mark as `X-Pantau-Form`."))

    package static func roleLacking(_ roles: Set<Role>) -> Problem {
        let names = Role.allCases.filter(roles.contains).map(\.rawValue)
        return Problem(
            Failure(
                .forbidden,
                id:
                    "Kunci ini tidak boleh melakukan itu. "
                    + "Pakai kunci dengan peran \(names.joined(separator: " atau ")).",
                en: "This key may not do that. Use a key of the role \(names.joined(separator: " or "))."))
    }

    package static let pathUnknown = Problem(
        Failure(
            .notFound,
            id: "Tidak ada apa-apa di alamat ini. Daftar alamat ada di /docs.",
            en: "There is nothing at this address. The addresses are listed at /docs."))

    package static func methodUnknown(allowed: String) -> Problem {
        Problem(
            .methodNotAllowed, kind: "method-not-allowed",
            title: Text(id: "Metode tidak didukung", en: "Method not supported"),
            detail: Text(id: "Alamat ini menerima: \(allowed).", en: "This address takes: \(allowed)."),
            headers: [.allow: allowed])
    }

    package static func bodyTooLarge(limitBytes: Int) -> Problem {
        let megabytes = limitBytes / (1024 * 1024)
        return Problem(
            Failure(
                .tooLarge,
                id: "Isi permintaan lebih dari \(megabytes) MiB. Bagi menjadi beberapa permintaan.",
                en: "The request body exceeds \(megabytes) MiB. Split it into several requests."))
    }

    package static let bodyBroken = Problem(
        Failure(
            .malformed,
            id: "Isi permintaan terputus sebelum lengkap. Kirim ulang.",
            en: "The request body ended before it was complete. Send it again."))

    /// What a fault of ours looks like from outside: nothing of its inside.
    package static let fault = Problem(
        Failure(
            .internal,
            id: "Ada yang salah di server. Rinciannya ada di log; coba lagi, lalu jalankan `pantau doctor`.",
            en: "Something went wrong in the server. Details are in its log; try again, then run `pantau doctor`."))
}
