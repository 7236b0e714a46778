import Connectors
import Domain
import Hummingbird
import Storage
import Web

/// What costs are counted by, and what outcomes are made and credited by. A change is a delivery like any other, so
/// that a replay and a restored backup count with the same.
extension Surfaces {
    func moneySettings() -> [Operation] {
        [costSettings, setCostSettings, rateCards, addRateCard, outcomeSettings, setOutcomeSettings]
    }

    private static let costPath = "/api/v1/cost-settings"
    private static let outcomePath = "/api/v1/outcome-settings"

    static let storedAnswer = Text(id: "Tersimpan; berlaku begitu terhitung", en: "Stored; in force once it is counted")

    // MARK: Costs

    private var costSettings: Operation {
        Operation(
            .get, Self.costPath, access: Self.moneyReaders, group: .settings,
            summary: Text(id: "Pengaturan biaya yang berlaku", en: "Cost settings in force"),
            detail: Text(
                id: "Akun, kurs, asumsi, dan anggaran. assumptions_in_words menyebut tiap asumsi dalam kedua bahasa. "
                    + "recounted adalah bagian pesan yang sudah dihitung ulang setelah perubahan terakhir. Isi ini "
                    + "dapat dikirim balik dengan PUT.",
                en: "Accounts, exchange rates, assumptions and budgets. assumptions_in_words tells each assumption in "
                    + "both languages. recounted is the share of messages that the latest change has been counted "
                    + "into. This body can be sent back with PUT."),
            answers: [
                .json(
                    200, Text(id: "Pengaturan", en: "The settings"), .reference("CostSettings"),
                    example: MoneyExamples.costSettings)
            ]
        ) { [store, workspace] _, _ in
            let settings = try await store.costSettings()
            var writer = JSONWriter()
            writer.object {
                settings.write(to: &$0)
                $0.write(settings.assumptions, workspaceCurrency: workspace.currency)
                $0.member("recounted", settings.recounted)
            }
            return .json(writer)
        }
    }

    private var setCostSettings: Operation {
        Operation(
            .put, Self.costPath, access: .roles([.admin]), group: .settings,
            summary: Text(id: "Atur biaya", en: "Set what costs are counted by"),
            detail: Text(
                id:
                    "accounts, exchange_rates, cost_assumptions, dan budgets: yang disebut diganti seluruhnya, yang "
                    + "tidak disebut tetap. Biaya dihitung ulang, juga untuk masa lalu.",
                en:
                    "accounts, exchange_rates, cost_assumptions and budgets: what is named is replaced as a whole, "
                    + "what is not stays. Costs are recounted, of the past too."),
            body: Accepted(
                type: "application/json", schema: .reference("CostSettings"), example: MoneyExamples.costChange),
            answers: [
                .json(202, Self.storedAnswer, .reference("SettingsStored"), example: MoneyExamples.settingsStored)
            ] + Self.refusals
        ) { request, _ in
            let (body, events) = try await Self.settings(request)
            for event in events {
                switch event {
                case .cost(.rates): throw Self.misplaced("/api/v1/rate-cards")
                case .cost: break
                case .outcomeRules, .attribution: throw Self.misplaced(Self.outcomePath)
                default: throw Self.misplaced("/api/v1/calendars")
                }
            }
            return try await keep(body, as: .settings)
        }
    }

    // MARK: Outcomes

    private var outcomeSettings: Operation {
        Operation(
            .get, Self.outcomePath, access: Self.moneyReaders, group: .settings,
            summary: Text(id: "Aturan hasil yang berlaku", en: "Outcome settings in force"),
            detail: Text(
                id: "Aturan yang menjadikan kejadian di obrolan sebagai hasil, dan seberapa jauh ke belakang sentuhan "
                    + "dicari per jenis hasil.",
                en:
                    "The rules that make outcomes of what happens in the chat, and how far back touches are looked "
                    + "for, by kind of outcome."),
            answers: [
                .json(
                    200, Text(id: "Aturan", en: "The rules"), .reference("OutcomeSettings"),
                    example: MoneyExamples.outcomeSettings)
            ]
        ) { [store] _, _ in
            let settings = try await store.outcomeSettings()
            var writer = JSONWriter()
            writer.object {
                settings.write(to: &$0)
                $0.member("recounted", settings.recounted)
            }
            return .json(writer)
        }
    }

    private var setOutcomeSettings: Operation {
        Operation(
            .put, Self.outcomePath, access: .roles([.admin]), group: .settings,
            summary: Text(id: "Atur aturan hasil", en: "Set what outcomes are made and credited by"),
            detail: Text(
                id: "outcome_rules dan attribution: yang disebut diganti seluruhnya, yang tidak disebut tetap. Daftar "
                    + "aturan kosong berarti kejadian di obrolan tidak menjadi hasil.",
                en: "outcome_rules and attribution: what is named is replaced as a whole, what is not stays. An empty "
                    + "list of rules means that nothing in the chat is an outcome."),
            body: Accepted(
                type: "application/json", schema: .reference("OutcomeSettings"),
                example: MoneyExamples.outcomeSettings),
            answers: [
                .json(202, Self.storedAnswer, .reference("SettingsStored"), example: MoneyExamples.settingsStored)
            ] + Self.refusals
        ) { request, _ in
            let (body, events) = try await Self.settings(request)
            for event in events {
                switch event {
                case .outcomeRules, .attribution: break
                case .cost(.rates): throw Self.misplaced("/api/v1/rate-cards")
                case .cost: throw Self.misplaced(Self.costPath)
                default: throw Self.misplaced("/api/v1/calendars")
                }
            }
            return try await keep(body, as: .settings)
        }
    }

    // MARK: Both

    /// Stores a change that was checked.
    func keep(_ body: [UInt8], as source: DeliverySource, lines: Int? = nil) async throws -> Response {
        let sequence = try await inbox.append(body, source: source, receivedAt: now())
        var writer = JSONWriter()
        writer.object {
            if let lines { $0.member("lines", lines) }
            $0.member("delivery", sequence)
        }
        return .json(writer, status: .accepted)
    }
}

extension JSONWriter {
    /// What is assumed where Meta does not say, for people.
    mutating func write(_ assumptions: CostAssumptions, workspaceCurrency: String) {
        member(
            "assumptions_in_words",
            array: {
                for told in assumptions.told(workspaceCurrency: workspaceCurrency) {
                    $0.object {
                        $0.member("id", told.id)
                        $0.member("on", told.isOn)
                        $0.member("sentence", told.sentence)
                    }
                }
            })
    }
}
