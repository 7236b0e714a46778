import Domain

/// Short links and their openings as they are kept in the inbox.
///
/// ```json
/// {"links":[{"code":"7hKp2mQx9R","url":"https://…","campaign":"11.11","phone":"62812…","created_at":"…"}]}
/// {"clicks":[{"id":"…","code":"7hKp2mQx9R","at":"…","user_id":"ID.…","robot":true}]}
/// ```
/// Whose link it was stands here as it does in any delivery. Nothing of the browser does: neither its name nor its
/// address.
package enum LinkDelivery {
    // MARK: Writing

    package static func encode(_ links: [ShortLink]) -> [UInt8] {
        var writer = JSONWriter(reservingBytes: links.count &* 256)
        writer.object { $0.member("links", array: { for link in links { write(link, to: &$0) } }) }
        return writer.bytes
    }

    package static func encode(_ clicks: [TrackedClick]) -> [UInt8] {
        var writer = JSONWriter(reservingBytes: clicks.count &* 192)
        writer.object { $0.member("clicks", array: { for click in clicks { write(click, to: &$0) } }) }
        return writer.bytes
    }

    private static func write(_ link: ShortLink, to writer: inout JSONWriter) {
        writer.object {
            $0.member("code", link.link.code)
            $0.member("url", link.target)
            write(link.link.recipient, to: &$0)
            if let message = link.link.message { $0.member("message_id", message.value) }
            if let campaign = link.link.campaign { $0.member("campaign", campaign) }
            $0.member("created_at", RFC3339.format(link.link.createdAt))
            if let expiresAt = link.expiresAt { $0.member("expires_at", RFC3339.format(expiresAt)) }
        }
    }

    private static func write(_ click: TrackedClick, to writer: inout JSONWriter) {
        writer.object {
            $0.member("id", click.id)
            $0.member("code", click.code)
            $0.member("at", RFC3339.format(click.at))
            write(click.person, to: &$0)
            if let message = click.message { $0.member("message_id", message.value) }
            if let campaign = click.campaign { $0.member("campaign", campaign) }
            if click.isRobot { $0.member("robot", true) }
        }
    }

    private static func write(_ party: Party, to writer: inout JSONWriter) {
        if let phone = party.phone { writer.member("phone", phone) }
        if let id = party.userID { writer.member("user_id", id) }
        if let id = party.parentUserID { writer.member("parent_user_id", id) }
    }

    // MARK: Reading

    /// `Event.link` and `Event.click` in their order. Never throws: what makes no sense to this version is an event of
    /// its own, and takes no neighbour with it.
    package static func decode(_ body: [UInt8], receivedAt: Instant) -> [Event] {
        guard let root = try? JSON.parse(body) else { return [notUnderstood(.notJSON)] }
        guard root.isObject else { return [notUnderstood(.notAnObject)] }
        var events: [Event] = []
        if let links = root["links"] {
            events += links.elements.map { link($0).map { .link($0.link) } ?? notUnderstood(.badValue) }
        }
        if let clicks = root["clicks"] {
            events += clicks.elements.map { click($0).map(Event.click) ?? notUnderstood(.badValue) }
        }
        return events.isEmpty ? [notUnderstood(.missingKey)] : events
    }

    /// The links of a body with their targets, to make a store of links anew.
    package static func links(in body: [UInt8]) -> [ShortLink] {
        guard let root = try? JSON.parse(body), let list = root["links"] else { return [] }
        return list.elements.compactMap(link)
    }

    private static func notUnderstood(_ reason: NotUnderstood.Reason) -> Event {
        .notUnderstood(NotUnderstood(field: "links", reason: reason))
    }

    private static func link(_ value: JSON.Value) -> ShortLink? {
        guard let code = value["code"]?.word, LinkCode.isWellFormed(code), let target = value["url"]?.word,
            (try? LinkTarget(target)) != nil, let createdAt = value["created_at"]?.instant
        else { return nil }
        return ShortLink(
            link: TrackedLink(
                code: code, message: message(value), recipient: party(value), campaign: value["campaign"]?.label,
                createdAt: createdAt),
            target: target, expiresAt: value["expires_at"]?.instant)
    }

    private static func click(_ value: JSON.Value) -> TrackedClick? {
        guard let id = value["id"]?.word, id.utf8.count <= Limits.labelBytesMax, let code = value["code"]?.word,
            LinkCode.isWellFormed(code), let at = value["at"]?.instant
        else { return nil }
        return TrackedClick(
            id: id, code: code, at: at, person: party(value), message: message(value),
            campaign: value["campaign"]?.label, isRobot: value["robot"]?.bool ?? false)
    }

    private static func message(_ value: JSON.Value) -> MessageID? {
        value["message_id"]?.word.flatMap { $0.utf8.count <= Limits.labelBytesMax ? MessageID($0) : nil }
    }

    private static func party(_ value: JSON.Value) -> Party {
        Party(
            phone: value["phone"]?.word.flatMap(Party.digits),
            userID: value["user_id"]?.word.flatMap { Party.isUserID($0) ? $0 : nil },
            parentUserID: value["parent_user_id"]?.word.flatMap { Party.isUserID($0) ? $0 : nil })
    }
}
