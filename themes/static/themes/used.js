/* Tells which result was opened, so that it may come sooner next time: the question and the result, not who
   asked. Nothing waits for it, and without it, or when it fails, the links work as they are. */
"use strict";
(() => {
  const list = document.querySelector("[data-search]");
  const told = new Set();
  if (!list || !list.dataset.search || !navigator.sendBeacon) {
    return;
  }
  const tell = (event) => {
    const link = event.target.closest("a[data-item]");
    if (!link || event.button > 1 || told.has(link.dataset.item)) {
      return;
    }
    told.add(link.dataset.item);
    const used = { search: list.dataset.search, item: link.dataset.item, how: "opened" };
    navigator.sendBeacon(
      "/api/v1/public/search/used",
      new Blob([JSON.stringify(used)], { type: "application/json" }),
    );
  };
  list.addEventListener("click", tell);
  list.addEventListener("auxclick", tell); // the middle button opens a tab
})();
