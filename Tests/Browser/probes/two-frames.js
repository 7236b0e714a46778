// Until what arrived is also drawn.
() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
