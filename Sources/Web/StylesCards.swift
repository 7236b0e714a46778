extension Assets {
    /// Cards: their grid, heads, states, and what stands in them.
    static let styleCards: StaticString = #"""
        .cards { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: var(--s4); }
        .cards > * { grid-column: 1 / -1; min-width: 0; }
        .cards > .half { grid-column: span 6; } .cards > .third { grid-column: span 4; }
        .card {
          background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius);
          padding: var(--s4) var(--s5) var(--s5); box-shadow: var(--shadow); position: relative;
        }
        .card-head {
          display: flex; gap: var(--s1) var(--s3); flex-wrap: wrap; align-items: baseline; margin-bottom: var(--s3);
          min-height: 24px;
        }
        .card-head p { margin: 0; color: var(--muted); font-size: var(--t-note); }
        .card-head > .menu { margin-left: auto; align-self: start; }
        .card.stale { opacity: 0.6; }
        .card.wide { overflow: hidden; }
        .card > .aside { margin: var(--s3) 0 0; color: var(--muted); font-size: var(--t-note); }
        .notice { max-width: 560px; margin: var(--s8) auto; width: 100%; }
        .kicker { margin: 0 0 var(--s1); color: var(--muted); font-weight: 600; font-size: var(--t-note); }

        .card.loading { overflow: hidden; } .card.loading .loading-words { position: absolute; clip-path: inset(50%); }
        .card.loading::after {
          content: ""; position: absolute; inset: 56px var(--s5) var(--s5); border-radius: var(--radius-small);
          background: linear-gradient(var(--raised), var(--raised)) 0 0 / 42% 26px no-repeat,
            linear-gradient(var(--raised), var(--raised)) 0 40px / 68% 12px no-repeat,
            linear-gradient(var(--raised), var(--raised)) 0 76px / 100% calc(100% - 76px) no-repeat;
        }
        @media (prefers-reduced-motion: no-preference) {
          .card.loading::after { animation: breathe 1.6s ease-in-out infinite; }
        }

        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(148px, 1fr)); gap: var(--s4) var(--s6); margin: 0; }
        .figures > div { min-width: 0; }
        .figures dt { color: var(--muted); font-size: var(--t-note); display: flex; gap: 6px; align-items: center; }
        .figures dd {
          margin: 2px 0 0; font-size: var(--t-number); font-weight: 650; letter-spacing: -0.02em; line-height: 1.25;
        }
        .figures dd .beside {
          display: block; font-size: var(--t-note); font-weight: 400; letter-spacing: 0; color: var(--muted);
          margin-top: 2px;
        }
        .figures dd.long { font-size: 18px; } .figures dd.few, .few > dd, .small-sample { color: var(--faint); }
        .figures dd data { white-space: nowrap; }
        .figures dd a { color: inherit; text-decoration-color: var(--line); }
        .figures dd a:hover { text-decoration-color: currentcolor; }
        .figures.one { grid-template-columns: minmax(0, 1fr); }
        .pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s4); margin: 0; }
        .pair > * + * { border-left: 1px solid var(--line-soft); padding-left: var(--s4); }

        .pill {
          display: inline-flex; gap: 6px; align-items: center; padding: 1px 9px; border-radius: 99px;
          font-size: var(--t-small); line-height: 20px; font-weight: 600; background: var(--raised); color: var(--muted);
          white-space: nowrap;
        }
        .pill::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: currentcolor; flex: none; }
        .pill.plain::before { display: none; }
        .pill.good { background: var(--good-soft); color: var(--good); }
        .pill.bad { background: var(--bad-soft); color: var(--bad); }
        .pill.warn { background: var(--warn-soft); color: var(--warn); }
        .pill.waiting::before { animation: breathe 1.6s ease-in-out infinite; }
        @keyframes breathe { 50% { opacity: 0.3; } }
        @media (prefers-reduced-motion: reduce) { .pill.waiting::before { animation: none; } }
        .better { color: var(--good); } .worse { color: var(--bad); }

        details.about { display: inline-block; position: relative; }
        /* Drawn at 16 px, pressed at 24: the border belongs to the target and is not seen. */
        details.about > summary {
          list-style: none; cursor: pointer; width: 24px; height: 24px; margin: -4px; border: 4px solid transparent;
          border-radius: 50%; font-size: 11px; line-height: 16px; text-align: center; color: var(--muted);
          box-shadow: inset 0 0 0 1px var(--edge); font-weight: 700; font-style: normal;
        }
        .card-head details.about > summary { margin: 0 -4px; }
        details.about > summary:hover { box-shadow: inset 0 0 0 1px var(--accent); color: var(--accent); }
        details > summary::-webkit-details-marker { display: none; }
        details.about > div, details.menu > div, details.menu > ul {
          position: absolute; z-index: 9; left: -8px; top: 24px; padding: var(--s3) 14px; background: var(--surface);
          color: var(--text); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--lifted);
          font-size: var(--t-note); font-weight: 400; letter-spacing: 0; text-align: left; white-space: normal;
        }
        details.about > div { width: 280px; max-width: 70vw; line-height: 1.5; }
        details.about code { color: var(--muted); }
        td details.about > div, th details.about > div { left: auto; right: -8px; }
        .figures > div:last-child details.about > div { left: auto; right: -8px; }
        td:first-child details.about > div, th:first-child details.about > div { left: -8px; right: auto; }
        details.menu { position: relative; }
        details.menu > summary {
          list-style: none; cursor: pointer; display: inline-grid; place-items: center; min-width: 28px; height: 28px;
          padding: 0 6px; border-radius: var(--radius-small); color: var(--muted); font-weight: 700; margin: -4px -6px -4px 0;
        }
        details.menu > summary:hover, details.menu[open] > summary { background: var(--raised); color: var(--text); }
        details.menu > div, details.menu > ul { left: auto; right: 0; top: 32px; min-width: 220px; max-width: 80vw; padding: 6px; margin: 0; }
        details.menu > ul { list-style: none; } details.menu p { margin: 6px 10px; }
        details.menu :is(ul > li > a, ul > li > button, div > a, div > button) {
          display: block; width: 100%; text-align: left; padding: 6px 10px; border: 0; border-radius: 6px; color: var(--text);
          background: none; text-decoration: none; font-weight: 500; font-size: var(--t-note); min-height: 0;
        }
        details.menu :is(a, button):hover { background: var(--raised); }
        details.menu details { margin: 2px 0; } details.menu details > summary { padding: 6px 10px; font-size: var(--t-note); color: var(--muted); cursor: pointer; border-radius: 6px; }
        details.menu details > summary:hover { background: var(--raised); color: var(--text); }
        details.menu details > code { display: block; margin: 4px 10px; padding: 8px 10px; background: var(--raised); border-radius: 6px; font-size: 12px; user-select: all; max-width: 420px; }
        details.menu > div > strong { display: block; padding: 6px 10px 2px; font-size: var(--t-small); color: var(--muted); }
        details.menu form { padding: 6px 10px; display: grid; gap: 6px; margin: 0; } details.menu form input { max-width: none; }
        details.menu li { display: flex; align-items: center; } details.menu li > a { flex: 1; } details.menu li > form { padding: 0; }
        details.menu > summary.button { margin: 0; padding: 5px 12px; height: auto; border: 1px solid var(--line); font-size: var(--t-note); color: var(--text); font-weight: 600; }
        details.menu hr { border: 0; border-top: 1px solid var(--line-soft); margin: 6px 0; }
        details.menu pre { margin: 4px 10px 8px; padding: 8px 10px; background: var(--raised); border-radius: 6px; white-space: pre-wrap; max-width: 420px; }

        .empty { max-width: 640px; } .empty > p { margin: 0; }
        .empty h3 { margin-bottom: var(--s1); } .empty .button { margin-top: var(--s3); }
        .steps { margin: var(--s4) 0 0; padding-left: var(--s5); } .steps li { margin-top: var(--s3); }
        .steps li::marker { color: var(--muted); }
        .copy { display: flex; flex-wrap: wrap; gap: var(--s2); align-items: center; margin-top: 6px; }
        .copy code, .copy pre { padding: 6px 10px; border-radius: var(--radius-small); background: var(--raised); margin: 0; }
        .copy pre { flex: 1 1 100%; overflow-x: auto; }
        .failed { border-left: 3px solid var(--bad); padding-left: var(--s3); }
        .failed p { margin: var(--s1) 0 0; } .failed button, .failed .button { margin-top: var(--s3); }
        .banner { border-color: var(--warn); background: var(--warn-soft); color: var(--text); padding: 14px var(--s5); }
        .banner.good { border-color: var(--good); background: var(--good-soft); }
        .banner.calm { border-color: var(--line); background: var(--accent-soft); }
        .banner p { margin: 0; } .banner form { margin: 0; }
        .statement { margin: 0 0 var(--s4); font-size: 16px; max-width: 720px; }
        .list { list-style: none; margin: 0; padding: 0; }
        .list > li { padding: 10px 0; border-bottom: 1px solid var(--line-soft); display: flex; gap: var(--s2) var(--s4); flex-wrap: wrap; align-items: baseline; }
        .list > li:last-child { border-bottom: 0; padding-bottom: 0; } .list > li:first-child { padding-top: 0; }
        .list .apart { margin-left: auto; }
        .spaced, .table.spaced { margin-top: var(--s5); }
        .traits { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s5); margin: var(--s4) 0 0; padding: 0; list-style: none; font-size: var(--t-note); }
        .traits li { color: var(--muted); } .traits strong { color: var(--text); font-weight: 550; }
        .docs h2 { margin-top: var(--s2); } .docs h3 { margin-top: var(--s6); font-family: var(--mono); }
        .docs table { table-layout: fixed; } .docs tbody th { width: 190px; }
        .docs .method { color: var(--accent); margin-right: var(--s2); }
        .docs pre { background: var(--raised); padding: var(--s3) var(--s4); border-radius: var(--radius-small); overflow-x: auto; margin: var(--s2) 0 0; }
        .pulse { display: flex; gap: var(--s4); justify-content: space-between; align-items: end; }
        .pulse > div { flex: 1 1 auto; min-width: 0; } .pulse p { margin: 0; } .pulse .spark { flex: 0 1 120px; min-width: 64px; }
        .pulse .big { font-size: 29px; white-space: nowrap; font-weight: 650; letter-spacing: -0.02em; line-height: 1.2; }
        .pulse .big.few { color: var(--faint); }
        .pairs { margin: var(--s4) 0 0; display: grid; gap: var(--s2); }
        .pairs > div { display: flex; gap: var(--s3); justify-content: space-between; align-items: baseline; }
        .pairs dt { color: var(--muted); font-size: var(--t-note); display: flex; gap: 6px; align-items: center; }
        .pairs dd { margin: 0; font-weight: 600; text-align: right; white-space: nowrap; }
        .pairs dd .small { font-weight: 400; } .pairs dd.few { color: var(--faint); }
        .pairs.outcome { border-top: 1px solid var(--line-soft); padding-top: var(--s3); }
        .attention { list-style: none; margin: 0; padding: 0; display: grid; gap: var(--s3); }
        .attention li { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s3); align-items: baseline; }
        """#

    /// Space that is kept free for a card that comes late, in steps of 40 px: `.h…`, and `.n…` on phones. What it does
    /// not fill stays free: what stands below must not move.
    static let styleHeights: String = {
        let steps = 1...24
        let wide = steps.map { ":is(.loading,.late).h\($0){min-height:\($0 * 40)px}" }.joined()
        let narrow = steps.map { ":is(.loading,.late).n\($0){min-height:\($0 * 40)px}" }.joined()
        return "\(wide)\n@media (max-width: 720px) { \(narrow) }\n"
    }()
}
