// A name for everything on the page that can be seen and acted upon: what Tab has to reach.
// A group of radio buttons is one stop.
() => {
  const path = (element) => {
    const steps = [];
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (at.id) { steps.unshift(`#${at.id}`); break; }
      const same = [...at.parentElement.children].filter((other) => other.tagName === at.tagName);
      steps.unshift(`${at.tagName.toLowerCase()}${same.length > 1 ? `:nth-of-type(${same.indexOf(at) + 1})` : ""}`);
    }
    return steps.join(">");
  };
  globalThis.__path = path;
  const selector = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable='true']";
  const names = [...document.querySelectorAll(selector)].filter((element) => {
    if (element.matches(":disabled, [inert] *, [tabindex='-1']") || element.type === "hidden") return false;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
    if (element.type !== "radio") return true;
    const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)];
    return element === (group.find((radio) => radio.checked) ?? group[0]);
  }).map(path);
  return names;
}
