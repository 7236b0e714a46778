// What came over the wire for this page, by address.
() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map((entry) => ({ url: entry.name, bytes: entry.transferSize }))
