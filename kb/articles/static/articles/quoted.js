// When another service is chosen, offer that service's facts. Without this, they are offered after saving.
(() => {
  const offer = (box, facts, ticked) => {
    box.replaceChildren(
      ...facts.map(({ key, label }, number) => {
        const row = document.createElement("div");
        const name = document.createElement("label");
        const input = document.createElement("input");
        Object.assign(input, { type: "checkbox", name: "quoted", value: key, id: `id_quoted_${number}` });
        input.checked = ticked.has(key);
        name.htmlFor = input.id;
        name.append(input, ` ${label}`);
        row.append(name);
        return row;
      }),
    );
  };

  document.addEventListener("change", async (event) => {
    const select = event.target;
    const box = document.getElementById("id_quoted");
    if (select.id !== "id_service_item" || !box) return;
    const ticked = new Set([...box.querySelectorAll("input:checked")].map((input) => input.value));
    const address = document.querySelector("[data-facts-url]")?.dataset.factsUrl;
    box.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${address}?service=${encodeURIComponent(select.value)}`);
      if (answer.ok) offer(box, (await answer.json()).facts, ticked);
    } finally {
      box.removeAttribute("aria-busy");
    }
  });
})();
