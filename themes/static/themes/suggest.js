/* Adds suggestions to the search fields. Without it, or when anything fails, the form works as it is. */
"use strict";
(() => {
  const WAIT = 150;
  const LEAST = 2;

  function suggestFor(input, number) {
    const list = document.createElement("ul");
    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggest);
    list.hidden = true;
    input.parentElement.append(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    let timer = 0;
    let asked = "";
    let chosen = -1;

    const options = () => Array.from(list.children);
    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (next) => {
      const all = options();
      chosen = (next + all.length) % all.length;
      all.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
      input.setAttribute("aria-activedescendant", all[chosen].id);
    };
    const go = (option) => {
      input.value = option.textContent;
      close();
      input.form.requestSubmit();
    };
    const show = (found) => {
      list.replaceChildren();
      found.slice(0, 8).forEach((title, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = title;
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          go(option);
        });
        list.append(option);
      });
      chosen = -1;
      list.hidden = list.children.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    const ask = async () => {
      const text = input.value.trim();
      asked = text;
      if (text.length < LEAST) {
        close();
        return;
      }
      try {
        const answer = await fetch(`/api/v1/public/suggest?q=${encodeURIComponent(text)}`, {
          credentials: "omit",
        });
        const found = answer.ok ? await answer.json() : {};
        if (asked === text && document.activeElement === input) {
          show(found.suggestions || []);
        }
      } catch {
        close();
      }
    };

    input.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) {
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const before = event.key === "ArrowUp";
        choose(chosen < 0 ? (before ? -1 : 0) : chosen + (before ? -1 : 1));
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        go(options()[chosen]);
      }
    });
    input.addEventListener("blur", close);
  }

  document.querySelectorAll("input[data-suggest]").forEach(suggestFor);
})();
