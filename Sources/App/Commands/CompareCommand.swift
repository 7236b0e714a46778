import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Insights

/// `pantau compare`: which of several templates or variants is better, if any is.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare templates or variants; says better only when it is proven.",
        discussion: """
            pantau compare --templates promo_a,promo_b --metric reply
            pantau compare --by variant --values a,b --filter campaign=11.11 --metric outcome --shares 1,1
            The test holds however often one looks. Without names, the five with the most messages.
            """)

    @OptionGroup var data: DataOptions
    @Option(help: "Names of templates, with commas.") var templates: String?
    @Option(help: "template, variant or template_language.") var by: String?
    @Option(help: "What is compared, with commas.") var values: String?
    @Option(help: "delivery, read, reply, click or outcome.") var metric = "reply"
    @Option(help: "The least difference that matters, in percentage points.") var leastDifference = 1.0
    @Option(help: "How recipients were to be shared out, with commas: 1,1.") var shares: String?
    @OptionGroup var range: RangeOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if templates != nil, by != nil || values != nil {
            throw ValidationError("Name --templates, or --by and --values.")
        }
    }

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        let list = { (text: String?) in
            (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let query = try range.query(of: "messages", workspace: asking.workspace)
        let comparison = try await asking.analyst.compare(
            CompareQuestion(
                dimension: try by.map { try Catalogue.requireDimension($0) } ?? .template,
                values: list(templates ?? values), filters: query.filters, range: query.range,
                measure: try CompareQuestion.measure(metric), leastDifference: leastDifference / 100,
                shares: list(shares).map { Double($0) ?? .nan }))
        await asking.installation.close()
        switch output.format {
        case .json: FileHandle.standardOutput.write(Data(comparison.json().bytes + [10]))
        case .csv: FileHandle.standardOutput.write(Data(comparison.answer.csv().utf8))
        case .table:
            print(AnswerView.render(comparison.answer, asking.language))
            print(comparison.sentence(asking.language))
        }
        asking.note(comparison.notes)
    }
}
