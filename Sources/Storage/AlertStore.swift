import Domain

/// A route as it is kept: its JSON, and apart from it what is secret about it.
package struct KeptRoute: Hashable, Sendable {
    package var id: String
    package var json: String
    /// Never shown again and never logged.
    package var secret: String?
    /// It can be taken back for a while.
    package var removedAt: Instant?

    package init(id: String, json: String, secret: String?, removedAt: Instant? = nil) {
        self.id = id
        self.json = json
        self.secret = secret
        self.removedAt = removedAt
    }
}

/// One line of the log of alerts: what became of one message, or why there was none. It holds no address.
package struct AlertEvent: Hashable, Sendable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// The receiver took it.
        case sent
        /// Decided, and not sent yet or not at all.
        case held
        /// It will be tried again.
        case retried
        case failed
    }
    /// Given by the store; 0 before.
    package var id: Int64
    package var at: Instant
    package var route: String
    package var outcome: Outcome
    /// What it is about.
    package var title: Text
    /// Why.
    package var reason: Text?
    /// Ids of its findings.
    package var findings: [String]

    package init(
        id: Int64 = 0, at: Instant, route: String, outcome: Outcome, title: Text, reason: Text? = nil,
        findings: [String] = []
    ) {
        self.id = id
        self.at = at
        self.route = route
        self.outcome = outcome
        self.title = title
        self.reason = reason
        self.findings = findings
    }
}

/// Routes, what alerting remembers, and its log: kept beside the keys.
package protocol AlertStore: Sendable {
    func alertState() async throws -> [UInt8]?
    func setAlertState(_ bytes: [UInt8]) async throws
    /// In the order in which they were made; removed ones too.
    func alertRoutes() async throws -> [KeptRoute]
    /// Replaces the one of the same id.
    func saveAlertRoute(_ route: KeptRoute) async throws
    /// A setting of alerting by its name.
    func alertSetting(_ name: String) async throws -> String?
    /// Nil takes it away.
    func setAlertSetting(_ name: String, to value: String?) async throws
    /// Sets it unless it is set; returns what it is now.
    func alertSetting(_ name: String, orSet value: String) async throws -> String
    func noteAlerts(_ events: [AlertEvent]) async throws
    /// The newest first.
    func alertEvents(route: String?, limit: Int) async throws -> [AlertEvent]
}

extension AlertEvent {
    package func write(to writer: inout JSONWriter) {
        let write = { (text: Text, object: inout JSONWriter) in
            object.member("id", text.id)
            object.member("en", text.en)
        }
        writer.object { event in
            event.member("at", RFC3339.format(at))
            event.member("route", route)
            event.member("outcome", outcome.rawValue)
            event.member("title", object: { write(title, &$0) })
            if let reason { event.member("reason", object: { write(reason, &$0) }) }
            event.member("findings", array: { list in findings.forEach { list.string($0) } })
        }
    }
}
