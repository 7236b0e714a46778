import Analytics
import Domain
import Storage
import Web

/// What came twice, and what came in another order than it happened: both are normal, and both are proof against.
struct HealthOrderCard: Card {
    let name = "health_order"
    let title = Text(id: "Duplikat dan urutan", en: "Duplicates and order")
    let height = CardHeight(16, narrow: 24)
    let width = CardWidth.half

    func load(_ scope: Scope) async throws -> [SourceHealth] {
        try await scope.health().sources.filter { $0.recent(HealthSourcesCard.days).events > 0 }
    }

    func view(_ sources: [SourceHealth], _ scope: Scope) -> HTML {
        guard !sources.isEmpty else {
            return "<div class=\"empty\"><p>\(scope.say("Belum ada kejadian.", "No events yet."))</p></div>"
        }
        let heads = [
            scope.say("Sumber, 28 hari", "Source, 28 days"), scope.say("Kejadian", "Events"),
            scope.say("Duplikat", "Duplicates"), scope.say("Tak berurutan", "Out of order"),
        ]
        let rows = sources.map { source -> [HTML] in
            let counts = source.recent(HealthSourcesCard.days)
            return [
                "\(HealthSourcesCard.title(source.source)(scope.language))",
                "\(scope.figures.integer(counts.events))", count(counts.duplicates, of: counts.events, scope),
                count(counts.outOfOrder, of: counts.events, scope),
            ]
        }
        return HealthTable.html(heads, numeric: [1, 2, 3], rows) + "<p class=\"muted small spaced\">\(why(scope))</p>"
    }

    private func why(_ scope: Scope) -> String {
        scope.say(
            "Keduanya wajar: Meta mengirim ulang bila ragu, dan “dibaca” sering tiba sebelum “sampai”. Duplikat "
                + "dikenali dan tidak menambah angka apa pun; urutan tidak berpengaruh, karena waktu kejadian yang "
                + "dihitung.",
            "Both are normal: Meta sends again when in doubt, and “read” often comes before “delivered”. Duplicates "
                + "are recognised and add to no number; order does not matter, since the time of the event counts.")
    }

    private func count(_ count: Int64, of all: Int64, _ scope: Scope) -> HTML {
        guard count > 0 else { return "\(scope.figures.integer(0 as Int64))" }
        let share = scope.figures.percent(all > 0 ? Double(count) / Double(all) : nil)
        return "\(scope.figures.integer(count))<span class=\"interval\">\(share)</span>"
    }

    func exports(_ sources: [SourceHealth], _ scope: Scope) -> [Export] {
        guard !sources.isEmpty else { return [] }
        return [
            HealthTable.export(
                ["source", "name", "events", "duplicates", "out_of_order"],
                sources.map { source in
                    let counts = source.recent(HealthSourcesCard.days)
                    return [
                        .words(source.source.source.name),
                        source.source.name.isEmpty ? .none : .words(source.source.name), .whole(counts.events),
                        .whole(counts.duplicates), .whole(counts.outOfOrder),
                    ]
                })
        ]
    }
}

/// How long after they happened things were heard of.
struct HealthLatenessCard: Card {
    let name = "health_lateness"
    let title = Text(id: "Seberapa lambat kabar datang", en: "How late news comes")
    let height = CardHeight(13, narrow: 24)
    let width = CardWidth.half

    func load(_ scope: Scope) async throws -> [SourceHealth] {
        try await scope.health().sources.filter { $0.lateness.total > 0 }
    }

    func view(_ sources: [SourceHealth], _ scope: Scope) -> HTML {
        guard !sources.isEmpty else {
            return """
                <div class="empty"><p>\(scope.say(
                "Belum ada kejadian dengan waktunya sendiri.", "No event with a time of its own yet."))</p></div>
                """
        }
        let figures = scope.figures
        let heads =
            [
                scope.say("Sumber", "Source"), scope.say("Median", "Typical"),
                scope.say("1 % paling lambat", "Slowest 1 %"),
            ]
            + [scope.say("> 1 jam", "> 1 h"), scope.say("> 1 hari", "> 1 d")]
        let rows = sources.map { source -> [HTML] in
            let late = source.lateness
            return [
                "\(HealthSourcesCard.title(source.source)(scope.language))",
                "\(late.median.map(figures.duration) ?? "–")", "\(late.p99.map(figures.duration) ?? "–")",
                "\(figures.integer(late.counts[4] &+ late.counts[5]))", "\(figures.integer(late.counts[5]))",
            ]
        }
        return HealthTable.html(heads, numeric: [1, 2, 3, 4], rows)
            + """
            <p class="muted small spaced">\(scope.say(
            "Waktu terima dikurangi waktu kejadian, 90 hari, duplikat tidak ikut. Yang terlambat tetap masuk ke hari "
                + "kejadiannya, jadi angka hari-hari lalu masih dapat naik sedikit.",
            "Receipt less the time of the event, 90 days, without duplicates. What is late still counts on the day it "
                + "happened, so that numbers of past days may rise a little."))</p>
            """
    }

    func exports(_ sources: [SourceHealth], _ scope: Scope) -> [Export] {
        guard !sources.isEmpty else { return [] }
        let columns =
            ["source", "name", "median_seconds", "p99_seconds"]
            + SourceHealth.Lateness.bounds.map { "within_\(Int($0))_s" } + ["later"]
        return [
            HealthTable.export(
                columns,
                sources.map { source in
                    let late = source.lateness
                    let name: ExportTable.Value = source.source.name.isEmpty ? .none : .words(source.source.name)
                    let head: [ExportTable.Value] = [
                        .words(source.source.source.name), name, late.median.map { .number($0) } ?? .none,
                        late.p99.map { .number($0) } ?? .none,
                    ]
                    return head + late.counts.map { .whole($0) }
                })
        ]
    }
}
