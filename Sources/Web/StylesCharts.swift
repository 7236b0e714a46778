extension Assets {
    /// Charts, heatmaps, funnels, sparklines, strips. `t-…` gives a part the colour of its thing (`Palette`).
    static let styleCharts: StaticString = #"""
        .t-sent { --tone: var(--c-sent); } .t-delivered { --tone: var(--c-delivered); } .t-read { --tone: var(--c-read); }
        .t-replied { --tone: var(--c-replied); } .t-clicked { --tone: var(--c-clicked); } .t-failed { --tone: var(--c-failed); }
        .t-bot { --tone: var(--c-bot); } .t-human { --tone: var(--c-human); } .t-outcome { --tone: var(--c-outcome); }
        .t-cost { --tone: var(--c-cost); } .t-volume { --tone: var(--c-volume); } .t-before { --tone: var(--c-before); }
        .t-a { --tone: var(--c-a); } .t-b { --tone: var(--c-b); } .t-c { --tone: var(--c-c); } .t-d { --tone: var(--c-d); }
        .t-e { --tone: var(--c-e); } .t-accent { --tone: var(--accent); } .t-muted { --tone: var(--muted); }

        figure { margin: 0; }
        .chart-figure { margin-top: var(--s4); } .chart-figure:first-child { margin-top: 0; }
        .chart-figure > figcaption { font-size: var(--t-note); color: var(--muted); margin-bottom: var(--s2); font-weight: 600; }
        .plot { position: relative; height: 260px; } .plot.low { height: 180px; } .plot.high { height: 340px; }
        .plot canvas { display: block; } .plot canvas:focus-visible { outline-offset: 4px; }
        .chart-figure .without { margin: 0 0 var(--s2); padding: var(--s2) var(--s3); border-radius: var(--radius-small); background: var(--warn-soft); font-size: var(--t-note); }
        .chart-figure.bare .plot { display: none; }
        @media (scripting: none) { .chart-figure .plot { display: none; } }
        .legend { display: flex; flex-wrap: wrap; gap: 2px var(--s4); margin: var(--s2) 0 0; padding: 0; list-style: none; font-size: var(--t-note); }
        .legend li { display: inline-flex; gap: 6px; align-items: center; color: var(--muted); min-height: 24px; }
        .legend button {
          border: 0; background: none; padding: 2px 4px; margin-left: -4px; min-height: 24px; font-weight: 500; color: var(--muted);
          gap: 7px; border-radius: 5px;
        }
        .legend button:hover { color: var(--text); background: var(--raised); }
        .legend button[aria-pressed="false"] { color: var(--faint); text-decoration: line-through; }
        .legend button[aria-pressed="false"] .sign { opacity: 0.35; }
        .sign { flex: none; } .sign .stroke { stroke: var(--tone); stroke-width: 2.25; fill: none; }
        .sign .dashed { stroke-dasharray: 4 3; } .sign .fill { fill: var(--tone); } .sign .soft { fill: var(--tone); opacity: 0.4; }
        .sign .hollow { fill: var(--surface); stroke: var(--tone); stroke-width: 1.75; }
        .marks { list-style: none; margin: var(--s3) 0 0; padding: 0; font-size: var(--t-note); display: grid; gap: 2px; }
        .marks li { display: flex; gap: var(--s3); align-items: baseline; } .marks time { color: var(--muted); white-space: nowrap; min-width: 92px; }
        .marks li::before { content: ""; width: 2px; height: 11px; background: var(--c-mark); flex: none; align-self: center; }
        .marks .bad::before { background: var(--bad); } .marks .good::before { background: var(--good); } .marks .warn::before { background: var(--warn); }

        .heat { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 2px; font-size: 11px; min-width: 684px; }
        .heat th, .heat td { padding: 0; border: 0; text-align: center; vertical-align: middle; }
        .heat thead th { font-weight: 500; color: var(--muted); font-size: 11px; padding-bottom: 2px; }
        .heat tbody th { width: 44px; text-align: left; font-weight: 550; color: var(--muted); font-size: var(--t-small); white-space: nowrap; }
        .heat thead th:first-child { width: 44px; } .heat tbody tr:hover > * { background-color: transparent; }
        .heat td { height: 26px; border-radius: 4px; overflow: hidden; white-space: nowrap; }
        .heat tbody tr:hover > td, .heat tbody td { background: var(--q0); color: var(--text); }
        .heat td.none { background: repeating-linear-gradient(135deg, transparent 0 3px, var(--line-soft) 3px 5px) !important; color: var(--muted) !important; }
        .heat td:hover { outline: 2px solid var(--text); outline-offset: -1px; }
        .heat td a { display: grid; place-items: center; height: 100%; color: inherit; text-decoration: none; }
        .heat .few { font-style: italic; }
        .q0 { --q: var(--q0); } .q1 { --q: var(--q1); } .q2 { --q: var(--q2); } .q3 { --q: var(--q3); } .q4 { --q: var(--q4); }
        .q5 { --q: var(--q5); } .q6 { --q: var(--q6); } .q7 { --q: var(--q7); } .q8 { --q: var(--q8); }
        .heat tbody tr td[class*="q"] { background: var(--q); } .heat tbody td:is(.q5) { color: var(--q-dark); }
        .heat tbody td:is(.q6, .q7, .q8) { color: var(--q-light); }
        @media screen { :root[data-appearance="dark"] .heat tbody td:is(.q5, .q6, .q7, .q8) { color: var(--q-dark); } }
        @media screen and (prefers-color-scheme: dark) { :root:not([data-appearance="light"]) .heat tbody td:is(.q5, .q6, .q7, .q8) { color: var(--q-dark); } }
        .scale { display: flex; align-items: center; gap: var(--s2); margin-top: var(--s3); font-size: var(--t-small); color: var(--muted); flex-wrap: wrap; }
        .scale .steps-row { display: inline-flex; gap: 2px; } .scale i { width: 18px; height: 10px; border-radius: 2px; background: var(--q); display: block; }

        .spark { display: block; width: 100%; height: 32px; overflow: visible; } .spark.inline { width: 96px; height: 22px; display: inline-block; vertical-align: middle; }
        .spark path { fill: none; stroke: var(--tone, var(--accent)); stroke-width: 1.75; vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
        .spark .area { fill: var(--tone, var(--accent)); stroke: none; opacity: 0.1; } .spark .part { stroke-dasharray: 3 3; }

        .funnel { list-style: none; margin: 0; padding: 0; display: grid; gap: 0; }
        .funnel > li { display: grid; grid-template-columns: minmax(110px, 150px) minmax(0, 1fr) minmax(120px, auto); gap: var(--s1) var(--s4); align-items: center; }
        .funnel .stage { font-weight: 550; } .funnel .track { height: 28px; border-radius: 5px; background: var(--raised); overflow: hidden; }
        .funnel .track svg { display: block; width: 100%; height: 100%; } .funnel .track rect { fill: var(--tone); }
        .funnel .reached { text-align: right; white-space: nowrap; } .funnel .reached strong { font-weight: 650; font-size: var(--t-lead); }
        .funnel .reached .interval { display: inline; margin-left: 6px; }
        .funnel > li.between { color: var(--muted); font-size: var(--t-small); padding: 3px 0; min-height: 26px; }
        .funnel .between > :nth-child(2) { display: flex; gap: var(--s1) var(--s4); flex-wrap: wrap; padding-left: 10px; border-left: 2px solid var(--line); }
        .funnel .between strong { color: var(--text); font-weight: 600; }

        .timeline { list-style: none; margin: 0; padding: 0; }
        .timeline li { display: grid; grid-template-columns: 132px 14px minmax(0, 1fr); gap: var(--s3); padding: 0 0 var(--s3); position: relative; }
        .timeline li::before { content: ""; grid-column: 2; grid-row: 1; width: 10px; height: 10px; margin: 5px 2px; border-radius: 50%; background: var(--edge); z-index: 1; }
        .timeline li:not(:last-child)::after { content: ""; position: absolute; left: calc(132px + var(--s3) + 6px); top: 14px; bottom: -6px; width: 2px; background: var(--line); }
        .timeline time { grid-column: 1; grid-row: 1; color: var(--muted); font-size: var(--t-note); text-align: right; line-height: 20px; }
        .timeline div { grid-column: 3; grid-row: 1; } .timeline p { margin: 0; } .timeline .beside { color: var(--muted); font-size: var(--t-note); }
        .timeline .good::before { background: var(--good); } .timeline .bad::before { background: var(--bad); } .timeline .warn::before { background: var(--warn); }

        .chart { width: 100%; height: auto; display: block; } svg.chart.narrow { display: none; }
        .chart text { fill: var(--muted); font-size: 12px; }
        .chart .grid { stroke: var(--grid); stroke-width: 1; }
        .chart .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
        .chart .part { stroke-dasharray: 4 4; }
        """#
}
