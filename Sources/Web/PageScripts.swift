extension Assets {
    static let scriptSource: StaticString = #"""
        // Appearance, copying, filters, dialogs and keys. Pages work without any of it.
        const root = document.documentElement;

        for (const button of document.querySelectorAll("[data-appearance]")) {
          button.hidden = false;
          button.addEventListener("click", () => {
            const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
            const next = (root.dataset.appearance ?? system) === "dark" ? "light" : "dark";
            root.dataset.appearance = next;
            try { localStorage.setItem("pantau-appearance", next); } catch { /* Lasts until the page is left. */ }
            document.dispatchEvent(new CustomEvent("pantau:appearance"));
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

        // Filters: dates are asked for only when no preset is chosen; what says nothing stays out of the address.
        const filters = document.getElementById("filters");
        filters?.addEventListener("formdata", ({ formData }) => {
          for (const name of new Set(formData.keys())) {
            const values = formData.getAll(name).filter((value) => value !== "");
            formData.delete(name);
            for (const value of values) formData.append(name, value);
          }
        });
        // Whoever comes back sees the choice of the page, not the one that was made when leaving it.
        addEventListener("pageshow", () => filters?.reset());
        document.addEventListener("change", (event) => {
          const form = event.target.closest?.("form[data-send-on-change]");
          if (!form) return;
          if (event.target.matches("[data-range]")) {
            const dates = form.querySelector(".dates");
            const isCustom = event.target.value === "";
            dates.hidden = !isCustom;
            for (const field of dates.querySelectorAll("input")) field.disabled = !isCustom;
            if (isCustom) { dates.querySelector("input").focus(); return; }
          }
          if (event.target.type === "date") {
            const [from, to] = form.querySelectorAll("input[type=date]");
            if (!from.value || !to.value || from.value > to.value) return;
          }
          form.requestSubmit();
        });
        document.addEventListener("toggle", async (event) => {
          const details = event.target;
          if (!details.open || !details.dataset?.load) return;
          const source = details.dataset.load;
          delete details.dataset.load;
          try {
            const response = await fetch(source, { headers: { Accept: "text/html" } });
            if (!response.ok) throw new Error(response.status);
            details.querySelector("div").innerHTML = await response.text();
          } catch {
            details.dataset.load = source;
            details.open = false;
          }
        }, true);

        // A table that is wider or higher than its place is scrolled with the keyboard too, and says which it is.
        function makeReachable(table) {
          const scrolls = table.scrollWidth > table.clientWidth + 1 || table.scrollHeight > table.clientHeight + 1;
          if (scrolls && !table.hasAttribute("tabindex")) {
            const name = table.querySelector("caption")?.textContent.trim()
              || table.closest("section, main")?.querySelector("h1, h2")?.textContent.trim();
            table.tabIndex = 0;
            table.dataset.reachable = "";
            table.setAttribute("role", "region");
            if (name) table.setAttribute("aria-label", name);
          } else if (!scrolls && "reachable" in table.dataset && table !== document.activeElement) {
            for (const name of ["tabindex", "role", "aria-label", "data-reachable"]) table.removeAttribute(name);
          }
        }
        const sizes = new ResizeObserver((entries) => entries.forEach((entry) => makeReachable(entry.target)));
        function watchTables(place) {
          for (const table of place.querySelectorAll(".table, pre")) sizes.observe(table);
        }
        watchTables(document);
        document.addEventListener("pantau:card", (event) => watchTables(event.target));

        // One menu is open at a time, and a click elsewhere closes it.
        document.addEventListener("click", (event) => {
          for (const menu of document.querySelectorAll("details.menu[open], details.about[open]")) {
            if (!menu.contains(event.target)) menu.open = false;
          }
        });

        const menuButton = document.querySelector("[data-menu]");
        menuButton?.addEventListener("click", () => {
          const isOpen = root.classList.toggle("menu-open");
          menuButton.setAttribute("aria-expanded", String(isOpen));
          if (isOpen) document.querySelector("#pages a")?.focus();
        });

        const keys = document.getElementById("keys");
        for (const button of document.querySelectorAll("[data-open]")) {
          button.addEventListener("click", () => document.getElementById(button.dataset.open)?.showModal());
        }

        let went = 0;
        function close() {
          for (const open of document.querySelectorAll("details.menu[open], details.about[open]")) {
            open.open = false;
            open.querySelector("summary")?.focus();
          }
          if (root.classList.contains("menu-open")) menuButton?.click();
        }
        document.addEventListener("keydown", (event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
          if (event.key === "Escape") { close(); return; }
          if (event.target.closest?.("input, select, textarea, [contenteditable], dialog")) return;
          if (Date.now() - went < 1500) {
            went = 0;
            const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
            if (link) { event.preventDefault(); link.click(); }
            return;
          }
          switch (event.key) {
            case "g": went = Date.now(); break;
            case "?": event.preventDefault(); keys?.showModal(); break;
            case "/": {
              const first = filters?.querySelector("select, input");
              if (first) { event.preventDefault(); first.focus(); }
              break;
            }
            case "[": case "]": document.querySelector(`[data-key="${event.key}"]`)?.click(); break;
          }
        });
        """#

    static let cardsSource: StaticString = #"""
        // Brings the cards that the page could not wait for, and keeps all of them fresh. An answer that has not
        // changed is not sent again (304), so asking is cheap.
        const refreshSeconds = 60;
        const cards = [...document.querySelectorAll("section[data-card]")];

        // Whoever reads a definition or a table in the card, or is about to follow a link of it, is not interrupted.
        const isBusy = (card) =>
          !card.classList.contains("loading") &&
          (card.contains(document.activeElement) || card.querySelector("details[open]"));

        // A card that came late keeps the room that was kept for it.
        function arrived(card) {
          if (card.classList.contains("loading")) card.classList.replace("loading", "late");
          card.removeAttribute("aria-busy");
        }
        // Below the window nobody sees it: what is not needed there is given back.
        function giveBack(card) {
          if (!card.classList.contains("late")) return;
          card.classList.remove("late");
          if (card.getBoundingClientRect().bottom < innerHeight) card.classList.add("late");
        }
        function put(card, html, tag) {
          card.innerHTML = html;
          card.dataset.tag = tag ?? "";
          arrived(card);
          giveBack(card);
          card.classList.remove("stale");
          card.dispatchEvent(new CustomEvent("pantau:card", { bubbles: true }));
        }

        const asked = new WeakSet();
        async function bring(card) {
          if (asked.has(card)) return;
          asked.add(card);
          try {
            const response = await fetch(card.dataset.card, { headers: { Accept: "text/html" } });
            if (!response.ok) throw new Error(response.status);
            const tag = response.headers.get("ETag");
            const html = await response.text();
            if (tag && tag === card.dataset.tag) card.classList.remove("stale");
            else if (!isBusy(card)) put(card, html, tag);
          } catch {
            if (card.classList.contains("loading")) fail(card);
            else card.classList.add("stale");
          } finally {
            asked.delete(card);
          }
        }

        function fail(card) {
          const isIndonesian = document.documentElement.lang === "id";
          const failed = document.createElement("div");
          failed.className = "failed";
          failed.setAttribute("role", "alert");
          const title = document.createElement("strong");
          title.textContent = isIndonesian ? "Bagian ini tidak dapat dimuat" : "This part could not be loaded";
          const again = document.createElement("button");
          again.type = "button";
          again.dataset.again = "";
          again.textContent = isIndonesian ? "Coba lagi" : "Try again";
          failed.append(title, document.createElement("br"), again);
          card.querySelector(".loading-words")?.replaceWith(failed);
          arrived(card);
        }

        document.addEventListener("click", (event) => {
          const card = event.target.closest?.("[data-again]")?.closest("section[data-card]");
          if (!card) return;
          card.classList.add("loading");
          bring(card);
        });

        for (const card of cards) if (card.classList.contains("loading")) bring(card);
        setInterval(() => {
          if (!document.hidden) for (const card of cards) if (!isBusy(card)) bring(card);
        }, refreshSeconds * 1000);

        // Live cards are fetched when the server says that data have changed. A page that nobody sees holds no
        // connection.
        const live = cards.filter((card) => "live" in card.dataset);
        let source = null;
        let version = null;
        function open() {
          if (source || document.hidden || live.length === 0) return;
          source = new EventSource("/live");
          source.addEventListener("version", (event) => {
            const isNews = version !== null && version !== event.data;
            version = event.data;
            if (isNews) for (const card of live) if (!isBusy(card)) bring(card);
          });
          source.onerror = () => {
            // The browser comes again by itself unless it was turned away.
            if (source?.readyState !== EventSource.CLOSED) return;
            close();
            setTimeout(open, 30000);
          };
        }
        function close() { source?.close(); source = null; }
        document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
        addEventListener("pagehide", close);
        addEventListener("pageshow", open);
        open();
        """#
}
