extension Assets {
    /// What only the pages of settings need.
    package static let settingsStyles = Asset(
        name: "settings.css", type: "text/css; charset=utf-8", body: settingsStylesSource)

    private static let settingsStylesSource: StaticString = #"""
        .settings { display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; min-width: 0; }
        .settings .sections { position: static; border-bottom: 1px solid var(--line); }
        .settings .sections ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 2px; }
        .settings .sections a {
          display: block; padding: 8px 10px; color: var(--muted); text-decoration: none; font-weight: 550; font-size: 14px;
          white-space: nowrap; border-bottom: 2px solid transparent;
        }
        .settings .sections a:hover { color: var(--text); }
        .settings .sections a[aria-current] { color: var(--accent); border-bottom-color: var(--accent); }
        .settings .section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; min-width: 0; }
        .settings .section-head p { max-width: 680px; color: var(--muted); }
        .settings .section-head .pill { color: var(--muted); margin: 8px 0 0; }
        .settings h2 { margin-bottom: 8px; } .settings h3 { margin: 20px 0 4px; }
        .settings .value { font-size: 17px; margin: 0; }
        .settings .inline { display: flex; gap: 12px; align-items: end; flex-wrap: wrap; }
        .settings .calendar > summary {
          cursor: pointer; padding: 12px 20px; background: var(--surface); border: 1px solid var(--line);
          border-radius: var(--radius);
        }
        .settings .calendar[open] > summary { border-radius: var(--radius) var(--radius) 0 0; border-bottom: 0; }
        .settings .calendar > form { border-radius: 0 0 var(--radius) var(--radius); }

        .document fieldset { border: 0; padding: 0; margin: 24px 0 0; min-width: 0; }
        .document legend { font-weight: 650; padding: 0; margin-bottom: 8px; }
        .document .grid {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr)); gap: 10px 12px;
            flex: 1;
        }
        .document .grid.six { grid-template-columns: repeat(auto-fit, minmax(min(150px, 100%), 1fr)); }
        .document .field > span, .inline .field > span {
          display: block; font-size: 13px; color: var(--muted); margin-bottom: 3px;
        }
        .document .field { min-width: 0; align-content: start; } .document small { display: block; color: var(--muted); margin-top: 2px; }
        .document :is(input:not([type="checkbox"]), select) { width: 100%; max-width: none; min-height: 36px; }
        .document .length > div { display: grid; grid-template-columns: minmax(64px, 1fr) minmax(0, 1.2fr); gap: 6px; }
        .document .pick > div { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 6px; }
        .document .pick { grid-column: span 2; } .document [hidden] { display: none; }
        .document .check { display: flex; gap: 10px; align-items: start; margin-top: 12px; cursor: pointer; }
        .document .check input { margin: 4px 0 0; min-height: 0; width: 16px; height: 16px;
          accent-color: var(--accent); }

        .rows { margin-top: 8px; } .rows > [data-rows] { display: grid; gap: 0; }
        .rows .row {
          display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; padding: 12px 0;
          border-bottom: 1px solid var(--line-soft);
        }
        .rows .row:has(small) { align-items: center; }
        .rows .row > .grid { flex: 1 1 300px; } .rows .row-actions { display: inline-flex; gap: 6px; }
        .rows .row > [data-object] { flex: 1 1 100%; }
        .rows > button { margin-top: 12px; } .rows .none { margin: 0; }
        .rows.compact .row { padding: 4px 0; border: 0; flex-wrap: nowrap; align-items: center; }
        .rows.compact .row input[type="date"] { flex: 0 0 150px; width: 150px; }
        .rows .scroll { max-height: 290px; overflow-y: auto; padding: 2px 8px 2px 2px; }
        .rows .offer { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; }
        .rows .offer .check { margin: 0; } .rows .offer output { font-size: 13px; color: var(--good); }

        .document .week { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(230px, 100%), 1fr));
          gap: 6px 16px; }
        .document .day { display: grid; grid-template-columns: 64px minmax(0, 1fr); gap: 8px; align-items: center; }
        .document .day span { font-size: 13px; color: var(--muted); }
        .hours { max-width: 480px; margin-bottom: 12px; }
        .hours svg { width: 100%; height: 66px; display: block; background: var(--raised); border-radius: 6px; }
        .hours rect { fill: var(--c-delivered); } .hours line { stroke: var(--line); vector-effect: non-scaling-stroke; }
        .hours p { display: flex; justify-content: space-between; margin: 2px 0 0; font-size: 12px; color: var(--muted); }
        .document .grid.one { max-width: 320px; }

        .document .actions { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin-top: 20px; }
        .document .primary { background: var(--accent); color: var(--surface); border-color: transparent;
          padding: 8px 18px; }
        .document .primary:hover { filter: brightness(1.08); } .document button:disabled { opacity: 0.55;
          cursor: default; }
        .document .quiet { color: var(--bad); }
        .document .changed { font-size: 13px; color: var(--warn); font-weight: 600; }
        .document .said { margin: 0; font-size: 14px; } .document .said.bad { color: var(--bad); flex-basis: 100%; }
        .document .said.good { color: var(--good); font-weight: 600; }
        .document .wrong { color: var(--bad); font-size: 13px; margin: 4px 0 0; }
        .document [aria-invalid="true"] { border-color: var(--bad); outline: 1px solid var(--bad); }

        @media (max-width: 800px) {
          .document .pick { grid-column: auto; }
        }
        @media (max-width: 520px) {
          .rows.compact .row { flex-wrap: wrap; padding: 8px 0; }
          .rows.compact .row input[type="date"] { flex: 1; } .rows.compact .row input[type="text"] { order: 3; }
        }
        """#
}
