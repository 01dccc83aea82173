// Tells the search which questions settled and what answered them, so that it learns: no name goes with it.
// A window reports under a number that it draws by chance, and draws anew after a while without a question.
"use strict";
(() => {
  const PAUSE = 2000; // without a keystroke, and a question has settled
  const IDLE = 10 * 60 * 1000;
  const $ = (selector, within = document) => within.querySelector(selector);
  const form = $("form[data-search]");
  const results = $("[data-pane=results]");
  const answer = $("[data-pane=answer]");
  const template = $("template[data-answered]");
  const told = new Set();
  let number = "";
  let step = 0;
  let last = 0;
  let timer;
  let open; // { search, item } of the answer that is shown, where it came out of a search

  const draw = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const tell = (what, about) => {
    const mark = [what, about.search, about.item, about.how].join(" ");
    if (!about.search || told.has(mark)) return;
    if (!number || performance.now() - last > IDLE) [number, step] = [draw(), 0];
    last = performance.now();
    step += 1;
    told.add(mark);
    fetch(`/api/v1/agent/search/${what}`, {
      method: "POST", credentials: "same-origin", keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRFToken": $("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ ...about, window: number, step }),
    }).catch(() => told.delete(mark));
  };

  /* A question settles when the typing pauses, Enter is pressed, or the window is left */
  const search = () => $("[data-search]", results)?.dataset.search ?? "";
  const settle = () => {
    clearTimeout(timer);
    timer = undefined;
    if (results.getAttribute("aria-busy") === "true") timer = setTimeout(settle, 250);
    else tell("asked", { search: search() });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(settle, PAUSE);
  });
  form.addEventListener("submit", settle);
  addEventListener("pagehide", () => timer && settle());

  /* What is opened from the results, and what answered the question */
  const isResult = (item) => !!$(`a[data-id="${CSS.escape(item)}"]`, results);
  const offer = () => {
    const sheet = $("article.sheet", answer);
    if (!open || !sheet) return;
    const line = template.content.cloneNode(true);
    $("button", line).addEventListener("click", answered);
    sheet.append(line);
  };
  const shown = (item, byHand) => {
    open = search() && isResult(item) ? { search: search(), item } : undefined;
    if (open && byHand) tell("used", { ...open, how: "opened" });
    offer();
  };
  const answered = () => {
    const line = $(".helped", answer);
    if (!open || !line) return;
    tell("used", { ...open, how: "answered" });
    $("button", line).hidden = true;
    $("[role=status]", line).textContent = template.dataset.noted;
  };
  const answeredByResult = (link) => {
    const hit = link.closest(".hit");
    if ($(".answered", hit)) return;
    tell("used", { search: search(), item: link.dataset.id, how: "answered" });
    const tag = Object.assign(document.createElement("span"), { className: "tag answered", textContent: template.dataset.tag });
    tag.setAttribute("role", "status");
    link.after(" ", tag);
  };
  document.addEventListener("desk:opened", (event) => {
    clearTimeout(timer);
    shown(event.detail, true);
  });
  const here = location.pathname.match(/items\/([0-9a-f-]{36})/);
  if (here) shown(here[1], false);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "y" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, select, textarea") || $("dialog[open]") || !$("[data-single]").checked) return;
    event.preventDefault();
    const link = document.activeElement.closest?.("a[data-id]");
    if (link && results.contains(link)) answeredByResult(link);
    else answered();
  });
})();
