extension Assets {
    /// What only the page of digests needs.
    package static let digestStyles = Asset(
        name: "digest.css", type: "text/css; charset=utf-8", body: digestStylesSource)

    private static let digestStylesSource: StaticString = #"""
        .digest { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; max-width: 860px; margin-top: 16px; }
        .digest > section {
          background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); padding: 16px 20px;
        }
        .digest h2 { margin: 0 0 8px; } .digest ol, .digest ul { margin: 0; padding-left: 20px; }
        .digest li { margin: 6px 0; overflow-wrap: anywhere; } .digest p { margin: 0; }
        .digest .digest-opened ul, .digest .digest-resolved ul { list-style: none; padding-left: 0; }
        .digest-table { width: 100%; border-collapse: collapse; }
        .digest-table th { text-align: left; font-weight: 550; padding: 8px 12px 8px 0; }
        .digest-table small { color: var(--muted); font-weight: 400; }
        .digest-table td { padding: 8px 0 8px 12px; text-align: right; vertical-align: top; }
        .digest-table th { vertical-align: top; }
        .digest-table tr + tr > * { border-top: 1px solid var(--line-soft); }
        .digest-table .number { font-weight: 650; white-space: nowrap; }
        .digest-table .change { color: var(--muted); font-size: 13px; }
        .digest-table .better { color: var(--good); } .digest-table .worse { color: var(--bad); }
        .digest .tag {
          display: inline-block; font-size: 12px; font-weight: 600; padding: 1px 8px; border-radius: 999px;
          background: var(--raised); color: var(--muted);
        }
        .digest .tag.urgent { background: var(--bad-soft); color: var(--bad); }
        .digest .tag.warning { background: var(--warn-soft); color: var(--warn); }
        .digest .tag.resolved { background: var(--good-soft); color: var(--good); }
        .digest .note { color: var(--muted); font-size: 13px; }
        .digest-actions-bar [aria-current] { border-color: var(--accent); color: var(--accent); }
        @media (max-width: 520px) {
          .digest-table tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; }
          .digest-table tr > td.change {
            grid-column: 1 / -1; text-align: left; padding: 0 0 8px; border-top: 0;
          }
        }
        """#
}
