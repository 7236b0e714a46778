import Analytics
import Domain
import HTTPTypes
import Hummingbird
import Web

/// Questions in words.
extension Surfaces {
    var ask: Operation {
        Operation(
            .post, "/api/v1/ask", access: Self.aheadReaders, group: .questions,
            summary: Text(id: "Bertanya dengan kalimat", en: "Ask in words"),
            detail: Text(
                id:
                    "Pertanyaan dalam bahasa Indonesia atau Inggris dibaca dengan tata bahasa kecil di server ini, "
                    + "tanpa "
                    + "dikirim ke mana pun. Jawabannya menyebut arti tiap kata, query yang dihasilkan, dan tabelnya. "
                    + "Kata yang tidak dipahami disebut di gaps, tidak ditebak.",
                en:
                    "A question in Indonesian or English is read by a small grammar on this server and sent nowhere. "
                    + "The "
                    + "answer tells what each word was taken for, the query it stands for, and its table. Words that "
                    + "were not understood are named in gaps and not guessed."),
            body: Accepted(
                type: "application/json", schema: .reference("WordQuestion"), example: AheadExamples.question),
            answers: [
                .json(
                    200, Text(id: "Bacaan dan jawabannya", en: "The reading and the answer"),
                    .reference("WordAnswer"), example: AheadExamples.reading),
                .problem(400, Text(id: "Bukan JSON", en: "Not JSON")),
                .problem(422, Text(id: "Tidak ada pertanyaan", en: "No question")),
            ]
        ) { [analyst, workspace] request, context in
            let body = try await request.bytes(upTo: Limits.apiBodyBytesMax)
            guard let value = try? JSON.parse(body), value.isObject else {
                throw Failure(
                    .malformed, id: "Isi permintaan bukan objek JSON yang benar.",
                    en: "The request body is not a valid JSON object.")
            }
            guard let question = value["question"]?.string, !question.isEmpty else {
                throw Failure(
                    .unprocessable, id: "Tulis pertanyaannya di \"question\".", en: "Put the question in \"question\".")
            }
            let asked = try await analyst.ask(question: question)
            return .json(asked.json(language: context.language, clock: try ZoneClock.named(workspace.timeZone)))
        }
    }
}
