// Returns without a network: the form drawn from what was taken along, checked by its rules, sent as the page of the return would be.
import { outcome } from "../foundation/offline/queue.js";
import { made } from "../foundation/offline/screens.js";
import * as answers from "./answers.js";

const nameOf = (key) => `q${key}`;
const idOf = (key) => `off-q${key}`;
const filled = (sentence, gaps) => sentence.replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);
const carriedBy = (pack, item) => pack?.returns.find((one) => one.key === item.body.key);
const box = (name) => document.getElementById(`off-${name}`);

export const beginnings = () => [];
export const carried = ({ returns, words }) =>
  returns.map((one) => ({ title: one.title, word: words.fill_in, meta: filled(words.due, one), preset: { key: one.key } }));
export const same = (item, preset) => item.body.key === preset.key;

// `typed` by question; `seen` is what stood there when it was begun: by it the server tells whose answer came between.
export function begin(pack, { key }) {
  const from = pack.returns.find((one) => one.key === key);
  const texts = Object.fromEntries(Object.keys(from.asks).map((one) => [one, from.draft[one]?.[0] ?? ""]));
  const seen = Object.fromEntries(Object.entries(from.draft).map(([one, [, mark]]) => [one, mark]));
  return { body: { key, title: from.title, version: from.version, typed: texts, seen, chosen: {}, sure: [], turn: 0 }, where: from.unit };
}

export const title = ({ body }) => body.title;

export async function open(section, item, { pack }) {
  const from = carriedBy(pack, item);
  box("return-title").textContent = item.body.title;
  box("return-due").textContent = from ? filled(pack.words.due, from) : "";
  box("asked").replaceChildren(...(from ? from.chapters.flatMap((chapter) => drawn(chapter, from, item.body, pack.words)) : [made("p", {}, pack.words.gone)]));
  drawUnmet(item, item.faults ?? [], pack.words);
}

function drawn({ title: heading, blocks }, from, body, words) {
  return [...(heading ? [made("h2", {}, heading)] : []), ...blocks.flatMap((block) => {
    if (block.kind !== "table") return block.questions.map((key) => asked(key, from, body, words));
    return [made("h3", {}, block.title), ...block.lines.flatMap(({ label, group, cells }) => [
      ...(group ? [made("h4", {}, group)] : []),
      made("fieldset", { class: "fieldset" }, made("legend", {}, label), made("div", { class: "counts" },
        ...cells.map((key, at) => key && asked(key, from, body, words, block.columns[at])).filter(Boolean))),
    ])];
  })];
}

function asked(key, from, body, words, label = null) {
  const { text, help, counted_in, number, required } = from.asks[key];
  const { choices } = from.rules.questions.find((one) => one.key === key);
  const name = made("label", { for: idOf(key) }, label ?? text, counted_in ? made("span", { class: "soft" }, ` (${counted_in})`) : "");
  if (!required && !label) name.append(made("span", { class: "optional" }, ` (${words.optional})`));
  const shared = { id: idOf(key), name: nameOf(key), "aria-describedby": help ? `${idOf(key)}_help` : null, autocomplete: "off" };
  let control;
  if (choices.length) control = made("select", { ...shared, class: "control width-medium" }, made("option", { value: "" }, ""), ...choices.map(([, word]) => made("option", {}, word)));
  else if (number) control = made("input", { ...shared, class: "control width-short number", inputmode: "decimal" });
  else control = made("textarea", { ...shared, class: "control width-full", rows: 4 });
  control.value = body.typed[key] ?? "";
  const hint = help ? [made("p", { class: "hint", id: `${idOf(key)}_help` }, help)] : [];
  return made("div", { class: "field" }, made("div", { class: "field-head" }, name), ...hint, control);
}

export function read(section, item, { pack }) {
  const from = carriedBy(pack, item);
  if (!from) return {};
  const form = new FormData(section.querySelector("form"));
  const typed = Object.fromEntries(Object.keys(from.asks).map((key) => [key, form.get(nameOf(key)) ?? ""]));
  return { body: { ...item.body, typed: { ...item.body.typed, ...typed }, version: from.version, sure: form.getAll("sure") } };
}

// The checks as the server makes them. One that only asks may be met by saying that the numbers are right.
export function check(item, pack) {
  const from = carriedBy(pack, item);
  if (!from) return [{ text: pack.words.gone }];
  const { faults, broken } = answers.check(from.rules, item.body.typed);
  const texts = Object.fromEntries(Object.entries(from.asks).map(([key, { text }]) => [key, text]));
  const words = { rules: from.rules, sentences: pack.sentences, texts };
  const unmet = broken.map((one) => ({ text: from.broken[one.name], check: one.name, ask: one.severity === "ask" }));
  drawUnmet(item, unmet, pack.words);
  queueMicrotask(() => faults.forEach(offerReadings));
  const open = unmet.filter((one) => !one.ask || !item.body.sure.includes(one.check));
  return [...faults.map((one) => ({ name: nameOf(one.key), text: answers.sentence(one, words) })), ...open];
}

function drawUnmet(item, faults, words) {
  const unmet = faults.filter((one) => one.check);
  box("unmet").hidden = !unmet.length;
  box("unmet").querySelector("[data-list]").replaceChildren(...unmet.map(({ text, check: name, ask }, place) => {
    if (!ask) return made("p", {}, text);
    const id = `off-sure-${place}`;
    const tick = made("input", { type: "checkbox", id, name: "sure", value: name });
    tick.checked = item.body.sure.includes(name);
    return made("div", { class: "choice" }, tick, made("label", { for: id }, `${text} ${words.sure}`));
  }));
}

// What an ambiguous number may have meant, to be pressed.
function offerReadings({ key, reason, readings, row }) {
  if (reason !== "ambiguous" || row !== undefined) return;
  const control = document.getElementById(idOf(key));
  control.parentElement.querySelector(".readings")?.remove();
  control.after(made("p", { class: "readings" }, ...readings.map((number) => {
    const button = made("button", { type: "button", class: "button button-secondary" }, answers.unmistakable(number));
    button.addEventListener("click", () => {
      control.value = button.textContent;
      control.dispatchEvent(new Event("input", { bubbles: true }));
      button.parentElement.remove();
      control.focus();
    });
    return button;
  })));
}

export async function send(item, { store, post }) {
  const from = carriedBy(await store.get("packs", "return"), item);
  const { body } = item;
  const sent = new FormData();
  body.turn += 1;
  const plain = { format: item.format, request_key: item.key, turn: body.turn, version: body.version };
  for (const [name, value] of Object.entries(plain)) sent.append(name, value);
  for (const [key, text] of Object.entries(body.typed)) {
    sent.append(key in body.chosen ? `${nameOf(key)}_keep` : nameOf(key), text);
    sent.append(`${nameOf(key)}_seen`, body.seen[key] ?? "");
  }
  body.sure.forEach((name, place) => sent.append(`sure-${place}`, name));
  const answer = outcome(await post(from?.send ?? `/bao-cao/${body.key}/gui/`, sent));
  return { ...answer, body };
}

export const differences = ({ conflict }) => conflict.conflict;

/** The item with what was chosen, settled on purpose with both before one's eyes. */
export function settle(item, choices) {
  const body = { ...item.body, typed: { ...item.body.typed }, seen: { ...item.body.seen }, chosen: {} };
  for (const { name, theirs, seen } of item.conflict.conflict) {
    const chosen = choices[name];
    if (chosen !== "mine") body.typed[name] = theirs[Number(chosen.split("-")[1])].text;
    body.seen[name] = seen;
    body.chosen[name] = true;
  }
  return { ...item, body };
}
