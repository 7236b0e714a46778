import Catalogue
import Domain
import Insights
import Storage

/// A question in words: how it was understood, and what came out.
package struct AskedQuestion: Sendable {
    package var reading: QuestionReading
    /// Nil when there is nothing that can be asked.
    package var answer: Answer?
    /// Why there is none, when it was understood but makes no sense.
    package var failure: Failure?

    /// Longer ones are no questions.
    package static let bytesMax = 1_000
}

extension Analyst {
    /// Values of one dimension that questions may name.
    private static let valuesMax = 500

    /// Reads a question in Indonesian or English and answers the query that it stands for.
    package func ask(question: String) async throws -> AskedQuestion {
        guard question.utf8.count <= AskedQuestion.bytesMax else {
            throw Failure(
                .tooLarge, id: "Pertanyaannya terlalu panjang; tulis dalam satu kalimat.",
                en: "The question is too long; put it into one sentence.")
        }
        var values: [Dimension: [String]] = [:]
        for dimension in Self.namedDimensions {
            values[dimension] = try await store.values(of: dimension, limit: Self.valuesMax)
        }
        values[.shift] = workspace.shifts.map(\.name)
        let grammar = QuestionGrammar(values: values, now: now(), clock: try ZoneClock.named(workspace.timeZone))
        var asked = AskedQuestion(reading: grammar.read(question), answer: nil, failure: nil)
        guard let query = asked.reading.query else { return asked }
        do {
            asked.answer = try await ask(query)
        } catch let failure as Failure where failure.code == .unprocessable {
            asked.failure = failure
        }
        return asked
    }

    /// Those whose values are names of the business's own.
    private static let namedDimensions: [Dimension] = [
        .template, .campaign, .agent, .team, .phoneNumber, .country, .variant, .category, .useCase, .errorCode, .kind,
        .sourceSystem, .templateLanguage, .waba, .priority, .desk,
    ]
}

extension AskedQuestion {
    package func json(language: Language, clock: ZoneClock) -> JSONWriter {
        var writer = JSONWriter(reservingBytes: 8_192)
        writer.object { writer in
            writer.member("question", reading.question)
            writer.member("complete", reading.isComplete)
            writer.member(
                "understood",
                array: { list in
                    for part in reading.parts {
                        list.object {
                            $0.member("words", part.words)
                            $0.member("meaning", object: { part.meaning.write(to: &$0) })
                        }
                    }
                })
            writer.member(
                "gaps",
                array: { list in
                    for gap in reading.gaps {
                        list.object {
                            $0.member("words", gap.words)
                            $0.member("reason", object: { gap.reason.write(to: &$0) })
                            $0.member("suggestions", array: { list in gap.suggestions.forEach { list.string($0) } })
                        }
                    }
                })
            writer.key("query")
            if let query = reading.query { writer.raw(query.json(clock: clock)) } else { writer.null() }
            writer.member("command", reading.query?.commandLine)
            writer.member(
                "alternatives",
                array: { list in
                    for alternative in reading.alternatives {
                        list.object {
                            $0.member("meaning", object: { alternative.meaning.write(to: &$0) })
                            $0.key("query")
                            $0.raw(alternative.query.json(clock: clock))
                        }
                    }
                })
            writer.key("answer")
            if let answer {
                writer.raw(String(decoding: answer.json(language: language), as: UTF8.self))
            } else {
                writer.null()
            }
            writer.member("problem", failure?.message(language))
        }
        return writer
    }
}
