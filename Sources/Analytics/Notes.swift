import Catalogue
import Domain

/// What a reader should know before believing an answer.
struct Notes: Sendable {
    let query: ResolvedQuery
    let table: AnswerTable
    let maturity: Double?
    let isClipped: Bool

    var all: [Text] { [young, stillWaiting, smallSample, cut, clipped].compactMap { $0 } }

    private var young: Text? {
        guard let maturity else {
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
