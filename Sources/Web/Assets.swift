/// Everything that a page loads, all of it from here: nothing comes from another host.
package enum Assets {
    package static let styles = Asset(name: "pantau.css", type: "text/css; charset=utf-8", body: stylesSource)
    /// Runs before the page is drawn, so that a dark page never flashes white.
    package static let appearance = Asset(
        name: "appearance.js", type: "text/javascript; charset=utf-8", body: appearanceSource)
    package static let script = Asset(name: "pantau.js", type: "text/javascript; charset=utf-8", body: scriptSource)
    /// Cards that the server sends whenever they change.
    package static let live = Asset(name: "live.js", type: "text/javascript; charset=utf-8", body: liveSource)
    package static let icon = Asset(name: "pantau.svg", type: "image/svg+xml", body: iconSource)

    package static let all = [styles, appearance, script, live, icon, settings, settingsStyles]

    private static let iconSource: StaticString = #"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#0e7a5f"/>
        <path d="M5 15.5 9 11l3.5 3L19 7" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"
        stroke-linejoin="round"/><circle cx="19" cy="7" r="1.8" fill="#fff"/></svg>
        """#

    private static let appearanceSource: StaticString = #"""
        (() => {
          try {
            const kept = localStorage.getItem("pantau-appearance");
            if (kept === "dark" || kept === "light") document.documentElement.dataset.appearance = kept;
          } catch { /* Storage may be closed; the system's choice stands. */ }
        })();
        """#

    private static let scriptSource: StaticString = #"""
        // Switches appearance, copies text, sends filters when they change, and keeps live cards fresh.
        // Pages work without any of it.
        const root = document.documentElement;

        for (const button of document.querySelectorAll("[data-appearance]")) {
          button.hidden = false;
          button.addEventListener("click", () => {
            const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
            const next = (root.dataset.appearance ?? system) === "dark" ? "light" : "dark";
            root.dataset.appearance = next;
            try { localStorage.setItem("pantau-appearance", next); } catch { /* Lasts until the page is left. */ }
          });
        }

        document.addEventListener("click", async (event) => {
          const button = event.target.closest?.("[data-copy]");
          if (!button) return;
          const source = document.getElementById(button.dataset.copy);
          if (!source) return;
          try {
            await navigator.clipboard.writeText(source.textContent.trim());
          } catch {
            getSelection()?.selectAllChildren(source);
            return;
          }
          const label = button.textContent;
          button.textContent = button.dataset.done;
          setTimeout(() => { button.textContent = label; }, 1500);
        });

        document.addEventListener("change", (event) => {
          event.target.closest?.("form[data-send-on-change]")?.requestSubmit();
        });

        function keepFresh(card) {
          const seconds = Number(card.dataset.every);
          if (!(seconds > 0)) return;
          const turn = async () => {
            let pause = seconds;
            // Whoever is reading a definition or a table in the card is not interrupted.
            const isBusy = card.contains(document.activeElement) || card.querySelector("details[open]");
            if (!document.hidden && !isBusy) {
              try {
                const response = await fetch(card.dataset.card, { headers: { Accept: "text/html" } });
                if (!response.ok) throw new Error(response.status);
                card.innerHTML = await response.text();
                card.classList.remove("stale");
              } catch {
                card.classList.add("stale");
                pause = seconds * 3;
              }
            }
            setTimeout(turn, pause * 1000);
          };
          setTimeout(turn, seconds * 1000);
        }
        for (const card of document.querySelectorAll("[data-card][data-every]")) keepFresh(card);
        """#

    private static let liveSource: StaticString = #"""
        // Puts a card in place whenever the server sends it anew. Without it the card stays as the page brought it.
        function follow(card) {
          let source = null;
          let held = null;
          const isBusy = () => card.contains(document.activeElement) || card.querySelector("details[open]");
          const show = () => {
            // Whoever is about to follow a link of the card is not interrupted.
            if (held === null || isBusy()) return;
            card.innerHTML = held;
            held = null;
          };
          const close = () => { source?.close(); source = null; };
          const open = () => {
            if (source || document.hidden) return;
            source = new EventSource(card.dataset.live);
            source.addEventListener("card", (event) => {
              held = event.data;
              card.classList.remove("stale");
              show();
            });
            source.onerror = () => {
              card.classList.add("stale");
              // The browser comes again by itself unless it was turned away.
              if (source?.readyState !== EventSource.CLOSED) return;
              close();
              setTimeout(open, 30000);
            };
          };
          // A page that nobody sees holds no connection.
          document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
          addEventListener("pagehide", close);
          addEventListener("pageshow", open);
          card.addEventListener("focusout", () => setTimeout(show, 0));
          open();
        }
        for (const card of document.querySelectorAll("[data-live]")) follow(card);
        """#
}
