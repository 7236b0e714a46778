// Whether all that the page fetches for itself has arrived, the fonts too.
() => document.readyState === "complete" && document.fonts.status === "loaded"
  && document.querySelector("main [aria-busy='true']") === null
