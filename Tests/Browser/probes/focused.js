// What has the focus, whether that can be seen, and whether it lies in the window with nothing over it.
() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const shows = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
    || style.boxShadow !== "none";
  const faults = [];
  if (!shows(getComputedStyle(element))) faults.push("nothing shows that it has the focus");
  const box = element.getClientRects()[0];
  if (!box || box.width === 0 || box.height === 0) {
    faults.push("it has no size");
  } else if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) {
    faults.push("it is outside the window");
  } else {
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
    const over = document.elementFromPoint(x, y);
    if (over && !element.contains(over) && !over.contains(element)) {
      faults.push(`${over.tagName.toLowerCase()}.${over.className} lies over it`);
    }
  }
  return { path: globalThis.__path(element), faults };
}
