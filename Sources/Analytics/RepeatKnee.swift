import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension RepeatEffect {
    /// How the rate of extra messages changes with the waiting time: it rises at a knee, or falls, or neither.
    ///
    /// A change is told only when it explains the counts better than none by more than the choice among many possible
    /// places could (Schwarz's criterion for two parameters, and never below 0.5 % for one place).
    static func verdict(_ bands: [Band]) -> Verdict {
        let all = Level(bands[...])
        let firstRepeats = bands.reduce(0) { $0 &+ $1.firstRepeats }
        guard all.messages >= Double(messagesMin), all.minutes > 0, firstRepeats > 0 else { return .notEnough }
        // Messages come in bunches; so many of them are one decision to write again.
        let bunch = max(1, all.messages / Double(firstRepeats))
        let (rising, falling) = (knee(bands, bunch: bunch), fall(bands, bunch: bunch))
        if let rising, rising.likelihood >= falling?.likelihood ?? -.infinity { return .rises(rising.knee) }
        return falling.map { .falls($0.fall) } ?? .steady(all.rate)
    }

    /// By maximum likelihood of rates that are constant in up to three stretches: before the knee, from the knee, and
    /// a tail in which people have given up or sleep.
    ///
    /// - Returns: the likelihood is that of all bands, less the price of places beyond the first.
    private static func knee(_ bands: [Band], bunch: Double) -> (knee: Knee, likelihood: Double)? {
        let fitted = fittedBands(bands)
        var best: (likelihood: Double, knee: Int, tail: Int)?
        for tail in fitted.indices.dropFirst(2) + [fitted.endIndex] {
            for knee in (fitted.startIndex + 1)..<tail {
                let (before, after) = (Level(fitted[..<knee]), Level(fitted[knee..<tail]))
                guard before.minutes > 0, after.minutes > 0, after.rate > before.rate else { continue }
                let late = Level(fitted[tail...])
                // A tail of its own has to earn its parameter.
                let price = tail < fitted.endIndex ? bunch * pricePerPlace / 2 : 0
                let likelihood = before.likelihood + after.likelihood + late.likelihood - price
                if likelihood > best?.likelihood ?? -.infinity { best = (likelihood, knee, tail) }
            }
        }
        guard let best else { return nil }
        let (before, after) = (Level(fitted[..<best.knee]), Level(fitted[best.knee..<best.tail]))
        guard isEarned(by: [before, after], over: Level(fitted[..<best.tail]), bunch: bunch) else { return nil }
        let typed = Level(bands[..<fitted.startIndex])
        let knee = Knee(
            fromMinutes: fitted[best.knee].fromMinutes, toMinutes: fitted[best.tail - 1].toMinutes,
            before: before.rate, after: after.rate,
            afterInterval: Interval.poisson(Int64(after.messages)).scaled(by: 1 / after.minutes))
        let price = typed.minutes > 0 ? bunch * pricePerPlace / 2 : 0
        return (knee, best.likelihood + typed.likelihood - price)
    }

    /// By maximum likelihood of two rates, the lower one later. The first minute counts: that many write their thought
    /// in pieces is the very thing told.
    private static func fall(_ bands: [Band], bunch: Double) -> (fall: Fall, likelihood: Double)? {
        var best: (likelihood: Double, until: Int)?
        for until in bands.indices.dropFirst() {
            let (before, after) = (Level(bands[..<until]), Level(bands[until...]))
            guard before.minutes > 0, after.minutes > 0, after.rate < before.rate else { continue }
            let likelihood = before.likelihood + after.likelihood
            if likelihood > best?.likelihood ?? -.infinity { best = (likelihood, until) }
        }
        guard let best else { return nil }
        let (before, after) = (Level(bands[..<best.until]), Level(bands[best.until...]))
        guard isEarned(by: [before, after], over: Level(bands[...]), bunch: bunch) else { return nil }
        let fall = Fall(
            untilMinutes: bands[best.until].fromMinutes, before: before.rate, after: after.rate,
            beforeInterval: Interval.poisson(Int64(before.messages)).scaled(by: 1 / before.minutes))
        return (fall, best.likelihood)
    }

    /// Whether two rates explain the counts so much better than one that chance among the places could not.
    private static func isEarned(by two: [Level], over one: Level, bunch: Double) -> Bool {
        let gain = 2 * (two.reduce(0) { $0 + $1.likelihood } - one.likelihood) / bunch
        return gain > max(pricePerPlace, 2 * log(max(1, one.messages / bunch)))
    }

    /// χ² with one degree of freedom at 0.5 %.
    private static let pricePerPlace = 7.879

    /// Many write one thought in pieces. So when the first minute is busier than the next, it says nothing about
    /// impatience and is left out.
    private static func fittedBands(_ bands: [Band]) -> ArraySlice<Band> {
        guard bands.count > 3, let first = bands[0].rate, let second = bands[1].rate, first > second else {
            return bands[...]
        }
        return bands.dropFirst()
    }

    /// Bands with one rate for all.
    private struct Level {
        var messages: Double
        var minutes: Double
        init(_ bands: ArraySlice<Band>) {
            messages = bands.reduce(0) { $0 + Double($1.extraMessages) }
            minutes = bands.reduce(0) { $0 + $1.exposureMinutes }
        }
        var rate: Double { minutes > 0 ? messages / minutes : 0 }
        /// Of a Poisson process at that rate, but for what is the same for every rate.
        var likelihood: Double { messages > 0 && minutes > 0 ? messages * (log(rate) - 1) : 0 }
    }

    // MARK: In words

    /// What it comes to, in a sentence or two.
    package var sentence: Text {
        switch verdict {
        case .notEnough:
            Text(
                id:
                    "Data belum cukup: paling sedikit \(Self.messagesMin) pesan tambahan diperlukan untuk melihat "
                    + "kapan pelanggan mulai menulis lagi.",
                en:
                    "Not enough data: at least \(Self.messagesMin) extra messages are needed to see when customers "
                    + "begin to write again.")
        case .steady(let rate):
            Text(
                id: "Tidak tampak batas waktu mulai pelanggan lebih sering menulis lagi: tiap 100 menit menunggu "
                    + "menambah sekitar \(number(rate * 100, .indonesian)) pesan, berapa pun lamanya.",
                en:
                    "No waiting time shows from which customers write again more often: every 100 minutes of waiting "
                    + "add about \(number(rate * 100, .english)) messages, however long the wait.")
        case .rises(let knee): sentence(knee)
        case .falls(let fall): sentence(fall)
        }
    }

    private func sentence(_ knee: Knee) -> Text {
        let minutes = Self.minutesTold(knee.after)
        let told = { (rate: Double, language: Language) in self.number(rate * minutes, language) }
        let from = Self.span(knee.fromMinutes)
        let to = Self.span(knee.toMinutes)
        let each = Self.each(minutes)
        return Text(
            id: "Setelah menunggu \(from.id), tiap \(each.id) menambah \(told(knee.after, .indonesian)) pesan dari "
                + "pelanggan (sebelumnya \(told(knee.before, .indonesian))). Ini berlaku sampai \(to.id).",
            en: "Each \(each.en) beyond \(from.en) of waiting \(minutes == 1 ? "costs" : "cost") "
                + "\(told(knee.after, .english)) extra messages (before that \(told(knee.before, .english))). This "
                + "holds up to \(to.en).")
    }

    private func sentence(_ fall: Fall) -> Text {
        let minutes = Self.minutesTold(fall.before)
        let told = { (rate: Double, language: Language) in self.number(rate * minutes, language) }
        let until = Self.span(fall.untilMinutes)
        // "The first minute", not "the first 1 minute".
        let first = until.en.hasPrefix("1 ") ? String(until.en.dropFirst(2)) : until.en
        let each = Self.each(minutes)
        let isNone = told(fall.after, .english) == "0"
        let later = Text(
            id: isNone ? "hampir tidak ada" : told(fall.after, .indonesian),
            en: isNone ? "almost none" : told(fall.after, .english))
        return Text(
            id: "Pelanggan paling sering menulis lagi dalam \(until.id) pertama menunggu: tiap \(each.id) menambah "
                + "\(told(fall.before, .indonesian)) pesan, sesudahnya \(later.id). Tidak tampak batas waktu mulai "
                + "mereka lebih sering menulis lagi.",
            en: "Customers write again most often in the first \(first) of waiting: each \(each.en) "
                + "\(minutes == 1 ? "adds" : "add") \(told(fall.before, .english)) extra messages there, \(later.en) "
                + "later. No waiting time shows from which they write more often again.")
    }

    /// Small rates are told for ten or a hundred minutes, so that they can be pictured.
    private static func minutesTold(_ rate: Double) -> Double { rate >= 0.095 ? 1 : rate >= 0.0095 ? 10 : 100 }

    private static func each(_ minutes: Double) -> Text {
        minutes == 1
            ? Text(id: "menit", en: "minute") : Text(id: "\(Int(minutes)) menit", en: "\(Int(minutes)) minutes")
    }

    private static func span(_ minutes: Double) -> Text {
        if minutes >= 60, minutes.truncatingRemainder(dividingBy: 60) == 0 {
            let hours = Int(minutes / 60)
            return Text(id: "\(hours) jam", en: hours == 1 ? "1 hour" : "\(hours) hours")
        }
        return Text(id: "\(Int(minutes)) menit", en: minutes == 1 ? "1 minute" : "\(Int(minutes)) minutes")
    }

    /// With two significant digits, at most two of them decimals.
    private func number(_ value: Double, _ language: Language) -> String {
        guard value.isFinite, value < 1e9 else { return "–" }
        if value >= 9.95 { return String(Int(value.rounded())) }
        let places = value >= 0.095 ? 1 : 2
        let scale = places == 1 ? 10 : 100
        let units = Int((value * Double(scale)).rounded())
        guard units > 0 else { return "0" }
        let fraction = String(units % scale + scale).dropFirst()
        return "\(units / scale)" + (language == .indonesian ? "," : ".") + fraction
    }
}
