import Domain

/// What a play says of its evidence: the words of a finding.
package struct Play: Sendable, Hashable {
    package var severity: Severity
    package var title: Text
    /// The likeliest first.
    package var causes: [Cause]
    package var impact: Impact
    package var action: Text

    package init(severity: Severity, title: Text, causes: [Cause], impact: Impact, action: Text) {
        self.severity = severity
        self.title = title
        self.causes = causes
        self.impact = impact
        self.action = action
    }
}

/// The plays: evidence → likely cause, impact, next action. One for each kind of trouble, each in a file of its own.
package enum Playbook {
    /// Said when the numbers do not carry a cause.
    package static let notEnoughData = Cause(
        kind: .notEnoughData,
        text: Text(
            id: "Datanya belum cukup untuk memastikan penyebabnya.", en: "There is not enough data to be sure why."))

    /// `, 300 pesan per hari`.
    static func perDay(_ messages: Double) -> Text {
        let number = Figure.number(messages.rounded())
        return Text(id: "sekitar \(number.id) pesan per hari", en: "about \(number.en) messages a day")
    }

    static func sentence(_ parts: [Text]) -> Text {
        Text(id: parts.map(\.id).joined(separator: " "), en: parts.map(\.en).joined(separator: " "))
    }
}
