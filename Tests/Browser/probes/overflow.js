// What is wider than the window and not inside something that scrolls by itself.
() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(element))
    .map((element) => `${element.tagName.toLowerCase()}.${element.className} reaches x=${
      Math.round(element.getBoundingClientRect().right)}`);
  return [`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth}`, ...wide.slice(0, 5)];
}
