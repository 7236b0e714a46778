import Crypto
import Domain

/// A signed POST: `Pantau-Signature: t=<Unix seconds>,v1=<hexadecimal HMAC-SHA256 of "t.body">`.
package enum WebhookNotifier {
    package static func request(
        _ dispatch: Dispatch, route: AlertRoute, url: String, secret: Secret, links: AlertLinks, now: Instant
    ) -> OutgoingRequest {
        let body = body(dispatch, route: route, links: links)
        return .json(
            url,
            headers: [
                .init("Idempotency-Key", dispatch.id),
                .init("Pantau-Attempt", String(dispatch.attempts + 1)),
                .init("Pantau-Signature", signature(of: body, secret: secret, at: now)),
            ], body: body)
    }

    package static func signature(of body: [UInt8], secret: Secret, at now: Instant) -> String {
        let time = String(now.seconds)
        var code = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.value.utf8)))
        code.update(data: Array("\(time).".utf8))
        code.update(data: body)
        return "t=\(time),v1=\(Hexadecimal.text(Array(code.finalize())))"
    }

    /// The same bytes at every attempt.
    static func body(_ dispatch: Dispatch, route: AlertRoute, links: AlertLinks) -> [UInt8] {
        var writer = JSONWriter(reservingBytes: 1024)
        writer.object {
            $0.member("id", dispatch.id)
            $0.member("route", route.id)
            $0.member("at", RFC3339.format(dispatch.createdAt))
            $0.member("language", route.language.rawValue)
            switch dispatch.content {
            case .test: $0.member("type", "test")
            case .notice(let notice): write(notice, route, links, &$0)
            case .digest(let digest):
                $0.member("type", "digest")
                $0.member("period", digest.period.rawValue)
                $0.member("subject", DigestText.subject(digest, route.language))
                $0.member("text", DigestText.plain(digest, route.language))
                $0.member("link", digest.link)
            }
        }
        return writer.bytes
    }

    private static func write(_ notice: Notice, _ route: AlertRoute, _ links: AlertLinks, _ writer: inout JSONWriter) {
        let language = route.language
        writer.member("type", "findings")
        switch notice.kind {
        case .alerts: writer.member("kind", "findings")
        case .afterQuiet: writer.member("kind", "after_quiet_hours")
        case .aboveLimit: writer.member("kind", "above_hourly_limit")
        }
        writer.member("subject", NoticeText(notice, language: language, links: links).subject)
        writer.member("severity", notice.severity.rawValue)
        writer.member(
            "findings",
            array: { array in
                for item in notice.items {
                    let alert = item.alert
                    array.object {
                        $0.member("id", alert.key)
                        $0.member("kind", alert.kind)
                        $0.member("severity", alert.severity.rawValue)
                        $0.member("state", alert.isResolved ? "resolved" : "open")
                        $0.member("reason", item.reason.rawValue)
                        $0.member("since", RFC3339.format(alert.at))
                        $0.member("title", alert.title(language))
                        $0.member("lines", array: { lines in for line in alert.lines { lines.string(line(language)) } })
                        $0.member("action", alert.action?(language))
                        $0.member(
                            "segment",
                            object: { segment in
                                for (name, value) in alert.segment.sorted(by: { $0.key < $1.key }) {
                                    segment.member(name, value)
                                }
                            })
                        $0.member("link", alert.link)
                    }
                }
            })
    }
}
