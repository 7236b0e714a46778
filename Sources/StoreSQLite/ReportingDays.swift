import Domain
import Foundation

/// The days of the reporting zone, as quarter hours.
///
/// A day begins with its first instant, which is not always 00:00: where clocks go forward at midnight the day
/// begins at 01:00. Every offset in use is a multiple of 15 minutes, so a day is a whole number of quarter hours.
final class ReportingDays {
    private let zone: TimeZone
    private var starts: [Int64: Int64] = [:]

    init(_ name: String) throws {
        guard let zone = TimeZone(identifier: name) else {
            throw Failure(
                .misconfigured, id: "Zona waktu \(name) tidak dikenal. Pakai nama IANA, misalnya Asia/Jakarta.",
                en: "The time zone \(name) is not known. Use an IANA name such as Asia/Jakarta.")
        }
        self.zone = zone
    }

    /// The quarter hour with which the day of `quarter` begins.
    func start(of quarter: QuarterHour) -> QuarterHour {
        if let known = starts[quarter.index] { return QuarterHour(index: known) }
        let day = localDay(quarter.index)
        // Jump close to local midnight, then settle the last steps around a change of the clocks.
        var index = quarter.index - (localQuarter(quarter.index) - day * 96)
        while localDay(index) < day { index += 1 }
        while localDay(index - 1) == day { index -= 1 }
        starts[quarter.index] = index
        return QuarterHour(index: index)
    }

    private func localQuarter(_ index: Int64) -> Int64 {
        let seconds = QuarterHour(index: index).start.seconds
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        return (seconds + Int64(offset)).flooredDivision(by: 900)
    }

    private func localDay(_ index: Int64) -> Int64 { localQuarter(index).flooredDivision(by: 96) }
}
