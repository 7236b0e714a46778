/// What is drawn, and with it its colour: one colour for one thing on all pages. Colours are in the styles
/// (`--c-delivered`), in a light and a dark palette that tests hold apart for colour-blind readers too.
enum Palette: String, Sendable, CaseIterable {
    case sent, delivered, read, replied, clicked, failed
    case bot, human
    case outcome, cost, volume
    /// The compared period where it stands by itself.
    case before
    /// Things without a colour of their own, in this order: templates, numbers, teams.
    case a, b, c, d, e

    /// The name of its colour in the styles.
    var variable: String { "--c-\(rawValue)" }
    /// A class that gives an element the colour as `--tone`.
    var name: String { "t-\(rawValue)" }

    /// For the things of a list, which have no colour of their own; from the sixth on they come again.
    static func ordinal(_ index: Int) -> Palette {
        let all: [Palette] = [.a, .b, .c, .d, .e]
        return all[max(0, index) % all.count]
    }
}
