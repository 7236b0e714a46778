extension Assets {
    /// Tables, bars in them, stories of conversations.
    static let styleTables: StaticString = #"""
        /* What is placed within it scrolls with it: else it would widen the page. */
        .table { position: relative; overflow-x: auto; margin: 0 calc(-1 * var(--s5)); padding: 0 var(--s5); }
        .table:has(details[open]) { padding-bottom: 150px; }
        .table.tall { max-height: 460px; overflow-y: auto; } .table.tall thead th { position: sticky; top: 0; background: var(--surface); z-index: 1; }
        table { border-collapse: collapse; width: 100%; font-size: var(--t-text); }
        caption { text-align: left; color: var(--muted); font-size: var(--t-note); padding-bottom: var(--s2); }
        th, td { text-align: left; padding: 8px 12px; border-bottom: 1px solid var(--line-soft); vertical-align: top; overflow-wrap: break-word; }
        th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
        thead th {
          color: var(--muted); font-weight: 600; font-size: var(--t-small); white-space: nowrap; vertical-align: bottom;
          border-bottom-color: var(--line);
        }
        thead th a { display: inline-block; margin: -5px 0; padding: 5px 0; color: inherit; text-decoration: none; } thead th a:hover { color: var(--text); text-decoration: underline; }
        thead th[aria-sort] a { color: var(--text); }
        tbody th { font-weight: 550; overflow-wrap: anywhere; } .table tbody th { min-width: 158px; } tbody tr:last-child > * { border-bottom: 0; }
        tbody tr:hover > * { background: color-mix(in srgb, var(--raised) 45%, transparent); }
        tfoot th, tfoot td { border-top: 1px solid var(--line); border-bottom: 0; font-weight: 600; }
        tbody th a, td a { text-decoration-color: transparent; } tbody th a:hover, td a:hover { text-decoration-color: currentcolor; }
        .number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
        .interval { display: block; color: var(--muted); font-size: var(--t-small); font-weight: 400; }
        tr.few > td, td.faint, td.faint strong, .few, .faint { color: var(--faint); }
        tr.few > td strong, td.faint strong { font-weight: 400; }
        td strong { font-weight: 600; } tr.marked > * { background: var(--warn-soft); }
        .remedy { max-width: 460px; min-width: 200px; } .remedy p { margin: 0; } .remedy p + p { margin-top: 4px; }
        thead th.number { white-space: normal; } .name { min-width: 130px; } .sum { white-space: normal; }
        .dense :is(th, td) { padding-left: 7px; padding-right: 7px; } .dense thead th { white-space: normal; }
        .dense tr > :first-child { padding-left: 0; } .dense tr > :last-child { padding-right: 0; }
        .turning { display: flex; gap: var(--s4); justify-content: space-between; margin: var(--s4) 0 0; }
        form.search { display: flex; gap: var(--s2); margin: 0 0 var(--s4); } form.search input { min-width: 200px; } form.search.ask label { flex: 1; } form.search.ask input { width: 100%; max-width: 720px; min-width: 0; }
        .bar { display: block; height: 6px; border-radius: 3px; background: var(--raised); width: 84px; margin: 6px 0 0 auto; }
        .bar svg { display: block; border-radius: 3px; } .bar rect { fill: var(--c-failed); }
        .bar.calm rect { fill: var(--c-delivered); }
        .fold { margin-top: var(--s4); }
        .fold > summary { cursor: pointer; color: var(--accent); font-size: var(--t-note); font-weight: 600; width: fit-content; list-style: none; }
        .fold > summary::before { content: "›"; display: inline-block; width: 14px; } .fold[open] > summary::before { content: "⌄"; }
        .fold > .table { margin-top: var(--s3); max-height: 480px; overflow-y: auto; }
        .fold > .table thead th { position: sticky; top: 0; background: var(--surface); }

        .strip { margin-bottom: var(--s4); } .strip figcaption { font-size: var(--t-note); color: var(--muted); margin-bottom: 4px; }
        .strip svg { display: block; width: 100%; height: 28px; border-radius: 6px; background: var(--raised); }
        .for-bot { fill: var(--c-bot); } .for-queue { fill: var(--c-queue); } .for-agent { fill: var(--c-human); }
        .for-closed { fill: var(--c-closed); } .for-customer { fill: var(--c-customer); } .for-nobody { fill: var(--c-nobody); }
        .story { list-style: none; margin: 0; padding: 0 0 0 16px; border-left: 2px solid var(--line); }
        .story li { position: relative; padding: 6px 0; display: flex; flex-wrap: wrap; gap: 2px 16px; }
        .story li::before {
          content: ""; position: absolute; left: -22px; top: 13px; width: 10px; height: 10px; border-radius: 50%;
          background: var(--edge); border: 2px solid var(--surface);
        }
        .story .customer::before { background: var(--c-read); } .story .business::before { background: var(--c-delivered); }
        .story time { color: var(--muted); font-size: var(--t-note); min-width: 150px; }
        """#
}
