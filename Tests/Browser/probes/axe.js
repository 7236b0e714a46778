// What axe-core finds, told shortly. Style sheets are this host's own: nothing needs to be fetched again.
async () => {
  const found = await axe.run(document, {
    preload: false, resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  return found.violations.filter((rule) => ["serious", "critical"].includes(rule.impact)).map((rule) =>
    `axe ${rule.id} (${rule.impact}): ${rule.help}; ${rule.nodes.length} places${
      rule.nodes.slice(0, 5).map((node) => `\n      ${node.target.join(" ")}\n        ${
        node.failureSummary.replace(/\s+/g, " ").replace(/^Fix (any|all) of the following: /, "")}`).join("")}`);
}
