import Domain
import Foundation
import GRDB
import Ledgers
import Storage

/// Cards, accounts, exchange rates, assumptions and budgets by which costs are counted, and the marks of templates
/// whose category Meta raised.
final class CostSettingsBook {
    private(set) var settings: CostSettings
    private(set) var raises: [CategoryRaise]
    private(set) var book: CostBook
    private let clock: ZoneClock
    private let currency: String

    init(_ db: Database, clock: ZoneClock, currency: String) throws {
        self.clock = clock
        self.currency = currency
        settings = try Self.settings(db)
        raises = try Self.raises(db)
        book = Self.book(settings, raises, clock, currency)
    }

    private static func book(
        _ settings: CostSettings, _ raises: [CategoryRaise], _ clock: ZoneClock, _ currency: String
    ) -> CostBook {
        CostBook(
            rates: settings.rates, accounts: settings.accounts, exchange: settings.exchange,
            assumptions: settings.assumptions, timeZone: clock, currency: currency, raises: raises)
    }

    /// Applies a change; returns from when on messages must be priced anew, nil when nothing changes for any.
    func apply(_ change: CostChange, _ db: Database) throws -> Instant? {
        let old = settings
        var from = Instant.distantPast
        switch change {
        case .rates(let entries):
            settings.rates = Self.joined(settings.rates, entries)
            // No zone is more than a day away from UTC; tiers and quotas are those of the whole month.
            let first = entries.map(\.effectiveFrom).min()
            if let first { from = Instant(seconds: (first.startOfMonth.day - 2) * 86_400) }
        case .accounts(let accounts): settings.accounts = accounts
        case .exchange(let rates): settings.exchange = rates
        case .assumptions(let assumptions): settings.assumptions = assumptions
        case .budgets(let budgets): settings.budgets = budgets
        }
        guard settings != old else { return nil }
        try write(db)
        book = Self.book(settings, raises, clock, currency)
        if case .budgets = change { return nil }
        return from
    }

    /// Notes that Meta raised a template's category; returns from when on that matters, nil when it was known.
    func apply(_ raise: CategoryRaise, _ db: Database) throws -> Instant? {
        guard !raises.contains(raise) else { return nil }
        raises.append(raise)
        try db.execute(
            sql: "INSERT INTO category_raise (record) VALUES (?)", arguments: [Data(CostRecord.encode(raise))])
        book = Self.book(settings, raises, clock, currency)
        return raise.at
    }

    /// The tiers of one price are told together: those told last replace the ones before.
    private static func joined(_ old: [RateEntry], _ new: [RateEntry]) -> [RateEntry] {
        let replaced = Set(new.map(\.price))
        return (old.filter { !replaced.contains($0.price) } + new).sorted {
            ($0.currency, $0.market, $0.category, $0.effectiveFrom, $0.tierFrom)
                < ($1.currency, $1.market, $1.category, $1.effectiveFrom, $1.tierFrom)
        }
    }

    // MARK: Stored

    private func write(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM rate_entry")
        for (position, entry) in settings.rates.enumerated() {
            try db.execute(
                sql: "INSERT INTO rate_entry (position, record) VALUES (?, ?)",
                arguments: [position, Data(CostRecord.encode(entry))])
        }
        try db.execute(
            sql: "INSERT OR REPLACE INTO cost_setting (id, record) VALUES (1, ?)",
            arguments: [Data(CostRecord.encode(settings))])
    }

    static func settings(_ db: Database) throws -> CostSettings {
        var settings = CostSettings()
        if let data = try Data.fetchOne(db, sql: "SELECT record FROM cost_setting") {
            settings = data.withUnsafeBytes(CostRecord.decodeSettings) ?? settings
        }
        settings.rates = try Data.fetchAll(db, sql: "SELECT record FROM rate_entry ORDER BY position").compactMap {
            $0.withUnsafeBytes(CostRecord.decodeRate)
        }
        settings.recounted = try ChargeReview.share(db)
        return settings
    }

    private static func raises(_ db: Database) throws -> [CategoryRaise] {
        try Data.fetchAll(db, sql: "SELECT record FROM category_raise").compactMap {
            $0.withUnsafeBytes(CostRecord.decodeRaise)
        }
    }
}

/// Compact binary forms of what costs are counted by.
enum CostRecord {
    static func encode(_ entry: RateEntry) -> [UInt8] {
        var writer = ByteWriter()
        writer.signed(entry.effectiveFrom.day)
        writer.string(entry.currency)
        writer.string(entry.market)
        writer.string(entry.category)
        writer.signed(entry.tierFrom)
        writer.optional(number: entry.tierTo)
        writer.optional(number: entry.rateMicros)
        return writer.bytes
    }

    static func decodeRate(_ bytes: UnsafeRawBufferPointer) -> RateEntry? {
        var reader = ByteReader(bytes)
        let entry = RateEntry(
            effectiveFrom: LocalDate(day: reader.signed()), currency: reader.string(), market: reader.string(),
            category: reader.string(), tierFrom: reader.signed(), tierTo: reader.optionalNumber(),
            rateMicros: reader.optionalNumber())
        return reader.failed ? nil : entry
    }

    /// Everything but the rates, which have rows of their own.
    static func encode(_ settings: CostSettings) -> [UInt8] {
        var writer = ByteWriter()
        writer.varint(UInt64(settings.accounts.count))
        for terms in settings.accounts {
            writer.string(terms.account.value)
            writer.optional(terms.timeZone)
            writer.optional(terms.currency)
            writer.optional(terms.portfolio)
        }
        writer.varint(UInt64(settings.exchange.count))
        for rate in settings.exchange {
            writer.signed(rate.effectiveFrom.day)
            writer.string(rate.from)
            writer.string(rate.to)
            writer.signed(rate.rateMicros)
        }
        let assumptions = settings.assumptions
        writer.byte(assumptions.entryPointUsesQuota ? 1 : 0)
        writer.byte(assumptions.declaredCategoryPrices ? 1 : 0)
        writer.byte(assumptions.marketingLiteAsMarketing ? 1 : 0)
        writer.optional(assumptions.currency)
        writer.varint(UInt64(settings.budgets.count))
        for budget in settings.budgets {
            switch budget.scope {
            case .everything: writer.byte(0)
            case .category(let category):
                writer.byte(1)
                writer.string(category)
            case .campaign(let campaign):
                writer.byte(2)
                writer.string(campaign)
            }
            writer.signed(budget.amount.micros)
            writer.string(budget.amount.currency)
        }
        return writer.bytes
    }

    static func decodeSettings(_ bytes: UnsafeRawBufferPointer) -> CostSettings? {
        var reader = ByteReader(bytes)
        var settings = CostSettings()
        for _ in 0..<reader.count() {
            settings.accounts.append(
                AccountTerms(
                    account: AccountID(reader.string()), timeZone: reader.optional(), currency: reader.optional(),
                    portfolio: reader.optional()))
        }
        for _ in 0..<reader.count() {
            settings.exchange.append(
                ExchangeRate(
                    effectiveFrom: LocalDate(day: reader.signed()), from: reader.string(), to: reader.string(),
                    rateMicros: reader.signed()))
        }
        settings.assumptions = CostAssumptions(
            entryPointUsesQuota: reader.byte() == 1, declaredCategoryPrices: reader.byte() == 1,
            marketingLiteAsMarketing: reader.byte() == 1, currency: reader.optional())
        for _ in 0..<reader.count() {
            let scope: Budget.Scope
            switch reader.byte() {
            case 1: scope = .category(reader.string())
            case 2: scope = .campaign(reader.string())
            default: scope = .everything
            }
            let micros = reader.signed()
            settings.budgets.append(Budget(scope: scope, amount: Money(micros: micros, currency: reader.string())))
        }
        return reader.failed ? nil : settings
    }

    static func encode(_ raise: CategoryRaise) -> [UInt8] {
        var writer = ByteWriter()
        writer.optional(raise.template?.value)
        writer.optional(raise.name)
        writer.optional(raise.language)
        writer.signed(raise.at.microseconds)
        writer.string(raise.from)
        writer.string(raise.to)
        return writer.bytes
    }

    static func decodeRaise(_ bytes: UnsafeRawBufferPointer) -> CategoryRaise? {
        var reader = ByteReader(bytes)
        let raise = CategoryRaise(
            template: reader.optional().map { TemplateID($0) }, name: reader.optional(), language: reader.optional(),
            at: Instant(microseconds: reader.signed()), from: reader.string(), to: reader.string())
        return reader.failed ? nil : raise
    }
}
