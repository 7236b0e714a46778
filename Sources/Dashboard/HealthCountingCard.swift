import Analytics
import Domain
import Web

/// Is everything that has arrived in the numbers?
struct HealthCountingCard: Card {
    let name = "health_counting"
    let title = Text(id: "Apakah semuanya terhitung?", en: "Is everything counted?")
    let height = CardHeight(4, narrow: 6)
    let isLive = true
    /// Counting that is further behind is worth a word.
    static let lagSecondsMax: Int64 = 30

    func load(_ scope: Scope) async throws -> DataHealth { try await scope.health() }

    func lead(_ health: DataHealth, _ scope: Scope) -> HTML {
        let counting = health.counting
        guard counting.received > 0 else {
            return scope.pill(.waiting, scope.say("Menunggu kiriman pertama…", "Waiting for the first delivery…"))
        }
        guard let waiting = counting.waitingSince else {
            return scope.pill(.good, scope.say("Semua terhitung", "All counted"))
        }
        let isLate = scope.now.microseconds(since: waiting) > Self.lagSecondsMax * 1_000_000
        return isLate
            ? scope.pill(.warn, scope.say("Penghitungan tertinggal", "Counting is behind"))
            : scope.pill(.good, scope.say("Sedang menghitung", "Counting"))
    }

    func view(_ health: DataHealth, _ scope: Scope) -> HTML {
        let (counting, figures) = (health.counting, scope.figures)
        let fresh: HTML = counting.freshTo.map { "\(figures.time($0))" } ?? ""
        return [
            figure(
                Text(id: "Diterima", en: "Received"), figures.integer(counting.received), "",
                Text(
                    id: "Kiriman yang sudah aman di disk server ini, dari semua sumber, sejak awal.",
                    en: "Deliveries that are safe on this server's disk, from all sources, since the beginning."), scope
            ),
            figure(
                Text(id: "Terhitung", en: "Counted"), figures.integer(counting.counted),
                counting.waiting == 0 ? "\(scope.say("semuanya", "all of it"))" : "\(figures.percent(counting.share))",
                Text(
                    id: "Kiriman yang sudah masuk ke semua angka.",
                    en: "Deliveries that are in every number."), scope),
            figure(
                Text(id: "Menunggu dihitung", en: "Waiting to be counted"), figures.integer(counting.waiting),
                counting.waitingSince.map { "\(scope.say("sejak", "for")) \(self.waited($0, scope))" } ?? "",
                Text(
                    id: "Sudah tersimpan, belum masuk angka. Biasanya di bawah satu detik; setelah mati lampu atau "
                        + "hitung ulang bisa lebih lama, dan tidak ada yang hilang.",
                    en: "Stored, not in the numbers yet. Usually for less than a second; longer after a power cut or a "
                        + "recount, and nothing is lost."), scope),
            figure(
                Text(id: "Kiriman terbaru", en: "Newest delivery"), counting.freshTo.map(scope.ago) ?? "–", fresh,
                Text(
                    id: "Waktu terima kiriman terbaru yang sudah terhitung.",
                    en: "Receipt time of the newest delivery that is counted."), scope),
        ].html
    }

    private func waited(_ instant: Instant, _ scope: Scope) -> HTML {
        let seconds = Double(max(0, scope.now.microseconds(since: instant))) / 1_000_000
        return "\(scope.language == .indonesian ? scope.ago(instant) : scope.figures.age(seconds))"
    }

    private func figure(_ name: Text, _ value: String, _ beside: HTML, _ about: Text, _ scope: Scope) -> Figure {
        Figure(
            name: name(scope.language), about: About.text(name(scope.language), about(scope.language), scope),
            value: value, beside: beside)
    }

    func exports(_ health: DataHealth, _ scope: Scope) -> [Export] {
        let counting = health.counting
        return [
            HealthTable.export(
                ["received", "counted", "waiting", "waiting_since", "fresh_to"],
                [
                    [
                        .whole(counting.received), .whole(counting.counted), .whole(counting.waiting),
                        .time(counting.waitingSince), .time(counting.freshTo),
                    ]
                ])
        ]
    }
}

extension ExportTable.Value {
    static func time(_ instant: Instant?) -> Self { instant.map { .words(RFC3339.format($0)) } ?? .none }
}
