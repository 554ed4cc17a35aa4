// Saving while one types, seeing what others type, keeping on this machine what could not be saved. The form works without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-return]");
  if (!form) return;
  const status = document.getElementById("autosave-status");
  const answers = () => form.querySelectorAll("[data-answer]");
  const isDirty = (control) => control.value !== control.defaultValue; // the default is what the server has
  const choice = (control) => form.querySelector(`input[name="${control.name}_keep"]:checked`);
  let sent = new Map();

  // A save carries only what was changed, so that it stays small on a slow line.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target !== form) return;
    form.elements.turn.value = Number(form.elements.turn.value) + 1;
    const data = event.detail.formData;
    data.set("turn", form.elements.turn.value);
    data.set("since", document.getElementById("since").value);
    sent = new Map();
    for (const control of answers()) {
      data.delete(`${control.name}_asked`);
      const chosen = choice(control)?.value;
      if (isDirty(control) || chosen !== undefined) sent.set(control, { text: chosen ?? control.value, chosen });
      else for (const name of [control.name, `${control.name}_seen`]) data.delete(name);
    }
    if (!sent.size) event.preventDefault();
  });

  form.addEventListener("submit", () => {
    form.elements.turn.value = Number(form.elements.turn.value) + 1; // a save still under way is older than this
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form && event.target.id !== "others") return;
    const { status: answered } = event.detail.xhr;
    if (answered) ended = answered === 401;
    if (ended) said(form.dataset.ended);
    if (event.target === form && event.detail.successful) {
      for (const [control, { text, chosen }] of sent) {
        if (chosen !== undefined) control.value = text;
        control.defaultValue = text;
      }
    } else if (event.target === form && answered === 409) said(event.detail.xhr.responseText);
    for (const news of form.querySelectorAll("[data-fresh]")) show(news);
    keep();
  });

  // What another wrote comes into a control that is not being typed in; while people differ, nobody's words are replaced.
  function show(news) {
    const control = document.getElementById(news.dataset.fresh);
    news.removeAttribute("data-fresh");
    if (!control) return;
    const plain = (text) => text.replace(/\r\n?/g, "\n");
    const untouched = !isDirty(control) || plain(control.value).trim() === plain(news.dataset.text);
    if (!untouched && !("disputed" in news.dataset)) return;
    document.getElementById(`${control.id}_seen`).value = news.dataset.seen;
    if ("disputed" in news.dataset || control === document.activeElement && plain(control.value).trim() === plain(news.dataset.text)) return;
    control.defaultValue = news.dataset.text;
    control.value = news.dataset.text;
    control.dispatchEvent(new CustomEvent("answer-shown", { bubbles: true }));
  }

  function said(words) {
    status.classList.add("autosave-failed");
    status.textContent = words;
  }

  // In this browser: only what is not saved yet, only for this person, gone on signing out (design.js) or after half a day. On a
  // device that is not the person's own it goes with the tab and with the session too; then this page alone still holds it.
  const LONGEST = 12 * 3600 * 1000;
  const isOwn = "ownDevice" in form.dataset;
  const store = () => (isOwn ? localStorage : sessionStorage); // a browser may forbid either
  const place = `lachan-typed-${form.dataset.return}`;
  const person = form.dataset.return.split("-")[1];

  let leaving = false, ended = false;
  document.addEventListener("submit", (event) => { leaving ||= event.target.matches("[action$='/logout/']"); });

  function keep() {
    if (leaving) return;
    const texts = offer.hidden ? {} : { ...found.texts };
    for (const control of answers()) if (isDirty(control)) texts[control.name] = control.value;
    try {
      if (Object.keys(texts).length && (isOwn || !ended)) store().setItem(place, JSON.stringify({ at: Date.now(), texts }));
      else store().removeItem(place);
    } catch { /* a full or forbidden store: the page itself still holds what was typed */ }
  }

  function left() {
    try {
      for (const kept of [localStorage, sessionStorage])
        for (const key of Object.keys(kept))
          if (key.startsWith("lachan-typed-") && !(kept === store() && key.endsWith(`-${person}`))) kept.removeItem(key);
      const found = JSON.parse(store().getItem(place) ?? "null");
      return found && Date.now() - found.at < LONGEST ? found : null;
    } catch {
      return null;
    }
  }

  const offer = document.getElementById("unsaved");
  const found = left();
  const unsaved = [...answers()].filter((one) => found?.texts[one.name] !== undefined && found.texts[one.name] !== one.value);
  if (unsaved.length) {
    offer.querySelector("[data-when]").textContent = new Date(found.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    offer.hidden = false;
  } else keep();
  offer.addEventListener("click", (event) => {
    if (event.target.closest("[data-take]")) {
      for (const control of unsaved) {
        control.value = found.texts[control.name];
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    } else if (!event.target.closest("[data-drop]")) return;
    offer.hidden = true;
    keep();
    (unsaved[0] ?? form).focus();
  });
  form.addEventListener("input", keep);
})();
