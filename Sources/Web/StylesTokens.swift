extension Assets {
    /// One scale of space (4 px steps), one of type, two palettes. Colours are named for their use, those of charts
    /// (`--c-…`, see `Palette`) for the thing they stand for; `Tests/WebTests/ColourTests` holds text to 4.5 : 1,
    /// drawn lines to 3 : 1, and what stands side by side to a distance that colour-blind readers can tell.
    static let styleTokens: StaticString = #"""
        :root {
          --s1: 4px; --s2: 8px; --s3: 12px; --s4: 16px; --s5: 20px; --s6: 24px; --s8: 32px; --s10: 40px;
          --t-small: 12px; --t-note: 13px; --t-text: 14px; --t-lead: 15px; --t-title: 22px; --t-number: 24px;
          --radius: 10px; --radius-small: 7px; --side: 208px; --bar: 53px;
          --mono: ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
        }
        :root {
          color-scheme: light;
          --ground: #f6f8f7; --surface: #ffffff; --raised: #eff3f1; --line: #dce4e0; --line-soft: #e9efec;
          --edge: #84938d; --text: #14211d; --muted: #54635d; --faint: #64736d; --grid: #e6ecea;
          --accent: #0b6e55; --accent-soft: #dcf1ea; --on-accent: #ffffff; --good: #0b6e55; --good-soft: #dcf1ea;
          --bad: #b3261e; --bad-soft: #fbe7e4; --warn: #855000; --warn-soft: #fdf1da; --cover: rgb(15 25 21 / 45%);
          --shadow: 0 1px 2px rgb(20 33 29 / 5%); --lifted: 0 8px 28px rgb(20 33 29 / 16%);
          --c-sent: #83829e; --c-delivered: #006b68; --c-read: #2488e6; --c-replied: #631f9a; --c-clicked: #c38600;
          --c-failed: #d01212; --c-bot: #6d4bb0; --c-human: #cf6a12; --c-outcome: #c8006c; --c-cost: #54330b;
          --c-volume: #7c92b0; --c-volume-soft: #dde4ed; --c-before: #7d8a85; --c-mark: #64736d;
          --c-a: #0b6e62; --c-b: #2488e6; --c-c: #d06a10; --c-d: #7a2f8f; --c-e: #7d8791;
          --c-queue: #8f1d1d; --c-closed: #7d8a85; --c-customer: #6da896; --c-nobody: #c3cec9;
          --q0: #eff3f1; --q1: #dcece7; --q2: #c2e0d7; --q3: #a3d1c4; --q4: #7dbdab; --q5: #46937f; --q6: #277a65;
          --q7: #0d5f4c; --q8: #05402f; --q-dark: #0a1b15; --q-light: #ffffff;
        }
        """#

    /// Written once for whoever chose it and once for whoever lets the system choose.
    static let styleDarkColours: StaticString = #"""
          color-scheme: dark;
          --ground: #0e1412; --surface: #151c1a; --raised: #1e2724; --line: #2b3733; --line-soft: #222d29;
          --edge: #71817b; --text: #e6eeeb; --muted: #a0b1aa; --faint: #8b9c95; --grid: #24302c;
          --accent: #5fd3ae; --accent-soft: #153a2f; --on-accent: #06231a; --good: #5fd3ae; --good-soft: #153a2f;
          --bad: #ff9d94; --bad-soft: #40201d; --warn: #f2c063; --warn-soft: #38301a; --cover: rgb(0 0 0 / 60%);
          --shadow: none; --lifted: 0 8px 28px rgb(0 0 0 / 50%);
          --c-sent: #c5d3f0; --c-delivered: #5fd3a0; --c-read: #5f8cff; --c-replied: #9f63c8; --c-clicked: #e6cf4a;
          --c-failed: #f8693d; --c-bot: #b299fa; --c-human: #f5a04a; --c-outcome: #ea6fc7; --c-cost: #d9b28a;
          --c-volume: #7b8c86; --c-volume-soft: #2b3733; --c-before: #8b9c95; --c-mark: #a0b1aa;
          --c-a: #5fd3ae; --c-b: #6f93ff; --c-c: #f2b04c; --c-d: #d877c0; --c-e: #dfe27a;
          --c-queue: #f2553d; --c-closed: #7f918a; --c-customer: #2f7a62; --c-nobody: #3a4843;
          --q0: #1e2724; --q1: #1a3530; --q2: #1a453b; --q3: #1c5648; --q4: #216a58; --q5: #3f9c83; --q6: #55b298;
          --q7: #74c9b0; --q8: #a2e3cf; --q-dark: #04140e; --q-light: #ffffff;
        """#

    /// The colours that tests check, as they are written above.
    package static var palettes: (light: String, dark: String) { ("\(styleTokens)", "\(styleDarkColours)") }
}
