extension Assets {
    /// Opens "why?" over the page. Without it the links lead to a page of their own.
    package static let why = Asset(name: "why.js", type: "text/javascript; charset=utf-8", body: whySource)

    private static let whySource: StaticString = #"""
        const isIndonesian = document.documentElement.lang === "id";
        let dialog = null;
        let place = null;
        let asked = 0;

        function panel() {
          if (dialog) return dialog;
          dialog = document.createElement("dialog");
          dialog.className = "why-panel";
          dialog.setAttribute("aria-labelledby", "why-title");
          const form = document.createElement("form");
          form.method = "dialog";
          const shut = document.createElement("button");
          shut.className = "icon quiet";
          shut.textContent = "×";
          shut.setAttribute("aria-label", isIndonesian ? "Tutup" : "Close");
          form.append(shut);
          place = document.createElement("div");
          place.setAttribute("aria-live", "polite");
          dialog.append(form, place);
          dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
          // Whatever is still on its way is not wanted any more.
          dialog.addEventListener("close", () => { asked += 1; });
          document.body.append(dialog);
          return dialog;
        }

        document.addEventListener("click", async (event) => {
          const link = event.target.closest?.("a[data-why]");
          if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          const open = panel();
          const turn = (asked += 1);
          const waiting = document.createElement("h2");
          waiting.id = "why-title";
          waiting.tabIndex = -1;
          waiting.textContent = isIndonesian ? "Sedang dihitung…" : "Working it out…";
          place.replaceChildren(waiting);
          place.setAttribute("aria-busy", "true");
          if (!open.open) open.showModal();
          waiting.focus();
          const url = new URL(link.href);
          url.searchParams.set("panel", "1");
          url.searchParams.set("lang", document.documentElement.lang);
          try {
            const response = await fetch(url, { headers: { Accept: "text/html" } });
            if (!response.ok) throw new Error(response.status);
            const html = await response.text();
            if (turn !== asked) return;
            place.innerHTML = html;
            place.removeAttribute("aria-busy");
            open.scrollTop = 0;
            place.querySelector("#why-title")?.focus();
            place.dispatchEvent(new CustomEvent("pantau:card", { bubbles: true }));
          } catch {
            // The page of its own says what is wrong.
            if (turn === asked) location.href = link.href;
          }
        });
        """#
}
