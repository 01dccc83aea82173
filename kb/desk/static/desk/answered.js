// Tells the search which questions settled and what answered them, so that it learns: no name goes with it.
// Each search is reported under a number that is drawn by chance and forgotten with it.
"use strict";
(() => {
  const PAUSE = 2000; // without a keystroke, and a question has settled
  const IDLE = 10 * 60 * 1000;
  const $ = (selector, within = document) => within.querySelector(selector);
  const form = $("form[data-search]");
  const field = $("input[type=search]", form);
  const results = $("[data-pane=results]");
  const answer = $("[data-pane=answer]");
  const template = $("template[data-answered]");
  const search = () => $("[data-search]", results)?.dataset.search ?? "";
  const squashed = () => field.value.toLowerCase().replaceAll(/\s/g, "");
  let run; // the search that goes on
  let open; // the answer that is shown, where it came out of a search: { search, item, run }
  let timer;

  /* One search: what is typed on, until something was used or something else is asked */
  const running = () => {
    const text = squashed();
    const goesOn = run && text && (text.startsWith(run.text) || run.text.startsWith(text));
    if (!goesOn || (run.used && text !== run.text) || performance.now() - run.at > IDLE) {
      const signs = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0"));
      run = { number: signs.join(""), step: 0, told: new Set(), used: false };
    }
    return Object.assign(run, { text, at: performance.now() });
  };
  const tell = (what, about, one = running()) => {
    const mark = [what, about.search, about.item, about.how].join(" ");
    if (!about.search || one.told.has(mark)) return;
    one.told.add(mark);
    one.used ||= what === "used";
    one.step += 1;
    fetch(`/api/v1/agent/search/${what}`, {
      method: "POST", credentials: "same-origin", keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRFToken": $("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ ...about, window: one.number, step: one.step }),
    }).catch(() => one.told.delete(mark));
  };

  /* A question settles when the typing pauses, Enter is pressed, or the window is left */
  const settle = () => {
    clearTimeout(timer);
    timer = undefined;
    if (results.getAttribute("aria-busy") === "true") timer = setTimeout(settle, 250);
    else tell("asked", { search: search() });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(settle, PAUSE);
    if (squashed().length < 2) run = undefined; // begun anew, for the next caller
  });
  form.addEventListener("submit", settle);
  addEventListener("pagehide", () => timer && settle());

  /* What is opened from the results, and what answered the question */
  const shown = (item, byHand) => {
    const isResult = search() && $(`a[data-id="${CSS.escape(item)}"]`, results);
    open = isResult ? { search: search(), item, run: running() } : undefined;
    if (!open) return;
    if (byHand) tell("used", { search: open.search, item, how: "opened" }, open.run);
    const line = template.content.cloneNode(true);
    $("button", line).addEventListener("click", answered);
    $("article.sheet", answer)?.append(line);
  };
  const answered = () => {
    const line = $(".helped", answer);
    if (!open || !line) return;
    tell("used", { search: open.search, item: open.item, how: "answered" }, open.run);
    $("button", line).hidden = true;
    $("[role=status]", line).textContent = template.dataset.noted;
  };
  const answeredBy = (link) => {
    if ($(".answered", link.closest(".hit"))) return;
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
    if (link && results.contains(link)) answeredBy(link);
    else answered();
  });
})();
