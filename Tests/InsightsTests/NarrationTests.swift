import Domain
import Insights
import Testing

@Suite("Prose that is true to the numbers")
struct NarrationTests {
    private let date = LocalDate(day: 20_775)  // 2026-11-18
    private let facts = [
        Narration.Fact(
            sentence: Text(
                id: "Tingkat sampai promo_11_11 turun karena kode 131049.",
                en: "The delivery rate of promo_11_11 fell because of code 131049."),
            evidence: [
                NarrationEvidence(name: "delivery rate", 0.934, .ratio),
                NarrationEvidence(name: "fall", -0.041, .points), NarrationEvidence(name: "messages", 1_250, .count),
                NarrationEvidence(name: "cost", 1_250_000, .money("IDR")),
                NarrationEvidence(name: "response time", 720, .seconds),
                NarrationEvidence(name: "rating", 4.27, .number), NarrationEvidence(name: "paid", 19.5, .money("USD")),
                NarrationEvidence(name: "began", value: .date(LocalDate(day: 20_758))),
                NarrationEvidence(name: "at", value: .time(14 * 60 + 10)),
                NarrationEvidence(name: "numbers", 2, .count), NarrationEvidence(name: "read rate", 0.5, .ratio),
            ])
    ]

    private func check(_ prose: String) -> Narration.Check {
        Narration.check(prose, against: facts, names: ["promo_11_11", "131049"], date: date)
    }

    @Test(
        "Accepted",
        arguments: [
            "Tingkat sampai promo_11_11 tinggal 93,4 % karena kode 131049.", "The delivery rate is 93.4% (about 93%).",
            "Turun 4,1 poin, kira-kira 4 poin.", "It fell by 4.1 percentage points.", "Dari 1.250 pesan …",
            "Of 1,250 messages, 1250 were counted.", "Biayanya Rp 1.250.000, atau Rp1,25 juta; sekitar Rp 1,3 juta.",
            "The cost was IDR 1,250,000.", "Dijawab dalam 12 mnt.", "Answered within 12 minutes, i.e. 0.2 hours.",
            "Penilaian 4,27, kira-kira 4,3.", "It paid $19.50, or USD 20.", "Sejak 1 November pukul 14.10.",
            "Since November 1, 2026 at 14:10.", "Pada 2026-11-01 dan 18 November 2026, di bulan November 2026.",
            "Dua nomor terdampak.", "Both are affected: two numbers.", "Separuh pesannya dibaca.", "Half were read.",
            "Salah satu templat bermasalah; one of them.", "Tidak ada angka di sini.", "",
        ])
    func accepted(prose: String) { #expect(check(prose) == .accepted) }

    @Test(
        "Rejected, with the words in question",
        arguments: [
            ("Tingkat sampai 93,5 %.", "93,5"), ("It was 94%.", "94%"), ("It fell by 4.1%.", "4.1%"),
            ("Dari 1.251 pesan.", "1.251"), ("Biayanya Rp 1.250.", "Rp 1.250"), ("It cost $1,250,000.", "1,250,000"),
            ("Dijawab dalam 13 mnt.", "13"), ("Answered within 12 hours.", "12"), ("Penilaian 4,2.", "4,2"),
            ("Sejak 2 November.", "2 November"), ("On 2025-11-01.", "2025-11-01"), ("Pukul 14.11.", "14.11"),
            ("Tiga nomor terdampak.", "Tiga"), ("Volume doubled.", "doubled"), ("Twenty messages.", "Twenty"),
            ("Lima belas pesan.", "Lima"), ("Seribu pesan.", "Seribu"), ("promo_11_12 turun.", "promo_11_12"),
            ("About ½ were read.", "½"), ("Sekitar dua juta rupiah.", "dua"), ("1.2.3 messages", "1.2.3"),
            ("Naik 50 poin.", "50"), ("Satu pelanggan mengeluh.", "Satu"), ("The share was 934.", "934"),
        ])
    func rejected(prose: String, fragment: String) {
        guard case .rejected(let fragments) = check(prose) else {
            Issue.record("accepted: \(prose)")
            return
        }
        #expect(fragments.contains { $0.contains(fragment) }, "\(fragments)")
    }

    @Test("Whatever is shown in the prompt may be repeated; with its last digit changed it may not", arguments: [1, 2])
    func roundTrip(seed: UInt64) {
        var state = seed
        let next = { () -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
        let units: [NarrationEvidence.Unit] = [
            .count, .ratio, .points, .seconds, .money("IDR"), .money("USD"), .number,
        ]
        for round in 0..<210 {
            let unit = units[round % units.count]
            var value = next() * (round % 3 == 0 ? 20 : 40_000)
            if unit == .ratio || unit == .points { value = next() }
            if unit == .count { value = value.rounded() }
            let evidence = NarrationEvidence(name: "x", value, unit)
            let fact = Narration.Fact(sentence: Text(id: "a", en: "b"), evidence: [evidence])
            for language in Language.allCases {
                let shown = evidence.shown(language)
                #expect(Narration.check("Ini \(shown).", against: [fact], date: date).isAccepted, "\(shown)")
                var digits = Array(shown)
                if let last = digits.lastIndex(where: \.isNumber), let digit = digits[last].wholeNumberValue {
                    digits[last] = Character("\((digit + 3) % 10)")
                    let wrong = String(digits)
                    #expect(!Narration.check("Ini \(wrong).", against: [fact], date: date).isAccepted, "\(wrong)")
                }
            }
        }
    }

    @Test("The prompt holds the facts as shown and nothing personal")
    func prompt() {
        let fact = Narration.Fact(
            sentence: Text(
                id: "Templat +6281234567890 turun; tanya budi@toko.id.", en: "Template 0812-3456-7890 fell."),
            evidence: [NarrationEvidence(name: "tingkat sampai", 0.934, .ratio)])
        let prompt = Narration.prompt(facts + [fact], date: date, language: .indonesian)
        #expect(prompt.contains("93,4 %") && prompt.contains("Rp 1.250.000") && prompt.contains("2026-11-18"))
        #expect(!prompt.contains("81234567890") && !prompt.contains("budi@"))
        let english = Narration.prompt(facts + [fact], date: date, language: .english)
        #expect(english.contains("93.4%") && english.contains("14:10") && english.contains("12 min"))
        #expect(!english.contains("3456"))
    }
}
