extension Assets {
    /// One scale of space (4 px steps), one of type, two palettes. Colours are named for their use; each pair of
    /// text and ground has a contrast of at least 4.5 : 1.
    static let stylesSource: StaticString = #"""
        :root {
          color-scheme: light;
          --ground: #f5f7f6; --surface: #ffffff; --raised: #eef3f1; --line: #dbe3e0; --line-soft: #e9efec;
          --text: #14211d; --muted: #566661; --accent: #0b6e55; --accent-soft: #d8efe7;
          --series-a: #0b7a5e; --series-b: #3465a8; --bad: #b3261e; --bad-soft: #fbe4e1; --warn: #8a5300;
          --warn-soft: #fdf0d5; --good: #0b6e55; --good-soft: #d8efe7; --grid: #e4ebe8;
          --for-bot: #7a5ea8; --for-queue: #b3261e; --for-agent: #c77700; --for-closed: #7b8a85; --for-customer: #9fcfbe;
          --for-nobody: #dbe3e0;
          --radius: 12px; --shadow: 0 1px 2px rgb(20 33 29 / 6%), 0 4px 16px rgb(20 33 29 / 4%);
          --mono: ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
        }
        :root[data-appearance="dark"] {
          color-scheme: dark;
          --ground: #0e1513; --surface: #161f1c; --raised: #1d2824; --line: #2c3a35; --line-soft: #22302b;
          --text: #e8f0ed; --muted: #9db0a9; --accent: #5fd3ae; --accent-soft: #163c31;
          --series-a: #4fc79f; --series-b: #84b0ee; --bad: #ff9d94; --bad-soft: #43201d; --warn: #f2c063;
          --warn-soft: #3b2f14; --good: #5fd3ae; --good-soft: #163c31; --grid: #25332e; --shadow: none;
          --for-bot: #b79be6; --for-queue: #ff8a80; --for-agent: #f2b04c; --for-closed: #7f918a; --for-customer: #2f6b57;
          --for-nobody: #2c3a35;
        }
        @media (prefers-color-scheme: dark) {
          :root:not([data-appearance="light"]) {
            color-scheme: dark;
            --ground: #0e1513; --surface: #161f1c; --raised: #1d2824; --line: #2c3a35; --line-soft: #22302b;
            --text: #e8f0ed; --muted: #9db0a9; --accent: #5fd3ae; --accent-soft: #163c31;
            --series-a: #4fc79f; --series-b: #84b0ee; --bad: #ff9d94; --bad-soft: #43201d; --warn: #f2c063;
            --warn-soft: #3b2f14; --good: #5fd3ae; --good-soft: #163c31; --grid: #25332e; --shadow: none;
            --for-bot: #b79be6; --for-queue: #ff8a80; --for-agent: #f2b04c; --for-closed: #7f918a; --for-customer: #2f6b57;
            --for-nobody: #2c3a35;
          }
        }
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--ground); color: var(--text);
          font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
          font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
        }
        a { color: var(--accent); text-underline-offset: 2px; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
        main:focus { outline: none; }
        h1, h2, h3 { line-height: 1.25; margin: 0; font-weight: 650; letter-spacing: -0.01em; }
        h1 { font-size: 24px; } h2 { font-size: 17px; } h3 { font-size: 15px; }
        p { margin: 8px 0 0; }
        code, pre { font-family: var(--mono); font-size: 13px; }
        .note { margin: -8px 0 12px; } .muted { color: var(--muted); } .small { font-size: 13px; }
        .skip { position: absolute; left: -999px; }
        .skip:focus { left: 16px; top: 8px; background: var(--surface); padding: 8px 12px; z-index: 9; }
        .unseen {
          position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
        }

        .top {
          display: flex; align-items: center; gap: 8px 24px; flex-wrap: wrap; padding: 12px 24px;
          background: var(--surface); border-bottom: 1px solid var(--line);
        }
        .brand {
          display: inline-flex; gap: 8px; align-items: center; font-weight: 700; font-size: 17px; color: var(--text);
          text-decoration: none;
        }
        .top nav ul { display: flex; gap: 4px; list-style: none; margin: 0; padding: 0; }
        .top nav a {
          display: block; padding: 6px 12px; border-radius: 8px; color: var(--muted); text-decoration: none;
          font-weight: 550; white-space: nowrap;
        }
        .top nav a:hover { background: var(--raised); color: var(--text); }
        .top nav a[aria-current] { background: var(--accent-soft); color: var(--accent); }
        .switches { margin-left: auto; display: flex; gap: 8px; align-items: center; }
        .switches form { margin: 0; }
        .choice { display: inline-flex; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
        .choice a {
          padding: 5px 11px; color: var(--muted); text-decoration: none; font-weight: 600; font-size: 13px;
          background: var(--surface);
        }
        .choice a + a { border-left: 1px solid var(--line); }
        .choice a:hover { color: var(--text); background: var(--raised); }
        .choice a[aria-current] { background: var(--accent-soft); color: var(--accent); }
        button, .button {
          font: inherit; font-weight: 600; font-size: 13px; padding: 6px 12px; border-radius: 8px; cursor: pointer;
          border: 1px solid var(--line); background: var(--surface); color: var(--text);
        }
        button:hover { background: var(--raised); }
        button.icon { width: 32px; height: 32px; padding: 0; font-size: 16px; line-height: 1; }
        button.icon[hidden] { display: none; }

        main { max-width: 1200px; margin: 0 auto; padding: 24px; display: grid; gap: 20px; }
        main > * { min-width: 0; }
        .head { display: flex; flex-wrap: wrap; gap: 12px 24px; align-items: end; justify-content: space-between; }
        .head p { margin: 4px 0 0; }
        .filters { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 0; }
        .filters label { font-size: 13px; color: var(--muted); display: inline-flex; gap: 8px; align-items: center; }
        select, input {
          font: inherit; font-size: 14px; color: var(--text); background: var(--surface); padding: 5px 8px;
          border: 1px solid var(--line); border-radius: 8px; max-width: 240px; min-height: 34px;
        }
        .foot {
          max-width: 1200px; margin: 0 auto; padding: 0 24px 32px; color: var(--muted); font-size: 13px;
          display: flex; gap: 4px 20px; flex-wrap: wrap;
        }

        .card {
          background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); padding: 20px;
          box-shadow: var(--shadow);
        }
        .card-head { display: flex; gap: 4px 12px; flex-wrap: wrap; align-items: baseline; margin-bottom: 16px; }
        .card-head p { margin: 0; color: var(--muted); font-size: 13px; }
        .card.stale { opacity: 0.6; }
        .card.wide { overflow: hidden; }
        .notice { max-width: 560px; margin: 32px auto; width: 100%; }
        .kicker { margin: 0 0 4px; color: var(--muted); font-weight: 600; font-size: 13px; }
        .sign-in { display: grid; gap: 8px; margin-top: 20px; }
        .sign-in input { max-width: none; }
        .sign-in button { justify-self: start; background: var(--accent); color: var(--surface); border-color: transparent; }

        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 16px 24px; margin: 0; }
        .figures > div { min-width: 0; }
        .figures dt { color: var(--muted); font-size: 13px; display: flex; gap: 6px; align-items: center; }
        .figures dd { margin: 2px 0 0; font-size: 24px; font-weight: 650; letter-spacing: -0.02em; line-height: 1.25; }
        .figures dd .beside { display: block; font-size: 13px; font-weight: 400; letter-spacing: 0; color: var(--muted); }

        .pill {
          display: inline-flex; gap: 7px; align-items: center; padding: 2px 10px; border-radius: 99px; font-size: 13px;
          font-weight: 600; background: var(--raised); color: var(--muted);
        }
        .pill::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: currentcolor; }
        .pill.good { background: var(--good-soft); color: var(--good); }
        .pill.bad { background: var(--bad-soft); color: var(--bad); }
        .pill.warn { background: var(--warn-soft); color: var(--warn); }
        .pill.waiting::before { animation: breathe 1.6s ease-in-out infinite; }
        @keyframes breathe { 50% { opacity: 0.25; } }
        @media (prefers-reduced-motion: reduce) { .pill.waiting::before { animation: none; } }
        .better { color: var(--good); } .worse { color: var(--bad); }

        details.about { display: inline-block; position: relative; }
        details.about > summary {
          list-style: none; cursor: pointer; width: 16px; height: 16px; border-radius: 50%; font-size: 11px;
          line-height: 14px; text-align: center; border: 1px solid var(--muted); color: var(--muted);
          font-weight: 700; font-style: normal;
        }
        details.about > summary::-webkit-details-marker { display: none; }
        details.about > div {
          position: absolute; z-index: 5; left: -8px; top: 24px; width: 280px; max-width: 70vw; padding: 12px 14px;
          background: var(--surface); color: var(--text); border: 1px solid var(--line); border-radius: 10px;
          box-shadow: 0 8px 28px rgb(0 0 0 / 18%); font-size: 13px; font-weight: 400; letter-spacing: 0;
          text-align: left; white-space: normal;
        }
        details.about code { color: var(--muted); }
        td details.about > div, th details.about > div { left: auto; right: -8px; }
        .figures > div:last-child details.about > div { left: auto; right: -8px; }
        td:first-child details.about > div, th:first-child details.about > div { left: -8px; right: auto; }

        .table { overflow-x: auto; margin: 0 -20px; padding: 0 20px; }
        .table:has(details[open]) { padding-bottom: 150px; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; }
        caption { text-align: left; color: var(--muted); font-size: 13px; padding-bottom: 8px; }
        th, td { text-align: left; padding: 9px 12px; border-bottom: 1px solid var(--line-soft); vertical-align: top; }
        th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
        thead th { color: var(--muted); font-weight: 600; font-size: 13px; white-space: nowrap; vertical-align: bottom; }
        tbody th { font-weight: 550; } tbody tr:last-child > * { border-bottom: 0; }
        .number { text-align: right; white-space: nowrap; }
        .interval { display: block; color: var(--muted); font-size: 12px; font-weight: 400; }
        tr.few > td { color: var(--muted); } tr.few > td strong { font-weight: 400; }
        td strong { font-weight: 600; }
        .remedy { max-width: 460px; min-width: 200px; }
        .remedy p { margin: 0; } .remedy p + p { margin-top: 4px; }
        .bar { display: block; height: 6px; border-radius: 3px; background: var(--raised); width: 84px; margin: 6px 0 0 auto; }
        .bar svg { display: block; border-radius: 3px; } .bar rect { fill: var(--bad); }
        .bar.calm rect { fill: var(--series-a); } .name { min-width: 130px; } .sum { white-space: normal; } .figures dd.long { font-size: 19px; }

        figure { margin: 0; }
        .chart { width: 100%; height: auto; display: block; } svg.chart.narrow { display: none; }
        .chart text { fill: var(--muted); font-size: 12px; }
        .chart .grid { stroke: var(--grid); stroke-width: 1; }
        .chart .volume { fill: var(--line); } .chart .volume.part { fill: none; stroke: var(--line); stroke-dasharray: 3 3; }
        .chart .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
        .chart .part { stroke-dasharray: 4 4; }
        .chart .a { stroke: var(--series-a); } .chart .b { stroke: var(--series-b); }
        .chart .dot.a { fill: var(--series-a); stroke: none; } .chart .dot.b { fill: var(--series-b); stroke: none; }
        .chart .dot.open { fill: var(--surface); stroke-width: 1.75; }
        .chart .dot.open.a { stroke: var(--series-a); } .chart .dot.open.b { stroke: var(--series-b); }
        .chart .day { fill: transparent; } .chart g:hover > .day { fill: var(--text); fill-opacity: 0.05; }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0 0; padding: 0; list-style: none; font-size: 13px; }
        .legend li { display: inline-flex; gap: 8px; align-items: center; color: var(--muted); }
        .legend svg { flex: none; }
        .fold { margin-top: 16px; } .fold > summary { cursor: pointer; color: var(--accent); font-size: 13px; font-weight: 600; }
        .fold > .table { margin-top: 12px; }

        .spaced, .table.spaced { margin-top: 20px; } td.faint, td.faint strong { color: var(--muted); font-weight: 400; }
        .statement { margin: 0 0 16px; font-size: 16px; max-width: 720px; } tr.marked > * { background: var(--warn-soft); }
        .traits { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 16px 0 0; padding: 0; list-style: none; font-size: 13px; }
        .traits li { color: var(--muted); } .traits strong { color: var(--text); font-weight: 550; }
        .strip { margin-bottom: 16px; } .strip figcaption { font-size: 13px; color: var(--muted); margin-bottom: 4px; }
        .strip svg { display: block; width: 100%; height: 28px; border-radius: 6px; background: var(--raised); }
        .for-bot { fill: var(--for-bot); } .for-queue { fill: var(--for-queue); } .for-agent { fill: var(--for-agent); }
        .for-closed { fill: var(--for-closed); } .for-customer { fill: var(--for-customer); } .for-nobody { fill: var(--for-nobody); }
        .story { list-style: none; margin: 0; padding: 0 0 0 16px; border-left: 2px solid var(--line); }
        .story li { position: relative; padding: 6px 0; display: flex; flex-wrap: wrap; gap: 2px 16px; }
        .story li::before {
          content: ""; position: absolute; left: -22px; top: 13px; width: 10px; height: 10px; border-radius: 50%;
          background: var(--line); border: 2px solid var(--surface);
        }
        .story .customer::before { background: var(--series-b); } .story .business::before { background: var(--series-a); }
        .story time { color: var(--muted); font-size: 13px; min-width: 150px; }

        .empty { max-width: 640px; } .empty > p { margin: 0; }
        .steps { margin: 16px 0 0; padding-left: 20px; } .steps li { margin-top: 12px; } .steps li::marker { color: var(--muted); }
        .copy { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-top: 6px; }
        .copy code { padding: 6px 10px; border-radius: 8px; background: var(--raised); }
        .failed { border-left: 3px solid var(--bad); padding-left: 12px; }
        .failed p { margin: 4px 0 0; }
        .banner { border-color: var(--warn); background: var(--warn-soft); color: var(--text); padding: 14px 20px; }
        .banner p { margin: 0; }

        .docs h2 { margin-top: 8px; } .docs h3 { margin-top: 24px; font-family: var(--mono); font-size: 14px; }
        .docs table { table-layout: fixed; } .docs tbody th { width: 190px; }
        .docs .method { color: var(--accent); margin-right: 8px; }
        .docs pre { background: var(--raised); padding: 12px 16px; border-radius: 8px; overflow-x: auto; margin: 8px 0 0; line-height: 1.5; }

        @media (max-width: 640px) {
          .top { padding: 12px 16px; } main { padding: 16px; gap: 16px; } .foot { padding: 0 16px 24px; }
          .card { padding: 16px; } .table { margin: 0 -16px; padding: 0 16px; }
          h1 { font-size: 21px; } .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .figures dd { font-size: 21px; } .figures dd.long { font-size: 16px; } .filters, .filters label { width: 100%; }
          .filters label { justify-content: space-between; } .filters select { max-width: 65vw; }
          .top nav { order: 3; width: 100%; } .top nav ul { overflow-x: auto; gap: 0; } .top nav a { padding: 6px 7px; font-size: 14px; }
          svg.chart.wide { display: none; } svg.chart.narrow { display: block; }
          .tight { font-size: 13px; } .tight thead th { font-size: 12px; } .tight tbody th { white-space: nowrap; }
          .tight :is(th, td) { padding-left: 4px; padding-right: 4px; } .tight th .interval { white-space: normal; }
          .tight tr > :first-child { padding-left: 0; } .tight tr > :last-child { padding-right: 0; }
          .docs pre { white-space: pre-wrap; } .docs tbody th { width: 122px; } .docs :is(th, td) { padding-left: 2px; padding-right: 2px; }
          .docs tbody code { font-size: 12px; }
        }
        @media (max-width: 720px) {
          /* A row becomes a block: its name, then each number under its own label. */
          .stack thead { display: none; } .stack, .stack tbody { display: block; }
          .stack tr { display: grid; gap: 8px 16px; padding: 14px 0; border-bottom: 1px solid var(--line-soft); }
          .stack.two tr { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .stack.three tr { grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr) minmax(0, 1.1fr); }
          .stack tbody tr:first-child { padding-top: 4px; }
          .stack tbody tr:last-child { border-bottom: 0; padding-bottom: 0; }
          .stack tr > * { padding: 0; border: 0; min-width: 0; }
          .stack tr > :first-child, .stack .remedy { grid-column: 1 / -1; max-width: none; }
          .stack .number { text-align: left; white-space: normal; } .stack .bar { margin-left: 0; max-width: 100%; }
          .stack td[data-label]::before {
            content: attr(data-label); display: block; color: var(--muted); font-size: 12px; font-weight: 400;
          }
        }
        @media (max-width: 960px) {
          /* A definition is as wide as its card, wherever in the card its sign stands. */
          .card { position: relative; } details.about { position: static; }
          details.about > div, th details.about > div, th:first-child details.about > div,
          .figures > div:last-child details.about > div {
            left: 16px; right: 16px; top: auto; width: auto; max-width: none; margin-top: 6px;
          }
        }
        @media print {
          :root { color-scheme: light; --ground: #fff; --surface: #fff; --text: #000; --muted: #444; }
          .switches, .top nav, .filters button, .skip, details.about { display: none; }
          .card { box-shadow: none; break-inside: avoid; } main { padding: 0; max-width: none; }
        }
        """#
}
