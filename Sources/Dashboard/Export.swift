import Analytics
import Catalogue
import Domain

/// What a card shows, as data.
struct Export: Sendable {
    enum Content: Sendable {
        /// A question of the query language: the API and the command line give the same.
        case answer(Answer)
        case table(ExportTable)
    }
    /// Part of file names, `[a-z_]+`; one export of a card may have none.
    var name: String
    /// In the menu, where a card has several.
    var title: Text?
    var content: Content

    static func answer(_ answer: Answer, name: String = "", title: Text? = nil) -> Export {
        Export(name: name, title: title, content: .answer(answer))
    }

    static func table(_ table: ExportTable, name: String = "", title: Text? = nil) -> Export {
        Export(name: name, title: title, content: .table(table))
    }

    var csv: String {
        switch content {
        case .answer(let answer): answer.csv()
        case .table(let table): CSVText.table(table.columns, table.rows.map { $0.map(\.text) })
        }
    }

    func json(_ language: Language) -> [UInt8] {
        switch content {
        case .answer(let answer): answer.json(language: language)
        case .table(let table): table.json
        }
    }
}

/// Rows that are no answer of the query language: lists, funnels, standings.
struct ExportTable: Sendable, Hashable {
    enum Value: Sendable, Hashable {
        case none
        case words(String)
        case whole(Int64)
        case number(Double)
        /// Amount of money; its currency has a column of its own.
        case amount(Money)

        var text: String? {
            switch self {
            case .none: nil
            case .words(let text): text
            case .whole(let value): String(value)
            case .number(let value): value.isFinite ? value.description : nil
            case .amount(let money): Money.decimal(money.micros)
            }
        }
    }
    /// Words of the API.
    var columns: [String]
    var rows: [[Value]]
    /// The address of the API that tells the same, query included; nil when there is none.
    var api: String?
    /// The command that tells the same; nil when there is none.
    var command: String?

    init(columns: [String], rows: [[Value]], api: String? = nil, command: String? = nil) {
        self.columns = columns
        self.rows = rows
        self.api = api
        self.command = command
    }

    var json: [UInt8] {
        var writer = JSONWriter(reservingBytes: 256 + rows.count * columns.count * 16)
        writer.object { writer in
            writer.key("columns")
            writer.array { for column in columns { $0.string(column) } }
            writer.key("rows")
            writer.array { writer in
                for row in rows {
                    writer.array { writer in
                        for value in row { Self.write(value, to: &writer) }
                    }
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ value: Value, to writer: inout JSONWriter) {
        switch value {
        case .none: writer.null()
        case .words(let text): writer.string(text)
        case .whole(let value): writer.number(value)
        case .number(let value): writer.number(value)
        case .amount(let money): writer.raw(Money.decimal(money.micros))
        }
    }
}
