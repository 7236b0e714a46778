import Analytics
import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import Web

/// How many agents the next week needs.
extension Surfaces {
    static let staffingNames = [
        "target_seconds", "target_share", "handling", "chats", "slowdown", "shrinkage", "agents",
    ]

    var staffing: Operation {
        Operation(
            .get, "/api/v1/staffing", access: Self.aheadReaders, group: .ahead,
            summary: Text(id: "Kebutuhan agen tujuh hari ke depan", en: "Agents needed in the next seven days"),
            detail: Text(
                id: "Giliran pelanggan yang perlu orang diperkirakan per jam, lalu jumlah agen per seperempat jam "
                    + "dihitung untuk target layanan (Erlang A bila ada yang pergi, jika tidak Erlang C), dengan chat "
                    + "sekaligus dan waktu tidak melayani. shifts menutup kebutuhan dengan sif ruang kerja. Dengan "
                    + "agents, what_if menyebut hasilnya dengan jumlah itu, kurang satu, dan lebih satu. Dengan "
                    + "Accept: text/csv jawabannya CSV.",
                en: "Turns of customers that need a person are forecast by the hour, and the agents for each quarter "
                    + "hour worked out for a service target (Erlang A where customers leave, else Erlang C), with "
                    + "chats "
                    + "at once and time not serving. shifts covers the need with the workspace's shifts. With agents, "
                    + "what_if tells what that number does, one fewer and one more. With Accept: text/csv the answer "
                    + "is CSV."),
            parameters: [
                .query(
                    "target_seconds", .integer,
                    Text(
                        id: "Dijawab dalam; bawaan dari target layanan, jika tidak ada 900.",
                        en: "Answered within; by default of the service targets, else 900.")),
                .query(
                    "target_share", .number,
                    Text(id: "Bagian pelanggan, persen; bawaan 80.", en: "Share of customers, per cent; 80 by default.")
                ),
                .query(
                    "handling", .number,
                    Text(
                        id: "Waktu tangani satu giliran, detik; bawaan 180.",
                        en: "Handling time of one turn, seconds; 180 by default.")),
                .query("chats", .integer, Text(id: "Chat sekaligus; bawaan 3.", en: "Chats at once; 3 by default.")),
                .query(
                    "slowdown", .number,
                    Text(
                        id: "Tambahan lama tiap chat lain, persen; bawaan 30.",
                        en: "How much longer each further chat makes it, per cent; 30 by default.")),
                .query(
                    "shrinkage", .number,
                    Text(
                        id: "Waktu tidak melayani, persen; bawaan 30.",
                        en: "Time not serving, per cent; 30 by default.")),
                .query("agents", .integer, Text(id: "Agen yang dicoba.", en: "Agents to be tried.")),
            ] + URLConditions.parameters(),
            answers: [
                .json(
                    200, Text(id: "Rencananya", en: "The plan"), .reference("Staffing"),
                    example: AheadExamples.staffing),
                Answered(200, Text(id: "Rencananya", en: "The plan"), type: "text/csv", schema: .string),
                .problem(400, Text(id: "Parameter tidak terbaca", en: "A parameter cannot be read")),
                .problem(422, Text(id: "Anggapan tidak masuk akal", en: "Assumptions make no sense")),
            ]
        ) { [analyst] request, _ in
            let query = request.urlQuery
            var question = StaffingQuestion(filters: try URLConditions.read(query, others: Self.staffingNames))
            let number = { (name: String) throws -> Double? in
                guard let text = query.word(name) else { return nil }
                guard let number = Double(text), number.isFinite else {
                    throw Failure(.malformed, id: "\(name) harus angka.", en: "\(name) must be a number.")
                }
                return number
            }
            question.targetSeconds = try number("target_seconds")
            if let share = try number("target_share") { question.targetShare = share / 100 }
            if let seconds = try number("handling") { question.handlingSeconds = seconds }
            if let chats = query.word("chats") { question.chats = try Self.whole(chats, "chats") }
            if let slowdown = try number("slowdown") { question.slowdown = slowdown / 100 }
            if let shrinkage = try number("shrinkage") { question.shrinkage = shrinkage / 100 }
            if let agents = query.word("agents") { question.agents = try Self.whole(agents, "agents") }
            let outlook = try await analyst.staffing(question)
            return Self.wantsCSV(request) ? Self.table(outlook.csv) : .json(outlook.json())
        }
    }
}
