import Domain

/// A line of a holiday file that cannot be used.
package struct HolidayFileProblem: Error, Hashable, Sendable {
    /// Counted from 1.
    package var line: Int
    package var message: Text

    package init(line: Int, message: Text) {
        self.line = line
        self.message = message
    }
}

/// Public holidays of a country as a file that people edit: `date,kind,name_id,name_en,status`, one day a line, with
/// comments behind `#` and names that hold a comma in double quotes.
package struct HolidayFile: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case national
        /// *Cuti bersama*: decreed for civil servants, a choice for everybody else.
        case jointLeave = "joint_leave"
    }

    package enum Status: String, Hashable, Sendable, CaseIterable {
        /// As decreed.
        case official
        /// Not decreed yet.
        case estimate
    }

    package struct Day: Hashable, Sendable {
        package var date: LocalDate
        package var kind: Kind
        package var name: Text
        package var status: Status

        package init(date: LocalDate, kind: Kind, name: Text, status: Status) {
            self.date = date
            self.kind = kind
            self.name = name
            self.status = status
        }
    }

    /// In the order of the file.
    package var days: [Day]
    /// Lines that are left out.
    package var problems: [HolidayFileProblem]

    package static let header = ["date", "kind", "name_id", "name_en", "status"]

    /// Longest file that is read; a century of holidays is a fifth of it.
    package static let bytesMax = 1024 * 1024

    /// Never throws: a line that makes no sense takes none of its neighbours with it.
    package static func parse(_ bytes: [UInt8]) -> HolidayFile {
        var file = HolidayFile(days: [], problems: [])
        guard bytes.count <= bytesMax else {
            file.problems = [
                HolidayFileProblem(
                    line: 1,
                    message: Text(id: "berkas lebih besar dari 1 MiB", en: "the file is larger than 1 MiB"))
            ]
            return file
        }
        var isHeaderSeen = false
        var seen: Set<LocalDate> = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let text = String(decoding: line, as: UTF8.self)
            let trimmed = (index == 0 && text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text).trimmed
            guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { continue }
            do throws(HolidayFileProblem) {
                let fields = try fields(trimmed, line: index + 1)
                if !isHeaderSeen {
                    isHeaderSeen = true
                    guard fields.map({ $0.lowercased() }) == header else { throw missingHeader(line: index + 1) }
                    continue
                }
                let day = try day(fields, line: index + 1)
                guard seen.insert(day.date).inserted else {
                    throw HolidayFileProblem(
                        line: index + 1,
                        message: Text(id: "\(day.date) disebut dua kali", en: "\(day.date) is named twice"))
                }
                file.days.append(day)
            } catch {
                file.problems.append(error)
            }
        }
        return file
    }

    /// The holidays of these years for a calendar, oldest first.
    /// - Parameter jointLeave: whether the business is closed on days of joint leave too.
    package func holidays(
        years: ClosedRange<Int>, jointLeave: Bool, language: Language
    ) -> [WorkCalendar.Holiday] {
        days.filter { years.contains($0.date.civil.year) && (jointLeave || $0.kind == .national) }
            .sorted { $0.date < $1.date }
            .map { WorkCalendar.Holiday(date: $0.date, name: $0.name(language)) }
    }

    /// The calendar with the holidays of these years besides its own; of two for one date, its own stays.
    /// - Parameter replacing: takes its own holidays of these years out first.
    package func adding(
        to calendar: WorkCalendar, years: ClosedRange<Int>, jointLeave: Bool, language: Language,
        replacing: Bool = false
    ) -> WorkCalendar {
        var calendar = calendar
        if replacing { calendar.holidays.removeAll { years.contains($0.date.civil.year) } }
        let taken = Set(calendar.holidays.map(\.date))
        calendar.holidays += holidays(years: years, jointLeave: jointLeave, language: language)
            .filter { !taken.contains($0.date) }
        calendar.holidays.sort { $0.date < $1.date }
        return calendar
    }

    /// Years that the file says anything about, ascending.
    package var years: [Int] { Set(days.map(\.date.civil.year)).sorted() }

    // MARK: Lines

    private static func day(_ fields: [String], line: Int) throws(HolidayFileProblem) -> Day {
        guard fields.count == header.count else {
            throw HolidayFileProblem(
                line: line,
                message: Text(
                    id: "harus \(header.count) kolom (\(header.joined(separator: ","))), ini \(fields.count)",
                    en: "must have \(header.count) columns (\(header.joined(separator: ","))), has \(fields.count)"))
        }
        guard let date = LocalDate(fields[0]) else {
            throw HolidayFileProblem(
                line: line,
                message: Text(
                    id: "date harus tanggal seperti 2026-03-21", en: "date must be a date such as 2026-03-21"))
        }
        guard let kind = Kind(rawValue: fields[1].lowercased()) else {
            throw HolidayFileProblem(line: line, message: choice("kind", Kind.allCases.map(\.rawValue)))
        }
        guard let status = Status(rawValue: fields[4].lowercased()) else {
            throw HolidayFileProblem(line: line, message: choice("status", Status.allCases.map(\.rawValue)))
        }
        // A name in one language serves for both.
        let name = Text(
            id: fields[2].isEmpty ? fields[3] : fields[2], en: fields[3].isEmpty ? fields[2] : fields[3])
        guard max(name.id.utf8.count, name.en.utf8.count) <= Limits.labelBytesMax else {
            throw HolidayFileProblem(
                line: line,
                message: Text(
                    id: "nama lebih panjang dari \(Limits.labelBytesMax) bita",
                    en: "a name is longer than \(Limits.labelBytesMax) bytes"))
        }
        return Day(date: date, kind: kind, name: name, status: status)
    }

    private static func choice(_ column: String, _ choices: [String]) -> Text {
        let list = choices.joined(separator: ", ")
        return Text(id: "\(column) harus salah satu dari: \(list)", en: "\(column) must be one of: \(list)")
    }

    private static func missingHeader(line: Int) -> HolidayFileProblem {
        let columns = header.joined(separator: ",")
        return HolidayFileProblem(
            line: line,
            message: Text(id: "baris pertama harus \(columns)", en: "the first line must be \(columns)"))
    }

    /// Columns of one line (RFC 4180, without line breaks inside quotes), without white space around them.
    private static func fields(_ line: String, line number: Int) throws(HolidayFileProblem) -> [String] {
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var wasQuoted = false
        var characters = Array(line.unicodeScalars)[...]
        while let character = characters.popFirst() {
            switch character {
            case "\"" where isQuoted && characters.first == "\"":
                field.unicodeScalars.append("\"")
                characters.removeFirst()
            case "\"" where isQuoted: isQuoted = false
            case "\"" where !wasQuoted && field.trimmed.isEmpty:
                (isQuoted, wasQuoted, field) = (true, true, "")
            case "," where !isQuoted:
                fields.append(field.trimmed)
                (field, wasQuoted) = ("", false)
            default: field.unicodeScalars.append(character)
            }
        }
        guard !isQuoted else {
            throw HolidayFileProblem(
                line: number,
                message: Text(id: "tanda kutip tidak ditutup", en: "a quotation mark is not closed"))
        }
        return fields + [field.trimmed]
    }
}
