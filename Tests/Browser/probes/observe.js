// Runs before anything of the page: writes down what moves and what the page's own policy forbids.
(() => {
  const seen = { shifts: [], violations: [] };
  Object.defineProperty(globalThis, "__observed", { value: seen });
  const name = (node) => {
    if (!node) return "?";
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element) return "?";
    const holder = element.closest("[id]");
    const words = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    const kind = element.className ? `.${String(element.className).split(" ").join(".")}` : "";
    return `${holder ? `#${holder.id} ` : ""}${element.tagName.toLowerCase()}${kind} “${words}”`;
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      const moved = entry.sources.map(
        (source) => `${name(source.node)} from y=${source.previousRect.y} to y=${source.currentRect.y}`);
      seen.shifts.push({ value: entry.value, at: Math.round(entry.startTime), moved });
    }
  }).observe({ type: "layout-shift", buffered: true });
  document.addEventListener("securitypolicyviolation", (event) => {
    seen.violations.push(`${event.effectiveDirective}: ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
  });
})();
