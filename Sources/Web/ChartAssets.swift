extension Assets {
    /// Draws the charts of a page with Chart.js. What is drawn stands in the page as JSON beside the canvas.
    static let chartsSource: StaticString = #"""
        // Every figure brings its numbers along and a table of them. When the library cannot be had, the table opens.
        const root = document.documentElement;
        const isIndonesian = root.lang === "id";
        const calm = matchMedia("(prefers-reduced-motion: reduce)");
        const drawn = new Map();

        let loading = null;
        function chartJS() {
          loading ??= new Promise((resolve, reject) => {
            if (!library) return reject(new Error("no chart library"));
            const script = document.createElement("script");
            script.src = library;
            script.onload = () => (window.Chart ? resolve(window.Chart) : reject(new Error("no chart library")));
            script.onerror = () => reject(new Error("no chart library"));
            document.head.append(script);
          });
          return loading;
        }

        function goWithout(figure) {
          figure.classList.add("bare");
          const words = figure.querySelector(".without");
          if (words) words.hidden = false;
          const table = figure.querySelector("details.fold");
          if (table) table.open = true;
        }

        // Colours come from the styles, so that both palettes stand in one place.
        const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim() || "#888888";
        function faded(name, alpha) {
          const hex = colour(name);
          return /^#[0-9a-f]{6}$/i.test(hex) ? hex + Math.round(alpha * 255).toString(16).padStart(2, "0") : hex;
        }

        function scaleOf(data, axis, unit) {
          const isAcross = data.kind === "horizontal";
          const base = {
            axis: isAcross ? "x" : "y",
            grid: { color: colour("--grid"), drawBorder: false, drawTicks: false, drawOnChartArea: axis === "y" },
            ticks: {
              color: colour("--muted"), padding: 8, maxTicksLimit: 6,
              callback: (value) => shortNumber(value, unit, data.currency),
            },
            beginAtZero: true,
          };
          if (axis === "volume") {
            // Volume stays behind the rates: it fills the lower half at most.
            const most = Math.max(1, ...data.series.filter((s) => s.axis === "volume").flatMap((s) => s.values).filter(isNumber));
            return { ...base, position: "right", max: most * 2, display: false };
          }
          if (data.log) {
            const values = data.series.filter((s) => s.axis === "y").flatMap((s) => [...s.values, ...(s.before ?? [])])
              .filter((v) => isNumber(v) && v > 0);
            const steps = unit === "seconds" ? [1, 10, 60, 600, 3600, 21600, 86400, 604800, 2592000]
              : [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
            const least = Math.min(...values), most = Math.max(...values);
            let first = steps.findLastIndex((step) => step <= least);
            if (first < 0) first = 0;
            let last = steps.findIndex((step) => step >= most);
            if (last < 0) last = steps.length - 1;
            const shown = steps.slice(first, Math.max(last, first + 1) + 1);
            return {
              ...base, type: "logarithmic", beginAtZero: false, min: shown[0], max: shown.at(-1),
              afterBuildTicks: (scale) => { scale.ticks = shown.map((value) => ({ value })); },
            };
          }
          if (unit === "ratio") {
            const most = Math.max(0, ...data.series.filter((s) => s.axis === "y" && !s.hidden)
              .flatMap((s) => [...s.values, ...(s.before ?? []), ...(s.high ?? [])]).filter(isNumber));
            if (most > 0.4 && most <= 1.0001) base.max = 1;
            if (most === 0) base.max = 0.1;
          }
          if (unit === "seconds") base.ticks.stepSize = undefined;
          return base;
        }

        function datasetsOf(data) {
          const partial = new Set(data.partial ?? []);
          const isLine = (series) => (series.type ?? (data.kind === "line" ? "line" : "bar")) === "line";
          const sets = [];
          data.series.forEach((series, index) => {
            const hue = series.colour;
            const shared = {
              label: series.name, data: series.values, yAxisID: data.kind === "horizontal" ? undefined : series.axis,
              pantau: { series, index, role: "main" }, hidden: series.hidden === true,
            };
            if (!isLine(series)) {
              const isBehind = series.axis === "volume";
              const full = isBehind ? colour("--c-volume-soft") : colour(hue);
              const part = isBehind ? "transparent" : faded(hue, 0.28);
              sets.push({
                ...shared, type: "bar", order: isBehind ? 10 : 5,
                backgroundColor: series.values.map((_, i) => (partial.has(i) ? part : full)),
                borderColor: isBehind ? full : colour(hue),
                borderWidth: series.values.map((_, i) => (partial.has(i) ? 1 : 0)),
                borderRadius: data.kind === "stacked" ? 0 : 3, borderSkipped: false, maxBarThickness: 48,
                categoryPercentage: data.kind === "histogram" ? 1 : 0.82, barPercentage: data.kind === "histogram" ? 0.94 : 0.9,
                stack: data.kind === "stacked" ? "all" : undefined,
              });
            } else {
              const few = new Set(series.few ?? []);
              const size = series.values.length > 45 ? 0 : 2.5;
              sets.push({
                ...shared, type: "line", order: 2, borderColor: colour(hue), borderWidth: 2, tension: 0, spanGaps: false,
                pointRadius: series.values.map((_, i) => (partial.has(i) ? 3 : isAlone(series.values, i) ? 3 : size)),
                pointHoverRadius: 5, pointHitRadius: 12, pointBorderWidth: 1.75, pointBorderColor: colour(hue),
                pointBackgroundColor: series.values.map((_, i) => (partial.has(i) || few.has(i) ? colour("--surface") : colour(hue))),
                segment: {
                  borderDash: (at) => (partial.has(at.p1DataIndex) || partial.has(at.p0DataIndex) ? [4, 4] : undefined),
                },
              });
            }
            if (series.before?.some(isNumber)) {
              sets.push({
                ...shared, label: `${series.name} (${data.words.before})`, data: series.before, type: isLine(series) ? "line" : "bar",
                borderColor: faded(hue, 0.6), backgroundColor: faded(hue, 0.3), borderDash: [2, 4], borderWidth: 1.5, pointRadius: 0, pointHoverRadius: 3,
                pointHitRadius: 0, order: 6, pantau: { series, index, role: "before" }, stack: data.kind === "stacked" ? "before" : undefined,
                maxBarThickness: 48,
              });
            }
            if (series.low?.some(isNumber)) {
              const band = { ...shared, type: "line", borderWidth: 0, pointRadius: 0, pointHoverRadius: 0, pointHitRadius: 0, order: 8 };
              sets.push({ ...band, data: series.high, fill: "+1", backgroundColor: faded(hue, 0.13), pantau: { series, index, role: "band" } });
              sets.push({ ...band, data: series.low, fill: false, pantau: { series, index, role: "band" } });
            }
          });
          return sets;
        }

        const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
        const isAlone = (values, i) => isNumber(values[i]) && !isNumber(values[i - 1]) && !isNumber(values[i + 1]);

        // Marks of the account's timeline: lines from top to bottom, told when pointed at.
        const marks = {
          id: "pantauMarks",
          afterDatasetsDraw(chart, _, options) {
            const list = options.list ?? [];
            const x = chart.scales.x;
            if (!x || list.length === 0) return;
            const { ctx, chartArea } = chart;
            ctx.save();
            ctx.lineWidth = 1.25;
            for (const mark of list) {
              const at = place(x, mark.x);
              ctx.strokeStyle = colour(mark.tone ? `--${mark.tone}` : "--c-mark");
              ctx.setLineDash([3, 3]);
              ctx.beginPath();
              ctx.moveTo(at, chartArea.top);
              ctx.lineTo(at, chartArea.bottom);
              ctx.stroke();
              ctx.setLineDash([]);
              ctx.fillStyle = ctx.strokeStyle;
              ctx.beginPath();
              ctx.moveTo(at - 4, chartArea.top - 6);
              ctx.lineTo(at + 4, chartArea.top - 6);
              ctx.lineTo(at, chartArea.top);
              ctx.fill();
            }
            ctx.restore();
          },
        };
        function place(x, position) {
          const whole = Math.floor(position);
          const step = x.getPixelForValue(1) - x.getPixelForValue(0) || 0;
          return x.getPixelForValue(whole) + (position - whole - 0.5) * step;
        }

        function tooltipOf(data) {
          return {
            backgroundColor: colour("--text"), titleColor: colour("--surface"), bodyColor: colour("--surface"), footerColor: colour("--surface"),
            padding: 10, cornerRadius: 7, boxPadding: 4, usePointStyle: true, titleFont: { weight: "600" }, footerFont: { weight: "400" },
            filter: (item) => item.dataset.pantau?.role !== "band" && isNumber(item.raw),
            itemSort: (a, b) => a.dataset.pantau.index - b.dataset.pantau.index,
            callbacks: {
              title: (items) => (items.length ? (data.names ?? data.labels)[items[0].dataIndex] : ""),
              label: (item) => {
                const { series, role } = item.dataset.pantau;
                const i = item.dataIndex;
                let words = `${item.dataset.label}: ${fullNumber(item.raw, series.unit, series.currencies?.[i] ?? data.currency)}`;
                if (role === "main" && isNumber(series.low?.[i])) {
                  words += ` (${fullNumber(series.low[i], series.unit)}–${fullNumber(series.high[i], series.unit)})`;
                }
                if (role === "main" && isNumber(series.n?.[i])) words += ` · n = ${whole.format(series.n[i])}`;
                return words;
              },
              labelColor: (item) => {
                const own = colour(item.dataset.pantau.series.colour);
                return { borderColor: own, backgroundColor: own, borderWidth: 1 };
              },
              footer: (items) => {
                if (!items.length) return "";
                const i = items[0].dataIndex;
                const lines = [];
                if ((data.partial ?? []).includes(i)) lines.push(data.words.partial);
                if (items.some((item) => item.dataset.pantau.series.few?.includes(i))) lines.push(data.words.few);
                for (const mark of data.marks ?? []) if (Math.floor(mark.x) === i) lines.push("▼ " + mark.words);
                if (data.href?.[i]) lines.push(data.words.open);
                return lines;
              },
            },
          };
        }

        function configuration(data) {
          const isAcross = data.kind === "horizontal";
          const units = new Map(data.series.map((series) => [series.axis, series.unit]));
          const scales = {};
          const along = {
            axis: isAcross ? "y" : "x",
            grid: { display: false, drawBorder: false }, offset: true, stacked: data.kind === "stacked",
            ticks: { color: colour("--muted"), maxRotation: 0, autoSkipPadding: 16, padding: 6, autoSkip: !isAcross },
          };
          if (isAcross) {
            scales.y = along;
            scales.x = scaleOf(data, "y", data.unit);
          } else {
            scales.x = along;
            for (const [axis, unit] of units) scales[axis] = scaleOf(data, axis, unit);
            if (scales.y) scales.y.stacked = data.kind === "stacked";
          }
          return {
            type: data.kind === "line" ? "line" : "bar",
            data: { labels: data.labels, datasets: datasetsOf(data) },
            options: {
              indexAxis: isAcross ? "y" : "x", responsive: true, maintainAspectRatio: false,
              animation: calm.matches ? false : { duration: 250 }, font: { family: getComputedStyle(document.body).fontFamily },
              layout: { padding: { top: (data.marks?.length ?? 0) > 0 ? 10 : 4, right: 4 } },
              interaction: { mode: "index", intersect: false, axis: isAcross ? "y" : "x" },
              scales,
              plugins: { legend: { display: false }, tooltip: tooltipOf(data), pantauMarks: { list: data.marks ?? [] } },
              onClick: (event, _, chart) => {
                const at = chart.getElementsAtEventForMode(event, "index", { intersect: false, axis: isAcross ? "y" : "x" }, true)[0];
                const link = at && data.href?.[at.index];
                if (link) location.assign(link);
              },
              onHover: (event, elements) => {
                const link = elements.length && data.href?.[elements[0].index];
                if (event.native?.target) event.native.target.style.cursor = link ? "pointer" : "";
              },
            },
            plugins: [marks],
          };
        }
        """#

    /// Beginning and end of a chart's life, and its picture.
    static let chartLifeSource: StaticString = #"""
        const inSight = new IntersectionObserver((entries) => {
          for (const entry of entries) {
            if (!entry.isIntersecting) continue;
            inSight.unobserve(entry.target);
            draw(entry.target);
          }
        }, { rootMargin: "200px" });

        async function draw(canvas) {
          try {
            const Chart = await chartJS();
            if (!canvas.isConnected || drawn.has(canvas)) return;
            const data = JSON.parse(canvas.dataset.chart);
            Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
            Chart.defaults.font.size = 12;
            drawn.set(canvas, { chart: new Chart(canvas, configuration(data)), data });
          } catch {
            const figure = canvas.closest("figure");
            if (figure) goWithout(figure);
          }
        }

        function tidy() {
          for (const [canvas, { chart }] of drawn) {
            if (canvas.isConnected) continue;
            chart.destroy();
            drawn.delete(canvas);
          }
        }
        function begin(place) {
          tidy();
          for (const canvas of place.querySelectorAll("canvas[data-chart]")) if (!drawn.has(canvas)) inSight.observe(canvas);
        }
        function redraw() {
          for (const entry of drawn.values()) {
            const hidden = new Set(entry.data.series.flatMap((series, index) => (series.hidden ? [index] : [])));
            const { data, options } = configuration(entry.data);
            entry.chart.data = data;
            entry.chart.options = options;
            entry.chart.data.datasets.forEach((set) => { set.hidden = hidden.has(set.pantau.index); });
            entry.chart.update("none");
          }
        }

        document.addEventListener("pantau:card", (event) => begin(event.target));
        new MutationObserver(redraw).observe(root, { attributes: true, attributeFilter: ["data-appearance"] });
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
        addEventListener("beforeprint", () => { for (const { chart } of drawn.values()) chart.resize(); });
        addEventListener("afterprint", () => { for (const { chart } of drawn.values()) chart.resize(); });

        // The legend shows and hides series.
        document.addEventListener("click", (event) => {
          const button = event.target.closest?.("button[data-series]");
          const canvas = button?.closest("figure")?.querySelector("canvas[data-chart]");
          const entry = canvas && drawn.get(canvas);
          if (!entry) return;
          const index = Number(button.dataset.series);
          const isShown = button.getAttribute("aria-pressed") === "true";
          button.setAttribute("aria-pressed", String(!isShown));
          entry.data.series[index].hidden = isShown;
          entry.chart.data.datasets.forEach((set, place) => {
            if (set.pantau.index === index) entry.chart.setDatasetVisibility(place, !isShown);
          });
          entry.chart.update();
        });

        // A picture of the card's chart: title above, filters below, in the colours that are on the screen.
        function picture(card, captions) {
          const canvas = card.querySelector("canvas[data-chart]");
          const entry = canvas && drawn.get(canvas);
          if (!entry) return null;
          const scale = 2, padding = 24, head = 56, foot = 20 + 18 * captions.length;
          const width = canvas.clientWidth, height = canvas.clientHeight;
          const legend = [...card.querySelectorAll(".legend li")].map((item) => ({
            words: item.textContent.trim(), tone: getComputedStyle(item).getPropertyValue("--tone").trim(),
            isOff: item.querySelector('[aria-pressed="false"]') !== null,
          })).filter((item) => !item.isOff);
          const sheet = document.createElement("canvas");
          sheet.width = (width + 2 * padding) * scale;
          sheet.height = (height + head + foot + 2 * padding) * scale;
          const ctx = sheet.getContext("2d");
          const family = getComputedStyle(document.body).fontFamily;
          ctx.scale(scale, scale);
          ctx.fillStyle = colour("--surface");
          ctx.fillRect(0, 0, sheet.width, sheet.height);
          ctx.fillStyle = colour("--text");
          ctx.font = `650 17px ${family}`;
          ctx.fillText(card.querySelector("h2")?.textContent ?? "", padding, padding + 14);
          ctx.font = `12px ${family}`;
          let x = padding;
          for (const item of legend) {
            ctx.fillStyle = item.tone || colour("--muted");
            ctx.fillRect(x, padding + 30, 14, 4);
            ctx.fillStyle = colour("--muted");
            ctx.fillText(item.words, x + 20, padding + 37);
            x += 40 + ctx.measureText(item.words).width;
          }
          ctx.drawImage(canvas, padding, padding + head, width, height);
          ctx.fillStyle = colour("--muted");
          captions.forEach((words, i) => ctx.fillText(words, padding, padding + head + height + 24 + i * 18));
          return sheet;
        }
        document.addEventListener("pantau:png", (event) => {
          const card = event.target.closest?.("section") ?? event.target;
          const filters = event.detail?.caption ?? captionOf();
          const sheet = picture(card, [filters, document.title].filter(Boolean));
          if (!sheet) return;
          event.preventDefault();
          sheet.toBlob((blob) => {
            const link = document.createElement("a");
            link.href = URL.createObjectURL(blob);
            link.download = `${(card.id || "chart").replace(/^card-/, "pantau-")}.png`;
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 10000);
          }, "image/png");
        });
        // What the page is narrowed to, in words.
        function captionOf() {
          const words = [];
          for (const select of document.querySelectorAll("#filters select[name=range], #filters select[name=compare]")) {
            words.push(select.selectedOptions[0]?.textContent.trim());
          }
          for (const date of document.querySelectorAll("#filters input[type=date]:enabled")) words.push(date.value);
          for (const chip of document.querySelectorAll(".chips .chip")) words.push(chip.textContent.replace("×", "").trim());
          return words.filter(Boolean).join(" · ");
        }
        document.addEventListener("click", (event) => {
          const button = event.target.closest?.("[data-png]");
          const card = button?.closest("section");
          if (!card) return;
          card.dispatchEvent(new CustomEvent("pantau:png", { bubbles: true, cancelable: true }));
          const menu = button.closest("details");
          if (menu) menu.open = false;
        });
        document.addEventListener("toggle", (event) => {
          const button = event.target.querySelector?.("[data-png]");
          if (button) button.hidden = !drawn.has(event.target.closest("section")?.querySelector("canvas[data-chart]"));
        }, true);

        begin(document);
        """#

    /// Numbers as `Figures` writes them on the server.
    static let chartNumbersSource: StaticString = #"""
        const nbsp = "\u00a0";
        const locale = document.documentElement.lang === "id" ? "id-ID" : "en-US";
        const decimals = (places) => new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places });
        const [whole, tenth, hundredth, exact] = [decimals(0), decimals(1), decimals(2), decimals(4)];
        const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
        const signs = { IDR: "Rp", USD: "US$", EUR: "€", GBP: "£", INR: "₹", MYR: "RM", SGD: "S$", BRL: "R$" };
        const percentSign = locale === "id-ID" ? nbsp + "%" : "%";
        const lengths = locale === "id-ID" ? [[86400, "hari"], [3600, "jam"], [60, "mnt"], [1, "dtk"]]
          : [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];

        function duration(seconds) {
          if (seconds < 10 && seconds !== Math.round(seconds)) return `${tenth.format(seconds)} ${lengths[3][1]}`;
          const total = Math.max(0, Math.round(seconds));
          const first = lengths.findIndex(([size]) => total >= size);
          if (first < 0) return `0 ${lengths[3][1]}`;
          const head = `${whole.format(Math.floor(total / lengths[first][0]))} ${lengths[first][1]}`;
          if (first === 3) return head;
          const rest = Math.floor((total % lengths[first][0]) / lengths[first + 1][0]);
          return rest === 0 ? head : `${head} ${rest} ${lengths[first + 1][1]}`;
        }
        function money(value, currency) {
          const size = Math.abs(value);
          const places = size === 0 ? whole : size < 1 ? exact
            : currency === "IDR" && (size >= 1000 || size === Math.round(size)) ? whole : hundredth;
          const sign = currency ? (signs[currency] ?? currency) + nbsp : "";
          return (value < 0 ? "−" : "") + sign + places.format(size);
        }
        function percent(ratio) {
          const shown = ratio < 1 && ratio > 0.9995 ? 0.999 : ratio > 0 && ratio < 0.0005 ? 0.001 : ratio;
          return tenth.format(shown * 100) + percentSign;
        }
        function fullNumber(value, unit, currency) {
          switch (unit) {
            case "ratio": return percent(value);
            case "seconds": return duration(value);
            case "money": return money(value, currency);
            case "number": return hundredth.format(value);
            default: return whole.format(value);
          }
        }
        // Along an axis there is little room.
        function shortNumber(value, unit, currency) {
          switch (unit) {
            case "ratio": return (value * 100 % 1 > 0.001 && value < 0.1 ? tenth : whole).format(value * 100) + percentSign;
            case "seconds": return duration(value);
            case "money": {
              const sign = currency ? (signs[currency] ?? currency) + nbsp : "";
              return sign + (Math.abs(value) >= 1000 ? compact : Math.abs(value) < 10 && value % 1 !== 0 ? hundredth : whole).format(value);
            }
            default: return Math.abs(value) >= 10000 ? compact.format(value) : (value % 1 === 0 ? whole : hundredth).format(value);
          }
        }
        """#
}
