// Live typing, opening without a reload, keys, and news as it happens. Every page works without it.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const pane = (name) => $(`[data-pane=${name}]`);
  const words = $("template[data-words]").dataset;
  const form = $("form[data-search]");
  const field = $("input[type=search]", form);
  const wide = matchMedia("(min-width: 64rem)");
  document.documentElement.classList.add("scripted");
  $("[data-keys]").hidden = false;

  /* Panes from the server */
  const fetchPane = async (address, name, signal) => {
    const response = await fetch(address, { headers: { "X-Desk": name }, signal, credentials: "same-origin" });
    if (response.redirected || response.status === 403) {
      location.reload();
      throw new DOMException("Signed out", "AbortError");
    }
    if (!response.ok && response.status !== 404) throw new Error(response.statusText);
    return response.text();
  };
  const say = (name, sentence) => {
    $("[data-said]", pane(name))?.remove();
    const place = document.createElement("p");
    place.dataset.said = "";
    place.className = "empty";
    place.setAttribute("role", "alert");
    place.textContent = sentence;
    pane(name).prepend(place);
  };

  /* What a screen reader is told: one sentence for each pane, when it has settled. The places stay, since
     what comes into the page together with its words isn't read out. */
  const inText = (place) => place.textContent.replace(/\s+/g, " ").trim();
  const telling = {};
  const tell = (name, sentence) => {
    clearTimeout(telling[name]);
    telling[name] = setTimeout(() => {
      const place = $(`[data-told=${name}]`);
      const said = sentence();
      if (place.textContent !== said) place.textContent = said;
    }, 500);
  };

  /* Find: every keystroke asks; an answer that is overtaken is thrown away, whatever the network does */
  let typing;
  let asking = 0;
  let answered = Promise.resolve();
  const pick = (address) => [...new URL(address).searchParams].filter(([name]) => ["as_typed", "service"].includes(name));
  let beside = pick(location.href);
  const asked = () => {
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (!value.trim()) query.delete(name);
    for (const [name, value] of beside) query.set(name, value);
    return query;
  };
  const renew = (html) => {
    const kept = $("a[data-id]:focus", pane("results"))?.dataset.id;
    pane("results").innerHTML = html;
    if (kept) $(`a[data-id="${CSS.escape(kept)}"]`, pane("results"))?.focus();
    tell("results", () => $$(".corrected, .count", pane("results")).map(inText).join(" "));
  };
  const seek = async (half) => {
    typing?.abort();
    typing = new AbortController();
    const { signal } = typing;
    const mine = ++asking;
    const query = asked();
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
    if (half) query.set("typing", "1");
    const slow = setTimeout(() => pane("results").setAttribute("aria-busy", "true"), 100);
    try {
      const html = await fetchPane(`${form.getAttribute("action")}?${query}`, "results", signal);
      if (mine === asking) renew(html);
    } catch (error) {
      if (error.name !== "AbortError" && mine === asking) say("results", words.failed);
    } finally {
      clearTimeout(slow);
      if (mine === asking) pane("results").removeAttribute("aria-busy");
    }
    if (mine === asking && filters.open) count();
  };
  form.addEventListener("input", (event) => {
    if (event.target === field) beside = [];
    answered = seek(event.target === field);
  });

  /* Filters: how many each would leave is counted while they are open; a list in use stays where it is */
  const filters = $("details.filters", form);
  const count = async () => {
    const mine = asking;
    try {
      const html = await fetchPane(`${form.getAttribute("action")}?${asked()}`, "filters", typing?.signal);
      if (mine !== asking) return;
      const place = pane("filters");
      const used = place.contains(document.activeElement) ? document.activeElement.name : "";
      if (used) {
        const fresh = new DOMParser().parseFromString(html, "text/html");
        for (const option of $$("option", place)) {
          const name = option.parentElement.name;
          const twin = $(`select[name="${name}"] option[value="${CSS.escape(option.value)}"]`, fresh);
          option.textContent = twin?.textContent ?? option.textContent.replace(/ \([^()]*\)$/, "");
        }
      } else place.innerHTML = html;
    } catch {
      // the results stand; only their counts are missing
    }
  };
  filters.addEventListener("toggle", () => filters.open && count());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const mine = asking;
    await answered;
    const first = $("a[data-id]", pane("results"));
    if (first && mine === asking) open(first.href);
  });

  /* Answer: opened in place, with an address of its own */
  let opening;
  let openAt = location.href;
  const changed = $("[data-changed]");
  const open = async (address, push = true) => {
    opening?.abort();
    opening = new AbortController();
    const { signal } = opening;
    const slow = setTimeout(() => pane("answer").setAttribute("aria-busy", "true"), 100);
    try {
      const html = await fetchPane(address, "answer", signal);
      if (signal.aborted) return;
      const place = pane("answer");
      place.innerHTML = html;
      place.scrollTop = 0;
      openAt = new URL(address, location.href).href;
      changed.hidden = true;
      document.body.classList.add("answering");
      const title = $("[data-title]", place)?.dataset.title;
      document.title = title ? `${title} – ${words.desk}` : words.desk;
      badges();
      if (push) history.pushState({ desk: true }, "", address);
      const id = new URL(address, location.href).pathname.split("/").at(-2);
      for (const link of $$("a[data-id]", pane("results"))) {
        link.closest(".hit").classList.toggle("current", link.dataset.id === id);
        if (link.dataset.id === id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      document.dispatchEvent(new CustomEvent("desk:opened", { detail: id }));
      place.focus({ preventScroll: wide.matches });
      if (!wide.matches) place.scrollIntoView();
    } catch (error) {
      if (error.name === "AbortError") return;
      say("answer", words.failed);
      pane("answer").scrollTop = 0;
    } finally {
      clearTimeout(slow);
      if (!signal.aborted) pane("answer").removeAttribute("aria-busy");
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-item], a[data-seek]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.matches("[data-seek]")) {
      beside = pick(link.href);
      field.focus();
      answered = seek(false);
      answered.then(() => document.activeElement === field && $("a[data-id]", pane("results"))?.focus());
    } else open(link.href);
  });
  addEventListener("popstate", () => open(location.href, false));

  /* When what is being read changes, a line floats over its end; the text stays until the person asks */
  const showChanged = () => !changed.hidden && open(openAt, false);
  let comparing;
  const compare = () => {
    clearTimeout(comparing);
    comparing = setTimeout(async () => {
      const address = openAt;
      if (!$("[data-title]", pane("answer"))) return;
      try {
        const fresh = document.createElement("template");
        fresh.innerHTML = await fetchPane(address, "answer");
        $("[data-said]", pane("answer"))?.remove();
        if (openAt !== address || inText(fresh.content) === inText(pane("answer"))) return;
        changed.hidden = false;
        tell("state", () => words.renew);
      } catch {
        // The news has told it; the answer is fresh when it is opened again.
      }
    }, 200);
  };
  $("button", changed).addEventListener("click", showChanged);

  /* News: what arrives waits until the pane isn't being read, or the person asks */
  const news = pane("news");
  let arrived = new Map();
  let stream;
  let place = $("[data-cursor]", news).dataset.cursor;
  const unread = () => Number($("[data-count]", news).dataset.count);
  const badges = () => {
    const count = unread() + arrived.size;
    for (const badge of $$("[data-badge]")) {
      badge.textContent = count;
      badge.hidden = !count;
    }
    document.title = `${count ? `(${count}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
  };
  const line = (sentence = "", button = "") => {
    const holder = $("[data-line]", news);
    holder.replaceChildren();
    if (button) {
      const show = Object.assign(document.createElement("button"), { type: "button", textContent: button });
      show.addEventListener("click", () => showNews(true));
      holder.append(show);
    }
    holder.append(Object.assign(document.createElement("span"), { textContent: sentence }));
  };
  const inWords = (updates) => {
    const last = updates.at(-1);
    const count = updates.length === 1 ? words.newOne : words.newMany.replace("%(n)s", updates.length);
    return `${count}: ${last.title}: ${last.sentence}`;
  };
  const tellWaiting = () => {
    badges();
    if (!arrived.size) return line(words.live);
    return line(inWords([...arrived.values()]), words.show);
  };
  const warn = (sentence, button) => {
    line(sentence, button);
    tell("state", () => sentence);
  };
  let untold = [];
  const tellNew = (update) => {
    untold.push(update);
    tell("news", () => inWords(untold.splice(0)));
  };
  const isRead = () =>
    !wide.matches || news.matches(":hover") || news.matches(":focus-within") || news.scrollTop > 0;
  let showing = false;
  const isListed = (cursor) => $(`[data-update="${CSS.escape(cursor)}"]`, news);
  const showNews = async (wanted = false) => {
    if (showing) return;
    showing = true;
    try {
      const known = new Set(arrived.keys());
      const html = await fetchPane(`${form.getAttribute("action")}?${asked()}`, "news");
      if (!wanted && isRead()) return;
      news.innerHTML = html;
      arrived = new Map([...arrived].filter(([cursor]) => !known.has(cursor) && !isListed(cursor)));
      news.scrollTop = 0;
      tellWaiting();
      if (wanted) $("[data-update] .what a", news)?.focus();
      if (arrived.size && !isRead()) setTimeout(showNews, 200);
    } catch (error) {
      if (error.name !== "AbortError" && wanted) warn(words.failed, words.show);
    } finally {
      showing = false;
    }
  };
  const onUpdate = (event) => {
    place = event.lastEventId;
    const update = JSON.parse(event.data);
    compare();
    if (update.acknowledged || isListed(update.cursor)) return;
    arrived.set(update.cursor, update);
    tellNew(update);
    tellWaiting();
    if (!isRead()) showNews();
  };
  const listen = () => {
    stream = new EventSource(`/api/v1/agent/updates/stream?after=${encodeURIComponent(place)}`);
    stream.addEventListener("update", onUpdate);
    stream.addEventListener("restart", () => {
      stream.close();
      arrived.clear();
      showNews(true).then(() => {
        place = $("[data-cursor]", news).dataset.cursor;
        listen();
      });
    });
    stream.addEventListener("open", () => {
      if ($("[data-told=state]").textContent === words.lost) tell("state", () => words.live);
      tellWaiting();
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) {
        warn(words.ended);
        setTimeout(listen, 10000);
      } else warn(words.lost);
    });
  };
  listen();
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => event.persisted && listen());

  /* Acknowledging: the line stays where it is, ticked */
  const acknowledge = async (row) => {
    const ack = $("form[data-ack]", row);
    if (!ack || ack.hidden) return;
    const hadFocus = row.contains(document.activeElement);
    ack.hidden = true;
    $(".got", row).hidden = false;
    row.classList.add("done");
    try {
      const response = await fetch(`/api/v1/agent/updates/${row.dataset.update}/ack`, {
        method: "POST", credentials: "same-origin",
        headers: { "X-CSRFToken": $("[name=csrfmiddlewaretoken]", ack).value },
      });
      if (!response.ok) throw new Error(response.statusText);
      $("[data-count]", news).dataset.count = Math.max(0, unread() - 1);
      badges();
      tell("state", () => words.acknowledged.replace("%(title)s", () => $(".what a", row).textContent));
      if (hadFocus) ($("[data-update]:not(.done) .what a", news) ?? $(".what a", row)).focus();
    } catch {
      ack.hidden = false;
      $(".got", row).hidden = true;
      row.classList.remove("done");
      warn(words.failed);
    }
  };
  news.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-ack]")) return;
    event.preventDefault();
    acknowledge(event.target.closest("[data-update]"));
  });

  /* Keys */
  const keys = $("[data-keys-shown]");
  const single = $("[data-single]", keys);
  single.checked = localStorage.getItem("desk-single-keys") !== "off";
  single.addEventListener("change", () => localStorage.setItem("desk-single-keys", single.checked ? "on" : "off"));
  $("[data-keys]").addEventListener("click", () => keys.showModal());
  const step = (links, by) => {
    const at = links.indexOf(document.activeElement);
    if (by < 0 && at === 0 && links[0].matches("[data-id]")) return field.select(), field.focus();
    return links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  const rows = () => (news.contains(document.activeElement) ? $$(".what a", news) : $$("a[data-id], a[data-more]", pane("results")));
  const letters = {
    "/": () => { field.focus(); field.select(); },
    a: () => {
      const chosen = document.activeElement.closest?.("[data-update]:not(.done)");
      const row = chosen ?? $("[data-update]:not(.done)", news);
      if (row) acknowledge(row);
    },
    n: () => (arrived.size ? showNews(true) : $(".what a", news)?.focus()),
    r: showChanged,
    t: () => { const other = $(".tabs [data-other]"); if (other) open(other.href); },
    "?": () => keys.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    const inList = document.activeElement.matches("[data-id], [data-more], [data-update] a, [data-update] summary");
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (document.activeElement === field || inList)) {
      event.preventDefault();
      step(rows(), event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "/" && document.activeElement === field && !field.value) {
      event.preventDefault();
    } else if (event.key === "Escape" && document.activeElement !== field) {
      field.focus();
    } else if (!event.target.matches("input, select, textarea") && single.checked && letters[event.key]) {
      event.preventDefault();
      letters[event.key]();
    }
  });
})();
