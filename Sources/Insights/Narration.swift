import Domain

/// Findings retold in prose by a language model: what it is asked, and whether what it wrote is true to the numbers.
package enum Narration {
    /// One finding, as far as the prose may tell of it. No phone number, no name of a person, no message text.
    package struct Fact: Hashable, Sendable {
        /// The finding's own sentence.
        package var sentence: Text
        package var evidence: [NarrationEvidence]

        package init(sentence: Text, evidence: [NarrationEvidence]) {
            self.sentence = sentence
            self.evidence = evidence
        }
    }

    package enum Check: Hashable, Sendable {
        case accepted
        /// Numbers that no evidence stands behind, with the words around them.
        case rejected([String])

        package var isAccepted: Bool { self == .accepted }
    }

    /// Findings told at most: a day with more has no story.
    package static let factsMax = 20

    // MARK: The prompt

    /// What the model is asked. Anything like a phone number or an address in a sentence is masked, should a business
    /// have written one into a template's name.
    package static func prompt(_ facts: [Fact], date: LocalDate, language: Language) -> String {
        var lines: [String] = []
        switch language {
        case .indonesian:
            lines = [
                "Kamu menulis ringkasan harian untuk manajer bisnis yang memakai WhatsApp.",
                "Tulis 3 sampai 6 kalimat bahasa Indonesia yang wajar, tanpa judul, daftar, atau Markdown.",
                "Pakai hanya fakta di bawah. Salin angka persis seperti tertulis; jangan menghitung, membulatkan ke "
                    + "arah lain, menjumlahkan, atau menambah angka apa pun, juga tidak dengan kata.",
                "Sebut sebab hanya bila faktanya menyebutnya. Tutup dengan apa yang sebaiknya dilakukan bila ada.",
                "", "Tanggal: \(date)", "Fakta:",
            ]
        case .english:
            lines = [
                "You write the daily summary for the manager of a business that uses WhatsApp.",
                "Write 3 to 6 plain English sentences, without a title, a list or Markdown.",
                "Use the facts below and nothing else. Copy numbers exactly as written; do not calculate, add up, "
                    + "round otherwise or add any number, not in words either.",
                "Name a cause only where a fact names it. End with what should be done, where a fact says so.",
                "", "Date: \(date)", "Facts:",
            ]
        }
        for fact in facts.prefix(factsMax) {
            lines.append("- " + masked(fact.sentence(language)))
            for evidence in fact.evidence {
                lines.append("  · \(masked(evidence.name)): \(evidence.shown(language))")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Runs of eight digits and more, and e-mail addresses.
    static func masked(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
            if word.contains("@"), word.contains(".") { return "…" }
            return String(word)
        }
        var result = ""
        var run = ""
        let flush = {
            let digits = run.filter { $0.isASCII && $0.isNumber }.count
            let isDate = LocalDate(String(run.prefix(10))) != nil && run.count <= 10
            // Thousands are grouped in threes; phone numbers are not.
            let groups = run.split(whereSeparator: { $0 == "." || $0 == "," })
            let isGrouped = groups.count > 1 && groups.dropFirst().allSatisfy { $0.count == 3 } && groups[0].count <= 3
            result += digits >= 8 && !isDate && !isGrouped ? "…" : run
            run = ""
        }
        for character in words.joined(separator: " ") {
            if character.isNumber
                || ((character == "+" || "-.,".contains(character)) && (!run.isEmpty || character == "+"))
            {
                run.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }

    // MARK: The check

    /// Every number of the prose, in digits or words, has to be one of the evidence within the digits it was told
    /// with, and in the same unit. A sign is not checked: prose says "fell by 4".
    /// - Parameters:
    ///   - names: words that hold digits and are no numbers, such as templates' names.
    ///   - date: the day it tells of, which may be named.
    package static func check(
        _ prose: String, against facts: [Fact], names: [String] = [], date: LocalDate
    ) -> Check {
        var scanner = NarrationScanner(prose, names: names + ["p50", "p90", "p95", "p99", "7d", "24/7"])
        let evidence = facts.flatMap(\.evidence) + [NarrationEvidence(name: "", value: .date(date))]
        let wrong = scanner.numbers().filter { number in !evidence.contains { matches(number, $0) } }
        return wrong.isEmpty ? .accepted : .rejected(wrong.map(\.fragment))
    }

    private static func matches(_ number: NarrationNumber, _ evidence: NarrationEvidence) -> Bool {
        switch (number.content, evidence.value) {
        case (.date(let told), .date(let date)): return told == date
        case (.dayOfMonth(let day, let month), .date(let date)):
            return date.civil.day == day && date.civil.month == month
        case (.month(let month, let year), .date(let date)): return date.civil.month == month && date.civil.year == year
        case (.time(let told), .time(let minute)): return told == minute
        case (.readings(let readings, let mark), .number(let value, let unit)):
            guard let size = size(abs(value), unit, mark), size.isFinite else { return false }
            return readings.contains { reading in
                // A hair for binary fractions; what is told must round from the evidence. Whole numbers told with a
                // scale ("1,2 juta") round at their last digit.
                abs(reading.value - size) <= reading.tolerance * (1 + 1e-9) + 1e-9
            }
        default: return false
        }
    }

    /// The evidence in the unit that the prose uses; nil when it is another kind of number.
    private static func size(_ value: Double, _ unit: NarrationEvidence.Unit, _ mark: NarrationNumber.Mark) -> Double? {
        switch (unit, mark) {
        case (.count, .plain), (.number, .plain): return value
        case (.ratio, .percent), (.points, .points): return value * 100
        // "naik 4 %" of a difference in points would be wrong, "4 poin" of a rate as well.
        case (.seconds, .seconds(let each)): return value / each
        case (.money(let currency), .money(let told)): return currency == told ? value : nil
        default: return nil
        }
    }
}
