extension Assets {
    /// Forms of settings: rows that come and go, sending, what is wrong at its field, taking back.
    package static let settings = Asset(
        name: "settings.js", type: "text/javascript; charset=utf-8", body: settingsSource)

    /// A form holds one settings document. `data-list`, `data-row`, `data-object`, `data-pairs`, `data-pick` and
    /// `data-length` tell its shape, `name` a member; complaints of the API name members the same way.
    private static let settingsSource: StaticString = #"""
        const own = "[data-list], [data-object], [data-pairs], [data-pick], [data-length], [name]";

        /// The outermost parts of a form below a node, in their order.
        function* parts(node) {
          for (const child of node.children) {
            if (child.matches("template, [data-aside]")) continue;
            if (child.matches(own)) yield child; else yield* parts(child);
          }
        }

        function plain(field) {
          if (field.type === "checkbox") return field.checked;
          const text = field.value.trim();
          if (field.dataset.as === "json") return JSON.parse(text);
          if (field.dataset.as === "hours") return text.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean);
          return text === "" ? undefined : text;
        }

        const rows = (list) => [...list.querySelectorAll(":scope > [data-rows] > [data-row]")];
        const isBlank = (value) => value === undefined || value === "" || (Array.isArray(value) && !value.length)
          || (typeof value === "object" && !Array.isArray(value) && Object.values(value).every(isBlank));

        /// Writes what the fields below a node say into an object, and notes where each member stands.
        function gather(node, into, path, places) {
          for (const part of parts(node)) {
            const { list, object, pairs, pick, length } = part.dataset;
            const name = list ?? object ?? pairs ?? length ?? part.getAttribute("name");
            const place = path ? `${path}.${name}` : name;
            if (list !== undefined) {
              into[list] = [];
              for (const row of rows(part)) {
                const entry = {};
                const at = `${place}[${into[list].length}]`;
                gather(row, entry, at, places);
                places.set(at, row);
                into[list].push(entry);
              }
              places.set(place, part);
            } else if (pairs !== undefined) {
              into[pairs] = {};
              for (const row of rows(part)) {
                const entry = {};
                gather(row, entry, "", new Map());
                if (!entry.key) continue;
                into[pairs][entry.key] = entry.value;
                places.set(`${place}.${entry.key}`, row);
              }
            } else if (object !== undefined) {
              const inner = {};
              gather(part, inner, place, places);
              into[object] = inner;
              places.set(place, part);
            } else if (pick !== undefined) {
              const [key, field] = part.querySelectorAll("select, input");
              const inner = pick ? (into[pick] = {}) : into;
              const at = pick ? (path ? `${path}.${pick}` : pick) : path;
              if (key.value) {
                inner[key.value] = field.hidden ? true : field.value.trim();
                places.set(`${at}.${key.value}`, field);
              }
              if (pick) places.set(at, part);
            } else if (length !== undefined) {
              const [count, unit] = part.querySelectorAll("input, select");
              if (count.value.trim() !== "") into[length] = count.value.trim() + unit.value;
              places.set(place, count);
            } else {
              const value = plain(part);
              if (value !== undefined && !(part.dataset.as === "hours" && !value.length)) into[name] = value;
              places.set(place, part);
            }
          }
          return into;
        }

        function documentOf(form) {
          const places = new Map();
          return { body: gather(form, {}, "", places), places };
        }

        // MARK: Rows

        function showPicked(pick) {
          const [key, field] = pick.querySelectorAll("select, input");
          const option = key.selectedOptions[0];
          field.hidden = option.dataset.bare !== undefined;
          field.placeholder = option.dataset.example ?? "";
          field.setAttribute("aria-label", option.textContent);
          if (option.dataset.values) field.setAttribute("list", option.dataset.values);
          else field.removeAttribute("list");
        }

        function add(list, fill = {}) {
          const row = list.querySelector(":scope > template").content.firstElementChild.cloneNode(true);
          for (const [name, value] of Object.entries(fill)) {
            const field = row.querySelector(`[name="${name}"]`);
            if (field) field.value = value;
          }
          list.querySelector(":scope > [data-rows]").append(row);
          row.querySelectorAll("[data-pick]").forEach(showPicked);
          count(list);
          return row;
        }

        function count(list) {
          const place = list.querySelector("[data-count]");
          if (place) place.textContent = rows(list).length;
          const none = list.querySelector(":scope > [data-none]");
          if (none) none.hidden = rows(list).length > 0;
        }

        // MARK: Saying

        function clear(form) {
          form.querySelectorAll(".wrong").forEach((note) => note.remove());
          form.querySelectorAll("[aria-invalid]").forEach((field) => {
            field.removeAttribute("aria-invalid");
            field.removeAttribute("aria-describedby");
          });
        }

        function say(form, text, tone) {
          const place = form.querySelector("[data-said]");
          place.textContent = text;
          place.className = `said ${tone}`;
        }

        let notes = 0;

        /// Puts a complaint beside the field that it names; what names none stands at the foot of the form.
        function complain(form, detail, places) {
          say(form, detail, "bad");
          const named = /^([A-Za-z_][\w.[\]-]*): ([^]*)$/.exec(detail);
          if (!named) return;
          let path = named[1];
          while (!places.has(path)) {
            const wider = path.replace(/(\.[^.[\]]*|\[\d+\])$/, "");
            if (wider === path) return;
            path = wider;
          }
          const place = places.get(path);
          const field = place.matches("input, select, textarea")
            ? place : place.querySelector("input:not([type=hidden]), select, textarea") ?? place;
          field.closest("details")?.setAttribute("open", "");
          const note = document.createElement("p");
          note.className = "wrong";
          note.id = `wrong-${(notes += 1)}`;
          note.textContent = named[2];
          field.setAttribute("aria-invalid", "true");
          field.setAttribute("aria-describedby", note.id);
          (field.closest("label, [data-length], [data-pick]") ?? field).after(note);
          say(form, form.dataset.marked, "bad");
          field.focus();
        }

        // MARK: Sending

        async function deliver(form, body, url = form.dataset.send, type = "application/json") {
          const token = document.querySelector('meta[name="form-token"]')?.content ?? "";
          const response = await fetch(url, {
            method: form.dataset.method ?? "PUT",
            headers: { "Content-Type": type, "X-Pantau-Form": token, "Accept-Language": document.documentElement.lang },
            body: typeof body === "string" ? body : JSON.stringify(body),
          });
          const answer = await response.json().catch(() => ({}));
          if (!response.ok) throw new Error(answer.detail ?? `${form.dataset.failed} (${response.status})`);
          return answer.delivery;
        }

        const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

        /// Waits until a stored change is in the numbers, so that the page then shows what is in force.
        async function settle(delivery) {
          for (let turn = 0; turn < 120; turn += 1) {
            const response = await fetch(`/settings/progress?delivery=${delivery}`);
            if (response.ok && (await response.json()).in_force) return;
            await pause(turn < 10 ? 300 : 1000);
          }
        }

        const keep = (key, value) => {
          try {
            if (value === null) sessionStorage.removeItem(key); else sessionStorage.setItem(key, JSON.stringify(value));
          } catch { /* Without storage there is nothing to take back after a reload. */ }
        };
        const kept = (key) => {
          try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
        };

        async function save(form, body, back, done, places = new Map(), url = undefined, type = undefined) {
          const buttons = form.querySelectorAll("button");
          clear(form);
          say(form, form.dataset.saving, "");
          buttons.forEach((button) => { button.disabled = true; });
          try {
            const delivery = await deliver(form, body, url, type);
            keep(`pantau-undo ${form.id}`, { back, done });
            form.dataset.saved = "";
            say(form, form.dataset.counting, "");
            await settle(delivery);
            location.hash = form.id;
            location.reload();
          } catch (error) {
            buttons.forEach((button) => { button.disabled = false; });
            complain(form, error.message, places);
          }
        }

        /// After a change the page comes anew, with the way back beside what is in force now.
        function offerBack(form) {
          const key = `pantau-undo ${form.id}`;
          const last = kept(key);
          if (!last) return;
          keep(key, null);
          say(form, last.done, "good");
          form.closest("details")?.setAttribute("open", "");
          if (!last.back) return;
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = form.dataset.undo;
          const now = documentOf(form).body;
          button.addEventListener("click", () => save(form, last.back, now, form.dataset.undone));
          form.querySelector("[data-said]").after(button);
        }

        function follow(form) {
          const before = documentOf(form).body;
          const text = JSON.stringify(before);
          // Of a document that there was not, the way back is to take it away.
          const back = form.dataset.back ? JSON.parse(form.dataset.back) : before;
          const isChanged = () => form.dataset.saved === undefined && JSON.stringify(documentOf(form).body) !== text;
          form.addEventListener("submit", (event) => {
            event.preventDefault();
            const { body, places } = documentOf(form);
            save(form, body, back, form.dataset.done, places);
          });
          const note = () => { form.querySelector("[data-changed]").hidden = !isChanged(); };
          form.addEventListener("input", note);
          form.addEventListener("click", () => setTimeout(note, 0));
          addEventListener("beforeunload", (event) => { if (isChanged()) event.preventDefault(); });
          offerBack(form);
        }

        document.querySelectorAll("[data-pick]").forEach(showPicked);
        document.addEventListener("change", (event) => {
          const pick = event.target.matches?.("select") && event.target.closest("[data-pick]");
          if (pick) showPicked(pick);
        });

        document.addEventListener("click", (event) => {
          const button = event.target.closest?.("button");
          const list = button?.closest("[data-list], [data-pairs]");
          if (!button) return;
          if (button.dataset.add !== undefined) {
            add(list).querySelector("input:not([type=hidden]), select")?.focus();
          } else if (button.dataset.remove !== undefined) {
            const row = button.closest("[data-row]");
            const next = row.nextElementSibling ?? row.previousElementSibling;
            row.remove();
            count(list);
            (next?.querySelector("[data-remove]") ?? list.querySelector("[data-add]"))?.focus();
          } else if (button.dataset.up !== undefined) {
            const row = button.closest("[data-row]");
            row.previousElementSibling?.before(row);
            button.focus();
          } else if (button.dataset.holidays !== undefined) {
            const offer = document.getElementById(button.dataset.holidays);
            const taken = new Set([...list.querySelectorAll("[name=date]")].map((field) => field.value));
            const joint = button.parentElement.querySelector("[data-joint]").checked;
            let added = 0;
            for (const day of offer.content.querySelectorAll("li")) {
              if (taken.has(day.dataset.date) || (day.dataset.joint !== undefined && !joint)) continue;
              add(list, { date: day.dataset.date, name: day.textContent });
              added += 1;
            }
            button.parentElement.querySelector("output").textContent = button.dataset.done.replace("#", added);
            list.querySelector("details")?.setAttribute("open", "");
          } else if (button.dataset.copyDay !== undefined) {
            const fields = [...button.closest("[data-object]").querySelectorAll("[data-as=hours]")];
            for (const field of fields.slice(1, 5)) field.value = fields[0].value;
          } else if (button.dataset.away !== undefined) {
            const form = button.form;
            save(form, JSON.parse(button.dataset.away), documentOf(form).body, button.dataset.done);
          }
        });

        for (const form of document.querySelectorAll("form[data-document]")) follow(form);

        // MARK: Rate cards

        function importing(form) {
          const part = (name) => form.querySelector(`[data-${name}]`);
          const [file, preview, store] = [part("file"), part("preview"), part("store")];
          let text = null;
          const query = () => {
            const fields = [...form.querySelectorAll("[data-query]")].filter((field) => field.value.trim());
            return new URLSearchParams(fields.map((field) => [field.name, field.value.trim()])).toString();
          };
          const look = async () => {
            if (text === null) return;
            clear(form);
            const response = await fetch(`/settings/prices/preview?${query()}`, {
              method: "POST", headers: { "Content-Type": "text/csv", "Accept": "text/html" }, body: text,
            });
            if (response.ok || response.status === 422) preview.innerHTML = await response.text();
            else say(form, `${form.dataset.failed} (${response.status})`, "bad");
            store.hidden = !response.ok;
          };
          form.addEventListener("change", async () => {
            if (file.files[0]) text = await file.files[0].text();
            look();
          });
          form.addEventListener("submit", (event) => {
            event.preventDefault();
            if (text !== null) {
              save(form, text, null, form.dataset.done, new Map(), `${form.dataset.send}?${query()}`, "text/csv");
            }
          });
          offerBack(form);
        }
        for (const form of document.querySelectorAll("form[data-import]")) importing(form);

        // MARK: Counting anew

        for (const place of document.querySelectorAll("[data-recounting]")) {
          const turn = async () => {
            try {
              const response = await fetch(`/settings/progress?section=${place.dataset.recounting}`);
              const { recounted, said } = await response.json();
              place.textContent = said;
              place.classList.toggle("waiting", recounted < 1);
              if (recounted >= 1) return;
            } catch { /* Asked again in a moment. */ }
            setTimeout(turn, 2000);
          };
          setTimeout(turn, 1000);
        }
        """#
}
