import Catalogue
import Domain
import Hummingbird
import Storage
import Web

/// What the month's prices depend on, and the clicks that Meta itself counted.
extension Surfaces {
    var quotas: Operation {
        Operation(
            .get, "/api/v1/quotas", access: Self.moneyReaders, group: .costs,
            summary: Text(id: "Kuota gratis dan tingkat volume", en: "Free quota and volume tiers"),
            detail: Text(
                id: "Untuk bulan berjalan menurut zona akun: pesan layanan gratis yang sudah terpakai dan tersisa per "
                    + "nomor, dan seberapa jauh tiap tingkat volume. next null: tidak ada harga berikutnya.",
                en: "For the current month in the account's zone: free service messages used and left for each "
                    + "number, and how far each volume tier has come. next null: there is no further price."),
            answers: [
                .json(
                    200, Text(id: "Kuota", en: "The quotas"), .reference("Quotas"), example: MoneyExamples.quotas)
            ]
        ) { [store, now] _, _ in
            let standings = try await store.quotas(at: now())
            var writer = JSONWriter()
            writer.object {
                $0.member(
                    "quotas", array: { for standing in standings { $0.object { standing.write(to: &$0) } } })
            }
            return .json(writer)
        }
    }

    var linkClicks: Operation {
        Operation(
            .get, "/api/v1/link-clicks", access: Self.moneyReaders, group: .outcomes,
            summary: Text(id: "Klik tautan yang dihitung Meta", en: "Link clicks that Meta counted"),
            detail: Text(
                id:
                    "Tautan di pesan pemasaran (user_actions). Meta tidak menyebut pesan maupun orangnya, jadi angka "
                    + "ini tidak dapat diatribusikan dan tidak masuk ke click_rate.",
                en: "Links in marketing messages (user_actions). Meta names neither message nor person, so these "
                    + "cannot be attributed and are not part of click_rate."),
            parameters: URLRange.parameters(standard: .last28Days),
            answers: [
                .json(
                    200, Text(id: "Jumlahnya", en: "The counts"), .reference("LinkClicks"),
                    example: MoneyExamples.linkClicks),
                .problem(400, Text(id: "Waktu atau parameter tidak terbaca", en: "A time or parameter cannot be read")),
            ]
        ) { [store, now, workspace] request, _ in
            let query = request.urlQuery
            _ = try URLConditions.read(query, [], others: URLRange.names)
            let range = try query.span(now: now(), in: workspace, standard: .last28Days)
            let counts = try await store.linkClicks(in: range)
            var writer = JSONWriter()
            writer.object {
                $0.member("range", range)
                $0.member("total", counts.reduce(Int64(0)) { $0 &+ $1.count })
                $0.member(
                    "clicks",
                    array: {
                        for count in counts {
                            $0.object {
                                $0.member("phone_number", count.phoneNumber?.value)
                                $0.member("component", count.component)
                                $0.member("count", count.count)
                            }
                        }
                    })
            }
            return .json(writer)
        }
    }
}

extension QuotaStanding {
    /// Until the next price begins; nil when there is none to come.
    private var left: Int64? {
        guard let next else { return kind == .freeService ? 0 : nil }
        return max(0, next &- used)
    }

    func write(to writer: inout JSONWriter) {
        writer.member("kind", kind.rawValue)
        writer.member("month", month.description)
        writer.member("phone_number", phoneNumber?.value)
        writer.member("portfolio", portfolio)
        writer.member("market", market)
        writer.member("category", category)
        writer.member("used", used)
        writer.member("next", next)
        writer.member("left", left)
    }
}
