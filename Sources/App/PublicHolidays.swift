import Connectors
import Domain
import Foundation

/// The public holidays that Pantau knows without being told. They are part of the program, so that one file is all
/// there is to install; whoever wants other ones keeps a file of their own in the data directory.
package enum PublicHolidays {
    /// A file of this name in the data directory takes the place of the shipped one.
    package static let fileName = "holidays-id.csv"

    /// The file as it is shipped, comments and sources included.
    package static var shipped: [UInt8] { PackageResources.holidays_id_csv }

    /// Holidays of Indonesia: of the file named, else of the one in the data directory, else as shipped. Throws when
    /// the file cannot be read or any line of it makes no sense, naming the lines.
    package static func load(file path: String? = nil, dataDirectory: String) throws -> HolidayFile {
        let own = URL(fileURLWithPath: dataDirectory, isDirectory: true).appending(path: fileName).path
        let chosen = path ?? (FileManager.default.fileExists(atPath: own) ? own : nil)
        let bytes = try chosen.map(read) ?? shipped
        let file = HolidayFile.parse(bytes)
        guard file.problems.isEmpty else { throw failure(file.problems, in: chosen ?? fileName) }
        return file
    }

    /// The same for pages and forecasts, oldest first; none where the file makes no sense.
    static func known(in directory: URL) -> [PublicHoliday] {
        let file = try? load(dataDirectory: directory.path)
        return (file?.days ?? []).sorted { $0.date < $1.date }.map {
            PublicHoliday(date: $0.date, name: $0.name, isJointLeave: $0.kind == .jointLeave)
        }
    }

    private static func read(_ path: String) throws(Failure) -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: HolidayFile.bytesMax + 1)
        else {
            throw Failure(
                .notFound, id: "Berkas hari libur \(path) tidak dapat dibaca.",
                en: "The holiday file \(path) cannot be read.")
        }
        return [UInt8](data)
    }

    private static func failure(_ problems: [HolidayFileProblem], in path: String) -> Failure {
        let shown = problems.prefix(5)
        let more = problems.count - shown.count
        func list(_ language: Language, _ word: String, _ rest: String) -> String {
            let lines = shown.map { "\(word) \($0.line): \($0.message(language))" }
            return (lines + (more > 0 ? ["\(rest) \(more)"] : [])).joined(separator: "; ")
        }
        return Failure(
            .unprocessable,
            id: "Berkas hari libur \(path) tidak dapat dipakai: \(list(.indonesian, "baris", "lainnya:")).",
            en: "The holiday file \(path) cannot be used: \(list(.english, "line", "and more:")).")
    }
}
