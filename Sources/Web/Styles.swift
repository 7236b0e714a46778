extension Assets {
    /// One file for all pages, put together from its parts in the order in which they build on each other.
    static let stylesText = [
        "\(styleTokens)", dark, "\(styleFrame)", "\(styleControls)", "\(styleCards)", "\(styleTables)",
        "\(styleCharts)", "\(styleStart)", "\(styleFindings)", styleHeights, "\(styleNarrow)",
    ].joined(separator: "\n")

    /// For screens: paper is light, whatever was chosen.
    private static let dark = """
        @media screen {
          :root[data-appearance="dark"] {
        \(styleDarkColours)
          }
        }
        @media screen and (prefers-color-scheme: dark) {
          :root:not([data-appearance="light"]) {
        \(styleDarkColours)
          }
        }
        """
}
