import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Insights

/// `pantau ask`: a question in words.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Ask in Indonesian or English; prints the query it stands for and its answer.",
        discussion: """
            pantau ask "berapa delivery rate promo_11_11 minggu lalu per jam?"
            pantau ask "which template has the worst reply rate this month"
            The question is read on this machine by its words alone.
            """)

    @Argument(help: "The question.") var question: [String]
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        let asked = try await asking.analyst.ask(question: question.joined(separator: " "))
        await asking.installation.close()
        let language = asking.language
        if output.format == .json {
            let clock = try ZoneClock.named(asking.workspace.timeZone)
            FileHandle.standardOutput.write(Data(asked.json(language: language, clock: clock).bytes + [10]))
            return
        }
        for gap in asked.reading.gaps {
            let hints = gap.suggestions.isEmpty ? "" : " → \(gap.suggestions.joined(separator: ", "))"
            asking.note([
                Text(id: "“\(gap.words)”: \(gap.reason.id)\(hints)", en: "“\(gap.words)”: \(gap.reason.en)\(hints)")
            ])
        }
        if let failure = asked.failure { throw failure }
        guard let query = asked.reading.query, let answer = asked.answer else { throw AskCommand.notUnderstood }
        if output.format == .csv {
            FileHandle.standardOutput.write(Data(answer.csv().utf8))
            return
        }
        for part in asked.reading.parts { print("  \(part.words) → \(part.meaning(language))") }
        if let command = query.commandLine { print("\n\(command)\n") }
        print(AnswerView.render(answer, language), terminator: "")
        for alternative in asked.reading.alternatives {
            guard let command = alternative.query.commandLine else { continue }
            print("\(asking.say("Atau", "Or")): \(alternative.meaning(language))\n  \(command)")
        }
    }

    private static let notUnderstood = Failure(
        .unprocessable,
        id: "Pertanyaan ini belum dipahami. Sebut sebuah angka, misalnya: pesan masuk kemarin per jam.",
        en: "This question was not understood. Name a number, such as: inbound messages yesterday by hour.")
}
