import Domain
import GRDB
import Ledgers

/// What messages cost, and whether it was wasted.
extension FactWriter {
    /// Brings prices and judgements up to date that depend on other messages, or on what people did since.
    func followCharges(_ db: Database) throws {
        for row in charges.takeMoved() { try reprice(row: row, db) }
        for row in try waste.take() { try judge(row: row, db) }
    }

    /// Looks a message's price up again.
    func reprice(row: Int64, _ db: Database) throws {
        guard let entry = try messages.entry(row: row), let old = entry.counted else { return }
        var new = old
        let rank = entry.rank
        new.charge = try charges.price(entry, segment: old.segment, db)
        if new.charge?.isCharged != true { new.flags.subtract(.judged) }
        guard new != old || entry.rank != rank else { return }
        try settle(entry, from: old, to: new, db)
        waste.note(row: row, cohortAt: new.cohortAt)
    }

    /// Says of a message that has had its time whether its cost was wasted, and why.
    func judge(row: Int64, _ db: Database) throws {
        guard let old = try rowFlags.contribution(row: row), let charge = old.charge else { return }
        let isJudged = charge.isCharged && old.cohortAt < waste.review.judgedTo
        let isWasted = isJudged && WasteLedger.isWithoutEffect(old.flags)
        if !isWasted, charges.reason(of: charge.segment) == nil, old.flags.contains(.judged) == isJudged { return }
        guard let entry = try messages.entry(row: row) else { return }
        var new = old
        new.flags = isJudged ? old.flags.union(.judged) : old.flags.subtracting(.judged)
        let reason = isWasted ? try waste.reason(of: entry, old, charges) : nil
        new.charge = try charges.with(reason, charge, db)
        guard new != old else { return }
        try settle(entry, from: old, to: new, db)
    }

    /// Writes what a message costs now, and counts it.
    private func settle(
        _ entry: MessageEntry, from old: Contribution, to new: Contribution, _ db: Database
    ) throws {
        try rowFlags.write(entry, new)
        try recount(old, new, db)
        entry.counted = new
        entry.thread = new.flags.intersection(.kept)
    }

    func recount(_ old: Contribution, _ new: Contribution, _ db: Database) throws {
        try add(old, sign: -1, db)
        try add(new, sign: 1, db)
    }
}
