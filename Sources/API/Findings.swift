import Analytics
import Catalogue
import Domain
import Hummingbird
import Insights
import Storage
import Web

extension Surfaces {
    private static let readers: Access = .roles([.analyst, .admin])
    /// Somebody signed in needs to be more than a viewer.
    private static let actors: Access = .roles([.analyst, .admin], person: .findings)
    static let findingsMax = 1_000

    func findingOperations() -> [Operation] {
        [findingList, finding, acknowledge, unacknowledge, mute, unmute, comment, why, ruleTrial]
    }

    private static let one = Parameter.path("id", .string, Text(id: "ID temuan", en: "Id of the finding"))
    private static let answers: [Answered] = [
        .json(200, Text(id: "Temuannya", en: "The finding"), .reference("Finding"), example: FindingExamples.finding),
        .problem(404, Text(id: "Temuan tidak ada", en: "No such finding")),
    ]
    private static let refused = Answered.problem(
        422, Text(id: "Tidak berlaku untuk temuan ini", en: "It makes no sense for this finding"))

    private var findingList: Operation {
        Operation(
            .get, "/api/v1/findings", access: Self.readers, group: .findings,
            summary: Text(id: "Daftar temuan", en: "Findings"),
            detail: Text(
                id: "Apa yang berubah, sejak kapan, sebabnya, dampaknya, dan langkah berikutnya. Yang terbaru dulu.",
                en: "What moved, since when, why, what it costs and what to do. The newest first."),
            parameters: [
                .query(
                    "state", .string,
                    Text(
                        id: "open, acknowledged, muted, atau resolved; semua bila tidak disebut.",
                        en: "open, acknowledged, muted or resolved; all of them when it is absent.")),
                .query("limit", .integer, Text(id: "1 sampai 1000; bawaan 100.", en: "1 to 1000; 100 by default.")),
            ],
            answers: [
                .json(
                    200, Text(id: "Daftarnya", en: "The list"), .reference("Findings"),
                    example: FindingExamples.findings),
                .problem(422, Text(id: "Keadaan yang tidak dikenal", en: "Unknown state")),
            ]
        ) { [findings] request, _ in
            let query = request.urlQuery
            let limit = try query.count("limit", standard: 100, max: Self.findingsMax)
            let word = query["state"]
            if let word, FindingState(rawValue: word) == nil {
                let words = FindingState.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure(
                    .unprocessable, id: "\"state\" tidak dikenal. Pilihannya: \(words).",
                    en: "Unknown \"state\". Choices: \(words).")
            }
            let kept = try await findings?.findings(state: word, limit: limit) ?? []
            var writer = JSONWriter(reservingBytes: 1024)
            writer.object { $0.member("findings", array: { list in kept.forEach { list.raw($0.json) } }) }
            return .json(writer)
        }
    }

    private var finding: Operation {
        Operation(
            .get, "/api/v1/findings/{id}", pattern: "/api/v1/findings/:id", access: Self.readers, group: .findings,
            summary: Text(id: "Satu temuan", en: "One finding"),
            detail: Text(
                id: "Seluruh isinya, termasuk deret buktinya dan catatan orang.",
                en: "All of it, with the series behind it and what people noted."),
            parameters: [Self.one], answers: Self.answers
        ) { [findings] _, context in
            guard let id = context.parameters.get("id"), let kept = try await findings?.finding(id: id) else {
                throw Self.unknownFinding
            }
            var writer = JSONWriter()
            writer.raw(kept.json)
            return .json(writer)
        }
    }

    private static let unknownFinding = Failure(
        .notFound, id: "Temuan ini tidak ada. Lihat daftarnya di GET /api/v1/findings.",
        en: "There is no such finding. See the list at GET /api/v1/findings.")

    private func act(
        _ word: String, _ summary: Text, _ detail: Text, body: Accepted? = nil,
        _ work: @escaping @Sendable (FindingDesk, String, String, JSON.Value?) async throws -> Finding
    ) -> Operation {
        Operation(
            .post, "/api/v1/findings/{id}/\(word)", pattern: "/api/v1/findings/:id/\(word)", access: Self.actors,
            group: .findings, summary: summary, detail: detail, parameters: [Self.one], body: body,
            answers: Self.answers + [Self.refused]
        ) { [findingDesk] request, context in
            guard let desk = findingDesk else {
                throw Failure(
                    .unavailable, id: "Proses ini tidak menyimpan temuan.", en: "This process keeps no findings.")
            }
            var value: JSON.Value?
            if body != nil {
                guard let parsed = try? JSON.parse(try await request.bytes(upTo: 64 * 1024)), parsed.isObject else {
                    throw Failure(
                        .malformed, id: "Isi permintaan bukan objek JSON yang benar.",
                        en: "The request body is not a valid JSON object.")
                }
                value = parsed
            }
            let id = context.parameters.get("id") ?? ""
            let finding = try await work(desk, id, context.actor.1, value)
            var writer = JSONWriter()
            finding.write(to: &writer)
            return .json(writer)
        }
    }

    private var acknowledge: Operation {
        act(
            "acknowledge", Text(id: "Tandai ditangani", en: "Acknowledge"),
            Text(
                id: "Ada yang menanganinya: temuan tetap diperbarui, tetapi tidak diingatkan lagi.",
                en: "Somebody deals with it: the finding goes on being updated and reminds nobody.")
        ) { desk, id, person, _ in try await desk.acknowledge(id, person) }
    }

    private var unacknowledge: Operation {
        act(
            "unacknowledge", Text(id: "Batalkan tanda ditangani", en: "Take an acknowledgement back"),
            Text(id: "Temuan terbuka lagi.", en: "The finding is open again.")
        ) { desk, id, person, _ in try await desk.unacknowledge(id, person) }
    }

    private var mute: Operation {
        act(
            "mute", Text(id: "Bisukan", en: "Mute"),
            Text(
                id: "Tidak diingatkan sampai waktu yang disebut; sesudahnya terbuka lagi bila masih berlangsung.",
                en: "Reminds nobody until the time given; after it, it is open again if it lasts."),
            body: Accepted(
                type: "application/json", schema: .reference("FindingMute"), example: FindingExamples.mute)
        ) { desk, id, person, body in
            guard let until = body?["until"]?.string.flatMap(RFC3339.parse) else {
                throw Failure(
                    .unprocessable, id: "\"until\" harus waktu seperti 2026-11-24T08:00:00+07:00.",
                    en: "\"until\" must be a time such as 2026-11-24T08:00:00+07:00.")
            }
            return try await desk.mute(id, until, person)
        }
    }

    private var unmute: Operation {
        act(
            "unmute", Text(id: "Batal bisukan", en: "Unmute"),
            Text(id: "Temuan mengingatkan lagi.", en: "The finding reminds people again.")
        ) { desk, id, person, _ in try await desk.unmute(id, person) }
    }

    private var comment: Operation {
        act(
            "comments", Text(id: "Tulis komentar", en: "Comment"),
            Text(id: "Catatan untuk rekan kerja.", en: "A note for colleagues."),
            body: Accepted(
                type: "application/json", schema: .reference("FindingComment"), example: FindingExamples.comment)
        ) { desk, id, person, body in
            guard let text = body?["text"]?.string else {
                throw Failure(.unprocessable, id: "\"text\" harus teks.", en: "\"text\" must be a string.")
            }
            return try await desk.comment(id, text, person)
        }
    }

    private var why: Operation {
        Operation(
            .post, "/api/v1/why", access: Self.readers, group: .findings,
            summary: Text(id: "Mengapa angka berubah", en: "Why a number changed"),
            detail: Text(
                id: "Segmen mana yang menjelaskan perubahan sebuah metrik dibanding masa sebelumnya, dengan kode "
                    + "kesalahan dan peristiwa akun yang terkait. causes adalah putusannya; alternatives kemungkinan "
                    + "lain, yang terbaik dulu.",
                en: "Which segments account for the change of a metric against the period before, with the error codes "
                    + "and account marks that go with it. causes is the verdict; alternatives ranks single "
                    + "explanations, best first."),
            body: Accepted(type: "application/json", schema: .reference("Why"), example: FindingExamples.why),
            answers: [
                .json(
                    200, Text(id: "Penjelasannya", en: "The explanation"), .reference("WhyAnswer"),
                    example: FindingExamples.whyAnswer),
                .problem(400, Text(id: "Bukan JSON", en: "Not JSON")),
                .problem(422, Text(id: "Metrik atau rentang tidak masuk akal", en: "A metric or range makes no sense")),
            ]
        ) { [analyst, now, workspace] request, _ in
            let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
            let question = try WhyQuestion.parse(body, now: now(), workspace: workspace)
            let answer = try await analyst.why(question)
            return .json(answer.json())
        }
    }

    private var ruleTrial: Operation {
        Operation(
            .post, "/api/v1/rules/simulate", access: Self.readers, group: .findings,
            summary: Text(id: "Coba sebuah aturan", en: "Try a rule"),
            detail: Text(
                id: "Apa yang akan dikatakan aturan ini selama 60 hari terakhir (atau days), sebelum disimpan.",
                en: "What this rule would have said over the last 60 days (or days), before it is saved."),
            body: Accepted(
                type: "application/json", schema: .reference("TrialRule"), example: FindingExamples.trialRule),
            answers: [
                .json(
                    200, Text(id: "Alarmnya", en: "Its alarms"), .reference("RuleTrial"),
                    example: FindingExamples.ruleTrial),
                .problem(400, Text(id: "Bukan JSON", en: "Not JSON")),
                .problem(422, Text(id: "Aturan tidak masuk akal", en: "The rule makes no sense")),
            ]
        ) { [analyst] request, _ in
            let rule = try TrialRule.parse(try await request.bytes(upTo: Limits.apiBodyBytesMax))
            return .json(try await analyst.trial(rule).json())
        }
    }
}
