import Catalogue
import Domain

/// What a reader should know before believing an answer.
struct Notes: Sendable {
    let query: ResolvedQuery
    let table: AnswerTable
    let maturities: Set<Metric.Maturity>
    let isClipped: Bool

    var all: [Text] {
        [
            young, undecided, stillWaiting, mixedCurrencies, unknownPrices, ignoredFilters, smallSample, cut, clipped,
        ].compactMap { $0 }
    }

    private var young: Text? {
        guard let maturity = table.total.maturity(maturities.subtracting([.outcome])) else {
            return Text(
                id: "Sebagian pesan masih baru, dan kecepatan datangnya tanda terima belum diketahui: angkanya masih "
                    + "bisa berubah.",
                en: "Some messages are new, and how fast receipts come is not known yet: the numbers may still change.")
        }
        guard maturity < 0.99 else { return nil }
        let percent = Int((maturity * 100).rounded(.down))
        return Text(
            id: "Baru sekitar \(percent) % tanda terima untuk pesan-pesan ini yang sudah datang: angkanya masih akan "
                + "berubah.",
            en: "Only about \(percent) % of the receipts for these messages have come: the numbers will still change.")
    }

    private var undecided: Text? {
        guard maturities.contains(.outcome), let maturity = table.total.maturity(.outcome), maturity < 0.99 else {
            return nil
        }
        let percent = Int((maturity * 100).rounded(.down))
        return Text(
            id: "Baru \(percent) % pesan sampai yang sudah lewat 7 hari: hasil, nilai, dan biaya terbuang dari pesan "
                + "yang lebih baru masih akan bertambah.",
            en: "Only \(percent) % of the delivered messages are older than 7 days: outcomes, value and waste of the "
                + "newer ones will still grow.")
    }

    // MARK: Money

    private var mixedCurrencies: Text? {
        let all = table.shown.map(\.sums) + [table.total]
        let mixed = query.metrics.reduce(into: Set<String>()) { mixed, metric in
            for sums in all { mixed.formUnion(metric.mixedCurrencies(sums)) }
        }
        guard !mixed.isEmpty else { return nil }
        let list = mixed.sorted().joined(separator: ", ")
        return Text(
            id: "Ada jumlah dalam beberapa mata uang (\(list)). Jumlah itu tidak dijumlahkan atau dibagi satu sama "
                + "lain, jadi angkanya kosong: beri filter atau rinci menurut mata uang (atau nomor bisnis), atau "
                + "masukkan kursnya.",
            en: "There are amounts in several currencies (\(list)). They are not added to or divided by each other, so "
                + "the number is empty: filter or split by currency (or business number), or enter an exchange rate.")
    }

    private var unknownPrices: Text? {
        guard query.metrics.contains(where: { $0.amounts.contains(.charge(.cost)) }) else { return nil }
        let unknown = table.total[.charge(.unknown)]
        guard unknown > 0 else { return nil }
        let messages = unknown == 1 ? "message" : "messages"
        return Text(
            id: "Tarif \(unknown) pesan sampai tidak diketahui; pesan itu tidak ikut dalam biaya. Angka per biaya "
                + "kosong bila lebih dari 1 % pesannya begitu.",
            en: "The price of \(unknown) delivered \(messages) is not known; they are not in the cost. Numbers per "
                + "cost are empty where more than 1 % are like that.")
    }

    /// Filters that hold for a part of what is shown only.
    private var ignoredFilters: Text? {
        let conditions = query.query.filters.map(\.dimension).filter {
            Dimension.ofResults.contains($0) && $0 != .model
        }
        let left = query.metrics.filter { metric in
            conditions.contains { dimension in !metric.facts.contains { $0.carries(dimension) } }
        }
        guard !left.isEmpty else { return nil }
        let names = Set(conditions).map(\.rawValue).sorted().joined(separator: ", ")
        let list = { (language: Language) in left.map { $0.name(language) }.joined(separator: ", ") }
        return Text(
            id: "Filter \(names) hanya berlaku untuk hasil. Tidak terkena filter: \(list(.indonesian)).",
            en: "The filter on \(names) holds for outcomes only. Not filtered by it: \(list(.english)).")
    }

    // MARK: Service

    private var stillWaiting: Text? {
        let open = table.total[.wait(.open)]
        guard open > 0, query.metrics.contains(where: \.leavesOutOpenWaits) else { return nil }
        return Text(
            id: "\(open) pelanggan dari rentang ini masih menunggu jawaban; lamanya belum ikut dihitung.",
            en: open == 1
                ? "1 wait of this range is still unanswered; its time is not counted yet."
                : "\(open) waits of this range are still unanswered; their time is not counted yet.")
    }

    private var smallSample: Text? {
        let names = query.metrics.filter { metric in
            guard metric.minimumSample > 0 else { return false }
            return table.shown.contains { shown in
                guard let sample = metric.sample(shown.sums) else { return false }
                return sample > 0 && sample < metric.minimumSample
            }
        }
        guard !names.isEmpty else { return nil }
        let list = { (language: Language) in
            names.map { "\($0.name(language)) (< \($0.minimumSample))" }.joined(separator: ", ")
        }
        return Text(
            id: "Ada angka dari sampel kecil, jadi bacalah bersama rentangnya: \(list(.indonesian)).",
            en: "Some numbers rest on small samples, so read them with their intervals: \(list(.english)).")
    }

    private var cut: Text? {
        let shown = table.shown.count
        guard shown < table.rowCount else { return nil }
        return Text(
            id: "Menampilkan \(shown) dari \(table.rowCount) baris; totalnya mencakup semua.",
            en: "Showing \(shown) of \(table.rowCount) rows; totals cover all of them.")
    }

    private var clipped: Text? {
        guard isClipped else { return nil }
        return Text(
            id: "Rentang ini belum selesai, jadi dibandingkan dengan bagian yang sama panjang dari periode sebelumnya.",
            en: "The range is not over, so it is compared with as much of the earlier period.")
    }
}
