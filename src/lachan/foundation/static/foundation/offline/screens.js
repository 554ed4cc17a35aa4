// One screen at a time; the words come with the page (`offline-words`), the markup from its sections and templates.
export const WORDS = JSON.parse(document.getElementById("offline-words").textContent);
export const the = (name) => document.getElementById(`off-${name}`);

/** A sentence with its gaps filled: "{count} việc chưa gửi". */
export const say = (sentence, gaps = {}) => (WORDS[sentence] ?? sentence).replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);

/** An element with words or others in it. */
export function made(tag, attributes = {}, ...inside) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) one.setAttribute(name, value === true ? "" : value);
  one.append(...inside);
  return one;
}

export function show(name) {
  the("wait").hidden = true;
  for (const one of document.querySelectorAll("#offline > section")) one.hidden = one !== the(name);
  const heading = the(name).querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

export const shown = () => document.querySelector("#offline > section:not([hidden])")?.id.slice(4) ?? "";

export function announce(sentence) {
  the("said").replaceChildren(made("p", {}, sentence));
}

const drawn = (name) => the(name).content.firstElementChild.cloneNode(true);

/** One thing of the queue as a line of the list. */
export function line(item, title, meta) {
  const one = drawn("item");
  one.dataset.id = item.id;
  one.querySelector("[data-title]").textContent = title;
  one.querySelector("[data-state]").replaceWith(drawn(`state-${item.state}`));
  one.querySelector("[data-meta]").textContent = meta;
  for (const fault of item.faults ?? []) one.querySelector("[data-faults]").append(made("p", { class: "field-error" }, fault.text));
  for (const button of one.querySelectorAll("[data-act]")) {
    button.append(made("span", { class: "away" }, ` ${title}`));
    button.disabled = item.state === "sending";
  }
  return one;
}

/** What is wrong, over the form and at each control. `faults`: the name of a control (or none), and a sentence. */
export function tell(section, faults) {
  section.querySelector(".error-summary")?.remove();
  for (const wrong of section.querySelectorAll(".field-error")) wrong.remove();
  for (const wrong of section.querySelectorAll(".field-wrong")) wrong.classList.remove("field-wrong");
  if (!faults.length) return;
  const box = drawn("summary");
  box.querySelector("h2").textContent = say("to_mend", { count: faults.length });
  const list = made("ul");
  box.querySelector("[data-list]").replaceWith(list);
  for (const { name, text } of faults) {
    const control = name && section.querySelector(`[name="${CSS.escape(name)}"]`);
    const field = control?.closest(".field, .answer");
    list.append(made("li", {}, control?.id ? made("a", { href: `#${control.id}` }, text) : text));
    if (!field) continue;
    field.classList.add("field-wrong");
    const words = made("p", { class: "field-error", id: `${control.id}_error` }, text);
    (field.querySelector("legend, .pills, label")?.closest("legend, .field-head, .question") ?? field.firstElementChild).after(words);
  }
  section.querySelector("h1").after(box);
  box.addEventListener("click", (event) => {
    const control = event.target.hash && document.getElementById(event.target.hash.slice(1));
    if (control) { event.preventDefault(); control.focus(); }
  });
  box.focus();
}

/** What is wrong with a form of one line, under it; nothing where there is no sentence. */
export function wrong(form, sentence) {
  const place = form.querySelector(":scope > .field-error");
  place.hidden = !sentence;
  place.textContent = sentence;
}

/** Two versions of some answers beside each other, one of each to be chosen. */
export function sideBySide(answers) {
  return answers.map(({ name, label, theirs, mine }, place) => {
    const choices = theirs.map((one, at) => [`theirs-${at}`, one]).concat([["mine", { text: mine, by: say("mine") }]]);
    const drawnOnes = choices.map(([value, one]) => {
      const id = `off-choice-${place}-${value}`;
      return made("div", { class: "choice" },
        made("input", { type: "radio", name: `choice-${name}`, id, value, required: true }),
        made("label", { for: id }, made("span", { class: "soft" }, one.by), made("br"), made("strong", {}, one.text || say("blank"))));
    });
    return made("div", { class: "field" }, made("fieldset", {}, made("legend", {}, label), made("div", { class: "side-by-side" }, ...drawnOnes)));
  });
}
