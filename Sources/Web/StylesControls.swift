extension Assets {
    /// Buttons, fields, settings, dialogs, messages that come and go.
    static let styleControls: StaticString = #"""
        .choice { display: inline-flex; flex-wrap: wrap; max-width: 100%; border: 1px solid var(--line); border-radius: var(--radius-small); overflow: hidden; background: var(--surface); }
        .choice a, .choice button {
          padding: 5px 11px; color: var(--muted); text-decoration: none; font-weight: 600; font-size: var(--t-note);
          background: none; border: 0; border-radius: 0; line-height: 20px; min-height: 30px; white-space: nowrap;
        }
        .choice a + a, .choice button + button { border-left: 1px solid var(--line); }
        .choice :is(a, button):hover { color: var(--text); background: var(--raised); }
        .choice :is([aria-current], [aria-pressed="true"]) { background: var(--accent-soft); color: var(--accent); }
        .choice :focus-visible { outline-offset: -2px; }
        button, .button {
          font: inherit; font-weight: 600; font-size: var(--t-note); line-height: 20px; padding: 5px 12px; min-height: 32px;
          border-radius: var(--radius-small); cursor: pointer; border: 1px solid var(--line); background: var(--surface);
          color: var(--text); text-decoration: none; display: inline-flex; align-items: center; justify-content: center; gap: 6px;
        }
        button:hover, .button:hover { background: var(--raised); }
        button:disabled { color: var(--faint); cursor: not-allowed; background: var(--raised); }
        button.icon { width: 32px; height: 32px; padding: 0; font-size: 16px; line-height: 1; }
        button.primary, .button.primary, .sign-in button { background: var(--accent); color: var(--on-accent); border-color: transparent; }
        :is(button, .button).primary:hover, .sign-in button:hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)); }
        button.danger, .button.danger { color: var(--bad); border-color: var(--bad); }
        :is(button, .button).danger:hover { background: var(--bad-soft); }
        button.quiet, .button.quiet { border-color: transparent; background: none; color: var(--muted); }
        button.link { border: 0; background: none; padding: 0; min-height: 0; color: var(--accent); text-decoration: underline; font-weight: inherit; font-size: inherit; }
        select, input, textarea {
          font: inherit; font-size: var(--t-text); color: var(--text); background: var(--surface); padding: 5px 9px;
          border: 1px solid var(--edge); border-radius: var(--radius-small); max-width: 240px; min-height: 32px;
        }
        .filters :is(select, input), .filterbar :is(select, input) { border-color: var(--line); font-size: var(--t-note); }
        textarea { max-width: none; width: 100%; min-height: 96px; font-family: var(--mono); font-size: var(--t-note); }
        input[type="checkbox"], input[type="radio"] { min-height: 0; width: 16px; height: 16px; accent-color: var(--accent); margin: 0; vertical-align: -2px; }
        :is(input, select, textarea)[aria-invalid="true"] { border-color: var(--bad); }
        ::placeholder { color: var(--faint); opacity: 1; }
        .sign-in { display: grid; gap: var(--s2); margin-top: var(--s5); } .sign-in input { max-width: none; }
        .sign-in button { justify-self: start; margin-top: var(--s2); }

        .settings { display: grid; grid-template-columns: 190px minmax(0, 1fr); gap: var(--s6); align-items: start; }
        .settings > nav { position: sticky; top: var(--s4); } .settings > nav ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1px; }
        .settings > nav a { display: block; padding: 6px 10px; border-radius: var(--radius-small); color: var(--muted); text-decoration: none; font-weight: 550; }
        .settings > nav a:hover { background: var(--raised); color: var(--text); }
        .settings > nav a[aria-current] { background: var(--accent-soft); color: var(--accent); }
        .settings > :last-child { display: grid; gap: var(--s4); max-width: 820px; }
        form.stacked, .fields { display: grid; gap: var(--s4); margin: 0; } .fields.two { grid-template-columns: repeat(2, minmax(0, 1fr)); }
        form.asks { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s4); align-items: end; margin: var(--s2) 0 var(--s4); }
        form.asks label { display: grid; gap: 2px; font-size: var(--t-note); font-weight: 550; } form.asks .with-unit { display: flex; gap: 6px; align-items: center; font-weight: 400; }
        form.asks input[type="number"] { width: 84px; } form.asks input[type="date"] { width: 150px; }
        fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: var(--s2); min-width: 0; } legend { font-weight: 600; padding: 0; margin-bottom: var(--s1); }
        .field { display: grid; gap: var(--s1); justify-items: start; min-width: 0; } .field > label { font-weight: 600; font-size: var(--t-note); }
        .field :is(input:not([type="checkbox"], [type="radio"]), select, textarea) { width: 100%; max-width: 420px; }
        .field textarea { max-width: none; }
        .check { display: flex; gap: var(--s2); align-items: baseline; font-size: var(--t-text); font-weight: 400; }
        .help { color: var(--muted); font-size: var(--t-note); margin: 0; } .error { color: var(--bad); font-size: var(--t-note); margin: 0; font-weight: 550; }
        .banner.bad { border-color: var(--bad); background: var(--bad-soft); } .notice .banner { margin-top: var(--s4); }
        .terms { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--s1) var(--s4); margin: var(--s4) 0 0; font-size: var(--t-note); }
        .terms dt { color: var(--muted); } .terms dd { margin: 0; } td form { margin: 0; } form.actions { align-items: end; }
        .reveal { display: inline-flex; gap: var(--s2); align-items: center; margin: 0; } .reveal [hidden] { display: none; }
        .actions { display: flex; flex-wrap: wrap; gap: var(--s2); align-items: center; margin-top: var(--s2); } .actions .apart { margin-left: auto; }
        .danger-zone { border-color: color-mix(in srgb, var(--bad) 45%, var(--line)); }

        dialog {
          border: 1px solid var(--line); border-radius: 14px; padding: var(--s5); background: var(--surface); color: var(--text);
          box-shadow: var(--lifted); width: min(520px, calc(100vw - 32px)); max-height: calc(100vh - 48px);
        }
        dialog::backdrop { background: var(--cover); } dialog h2 { margin-bottom: var(--s3); }
        dialog dl.keys { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--s2) var(--s4); margin: 0; }
        dialog dl.keys dt { display: flex; gap: 4px; } dialog dl.keys dd { margin: 0; }
        .toasts { position: fixed; right: 16px; bottom: 16px; z-index: 40; display: grid; gap: var(--s2); justify-items: end; pointer-events: none; }
        .toast {
          background: var(--text); color: var(--surface); padding: 9px 14px; border-radius: var(--radius-small); font-size: var(--t-note);
          font-weight: 550; box-shadow: var(--lifted); max-width: min(420px, calc(100vw - 32px)); pointer-events: auto;
        }
        .toast.bad { background: var(--bad); color: var(--surface); }
        """#
}
