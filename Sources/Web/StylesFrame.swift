extension Assets {
    /// What every page has: header, navigation at the side, head with filters, footer.
    static let styleFrame: StaticString = #"""
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: 72px; }
        body {
          margin: 0; background: var(--ground); color: var(--text); min-height: 100vh;
          font: var(--t-text)/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
          font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
        }
        a { color: var(--accent); text-underline-offset: 2px; text-decoration-thickness: 1px; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
        main:focus { outline: none; }
        h1, h2, h3 { line-height: 1.3; margin: 0; font-weight: 650; letter-spacing: -0.01em; }
        h1 { font-size: var(--t-title); letter-spacing: -0.02em; } h2 { font-size: var(--t-lead); }
        h3 { font-size: var(--t-text); }
        p { margin: var(--s2) 0 0; }
        code, pre { font-family: var(--mono); font-size: var(--t-note); }
        kbd {
          font: 600 11px/1.5 var(--mono); color: var(--faint); border: 1px solid var(--line); border-radius: 4px;
          padding: 0 5px; background: var(--surface); min-width: 19px; text-align: center; display: inline-block;
        }
        dialog kbd { color: var(--muted); }
        [hidden] { display: none !important; }
        .note { margin: calc(-1 * var(--s2)) 0 var(--s3); } .muted { color: var(--muted); }
        .small { font-size: var(--t-note); }
        .skip { position: absolute; left: -999px; }
        .skip:focus { left: 16px; top: 8px; background: var(--surface); padding: 8px 12px; z-index: 30; }
        .unseen {
          position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
        }

        .top {
          display: flex; align-items: center; gap: var(--s2) var(--s5); padding: var(--s2) var(--s5);
          background: var(--surface); border-bottom: 1px solid var(--line); min-height: var(--bar);
        }
        .brand {
          display: inline-flex; gap: var(--s2); align-items: center; font-weight: 700; font-size: 16px;
          color: var(--text); text-decoration: none; letter-spacing: -0.01em;
        }
        .switches { margin-left: auto; display: flex; gap: var(--s2); align-items: center; }
        .switches form { margin: 0; }
        .app { display: grid; grid-template-columns: var(--side) minmax(0, 1fr); align-items: start; }
        .app.bare, .app:not(:has(> .side)) { grid-template-columns: minmax(0, 1fr); }
        .side {
          position: sticky; top: 0; padding: var(--s4) var(--s3); max-height: 100vh; overflow-y: auto;
          border-right: 1px solid var(--line); min-height: calc(100vh - var(--bar)); inset-inline: auto;
          background: transparent; color: inherit;
        }
        .side ul, .top nav ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1px; }
        .side ul + ul, .side li.apart { margin-top: var(--s4); }
        .side .group { padding: var(--s4) 10px var(--s1); color: var(--faint); font-size: var(--t-small); font-weight: 600; }
        .side a, .top nav a {
          display: flex; align-items: center; gap: var(--s2); padding: 6px 10px; border-radius: var(--radius-small);
          color: var(--muted); text-decoration: none; font-weight: 550; min-height: 32px; line-height: 1.35;
        }
        .side a kbd { margin-left: auto; opacity: 0; } .side a:hover kbd, .side a:focus-visible kbd { opacity: 1; }
        .side.keys a kbd { opacity: 1; }
        .side a:hover, .top nav a:hover { background: var(--raised); color: var(--text); }
        .side a[aria-current], .top nav a[aria-current] { background: var(--accent-soft); color: var(--accent); }
        .side a .pill { margin-left: auto; }
        .top nav ul { display: flex; gap: var(--s1); }
        .menu-button { display: none; }

        main {
          max-width: 1280px; width: 100%; margin: 0 auto; padding: var(--s5) var(--s6) var(--s8); display: grid;
          gap: var(--s4); grid-template-columns: minmax(0, 1fr);
        }
        main > * { min-width: 0; }
        .head {
          display: flex; flex-wrap: wrap; gap: var(--s2) var(--s6); align-items: end; justify-content: space-between;
        }
        .head p { margin: 2px 0 0; } .head .about { margin-left: 2px; }
        .crumbs { font-size: var(--t-note); color: var(--muted); margin: 0 0 2px; }
        .crumbs a { color: inherit; }
        .filters { display: flex; flex-wrap: wrap; gap: var(--s2); align-items: center; margin: 0; }
        .filters label {
          font-size: var(--t-note); color: var(--muted); display: inline-flex; gap: var(--s2); align-items: center;
        }
        .cards ~ .filters, .head ~ .filters, .filterbar {
          position: sticky; top: 0; z-index: 8; margin: 0 calc(-1 * var(--s6)); padding: var(--s2) var(--s6);
          background: var(--ground);
        }
        .filters .range { display: inline-flex; align-items: center; }
        .filters .range select { border-radius: 0; margin: 0 -1px; position: relative; }
        .filters .step {
          display: inline-grid; place-items: center; width: 30px; height: 32px; border: 1px solid var(--line); color: var(--muted);
          text-decoration: none; background: var(--surface); font-size: 16px; line-height: 1;
        }
        .filters .step:first-child { border-radius: var(--radius-small) 0 0 var(--radius-small); }
        .filters .step:last-child { border-radius: 0 var(--radius-small) var(--radius-small) 0; }
        .filters a.step:hover { background: var(--raised); color: var(--text); } .filters span.step { color: var(--line); }
        .filters .dates { display: inline-flex; align-items: center; gap: 4px; padding: 0 6px; }
        .filters select { max-width: 200px; text-overflow: ellipsis; }
        .more-filters { position: relative; }
        .more-filters > summary {
          list-style: none; cursor: pointer; padding: 5px 11px; border-radius: var(--radius-small); color: var(--muted);
          font-weight: 600; font-size: var(--t-note); line-height: 20px; min-height: 32px;
        }
        .more-filters > summary:hover, .more-filters[open] > summary { background: var(--raised); color: var(--text); }
        .more-filters > div {
          position: absolute; z-index: 9; left: 0; top: 38px; width: min(460px, 90vw); padding: var(--s4); display: grid;
          grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s2); background: var(--surface);
          border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--lifted);
        }
        .more-filters > div:empty { min-height: 72px; } .more-filters label, .more-filters select { width: 100%; max-width: none; }
        .unseen-with-scripts { display: none; }
        @media (scripting: none) { .unseen-with-scripts { display: inline-flex; } }
        .chips { display: flex; flex-wrap: wrap; gap: 6px; list-style: none; margin: 0; padding: 0; }
        .chip {
          display: inline-flex; align-items: center; gap: 6px; padding: 3px 4px 3px 10px; border-radius: 99px;
          background: var(--accent-soft); color: var(--accent); font-size: var(--t-note); font-weight: 600;
          text-decoration: none; border: 0; max-width: 100%;
        }
        .chip a { color: inherit; text-decoration: none; padding: 0 6px; font-size: 15px; line-height: 1.3; border-radius: 99px; }
        .chip a:hover { background: var(--accent); color: var(--on-accent); }
        .chips > li:not(.chip) { font-size: var(--t-note); align-self: center; }
        .chip .off, .chip button { padding: 0 6px; border: 0; background: none; color: inherit; min-height: 20px; }
        .foot {
          max-width: 1280px; margin: 0 auto; padding: 0 var(--s6) var(--s8); color: var(--muted);
          font-size: var(--t-note); display: flex; gap: var(--s1) var(--s5); flex-wrap: wrap;
        }
        body:has(.side) > .foot { padding-left: calc(var(--side) + var(--s6)); max-width: calc(1280px + var(--side)); }
        """#
}
