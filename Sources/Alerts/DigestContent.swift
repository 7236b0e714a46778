import Domain

/// What a digest tells. Numbers come as words, written by whoever knows their units and how sure they are.
package struct DigestContent: Hashable, Sendable, Codable {
    package var period: DigestPeriod
    package var business: String
    /// `Senin, 23 November 2026`; for a week its first and last day.
    package var span: Text
    /// Five, the most important first.
    package var headlines: [DigestHeadline]
    package var opened: [DigestFinding]
    package var resolved: [DigestFinding]
    /// Money that bought nothing; nil when none is known.
    package var wasted: DigestMoney?
    package var waits: DigestWaits?
    /// What to do today, the most important first.
    package var actions: [DigestAction]
    /// What is missing from these numbers; empty when nothing is.
    package var notes: [Text]
    /// Where it is shown as a page: an absolute URL.
    package var link: String

    package init(
        period: DigestPeriod, business: String, span: Text, headlines: [DigestHeadline],
        opened: [DigestFinding] = [], resolved: [DigestFinding] = [], wasted: DigestMoney? = nil,
        waits: DigestWaits? = nil, actions: [DigestAction] = [], notes: [Text] = [], link: String
    ) {
        self.period = period
        self.business = business
        self.span = span
        self.headlines = headlines
        self.opened = opened
        self.resolved = resolved
        self.wasted = wasted
        self.waits = waits
        self.actions = actions
        self.notes = notes
        self.link = link
    }
}

/// One number, how it changed, and the business result that it is meant to serve.
package struct DigestHeadline: Hashable, Sendable, Codable {
    package enum Direction: String, Hashable, Sendable, Codable { case better, worse, even }

    package var name: Text
    /// `93,4 %`; `–` when there is none.
    package var value: Text
    /// `+1,2 poin dari kemarin`.
    package var change: Text?
    package var direction: Direction
    /// The outcome beside it: `Pembelian 128`.
    package var outcome: Text?
    /// Small sample, not yet mature: told beneath.
    package var caution: Text?
    package var link: String?

    package init(
        name: Text, value: Text, change: Text? = nil, direction: Direction = .even, outcome: Text? = nil,
        caution: Text? = nil, link: String? = nil
    ) {
        self.name = name
        self.value = value
        self.change = change
        self.direction = direction
        self.outcome = outcome
        self.caution = caution
        self.link = link
    }
}

package struct DigestFinding: Hashable, Sendable, Codable {
    package var severity: AlertSeverity
    package var title: Text
    package var link: String
    package init(severity: AlertSeverity, title: Text, link: String) {
        self.severity = severity
        self.title = title
        self.link = link
    }
}

package struct DigestMoney: Hashable, Sendable, Codable {
    /// `Rp1.250.000`.
    package var amount: Text
    /// What it was spent on.
    package var reason: Text
    package var link: String?
    package init(amount: Text, reason: Text, link: String? = nil) {
        self.amount = amount
        self.reason = reason
        self.link = link
    }
}

/// Customers who wait for an answer now.
package struct DigestWaits: Hashable, Sendable, Codable {
    package var count: Int
    /// `3 jam 12 menit`: the longest of them.
    package var longest: Text?
    package var link: String?
    package init(count: Int, longest: Text? = nil, link: String? = nil) {
        self.count = count
        self.longest = longest
        self.link = link
    }
}

package struct DigestAction: Hashable, Sendable, Codable {
    package var sentence: Text
    package var link: String?
    package init(sentence: Text, link: String? = nil) {
        self.sentence = sentence
        self.link = link
    }
}
