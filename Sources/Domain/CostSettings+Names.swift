extension CostAssumptions {
    /// One assumption, told to people as it stands.
    package struct Told: Hashable, Sendable {
        /// As settings spell it.
        package var id: String
        package var isOn: Bool
        package var sentence: Text
    }

    /// Each with what is assumed now.
    /// - Parameter workspaceCurrency: holds when no currency is named.
    package func told(workspaceCurrency: String) -> [Told] {
        [
            Told(id: "entry_point_uses_quota", isOn: entryPointUsesQuota, sentence: entryPoint),
            Told(id: "declared_category_prices", isOn: declaredCategoryPrices, sentence: declared),
            Told(id: "marketing_lite_as_marketing", isOn: marketingLiteAsMarketing, sentence: lite),
            Told(id: "currency", isOn: currency != nil, sentence: money(workspaceCurrency)),
        ]
    }

    private var entryPoint: Text {
        entryPointUsesQuota
            ? Text(
                id: "Pesan bebas dalam jendela titik masuk gratis ikut memakai 1.000 pesan layanan gratis per bulan. "
                    + "Meta tidak menjelaskannya.",
                en: "Free-form messages in a free entry point window use up the 1,000 free service messages of the "
                    + "month. Meta does not say.")
            : Text(
                id:
                    "Pesan bebas dalam jendela titik masuk gratis tidak mengurangi 1.000 pesan layanan gratis per "
                    + "bulan. Meta tidak menjelaskannya.",
                en:
                    "Free-form messages in a free entry point window leave the 1,000 free service messages of the "
                    + "month as they are. Meta does not say.")
    }

    private var declared: Text {
        declaredCategoryPrices
            ? Text(
                id: "Pesan sampai yang webhook-nya tidak menyebut harga dihitung menurut kategori pada catatan "
                    + "pengiriman.",
                en: "A delivered message whose webhooks name no pricing is priced by the category that the send "
                    + "declared.")
            : Text(
                id: "Pesan sampai yang webhook-nya tidak menyebut harga tidak diberi biaya; jumlahnya terlihat di "
                    + "cost_unknown.",
                en: "A delivered message whose webhooks name no pricing has no cost; how many there are is in "
                    + "cost_unknown.")
    }

    private var lite: Text {
        marketingLiteAsMarketing
            ? Text(
                id:
                    "Pesan marketing_lite tanpa perkiraan dari Meta dihargai seperti marketing. Tagihan sebenarnya "
                    + "bisa lebih rendah.",
                en: "marketing_lite without Meta's own estimate costs what marketing costs. The true bill may be lower."
            )
            : Text(
                id: "Pesan marketing_lite tanpa perkiraan dari Meta tidak diberi biaya; jumlahnya terlihat di "
                    + "cost_unknown.",
                en: "marketing_lite without Meta's own estimate has no cost; how many there are is in cost_unknown.")
    }

    private func money(_ workspaceCurrency: String) -> Text {
        if let currency {
            return Text(
                id: "Akun yang mata uangnya tidak disebut dianggap ditagih dalam \(currency).",
                en: "Accounts whose currency is not named are taken to be billed in \(currency).")
        }
        return Text(
            id:
                "Akun yang mata uangnya tidak disebut dianggap ditagih dalam \(workspaceCurrency) bila ada kartu "
                + "tarifnya, selain itu dalam USD.",
            en: "Accounts whose currency is not named are taken to be billed in \(workspaceCurrency) when there is a "
                + "rate card in it, else in USD.")
    }
}

extension Budget.Scope {
    package var name: Text {
        switch self {
        case .everything: Text(id: "Semua pesan", en: "All messages")
        case .category(let category): Text(id: "Kategori \(category)", en: "Category \(category)")
        case .campaign(let campaign): Text(id: "Kampanye \(campaign)", en: "Campaign \(campaign)")
        }
    }
}
