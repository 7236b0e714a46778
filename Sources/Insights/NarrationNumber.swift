import Domain

/// A number that stands in prose, with how exactly it was told.
struct NarrationNumber: Hashable {
    enum Mark: Hashable {
        case plain
        case percent
        case points
        case seconds(Double)
        case money(String)
    }

    enum Content: Hashable {
        /// Every way to read the digits: "1.250" are a thousand and more, or one and a quarter.
        case readings([Reading], Mark)
        case date(LocalDate)
        /// A day and month without a year.
        case dayOfMonth(day: Int, month: Int)
        case month(Int, year: Int)
        case time(Int)
        /// Digits that nothing can be made of.
        case unreadable
    }

    struct Reading: Hashable {
        var value: Double
        /// Half of the last digit told: within this it is the same number.
        var tolerance: Double
    }

    /// Where it stands, and the words of it.
    var fragment: String
    var content: Content
}

/// Finds every number of a text, in digits or in words.
struct NarrationScanner {
    private let characters: [Character]
    private var at = 0
    private let names: [[Character]]

    /// - Parameter names: words with digits that are no numbers: template names, "p90".
    init(_ text: String, names: [String]) {
        characters = Array(text.prefix(20_000))
        self.names = names.map { Array($0.lowercased()) }.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    }

    mutating func numbers() -> [NarrationNumber] {
        var found: [NarrationNumber] = []
        while at < characters.count {
            if isWordStart, let length = name() {
                at += length
            } else if isDigit(at) {
                found.append(number())
            } else if isWordStart, characters[at].isLetter {
                let start = at
                while at < characters.count, characters[at].isLetter { at += 1 }
                let word = String(characters[start..<at]).lowercased()
                if Self.numberWords.contains(word), !isIdiom(word, start) { found.append(worded(word, start)) }
            } else {
                // Digits of other scripts, halves and Roman numerals are numbers nobody can check here.
                if characters[at].isNumber {
                    found.append(NarrationNumber(fragment: around(at, at + 1), content: .unreadable))
                }
                at += 1
            }
        }
        return found
    }

    private var isWordStart: Bool {
        at == 0 || !(characters[at - 1].isLetter || characters[at - 1].isNumber || characters[at - 1] == "_")
    }

    private func isDigit(_ index: Int) -> Bool {
        characters.indices.contains(index) && characters[index].isASCII && characters[index].isNumber
    }

    private func name() -> Int? {
        for name in names {
            let end = at + name.count
            guard end <= characters.count, zip(characters[at..<end], name).allSatisfy({ $0.lowercased() == String($1) })
            else { continue }
            if end < characters.count, characters[end].isLetter || characters[end].isNumber || characters[end] == "_" {
                continue
            }
            return name.count
        }
        return nil
    }

    // MARK: Digits

    private mutating func number() -> NarrationNumber {
        let start = at
        let before = word(before: start)
        var digits = ""
        while at < characters.count {
            let character = characters[at]
            if isDigit(at) {
                digits.append(character)
            } else if [".", ",", ":", "-", "/"].contains(character), isDigit(at + 1) {
                digits.append(character)
            } else if character == "\u{00A0}" || character == "\u{202F}", isDigit(at + 1), isDigit(at + 2),
                isDigit(at + 3)
            {
                digits.append(",")  // A narrow space between thousands.
            } else {
                break
            }
            at += 1
        }
        // "p90", "promo_11": part of a word that is not among the names.
        if start > 0, characters[start - 1].isLetter || characters[start - 1] == "_",
            !["rp", "us$", "usd", "idr", "x"].contains(before)
        {
            return NarrationNumber(fragment: around(start, at), content: .unreadable)
        }
        if let date = LocalDate(digits) { return NarrationNumber(fragment: around(start, at), content: .date(date)) }
        if let content = time(digits, before) { return NarrationNumber(fragment: around(start, at), content: content) }
        // "7-9": two numbers.
        if let dash = digits.firstIndex(where: { $0 == "-" }) {
            at -= digits.distance(from: dash, to: digits.endIndex)
            digits = String(digits[..<dash])
        }
        let after = words(after: at)
        if let month = after.first.flatMap({ QuestionTime.months[$0] }), let day = Int(digits), (1...31).contains(day) {
            return date(day, month, start, year: after.dropFirst().first.flatMap { Int($0) })
        }
        if let month = QuestionTime.months[before], let number = Int(digits) {
            if (1...31).contains(number) {
                return date(
                    number, month, start, year: words(after: at, skipsComma: true).first.flatMap { Int($0) },
                    isBefore: true)
            }
            if (2_000...2_100).contains(number) {
                return NarrationNumber(fragment: around(start, at), content: .month(month, year: number))
            }
        }
        guard let readings = readings(digits) else {
            return NarrationNumber(fragment: around(start, at), content: .unreadable)
        }
        let (mark, scale) = unit(after, before, start)
        let content = readings.map {
            NarrationNumber.Reading(value: $0.value * scale, tolerance: $0.tolerance * scale)
        }
        return NarrationNumber(fragment: around(start, at), content: .readings(content, mark))
    }

    private mutating func date(
        _ day: Int, _ month: Int, _ start: Int, year: Int?, isBefore: Bool = false
    ) -> NarrationNumber {
        let hasYear = year.map { (2_000...2_100).contains($0) } ?? false
        if !isBefore { skipWord() }
        if hasYear { skipWord() }
        let fragment = around(start, at)
        if hasYear, let year {
            let date = LocalDate(year: year, month: month, day: day)
            return NarrationNumber(fragment: fragment, content: date.map { .date($0) } ?? .unreadable)
        }
        return NarrationNumber(fragment: fragment, content: .dayOfMonth(day: day, month: month))
    }

    private mutating func skipWord() {
        while at < characters.count, !(characters[at].isLetter || characters[at].isNumber) { at += 1 }
        while at < characters.count, characters[at].isLetter || characters[at].isNumber { at += 1 }
    }

    /// `14:10`, and `14.10` after "pukul" or "jam".
    private func time(_ digits: String, _ before: String) -> NarrationNumber.Content? {
        let isClock = ["pukul", "jam", "wib", "at"].contains(before)
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        let dotted = digits.split(separator: ".", omittingEmptySubsequences: false)
        let pair = parts.count == 2 ? parts : (isClock && dotted.count == 2 ? dotted : [])
        guard pair.count == 2, let hour = Int(pair[0]), let minute = Int(pair[1]), pair[1].count == 2,
            (0...24).contains(hour), (0...59).contains(minute)
        else {
            if ["pukul"].contains(before), let hour = Int(digits), (0...24).contains(hour) { return .time(hour * 60) }
            return nil
        }
        return .time(hour * 60 + minute)
    }

    /// With both meanings of point and comma, where both make sense.
    private func readings(_ digits: String) -> [NarrationNumber.Reading]? {
        var found: [NarrationNumber.Reading] = []
        for (group, point) in [(Character("."), Character(",")), (Character(","), Character("."))] {
            let halves = digits.split(separator: point, omittingEmptySubsequences: false)
            guard halves.count <= 2, let whole = halves.first else { continue }
            let groups = whole.split(separator: group, omittingEmptySubsequences: false)
            guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }),
                groups.count == 1 || (groups[0].count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 })
            else { continue }
            let fraction = halves.count == 2 ? String(halves[1]) : ""
            guard fraction.allSatisfy(\.isNumber), halves.count == 1 || !fraction.isEmpty,
                let value = Double(groups.joined() + (fraction.isEmpty ? "" : "." + fraction))
            else { continue }
            var step = 1.0
            for _ in fraction { step /= 10 }
            let reading = NarrationNumber.Reading(value: value, tolerance: step / 2)
            if !found.contains(where: { $0.value == reading.value }) { found.append(reading) }
        }
        return found.isEmpty ? nil : found
    }

    // MARK: Units

    private static let scales: [String: Double] = [
        "ribu": 1e3, "rb": 1e3, "k": 1e3, "thousand": 1e3, "juta": 1e6, "jt": 1e6, "million": 1e6, "miliar": 1e9,
        "billion": 1e9,
    ]
    private static let durations: [String: Double] = [
        "detik": 1, "dtk": 1, "s": 1, "sec": 1, "second": 1, "seconds": 1, "secs": 1, "menit": 60, "mnt": 60,
        "min": 60, "mins": 60, "minute": 60, "minutes": 60, "jam": 3_600, "h": 3_600, "hour": 3_600, "hours": 3_600,
        "hari": 86_400, "day": 86_400, "days": 86_400,
    ]

    private mutating func unit(_ after: [String], _ before: String, _ start: Int) -> (NarrationNumber.Mark, Double) {
        var scale = 1.0
        var rest = after[...]
        if let first = rest.first, let factor = Self.scales[first] {
            scale = factor
            rest = rest.dropFirst()
            // "juta" belongs to the number and is none of its own.
            skipWord()
        }
        let symbol = start > 0 ? characters[start - 1] : " "
        if before == "rp" || before == "idr" || rest.first == "rupiah" { return (.money("IDR"), scale) }
        if before == "usd" || symbol == "$" { return (.money("USD"), scale) }
        if before.count == 3, before == before.lowercased(), Self.currencies.contains(before) {
            return (.money(before.uppercased()), scale)
        }
        if rest.first == "%" || rest.first == "persen" || rest.first == "percent" {
            return rest.dropFirst().first.map { $0.hasPrefix("po") } ?? false ? (.points, scale) : (.percent, scale)
        }
        if rest.first == "pp" || rest.first == "poin" || rest.first == "points" || rest.first == "percentage" {
            return (.points, scale)
        }
        if let first = rest.first, let seconds = Self.durations[first] { return (.seconds(seconds), scale) }
        return (.plain, scale)
    }

    private static let currencies: Set<String> = [
        "eur", "sgd", "myr", "inr", "aud", "gbp", "brl", "aed", "sar", "mxn",
    ]

    // MARK: Words

    /// Numbers in words. "satu" and "one" too: a model may hide any number in them.
    static let numberWords: Set<String> = [
        "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
        "belas", "puluh", "ratus", "seratus", "seribu", "ribu", "juta", "sejuta", "miliar", "setengah", "separuh",
        "separo", "sepertiga", "seperempat", "duapertiga", "lusin", "selusin", "puluhan", "ratusan", "ribuan", "jutaan",
        "ganda", "zero", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
        "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand", "thousands", "million",
        "millions", "billion", "half", "halved", "third", "thirds", "quarter", "quarters", "dozen", "dozens", "double",
        "doubled", "doubles", "triple", "tripled", "twice", "thrice", "one", "fourfold", "twofold", "threefold",
    ]

    private static let worth: [String: Double] = QuestionTime.numbers.mapValues(Double.init).merging([
        "nol": 0, "zero": 0, "sebelas": 11, "eleven": 11, "twelve": 12, "selusin": 12, "dozen": 12, "seratus": 100,
        "seribu": 1_000,
    ]) { a, _ in a }

    /// A word that stands alone is compared like digits; several in a row, and vague ones, cannot be.
    private mutating func worded(_ word: String, _ start: Int) -> NarrationNumber {
        let end = at
        let next = words(after: at).first ?? ""
        let before = self.word(before: start)
        let isCompound = Self.numberWords.contains(next) || Self.numberWords.contains(before)
        guard let value = Self.worth[word], !isCompound else {
            if ["setengah", "separuh", "separo", "half"].contains(word), !isCompound {
                let reading = NarrationNumber.Reading(value: 50, tolerance: 0.5)
                return NarrationNumber(fragment: around(start, end), content: .readings([reading], .percent))
            }
            return NarrationNumber(fragment: around(start, end), content: .unreadable)
        }
        let (mark, scale) = unit(words(after: at), before, start)
        let reading = NarrationNumber.Reading(value: value * scale, tolerance: 0.5 * scale)
        return NarrationNumber(fragment: around(start, end), content: .readings([reading], mark))
    }

    /// "salah satu", "one of": no number is meant.
    private func isIdiom(_ word: String, _ start: Int) -> Bool {
        let next = words(after: at).first ?? ""
        if word == "satu" { return self.word(before: start) == "salah" || next == "satunya" }
        return word == "one" && (next == "of" || self.word(before: start) == "no")
    }

    // MARK: Neighbours

    private func word(before index: Int) -> String {
        var end = index
        while end > 0, [" ", ".", "\u{00A0}", "$"].contains(characters[end - 1]) {
            // A point ends a sentence unless it follows "Rp".
            end -= 1
        }
        var start = end
        while start > 0, characters[start - 1].isLetter { start -= 1 }
        return String(characters[start..<end]).lowercased()
    }

    /// Up to three words that follow, a percent sign being one; a full stop ends them.
    private func words(after index: Int, skipsComma: Bool = false) -> [String] {
        var found: [String] = []
        var index = index
        while index < characters.count, found.count < 3 {
            let character = characters[index]
            if character == "%" {
                found.append("%")
                index += 1
            } else if character.isLetter || character.isNumber {
                let start = index
                while index < characters.count, characters[index].isLetter || characters[index].isNumber { index += 1 }
                found.append(String(characters[start..<index]).lowercased())
            } else if character.isWhitespace || character == "-" || (skipsComma && character == ",") {
                index += 1
            } else if character == ",", found.count == 1, QuestionTime.months[found[0]] != nil {
                index += 1
            } else {
                break
            }
        }
        return found
    }

    /// The number with what stands beside it, so that it can be found in the text.
    private func around(_ start: Int, _ end: Int) -> String {
        var (from, to) = (max(0, start - 12), min(characters.count, end + 12))
        while from > 0, from < start, characters[from - 1] != " " { from += 1 }
        while to < characters.count, to > end, characters[to] != " " { to -= 1 }
        return String(characters[from..<to]).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
