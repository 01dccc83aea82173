// Two things that Wagtail's own markup leaves out (WCAG 4.1.2 and 2.1.1): its rich text areas have no
// name, and the outline beside a long form can't be scrolled by keyboard.
(() => {
  const mend = () => {
    document.querySelectorAll(".public-DraftEditor-content:not([aria-label])").forEach((area) => {
      let around = area.parentElement;
      let label = null;
      while (around && !label) {
        label = around.querySelector(".w-field__label, [data-panel-heading-text]");
        around = around.parentElement;
      }
      const words = label?.textContent.replace("*", "").trim();
      if (words) area.setAttribute("aria-label", words);
    });
    document.querySelectorAll(".w-minimap__list:not([tabindex])").forEach((list) => {
      list.setAttribute("tabindex", "0");
    });
  };
  document.addEventListener("DOMContentLoaded", () => {
    mend();
    new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  });
})();
