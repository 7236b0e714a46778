extension Assets {
    /// Narrow windows, paper, and readers who want more contrast.
    static let styleNarrow: StaticString = #"""
        @media (max-width: 1100px) {
          .cards > .third { grid-column: span 6; }
          .cards > .half:has(table) { grid-column: 1 / -1; }
        }
        @media (max-width: 900px) {
          .app, body:has(.side) > .app { grid-template-columns: minmax(0, 1fr); }
          body:has(.side) > .foot { padding-left: var(--s6); max-width: 1280px; }
          .menu-button { display: inline-flex; }
          .side {
            display: none; position: absolute; z-index: 20; inset: var(--bar) 0 auto 0; min-height: 0; max-height: calc(100vh - var(--bar));
            border-right: 0; border-bottom: 1px solid var(--line); background: var(--surface); box-shadow: var(--lifted);
            padding: var(--s3) var(--s4) var(--s4);
          }
          .menu-open .side { display: block; }
          .side > ul { grid-template-columns: repeat(2, minmax(0, 1fr)); } .side a { min-height: 40px; } .side a kbd { display: none; }
          .settings { grid-template-columns: minmax(0, 1fr); } .settings > nav { position: static; }
          .settings > nav ul { display: flex; flex-wrap: wrap; }
        }
        @media (max-width: 900px) and (scripting: none) { .menu-button { display: none; } .side { display: block; position: static; } }
        @media (max-width: 720px) {
          .cards > .half, .cards > .third { grid-column: 1 / -1; }
          .table tbody th { min-width: 0; } :is(th, td) { overflow-wrap: anywhere; }
        }
        @media (max-width: 640px) {
          :root { --t-title: 19px; --t-number: 20px; }
          .top { padding: var(--s2) var(--s4); gap: var(--s2); flex-wrap: wrap; }
          .top nav { order: 3; width: 100%; } .top nav ul { overflow-x: auto; gap: 0; } .top nav a { padding: 6px 7px; white-space: nowrap; }
          main { padding: var(--s4); gap: var(--s3); } .cards { gap: var(--s3); }
          .head ~ .filters, .filterbar { margin: 0 calc(-1 * var(--s4)); padding: var(--s1) var(--s4) var(--s2); position: static; }
          .filters > *, .filters .range { flex: 1 1 100%; } .filters .range > label, .filters .range select, .filters > label select { flex: 1; width: 100%; max-width: none; }
          .filters > label, .filters > details { flex: 1 1 calc(50% - 4px); } .filters .range:has(.dates:not([hidden])) { flex-wrap: wrap; }
          .keys-button { display: none; } .more-filters > div { grid-template-columns: minmax(0, 1fr); max-height: 60vh; overflow-y: auto; }
          .foot, body:has(.side) > .foot { padding: 0 var(--s4) var(--s6); }
          .card { padding: var(--s3) var(--s4) var(--s4); } .table { margin: 0 calc(-1 * var(--s4)); padding: 0 var(--s4); }
          .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s3) var(--s4); }
          .figures.one { grid-template-columns: minmax(0, 1fr); } .figures dd.long { font-size: 16px; }
          .plot { height: 220px; } .plot.high { height: 260px; } .fields.two { grid-template-columns: minmax(0, 1fr); }
          .field :is(input:not([type="checkbox"], [type="radio"]), select) { max-width: none; }
          input, select, textarea { font-size: 16px; }
          .tight { font-size: var(--t-note); } .tight thead th { font-size: var(--t-small); } .tight tbody th { white-space: nowrap; }
          .tight :is(th, td) { padding-left: 4px; padding-right: 4px; } .tight th .interval { white-space: normal; }
          .tight tr > :first-child { padding-left: 0; } .tight tr > :last-child { padding-right: 0; }
          .docs pre { white-space: pre-wrap; } .docs tbody th { width: 122px; } .docs :is(th, td) { padding-left: 2px; padding-right: 2px; }
          .docs tbody code { font-size: var(--t-small); }
          .funnel > li { grid-template-columns: minmax(0, 1fr) auto; } .funnel .track { grid-column: 1 / -1; grid-row: 2; height: 18px; }
          .funnel > li.between > :first-child { display: none; } .funnel > li.between > :nth-child(2) { grid-column: 1 / -1; }
          .timeline li { grid-template-columns: 14px minmax(0, 1fr); } .timeline li::before { grid-column: 1; } .timeline time { grid-column: 2; text-align: left; }
          .timeline div { grid-column: 2; grid-row: 2; } .timeline li:not(:last-child)::after { left: 6px; }
          svg.chart.wide { display: none; } svg.chart.narrow { display: block; }
          .pair > * + * { padding-left: var(--s3); }
          .toasts { left: 16px; justify-items: stretch; }
        }
        @media (max-width: 720px) {
          /* A row becomes a block: its name, then each number under its own label. */
          .stack thead { display: none; } .stack, .stack tbody { display: block; }
          .stack tr { display: grid; gap: 8px 16px; padding: 12px 0; border-bottom: 1px solid var(--line-soft); }
          .stack.two tr { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .stack.three tr { grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr) minmax(0, 1.1fr); }
          .stack tbody tr:first-child { padding-top: 4px; }
          .stack tbody tr:last-child { border-bottom: 0; padding-bottom: 0; }
          .stack tr > * { padding: 0; border: 0; min-width: 0; } .stack tbody tr:hover > * { background: none; }
          .stack tr > :first-child, .stack .remedy { grid-column: 1 / -1; max-width: none; }
          .stack .number { text-align: left; white-space: normal; } .stack .bar { margin-left: 0; max-width: 100%; }
          .stack td[data-label]::before {
            content: attr(data-label); display: block; color: var(--muted); font-size: var(--t-small); font-weight: 400;
          }
        }
        @media (max-width: 960px) {
          /* A definition is as wide as its card, wherever in the card its sign stands. */
          details.about { position: static; }
          details.about > div, th details.about > div, th:first-child details.about > div,
          .figures > div:last-child details.about > div {
            left: 16px; right: 16px; top: auto; width: auto; max-width: none; margin-top: 6px;
          }
        }
        @media (prefers-contrast: more) {
          :root { --muted: var(--text); --faint: var(--text); --line: var(--edge); --line-soft: var(--edge); --grid: var(--edge); }
          a, .fold > summary { text-decoration: underline; }
        }
        @media (forced-colors: active) {
          .pill::before, .sign, .heat td, .bar, .track { forced-color-adjust: none; }
          .choice [aria-current], .side [aria-current] { outline: 1px solid; outline-offset: -1px; }
        }
        @page { size: A4; margin: 14mm 12mm; }
        @media print {
          :root {
            --ground: #fff; --surface: #fff; --text: #000; --muted: #444; --faint: #444; --line: #bbb;
            --line-soft: #ddd; --accent: #000; --shadow: none;
          }
          body { font-size: 11px; min-height: 0; }
          .top, .side, .switches, .filterbar :is(form, button, details), .filters button, .skip, details.about, details.menu, .fold:not([open]),
          .toasts, .menu-button, .actions { display: none !important; }
          .app, body:has(.side) > .app { display: block; } .filterbar { position: static; margin: 0; padding: 0; }
          a { color: inherit; text-decoration: none; } main { padding: 0; max-width: none; gap: 10px; }
          .cards { gap: 10px; } .card { box-shadow: none; break-inside: avoid; border-color: #bbb; min-height: 0; }
          .card:has(table tr:nth-child(25)) { break-inside: auto; } tr, .figures > div { break-inside: avoid; } thead { display: table-header-group; }
          .table { overflow: visible; margin: 0; padding: 0; } :is(.fold > .table, .table.tall) { max-height: none; overflow: visible; }
          .foot, body:has(.side) > .foot { padding: 8px 0 0; } * { print-color-adjust: exact; }
        }
        """#
}
