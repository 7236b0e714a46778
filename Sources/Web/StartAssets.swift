extension Assets {
    /// Turns the lights of the first steps.
    package static let start = Asset(name: "start.js", type: "text/javascript; charset=utf-8", body: startSource)

    private static let startSource: StaticString = #"""
        // The first steps: the server tells what has changed, and those parts are put in place. Nothing else moves, so
        // that whoever is copying a line is not interrupted. When a step is done the next one opens.
        const root = document.querySelector("[data-start]");
        let source = null;

        function put(html) {
          const page = document.createElement("template");
          page.innerHTML = html;
          for (const part of [...page.content.children]) {
            const old = part.id && document.getElementById(part.id);
            if (!old || old.outerHTML === part.outerHTML || old.contains(document.activeElement)) continue;
            const isDone = part.dataset.light === "done" && old.dataset.light !== "done";
            old.replaceWith(part);
            if (isDone) move(part);
          }
        }

        function move(light) {
          const step = light.closest("details");
          if (!step || step.contains(document.activeElement)) return;
          step.open = false;
          const next = [...root.querySelectorAll(".start-step details")].find((other) => {
            const word = other.querySelector("[data-light]")?.dataset.light;
            return word !== "done" && word !== "skipped";
          });
          if (next) next.open = true;
        }

        function open() {
          if (source || document.hidden) return;
          source = new EventSource(root.dataset.start);
          source.addEventListener("start", (event) => put(event.data));
          source.onerror = () => {
            // The browser comes again by itself unless it was turned away.
            if (source?.readyState !== EventSource.CLOSED) return;
            close();
            setTimeout(open, 30000);
          };
        }
        function close() { source?.close(); source = null; }
        if (root) {
          document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
          addEventListener("pagehide", close);
          addEventListener("pageshow", open);
          open();
        }
        """#

    static let styleStart: StaticString = #"""
        .start { display: grid; gap: var(--s4); max-width: 860px; } .start > * { margin: 0; }
        .start-steps { list-style: none; margin: 0; padding: 0; display: grid; gap: var(--s3); }
        .card.start-step { padding: 0; }
        .start-step summary {
          display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: var(--s1) var(--s3); padding: var(--s4) var(--s5);
          cursor: pointer; list-style: none; border-radius: var(--radius);
        }
        .start-step summary:hover h2 { color: var(--accent); }
        .start-number {
          width: 26px; height: 26px; border-radius: 50%; display: grid; place-items: center; background: var(--raised);
          color: var(--muted); font-weight: 650; font-size: var(--t-note); flex: none;
        }
        .start-step:has([data-light="done"]) .start-number { background: var(--good-soft); color: var(--good); }
        @media (max-width: 720px) {
          .start-step summary { grid-template-columns: auto minmax(0, 1fr); padding: var(--s4); }
          .start-step .start-light { grid-column: 2; } .start-step .start-body { padding: 0 var(--s4) var(--s4); }
        }
        .start-body { padding: 0 var(--s5) var(--s5); display: grid; gap: var(--s3); }
        .start-body > * { margin: 0; min-width: 0; } .start-body h3 { margin-top: var(--s2); }
        .start-body > div:empty { display: none; }
        .start-name { color: var(--muted); font-size: var(--t-note); min-width: 92px; }
        .start-warning { border-left: 3px solid var(--warn); padding-left: var(--s3); font-size: var(--t-note); }
        .start-code { display: grid; gap: var(--s2); } .start-body .fold { margin: 0; }
        .start-body .list > li > .muted { flex: 1 1 320px; font-size: var(--t-note); }
        .start progress { width: 100%; max-width: 420px; height: 10px; accent-color: var(--accent); }
        code.whole { white-space: nowrap; }
        .banner.demo {
          display: flex; flex-wrap: wrap; gap: var(--s2) var(--s4); align-items: center; margin-bottom: var(--s4);
          border: 2px dashed var(--warn); border-radius: var(--radius);
        }
        .banner.demo p { flex: 1 1 320px; } .banner.demo .actions { margin: 0; }
        """#
}
