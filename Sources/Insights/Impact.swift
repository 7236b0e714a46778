import Domain

/// What it costs, by the day while it lasts. What is not known is nil, never 0.
package struct Impact: Hashable, Sendable {
    /// Messages a day that fare worse than they should.
    package var messages: Double?
    /// People a day whom it touches.
    package var people: Double?
    /// Units of `currency` a day.
    package var money: Double?
    package var currency: String?
    /// The estimate in words.
    package var text: Text?
    /// The query (JSON, as `POST /api/v1/query` takes it) that it was reckoned from.
    package var query: String?

    package init(
        messages: Double? = nil, people: Double? = nil, money: Double? = nil, currency: String? = nil,
        text: Text? = nil, query: String? = nil
    ) {
        self.messages = messages
        self.people = people
        self.money = money
        self.currency = currency
        self.text = text
        self.query = query
    }
}
