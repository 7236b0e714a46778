import Domain

/// Records of a file of separated values (RFC 4180), with the line on which each begins.
struct SeparatedValues {
    struct Record: Hashable {
        /// Counted from 1.
        var line: Int
        /// Without white space around them.
        var cells: [String]

        var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }
    }

    var records: [Record] = []
    /// Line of a quotation mark that is never closed; nil when there is none.
    var openQuote: Int?

    /// Quotation marks hold separators and line breaks; two of them inside stand for one.
    init(_ bytes: [UInt8], separator: UInt8) {
        let quote = UInt8(ascii: "\"")
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var at = bytes.starts(with: mark) ? mark.count : 0
        var line = 1
        var record = Record(line: 1, cells: [])
        var cell: [UInt8] = []
        var quotedSince: Int?
        func endCell() {
            record.cells.append(String(decoding: cell, as: UTF8.self).trimmed)
            cell = []
        }
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            if quotedSince != nil {
                if byte != quote {
                    cell.append(byte)
                } else if at < bytes.count, bytes[at] == quote {
                    cell.append(quote)
                    at += 1
                } else {
                    quotedSince = nil
                }
                continue
            }
            switch byte {
            case quote where cell.allSatisfy { $0 == 0x20 }: quotedSince = line
            case separator: endCell()
            case UInt8(ascii: "\n"):
                endCell()
                records.append(record)
                record = Record(line: line, cells: [])
            default: cell.append(byte)
            }
        }
        if !cell.isEmpty || !record.cells.isEmpty {
            endCell()
            records.append(record)
        }
        openQuote = quotedSince
    }
}
