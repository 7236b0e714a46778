import Domain
import Foundation
import Testing

@testable import Insights

/// Hourly counts of a business that is open in the day, with random days and counting noise.
private func businessHours(hours: Int, seed: UInt64, scale: Double = 40) -> [Double] {
    var numbers = SeededNumbers(seed &* 31 &+ 7)
    var drift = 0.0
    return (0..<hours).map { hour in
        let (time, day) = (hour % 24, hour / 24 % 7)
        drift = 0.9 * drift + 0.08 * numbers.normal()
        let isOpen = time >= 8 && time < 17 && day < 6
        let mean = (isOpen ? scale * (day == 5 ? 0.5 : 1) : scale / 80) * exp(drift)
        return numbers.poisson(mean * numbers.gamma(20) / 20)
    }
}

@Suite("Forecast")
struct ForecastTests {
    private func request(_ values: [Double], horizon: Int, seasons: [Int] = [24, 168]) -> ForecastRequest {
        ForecastRequest(values: values, seasons: seasons, horizon: horizon)
    }

    @Test("Two weeks of business hours: nearer than last week again, intervals that hold")
    func heldOut() throws {
        var own = 0.0
        var naive = 0.0
        var in80 = 0
        var in95 = 0
        for seed in UInt64(0)..<3 {
            let all = businessHours(hours: 8 * 168, seed: seed, scale: seed == 2 ? 6 : 40)
            let history = Array(all.dropLast(336))
            let points = try Forecaster.forecast(request(history, horizon: 336)).points
            var ownOne = 0.0
            var naiveOne = 0.0
            for (step, point) in points.enumerated() {
                let truth = all[history.count + step]
                ownOne += abs(truth - point.mean)
                naiveOne += abs(truth - all[history.count - 168 + step % 168])
                if truth >= point.low80, truth <= point.high80 { in80 += 1 }
                if truth >= point.low95, truth <= point.high95 { in95 += 1 }
            }
            own += ownOne / naiveOne
            naive += 1
        }
        #expect(own / naive < 0.9)
        #expect((0.72...0.95).contains(Double(in80) / 1_008))
        #expect((0.90...1).contains(Double(in95) / 1_008))
    }

    @Test("Monthly passengers of an airline (Box and Jenkins, series G): the last year")
    func airline() throws {
        let passengers: [Double] = [
            112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
            133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
            230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235,
            227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
            284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404,
            347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
            548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
        ]
        let points = try Forecaster.forecast(request(Array(passengers.dropLast(12)), horizon: 12, seasons: [12])).points
        let truth = Array(passengers.suffix(12))
        let last = Array(passengers.dropLast(12).suffix(12))
        let error = zip(points, truth).map { abs($0.mean - $1) }.reduce(0, +)
        let naive = zip(last, truth).map { abs($0 - $1) }.reduce(0, +)
        #expect(error < 0.6 * naive)
        #expect(zip(points, truth).count { $0.low95 <= $1 && $1 <= $0.high95 } >= 10)
    }

    @Test("A constant stays, without spread")
    func constant() throws {
        for count in [1, 3, 30, 400] {
            let found = try Forecaster.forecast(request([Double](repeating: 7, count: count), horizon: 30))
            #expect(found.points.count == 30)
            #expect(found.points.allSatisfy { abs($0.mean - 7) < 1e-6 })
            if count > 30 { #expect(found.points.allSatisfy { $0.high95 - $0.low95 < 1e-3 }) }
        }
    }

    @Test(
        "Short history, long horizon, seasons longer than the history", arguments: [1, 2, 5, 20, 30, 47, 100, 180, 340])
    func short(count: Int) throws {
        let values = Array(businessHours(hours: count, seed: 3))
        let points = try Forecaster.forecast(request(values, horizon: 500)).points
        #expect(points.count == 500)
        for point in points {
            #expect(point.mean.isFinite)
            #expect(0 <= point.low95)
            #expect(point.low95 <= point.low80 && point.low80 <= point.mean)
            #expect(point.mean <= point.high80 && point.high80 <= point.high95)
            #expect(point.mean <= 3 * (values.max() ?? 0) + 1)
        }
    }

    @Test("Negative numbers are not cut where the history has some")
    func negative() throws {
        let values = (0..<200).map { -50 + 10 * sin(Double($0) / 24 * 2 * .pi) }
        let points = try Forecaster.forecast(request(values, horizon: 24, seasons: [24])).points
        #expect(points.allSatisfy { $0.mean < -30 })
        for (step, point) in points.enumerated() {
            #expect(abs(point.mean - (-50 + 10 * sin(Double(200 + step) / 24 * 2 * .pi))) < 1)
        }
    }

    @Test("Missing values are filled and not counted as errors")
    func missing() throws {
        let all = businessHours(hours: 4 * 168, seed: 5)
        var holed = all.map { Optional($0) }
        for step in stride(from: 3, to: holed.count, by: 11) { holed[step] = nil }
        for step in 300..<330 { holed[step] = .nan }
        let found = try Forecaster.forecast(.init(values: holed, seasons: [24, 168], horizon: 48))
        let whole = try Forecaster.forecast(request(all, horizon: 48))
        #expect(found.filledCount > 80)
        let apart = zip(found.points, whole.points).reduce(0) { $0 + abs($1.0.mean - $1.1.mean) }
        let size = whole.points.reduce(0) { $0 + $1.mean }
        #expect(apart < 0.2 * size)
    }

    @Test("What cannot be forecast is refused")
    func refused() {
        #expect(throws: Failure.self) { try Forecaster.forecast(request([], horizon: 5)) }
        #expect(throws: Failure.self) { try Forecaster.forecast(request([.nan, .infinity], horizon: 5)) }
        #expect(throws: Failure.self) { try Forecaster.forecast(request([1], horizon: 0)) }
        #expect(throws: Failure.self) { try Forecaster.forecast(request([1], horizon: 5, seasons: [-2])) }
    }

    @Test("Holidays teach the next one, and do not spoil the weeks after")
    func marks() throws {
        var values = businessHours(hours: 7 * 168, seed: 9)
        // Thursdays of weeks 2 and 5: closed. Week 8 begins at the end; its Thursday is a holiday too.
        let days = [1, 4].map { ($0 * 168 + 72)..<($0 * 168 + 96) }
        for day in days { for hour in day { values[hour] = (values[hour] * 0.2).rounded() } }
        let next = (7 * 168 + 72)..<(7 * 168 + 96)
        let marks = (days + [next]).map { ForecastMark(kind: "holiday", steps: $0) }
        let found = try Forecaster.forecast(
            .init(values: values, seasons: [24, 168], horizon: 168, marks: marks))
        let effect = try #require(found.effects.first)
        #expect(effect.occasions == 2)
        #expect((0.15...0.35).contains(effect.factor))
        let holiday = found.points[72..<96].reduce(0) { $0 + $1.mean }
        let before = found.points[48..<72].reduce(0) { $0 + $1.mean }
        #expect(holiday < 0.45 * before)
        #expect(found.points[72..<96].allSatisfy { $0.low95 <= $0.mean && $0.mean <= $0.high95 })
    }

    @Test("A new number takes the day of the others on its own level")
    func coldStart() throws {
        let profile = (0..<24).map { (8..<17).contains($0) ? 10.0 : 0 }
        let values = (0..<24).map { (8..<17).contains($0) ? 4.0 : 0 }
        let points = try Forecaster.forecast(
            .init(values: values, seasons: [24, 168], horizon: 48, profile: profile)
        ).points
        #expect(points[10].mean == 4)
        #expect(points[34].mean == 4)
        #expect(points[2].mean == 0)
    }

    @Test("Quantiles of counts: Poisson and negative binomial")
    func counts() {
        // Tables of the Poisson distribution: P(X ≤ 8 | 5) = .932, P(X ≤ 10 | 5) = .986.
        let poisson = CountDistribution(mean: 5, variance: 5)
        #expect(poisson.quantile(0.9) == 8)
        #expect(poisson.quantile(0.975) == 10)
        #expect(poisson.quantile(0.025) == 1)
        // A geometric count with mean 1: P(X ≤ k) = 1 − 2^−(k+1).
        let geometric = CountDistribution(mean: 1, variance: 2)
        #expect(geometric.quantile(0.9) == 3)
        #expect(geometric.quantile(0.975) == 5)
        #expect(CountDistribution(mean: 0, variance: 0).quantile(0.9) == 0)
    }
}

@Suite("Forecast: text")
struct ForecastTextTests {
    private func lines(_ text: String, horizon: Int = 3, seasons: [Int]? = nil) throws -> [String] {
        try ForecastText.forecast(Array(text.utf8), horizon: horizon, seasons: seasons)
            .split(separator: "\n").map(String.init)
    }

    @Test(
        "Times go on in the spelling of the input",
        arguments: [
            (["2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z"], "2026-01-01T03:00:00Z"),
            (["2026-01-01 22:00", "2026-01-01 23:00"], "2026-01-02 00:00"),
            (["2026-12-31T23:30:00.500+07:00", "2026-12-31T23:45:00.500+07:00"], "2027-01-01T00:00:00.500+07:00"),
            (["2024-02-27", "2024-02-28"], "2024-02-29"), (["2024/11/30", "2024/12/07"], "2024/12/14"),
            (["1949-01", "1949-02", "1949-03"], "1949-04"), (["2025-01-31", "2025-02-28", "2025-03-31"], "2025-04-30"),
            (["2025-10-01", "2025-11-01", "2025-12-01"], "2026-01-01"), (["1", "2", "3"], "4"),
            (["1700000000", "1700003600"], "1700007200"), (["2020-01-01", "2021-01-01", "2022-01-01"], "2023-01-01"),
        ])
    func spelling(times: [String], next: String) throws {
        let found = try lines("timestamp,value\n" + times.map { $0 + ",5\n" }.joined())
        #expect(found[0] == "timestamp,mean,lo80,hi80,lo95,hi95")
        #expect(found.count == 4)
        #expect(found[1].split(separator: ",").first.map(String.init) == next)
    }

    @Test("Unsorted, doubled and missing times, CRLF, a byte order mark, other columns, no header")
    func rows() throws {
        let plain = (0..<60).map {
            "2026-01-\(LocalDate.padded($0 / 24 + 1, to: 2))T\(LocalDate.padded($0 % 24, to: 2)):00:00Z,\($0 % 24)"
        }
        let straight = try lines("timestamp,value\n" + plain.joined(separator: "\n"))
        #expect(
            try lines("\u{FEFF}Timestamp,Value\r\n" + plain.reversed().joined(separator: "\r\n") + "\r\n\r\n")
                == straight)
        #expect(try lines(plain.joined(separator: "\n")) == straight)
        #expect(try lines("timestamp,value\n" + (plain + plain).joined(separator: "\n")) == straight)
        let holed = plain.enumerated().filter { $0.offset % 7 != 4 }.map(\.element)
        #expect(
            try lines("timestamp,value\n" + holed.joined(separator: "\n")).map { $0.prefix(20) }
                == straight.map { $0.prefix(20) })
        let series = try ForecastText.series(Array(("timestamp,value\n" + holed.joined(separator: "\n")).utf8))
        #expect(series.values.count == 60)
        #expect(series.values[4] == nil)
        #expect(series.usualSeasons == [24, 168])
    }

    @Test("A hole of years: rows follow each other, and times go on after the last")
    func hole() throws {
        let found = try lines(
            "timestamp,value\n2001-01-01T00:00:00Z,5\n2001-01-01T01:00:00Z,5\n2026-01-01T00:00:00Z,5\n2026-01-01T01:00:00Z,5\n"
        )
        #expect(found[1].hasPrefix("2026-01-01T02:00:00Z,5"))
    }

    @Test("As JSON")
    func json() throws {
        let text = try ForecastText.forecast(Array("timestamp,value\n1,5\n2,5\n".utf8), horizon: 2, form: .json)
        let rows = Array(try JSON.parse(text).elements)
        #expect(rows.count == 2)
        #expect(rows.first?.keys == ["timestamp", "mean", "lo80", "hi80", "lo95", "hi95"])
    }

    @Test(
        "What cannot be read is refused",
        arguments: [
            "", "timestamp,value\n", "timestamp,value\nyesterday,1\n", "timestamp,value\n2026-01-01,many\n",
            "timestamp,value\n2026-01-01\n", "a,b,c\n1,2,3\n", "timestamp,value\n2026-01-01,\n",
        ])
    func refused(text: String) {
        #expect(throws: Failure.self) { try lines(text) }
    }
}
