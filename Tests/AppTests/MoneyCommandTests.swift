import App
import Domain
import Foundation
import TestSupport
import Testing

/// The commands about outcomes and money, as a person runs them.
@Suite struct MoneyCommandTests {
    /// 2026-10-20T03:00:00Z.
    private static let at: Int64 = 1_792_465_200
    private static let range = ["--from", "2026-10-19", "--to", "2026-10-22"]

    /// One data directory, and what runs on it.
    private struct Place {
        let directory: URL
        var data: URL { directory.appending(path: "data") }

        @discardableResult
        func run(_ arguments: [String], ends exit: Int32 = 0) async throws -> (output: String, errors: String) {
            let run = try await Program.run(
                arguments + ["--data-dir", data.path], in: directory, environment: ["PANTAU_LANGUAGE": "en"],
                seconds: 120)
            #expect(run.exit == .code(exit), "\(arguments) \(run.errors)")
            return (run.output, run.errors)
        }

        func json(_ arguments: [String]) async throws -> JSON.Value {
            try JSON.parse(try await run(arguments + ["-o", "json"]).output)
        }

        func write(_ text: String, _ name: String) throws -> String {
            let file = directory.appending(path: name)
            try Data(text.utf8).write(to: file)
            return file.path
        }

        /// Four marketing messages to Indonesia, delivered; the first person read.
        func importMessages() async throws {
            let statuses = (1...4).map { number in
                Webhook.statuses([
                    .init(
                        "wamid.\(number)", number == 1 ? "read" : "delivered", at: at, phone: "628123456780\(number)",
                        category: "marketing")
                ])
            }
            let sends = (1...4).map { number in
                #"{"message_id":"wamid.\#(number)","to":"628123456780\#(number)","sent_at":"2026-10-20T03:00:00Z","#
                    + #""type":"template","template":{"name":"promo","category":"marketing"},"campaign":"10.20"}"#
            }
            let bodies = statuses.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
            try await run(["import", "--format", "meta-webhooks", write(bodies, "statuses.ndjson")])
            try await run(["import", "--format", "sends", write(sends.joined(separator: "\n"), "sends.ndjson")])
        }
    }

    private func place(_ body: (Place) async throws -> Void) async throws {
        try await withDirectory { try await body(Place(directory: $0)) }
    }

    private static let paid =
        #"{"source":"shop","id":"ORD-1","kind":"payment_confirmed","at":"2026-10-20T04:00:00Z","#
        + #""contact":"081234567801","value":250000,"currency":"IDR"}"#
    private static let lead =
        #"{"source":"shop","id":"L-2","kind":"lead","at":"2026-10-20T05:00:00Z","contact":"6289900000000"}"#

    @Test(.timeLimit(.minutes(10))) func outcomesAreTakenInEveryForm() async throws {
        var lists: [String] = []
        let table = """
            Source,ID,Kind,At,Contact,Value,Currency
            shop,ORD-1,payment_confirmed,2026-10-20T04:00:00Z,081234567801,250000,IDR
            shop,L-2,lead,2026-10-20T05:00:00Z,6289900000000,,

            """
        for (name, text) in [
            ("some.ndjson", Self.paid + "\n" + Self.lead + "\n"),
            ("some.json", "[\n  \(Self.paid),\n  \(Self.lead)\n]\n"),
            ("one.json", "{\"outcomes\": [\n\(Self.paid),\n\(Self.lead)]}"), ("some.csv", table),
        ] {
            try await place { place in
                try await place.importMessages()
                try await place.run(["import", "--format", "outcomes", place.write(text, name)])
                lists.append(try await place.run(["outcomes", "-o", "csv"] + Self.range).output)
            }
        }
        #expect(Set(lists).count == 1, "\(lists)")
        let lines = lists[0].split(separator: "\r\n").map(String.init)
        #expect(lines.first == "source,id,kind,standing,at,value,currency,matched,hints")
        #expect(lines.last == "shop,ORD-1,payment_confirmed,confirmed,2026-10-20T11:00:00+07:00,250000,IDR,yes,contact")
        #expect(lines.count == 3)
    }

    @Test(.timeLimit(.minutes(10))) func badOutcomesAreNamedAndTheRestIsTaken() async throws {
        let bad = #"{"source":"shop","kind":"lead","at":"2026-10-20T05:00:00Z"}"#
        for (name, text, place) in [
            ("a.ndjson", "\(Self.paid)\n\(bad)\n", "a.ndjson:2: "), ("a.json", "[\(bad),\n\(Self.paid)]", "record 1"),
            (
                "a.csv", "source,id,kind,at\nshop,,lead,2026-10-20T05:00:00Z\nshop,9,lead,2026-10-20T05:00:00Z\n",
                "line 2"
            ),
        ] {
            try await self.place { directory in
                let run = try await directory.run(
                    ["import", "--format", "outcomes", directory.write(text, name)], ends: 1)
                #expect(run.errors.contains(place), "\(run.errors)")
                let rows = try await directory.json(["outcomes"] + Self.range)["outcomes"]
                #expect(rows?.elements.count == 1, "\(name)")
            }
        }
    }

    @Test(.timeLimit(.minutes(10))) func theFunnelAndTheStoryOfAnOutcome() async throws {
        try await place { place in
            try await place.importMessages()
            try await place.run(["import", "--format", "outcomes", place.write(Self.paid, "paid.ndjson")])
            let funnel = try await place.json(["funnel", "--by", "campaign"] + Self.range)
            let line = try #require(funnel["lines"]?.elements.first)
            #expect(line["key"]?.string == "10.20")
            #expect(line["steps"]?.elements.map { $0["messages"]?.int64 } == [4, 4, 1, 0, 1])
            // Four times USD 0.0411, the card of 1 October 2026.
            #expect(line["cost"]?["amount"]?.string == "0.1644")
            #expect(line["cost"]?["currency"]?.string == "USD")
            #expect(line["value"]?["amount"]?.int64 == 250_000)
            let story = try await place.json(["outcomes", "show", "shop", "ORD-1"])
            #expect(story["touches"]?.elements.map { $0["shares"]?["last_touch"]?.int64 } == [1])
            #expect(try await place.run(["outcomes", "show", "shop", "nothing"], ends: 1).errors.contains("not known"))
            let people = try await place.run(["recipients", "--measure", "read"] + Self.range).output
            #expect(people.split(separator: "\r\n").count == 2)
            #expect(people.contains("6281234567801,,wamid.1,"))
            try await place.run(["recipients", "--measure", "redd"] + Self.range, ends: 2)
            try await place.run(["funnel", "--by", "colour"], ends: 2)
            try await place.run(["lift", "--window", "soon"], ends: 2)
            _ = try await place.json(["waste"] + Self.range)
        }
    }

    @Test(.timeLimit(.minutes(10))) func costsFollowTheCardThatIsImported() async throws {
        try await place { place in
            try await place.importMessages()
            let metas = try place.write("Market,Marketing,Utility\nIndonesia,600,300\n", "meta.csv")
            #expect(
                try await place.run(["import", "--format", "rate-card", metas], ends: 2).errors.contains("effective"))
            try await place.run(
                ["import", "--format", "rate-card", "--effective-from", "2026-10-01", "--currency", "IDR", metas])
            let rates = try await place.run(["costs", "rates", "--currency", "IDR", "-o", "csv"]).output
            #expect(rates.contains("IDR,Indonesia,marketing,0,,600,2026-10-01,imported"))
            let query = ["query", "--metrics", "cost,cost_unknown"] + Self.range
            let answer = try await place.json(query)
            // There is a card in the workspace's currency now: four times Rp 600.
            #expect(answer["totals"]?.elements.map(\.int64) == [2400, 0])
            #expect(answer["columns"]?.elements.first?["currency"]?.string == "IDR")
        }
    }

    @Test(.timeLimit(.minutes(10))) func settingsAreShownAndSet() async throws {
        try await place { place in
            try await place.run(["costs", "budget", "--category", "marketing", "5000000", "idr"])
            try await place.run(["costs", "budget", "9000000.50", "IDR"])
            try await place.run(["costs", "budget", "--category", "marketing", "4000000", "IDR"])
            let shown = try await place.run(["costs", "show"])
            #expect(
                try JSON.parse(shown.output)["budgets"]?.elements.map { $0["amount"]?.string }
                    == ["4000000", "9000000.5"])
            #expect(shown.errors.contains("1,000 free service messages"))
            #expect(try await place.json(["budgets"])["budgets"]?.elements.count == 2)
            try await place.run(["costs", "set", place.write(shown.output, "costs.json")])
            try await place.run(["costs", "budget", "--category", "marketing", "0", "IDR"])
            #expect(try await place.json(["budgets"])["budgets"]?.elements.count == 1)
            try await place.run(["costs", "budget", "much", "IDR"], ends: 2)
            try await place.run(["costs", "budget", "5", "rupiah"], ends: 2)
            try await place.run(["costs", "set", place.write(#"{"outcome_rules":[]}"#, "wrong.json")], ends: 2)
            let rules =
                #"{"outcome_rules":[{"when":{"button":"BOOK"},"kind":"booking"}],"attribution":{"lookback":"3d"}}"#
            try await place.run(["outcome-rules", "set", place.write(rules, "rules.json")])
            let told = try JSON.parse(try await place.run(["outcome-rules", "show"]).output)
            #expect(told["outcome_rules"]?.elements.map { $0["kind"]?.string } == ["booking"])
            #expect(told["attribution"]?["lookback"]?.string == "3d")
            try await place.run(["outcome-rules", "set", place.write(#"{"budgets":[]}"#, "wrong.json")], ends: 2)
        }
    }

    @Test(.timeLimit(.minutes(10))) func aKeyMayBeForExport() async throws {
        try await place { place in
            let key = try await place.run(["key", "create", "--role", "export"]).output
            #expect(key.hasPrefix("pantau_export_"))
            #expect(try await place.run(["key", "list"]).output.contains("export"))
            try await place.run(["key", "create", "--role", "owner"], ends: 2)
        }
    }
}
