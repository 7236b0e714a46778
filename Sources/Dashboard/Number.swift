import Analytics
import Catalogue
import Domain
import Web

// Every number that comes from an answer is written here, with the exact value beside the one that is read.
extension Scope {
    /// The number of a row.
    func number(_ answer: Answer, _ row: Int, _ metric: String) -> HTML {
        guard let definition = Catalogue.metric(metric) else { return "–" }
        return data(answer.cell(row, metric), metric, figures.cell(answer, row, definition))
    }

    /// The number over all rows.
    /// - Parameter amounts: the same sums of money split by currency, for when they are of several.
    func total(_ answer: Answer, _ metric: String, amounts: Answer? = nil) -> HTML {
        guard let definition = Catalogue.metric(metric), let column = answer.index(of: metric) else { return "–" }
        return data(answer.totals[column], metric, figures.total(answer, definition, amounts: amounts))
    }

    private func data(_ cell: Cell, _ metric: String, _ words: String) -> HTML {
        guard let value = cell.exactText else { return "\(words)" }
        return "<data value=\"\(value)\" data-metric=\"\(metric)\">\(words)</data>"
    }

    /// What the number of a row rests on, and whether that is too little to believe it.
    func sample(_ answer: Answer, _ row: Int, _ metric: String) -> (count: Int64, isSmall: Bool)? {
        guard let list = answer.samples[metric], list.indices.contains(row),
            let definition = Catalogue.metric(metric)
        else { return nil }
        return (list[row], list[row] < definition.minimumSample)
    }

    /// The 95 % interval of a row's number, in words; nil where there is none.
    func interval(_ answer: Answer, _ row: Int, _ metric: String) -> String? {
        guard let list = answer.intervals[metric], list.indices.contains(row), let interval = list[row],
            Catalogue.metric(metric)?.unit == .ratio
        else { return nil }
        return figures.interval(interval)
    }
}

extension Cell {
    /// As exports have it; nil for what is no number.
    var exactText: String? {
        switch self {
        case .int(let value): String(value)
        case .double(let value): value.isFinite ? value.description : nil
        case .decimal(let millionths): Money.decimal(millionths)
        case .null, .text: nil
        }
    }
}
