import Connectors
import Domain

/// Short ways to write what a test expects.
struct OutcomeTelling {
    static let home = Country(code: "ID")
    static let receivedAt = Instant(seconds: 1_800_000_000)
    let provider: OutcomeProvider

    init(_ provider: OutcomeProvider) { self.provider = provider }

    func events(_ body: String, at receivedAt: Instant = OutcomeTelling.receivedAt) -> [Event] {
        provider.decode(Array(body.utf8), receivedAt: receivedAt, home: Self.home, currency: "IDR")
    }

    func outcomes(_ body: String) -> [OutcomeEvent] {
        events(body).compactMap { if case .outcome(let outcome) = $0 { outcome } else { nil } }
    }

    func only(_ body: String) -> OutcomeEvent? {
        let events = events(body)
        guard events.count == 1, case .outcome(let outcome) = events[0] else { return nil }
        return outcome
    }

    func fault(_ body: String) -> NotUnderstood.Reason? {
        let events = events(body)
        guard events.count == 1, case .notUnderstood(let note) = events[0], note.field == provider.name else {
            return nil
        }
        return note.reason
    }
}

/// Whole rupiah.
func rupiah(_ amount: Int64) -> Money { Money(micros: amount * 1_000_000, currency: "IDR") }

/// On 22 November 2026, day 20 779 since 1970, by UTC.
func november22(_ hour: Int64, _ minute: Int64 = 0, _ second: Int64 = 0) -> Instant {
    Instant(seconds: 20_779 * 86_400 + hour * 3600 + minute * 60 + second)
}
