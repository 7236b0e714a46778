/// A tracked link and where it leads: what its redirect needs to know.
package struct ShortLink: Hashable, Sendable {
    package var link: TrackedLink
    /// An absolute http or https address in ASCII, checked when the link was made; what a visitor is sent to, to the
    /// letter.
    package var target: String
    /// From then on it opens no more; nil for never.
    package var expiresAt: Instant?

    package init(link: TrackedLink, target: String, expiresAt: Instant? = nil) {
        self.link = link
        self.target = target
        self.expiresAt = expiresAt
    }

    package func isExpired(at instant: Instant) -> Bool { expiresAt.map { $0 <= instant } ?? false }
}
