// Activities without a network: the form filled, read, checked, sent with its photos.
import * as clock from "../foundation/offline/clock.js";
import { outcome } from "../foundation/offline/queue.js";
import { made, say } from "../foundation/offline/screens.js";
import { small } from "../foundation/shrink.js";
import { faultsOf, readDay } from "./facts.js";
import "./record.js";

const PLAIN = ["campaign", "channel", "times", "audience", "copies", "minutes", "what", "link"];
const unitOf = (pack, key) => pack.units.find((unit) => String(unit.key) === String(key)) ?? pack.units[0];

export const beginnings = ({ words }) => [
  { word: words.record, preset: {} },
  { word: words.visit, preset: { channel: "visit" } },
];

export function begin(pack, preset) {
  const [unit] = pack.units;
  const body = { unit: String(unit.key), campaign: String(unit.campaigns[0]?.[0] ?? ""), channel: "", audiences: [], done_on: clock.today(), ...preset };
  return { body, day: body.done_on, where: unit.name };
}

export function title({ body }, pack) {
  const channel = pack?.channels[body.channel]?.[0];
  return body.what?.trim() || channel || pack?.words.record || "…";
}

export async function open(section, item, { pack, store }) {
  const form = section.querySelector("form");
  const fields = form.elements;
  form.reset();
  fields.unit.replaceChildren(...pack.units.map((unit) => made("option", { value: unit.key }, unit.name)));
  fields.unit.value = item.body.unit;
  section.querySelector("[data-unit]").hidden = pack.units.length < 2;
  const campaigns = () => {
    const of = unitOf(pack, fields.unit.value).campaigns;
    fields.campaign.replaceChildren(...[...of, ["", pack.words.no_campaign]].map(([key, name]) => made("option", { value: key }, name)));
  };
  fields.unit.onchange = campaigns;
  campaigns();
  for (const name of PLAIN) if (item.body[name] !== undefined) fields[name].value = item.body[name];
  for (const box of section.querySelectorAll("[name=audiences]")) box.checked = item.body.audiences.includes(box.value);
  const since = [clock.today(), clock.shiftDay(clock.today(), -1)].indexOf(item.body.done_on);
  fields.day.value = ["today", "yesterday"][since] ?? "other";
  fields.done_on.value = since < 0 ? (item.body.done_on ? clock.shownDay(item.body.done_on) : item.body.typed_day ?? "") : "";
  const chosen = section.querySelector("[name=channel]:checked");
  section.querySelector("details.more").open = Boolean(chosen?.closest("details"));
  (chosen ?? fields.channel[0]).dispatchEvent(new Event("change", { bubbles: true }));
  const drawing = drawPhotos(item, store);
  fields.photos.onchange = () => store.inOrder(async () => { await drawing; await addPhotos(section, item, store); });
  await drawing;
}

export function read(section, item, { pack }) {
  const form = new FormData(section.querySelector("form"));
  const body = Object.fromEntries(["unit", ...PLAIN].map((name) => [name, form.get(name) ?? ""]));
  body.audiences = form.getAll("audiences");
  const day = form.get("day");
  body.typed_day = form.get("done_on");
  body.done_on = day === "other" ? readDay(body.typed_day) : clock.shiftDay(clock.today(), day === "yesterday" ? -1 : 0);
  if (item.body.revision) body.revision = item.body.revision;
  return { body, day: day === "other" ? null : body.done_on, where: unitOf(pack, body.unit).name };
}

export const check = (item, pack) => faultsOf(item.body, pack.rules, clock.today());

export const onDay = (item, day) => ({ ...item, day, body: { ...item.body, done_on: day } });

async function addPhotos(section, item, store) {
  const picker = section.querySelector("[type=file]");
  for (const file of [...picker.files]) {
    const made = await small(file);
    const photo = { id: crypto.randomUUID(), name: file.name, type: made.type };
    try {
      await store.keepPhoto(photo.id, made);
      item.photos = [...item.photos, photo];
      await store.keep({ ...item, ...(await read(section, item, { pack: await store.get("packs", "activity") })), state: "draft" });
    } catch (trouble) {
      if (trouble.name !== "QuotaExceededError") throw trouble;
      item.photos = item.photos.filter((one) => one !== photo);
      await store.remove("photos", photo.id); // it may have found room where the item that names it did not
      document.getElementById("off-said").replaceChildren(say("full"));
    }
  }
  picker.value = "";
  await drawPhotos(item, store);
}

async function drawPhotos(item, store) {
  const drawn = [];
  for (const photo of item.photos) {
    const canvas = made("canvas", { width: 88, height: 88, role: "img", "aria-label": photo.name });
    try {
      const picture = await createImageBitmap(await store.photo(photo.id, photo.type));
      const scale = Math.max(88 / picture.width, 88 / picture.height);
      const [wide, high] = [picture.width * scale, picture.height * scale];
      canvas.getContext("2d").drawImage(picture, (88 - wide) / 2, (88 - high) / 2, wide, high);
    } catch { /* no picture: the server will say so */ }
    drawn.push(made("li", {}, canvas));
  }
  document.getElementById("off-photos").replaceChildren(...drawn);
}

/** Its photos first, one by one, each known to the server by its content; then the activity, under its key. */
export async function send(item, { store, post }) {
  const { body } = item;
  const { send: address, upload } = unitOf(await store.get("packs", "activity"), body.unit);
  const refused = [];
  for (const photo of item.photos) {
    const file = await store.photo(photo.id, photo.type);
    const sent = new FormData();
    sent.append("photo", file, photo.name);
    const { status, told } = await post(upload.replace("KEY", item.key), sent);
    if (status >= 400) refused.push({ name: "photos", text: `“${photo.name}”: ${told.error}` });
  }
  if (refused.length) return { state: "wrong", faults: refused };
  const sent = new FormData();
  for (const [name, value] of Object.entries({ ...body, day: "other", request_key: item.key, format: item.format }))
    for (const one of Array.isArray(value) ? value : [value ?? ""]) if (name !== "typed_day" && name !== "unit") sent.append(name, one);
  return outcome(await post(address, sent));
}

export const differences = ({ conflict }) =>
  conflict.conflict.map(({ name, label, theirs, mine }) => ({ name, label, mine, theirs: [{ text: theirs, by: say("on_site") }] }));

/** The item as chosen, to be sent over what was shown; null where nothing of it is left to send. */
export function settle(item, choices) {
  if (Object.values(choices).every((one) => one !== "mine")) return null;
  const body = { ...item.body, revision: item.conflict.revision };
  for (const { name, value } of item.conflict.conflict) if (choices[name] !== "mine") body[name] = value;
  return { ...item, body };
}
