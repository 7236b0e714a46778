import Domain

/// How many different people a business may write to first in any 24 hours (Meta: business portfolios, since October
/// 2025 shared by all their numbers).
package enum MessagingLimit: Hashable, Sendable {
    case recipients(Int)
    case unlimited

    /// As Meta spells it: `TIER_250`, `TIER_1K`, `TIER_2K`, `TIER_10K`, `TIER_100K`, `TIER_UNLIMITED`; webhooks also
    /// send the bare number, and −1 for none. Nil for what is no limit (`TIER_NOT_SET`, `UNTIERED`).
    package init?(_ word: String) {
        var word = word.uppercased()
        if word.hasPrefix("TIER_") { word.removeFirst(5) }
        if word == "UNLIMITED" || word == "-1" {
            self = .unlimited
            return
        }
        let isThousands = word.hasSuffix("K")
        if isThousands { word.removeLast() }
        guard let number = Int(word), (1...100_000_000).contains(number) else { return nil }
        self = .recipients(isThousands ? number * 1_000 : number)
    }

    /// What follows in Meta's ladder; nil at its end.
    package var next: MessagingLimit? {
        switch self {
        case .unlimited: nil
        case .recipients(let now):
            [250, 2_000, 10_000, 100_000].first { $0 > now }.map(MessagingLimit.recipients) ?? .unlimited
        }
    }
}
