extension Assets {
    /// Findings, causes, and the panel that explains a change.
    static let styleFindings: StaticString = #"""
        .findings { list-style: none; margin: 0; padding: 0; display: grid; gap: var(--s5); max-width: 920px; }
        .findings p { margin: 0; } .findings > li > p:first-child { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s2); align-items: baseline; }
        .findings > li > p > a { color: var(--text); font-size: var(--t-lead); text-decoration-color: var(--line); flex: 0 1 auto; }
        .findings > li > p > a:hover { text-decoration-color: currentcolor; }
        .findings .told { display: grid; gap: 3px; margin-top: var(--s1); overflow-wrap: anywhere; }
        .findings + .attention { margin-top: var(--s5); border-top: 1px solid var(--line-soft); padding-top: var(--s4); }
        form.narrowing { margin: 0 0 var(--s5); } form.narrowing .field > select { min-width: 130px; }
        .causes { list-style: none; margin: 0; padding: 0; display: grid; gap: var(--s4); } .causes p { margin: 0; }
        .causes > li { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: var(--s4); }
        .causes > li > div:only-child { grid-column: 1 / -1; } .share .bar { margin: 4px 0 0; }
        .codes { list-style: none; margin: 0; padding: 0; display: grid; gap: var(--s4); } .codes p { margin: 0; } .codes p + p { margin-top: 4px; }
        .query > p { margin: var(--s2) 0 0; } .query code { overflow-wrap: anywhere; user-select: all; } .causes .query { margin-top: 4px; }
        .acts { margin-top: var(--s5); align-items: end; } .acts form { margin: 0; }
        .acts .mute { display: flex; gap: var(--s2); align-items: center; } .acts .mute label { display: flex; gap: var(--s2); align-items: center; font-size: var(--t-note); font-weight: 600; }
        .story .comment { flex: 1 1 100%; margin: 2px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
        .card-head > .why {
          margin-left: auto; color: var(--accent); font-size: var(--t-note); font-weight: 600; text-decoration: none; padding: 2px 4px;
          border-radius: var(--radius-small); line-height: 20px; white-space: nowrap;
        }
        .card-head > .why:hover { background: var(--accent-soft); } .card-head > .why + .menu { margin-left: 0; }
        .third > .card-head { column-gap: var(--s2); }
        dialog.why-panel { width: min(760px, calc(100vw - 24px)); } .why-panel > form { float: right; margin: -6px -6px 0 var(--s3); }
        .why-panel h2:focus { outline: none; } .why-panel h3, .why-page h3 { margin: var(--s5) 0 var(--s3); }
        :is(.why-panel, .why-page) :is(.choice, .terms) { margin: 0 0 var(--s4); } .why-page .kicker { margin-bottom: var(--s2); }
        :is(.why-panel, .why-page) .terms { margin-top: var(--s4); } .why-panel > div > p, .why-page > p { margin: var(--s3) 0 0; }
        :is(.why-panel, .why-page) .story li > span { flex: 1; min-width: 200px; }
        @media (max-width: 640px) { :is(.why-panel, .why-page) .terms { grid-template-columns: minmax(0, 1fr); } .causes > li { grid-template-columns: minmax(0, 1fr); gap: var(--s1); } .share { display: flex; gap: var(--s2); align-items: center; } .share .bar { margin: 0; } }
        @media print { .card-head > .why, .acts, form.narrowing { display: none; } }
        """#
}
