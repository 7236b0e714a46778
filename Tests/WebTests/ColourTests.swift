import Testing

@testable import Web

/// The colours of the styles, by name.
struct Colours: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let values: [String: Light]

    static let light = Colours("light", Assets.palettes.light)
    static let dark = Colours("dark", Assets.palettes.dark)

    init(_ name: String, _ styles: String) {
        testDescription = name
        var values: [String: Light] = [:]
        for declaration in styles.split(whereSeparator: { ";{}\n".contains($0) }) {
            let parts = declaration.split(separator: ":", maxSplits: 1).map { $0.filter { $0 != " " } }
            guard parts.count == 2, parts[0].hasPrefix("--"), let colour = Light(hex: parts[1]) else { continue }
            values[String(parts[0].dropFirst(2))] = colour
        }
        self.values = values
    }

    var names: Set<String> { Set(values.keys) }

    subscript(name: String) -> Light {
        get throws { try #require(values[name], "there is no colour --\(name)") }
    }
}

@Suite("Colours can be read and told apart")
struct ColourTests {
    static let palettes = [Colours.light, .dark]

    @Test(arguments: palettes) func textIsReadable(_ colours: Colours) throws {
        let pairs: [(String, [String])] = [
            ("text", ["ground", "surface", "raised", "accent-soft", "good-soft", "bad-soft", "warn-soft"]),
            ("muted", ["ground", "surface", "raised"]), ("faint", ["ground", "surface"]),
            ("accent", ["ground", "surface", "raised", "accent-soft"]), ("on-accent", ["accent"]),
            ("good", ["surface", "good-soft"]), ("bad", ["surface", "bad-soft"]), ("warn", ["surface", "warn-soft"]),
            ("surface", ["text", "bad", "accent"]),
        ]
        for (text, grounds) in pairs {
            for ground in grounds {
                let contrast = try colours[text].contrast(colours[ground])
                #expect(contrast >= 4.5, "\(text) on \(ground): \(contrast)")
            }
        }
    }

    @Test(arguments: palettes) func heatmapsAreReadable(_ colours: Colours) throws {
        // As the styles have it: dark words from the fifth step on in the dark palette, light ones in the light.
        let isDark = colours.testDescription == "dark"
        for step in 0...8 {
            let words = step < 5 ? "text" : isDark ? "q-dark" : step == 5 ? "q-dark" : "q-light"
            let contrast = try colours[words].contrast(colours["q\(step)"])
            #expect(contrast >= 4.5, "\(words) on q\(step): \(contrast)")
        }
        let steps = try (1...8).map { try colours["q\($0)"].luminance }
        #expect(steps == (isDark ? steps.sorted() : steps.sorted(by: >)), "more is always further from the ground")
    }

    @Test(arguments: palettes) func drawingsAreVisible(_ colours: Colours) throws {
        let drawn = colours.names.filter { $0.hasPrefix("c-") && !["c-volume-soft", "c-nobody"].contains($0) }
        #expect(drawn.count >= 18)
        for name in drawn.sorted() where name != "c-customer" {
            let contrast = try colours[name].contrast(colours["surface"])
            #expect(contrast >= 3, "\(name): \(contrast)")
        }
        // The edge of a field is what shows that it is one.
        #expect(try colours["edge"].contrast(colours["surface"]) >= 3)
    }

    /// Things that stand in one chart.
    static let together = [
        ["delivered", "read", "failed"], ["bot", "human"], ["bot", "human", "volume"], ["outcome", "cost", "volume"],
        ["sent", "delivered", "read", "replied", "clicked"], ["delivered", "read", "replied", "outcome"],
        ["failed", "cost"], ["a", "b", "c", "d", "e"], ["bot", "queue", "human", "closed"],
    ]

    @Test(arguments: palettes, Eyes.allCases)
    func whatStandsTogetherCanBeToldApart(_ colours: Colours, _ eyes: Eyes) throws {
        for things in Self.together {
            for (index, thing) in things.enumerated() {
                for other in things[(index + 1)...] {
                    let distance = try colours["c-\(thing)"].seen(by: eyes)
                        .distance(colours["c-\(other)"].seen(by: eyes))
                    #expect(distance >= 0.08, "\(thing) and \(other) for \(eyes): \(distance)")
                }
            }
        }
    }

    @Test func bothPalettesHaveTheSameNames() {
        #expect(Colours.light.names == Colours.dark.names)
    }

    @Test func distancesAndContrastsAreThoseOfTheStandards() throws {
        let (white, black) = (try #require(Light(hex: "#ffffff")), try #require(Light(hex: "#000000")))
        #expect(abs(white.contrast(black) - 21) < 1e-9)
        // Black and white are one apart in lightness, and equal colours not at all.
        #expect(abs(white.distance(black) - 1) < 1e-3 && white.distance(white) < 1e-12)
        let grey = try #require(Light(hex: "#767676"))
        #expect(grey.contrast(white) > 4.5 && grey.contrast(white) < 4.6)
        for eyes in Eyes.allCases {
            #expect(white.seen(by: eyes).distance(white) < 0.01, "grey stays grey for \(eyes)")
        }
    }

    @Test func stylesNameOnlyColoursThatAreThere() {
        let styles = Assets.stylesText
        for name in ["t-delivered", "t-read", "t-failed", "t-bot", "t-human", "t-outcome", "t-cost", "t-volume"] {
            #expect(styles.contains(".\(name) { --tone: var(--c-\(name.dropFirst(2))); }"))
        }
        var used: Set<Substring> = []
        for part in styles.split(separator: "var(--").dropFirst() {
            used.insert(part.prefix { $0 != ")" && $0 != "," })
        }
        for name in used where name != "tone" && name != "q" {
            #expect(styles.contains("--\(name):"), "--\(name) is not defined")
        }
    }
}
