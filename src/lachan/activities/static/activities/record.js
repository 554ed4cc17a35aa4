// The page asks only for the numbers that the chosen channel has, by the words of that channel. Without this file it asks for all.
(() => {
  "use strict";
  const form = document.querySelector("[data-record]");
  if (!form) return;
  const label = (name, word) => {
    const text = form.querySelector(`[data-number="${name}"] label`)?.firstChild;
    if (text) text.textContent = word;
  };
  const show = () => {
    const tile = form.querySelector("[name=channel]:checked")?.closest(".tile");
    if (!tile) return;
    const asks = tile.dataset.asks.split(" ");
    for (const field of form.querySelectorAll("[data-number]")) {
      const name = field.dataset.number;
      const typed = field.querySelector("input")?.value;
      field.hidden = name !== "times" && !asks.includes(name) && !typed;
    }
    label("times", form.dataset.times.replace("#", tile.dataset.countedIn));
    label("audience", form.dataset.audience.replace("#", tile.dataset.reached));
  };
  form.addEventListener("change", (event) => event.target.name === "channel" && show());
  show();
})();
