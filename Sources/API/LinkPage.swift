import Domain
import HTTPTypes
import Hummingbird
import Web

/// What a customer sees who opens a link that leads nowhere: a few words in both languages and no way into the
/// dashboard.
enum LinkPage {
    enum Reason {
        case unknown, expired, unavailable

        var status: HTTPResponse.Status {
            switch self {
            case .unknown: .notFound
            case .expired: .gone
            case .unavailable: .serviceUnavailable
            }
        }

        var title: Text {
            switch self {
            case .unknown: Text(id: "Tautan tidak ditemukan", en: "Link not found")
            case .expired: Text(id: "Tautan sudah tidak berlaku", en: "This link has expired")
            case .unavailable: Text(id: "Tautan belum dapat dibuka", en: "This link cannot be opened yet")
            }
        }

        var detail: Text {
            switch self {
            case .unknown:
                Text(
                    id: "Periksa apakah tautan dari pesan disalin seutuhnya, atau minta tautan baru kepada pengirim.",
                    en: "Check that the whole link was copied from the message, or ask the sender for a new one.")
            case .expired:
                Text(
                    id: "Masa berlakunya habis. Minta tautan baru kepada pengirim.",
                    en: "Its time is over. Ask the sender for a new one.")
            case .unavailable:
                Text(id: "Coba lagi sebentar lagi.", en: "Try again in a moment.")
            }
        }
    }

    static func response(_ reason: Reason, _ language: Language) -> Response {
        let other: Language = language == .indonesian ? .english : .indonesian
        let page: HTML = """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>\(reason.title(language))</title>
            <link rel="stylesheet" href="\(Assets.styles.url)">
            </head>
            <body>
            <main id="content">
            <section class="card notice">
            <h1>\(reason.title(language))</h1>
            <p>\(reason.detail(language))</p>
            <p class="muted" lang="\(other.rawValue)">\(reason.title(other)). \(reason.detail(other))</p>
            </section>
            </main>
            </body>
            </html>

            """
        var response = Response.html(page, status: reason.status)
        response.headers[.contentSecurityPolicy] = SecurityHeaders.policy
        response.headers[.contentLanguage] = language.rawValue
        response.headers[.vary] = "Accept-Language, Cookie"
        if reason == .unavailable { response.headers[.retryAfter] = String(Problem.retryAfterSeconds) }
        return response
    }
}
