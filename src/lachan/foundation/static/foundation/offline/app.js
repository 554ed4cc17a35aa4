// The app that works without a network: opens the store of the person, shows what waits, lets it be written, sent, mended, thrown away.
import * as clock from "./clock.js";
import { Away, SignedOut, pack, post, session } from "./line.js";
import { sendAll } from "./queue.js";
import { mayBeMissed, renew, renewIfMissed } from "./release.js";
import { announce, line, made, say, show, shown, sideBySide, tell, the, wrong } from "./screens.js";
import { Locked, Store, lastOwner, setLastOwner, unsentOf, wipe } from "./store.js";

const page = document.getElementById("offline");
const IDLE = { own: 5 * 60_000, shared: 2 * 60_000 };
const LOCKED = "lachan-offline-locked";
const EVERY = 15_000;
const FORMAT = 1; // how this release writes what waits; the server says which it still takes
const parts = {};
const worker = navigator.serviceWorker;
let store = null, who = null, standing = "away", packs = {}, editing = null, used = Date.now(), busy = false, renewed = false;

const owner = () => store?.owner ?? who?.person ?? lastOwner();
const send = (address, body) => post(address, body, { csrf: who.csrf, owner: store.owner });

// Who is signed in, if the line holds. Another person than the one whose store is open: it is closed at once.
async function connect() {
  const known = store?.owner ?? lastOwner();
  try {
    who = await session(page.dataset.session, known && (await Store.device(known)));
    if (store && who.person !== store.owner) lock();
    if (who.person !== known) who = await session(page.dataset.session, await Store.device(who.person));
    setLastOwner(who.person);
    clock.setServerTime(who.now);
    standing = "online";
  } catch (trouble) {
    if (!(trouble instanceof Away || trouble instanceof SignedOut)) throw trouble;
    standing = trouble instanceof Away ? "away" : "signed out";
    who = null;
  }
}

// Whoever finds the line back, a look or something to be sent, asks for what came out meanwhile: the next release, and what is taken along.
async function reconnect() {
  const before = standing;
  await connect();
  if (before === "online" || standing !== "online") return;
  renew();
  await refresh();
}

// A new release has come: the page goes over to it once nothing is being typed or sent and the line holds, so that it opens without the PIN.
function goOver() {
  if (!renewed || !store || busy || standing !== "online" || shown() !== "home") return false;
  busy = true; // nothing more is sent from here
  location.reload();
  return true;
}

async function start() {
  for (const link of page.querySelectorAll("link[data-part]")) parts[link.dataset.part] = await import(link.href);
  // Only now that all scripts of one release are here may the next one come.
  renew();
  await connect();
  const asked = new URLSearchParams(location.search);
  if (unsentOf(owner()) === null) {
    the("shared").hidden = !who?.shared;
    return show(who ? "setup" : "none");
  }
  if (!who || sessionStorage.getItem(LOCKED) === owner()) return showLock();
  try {
    store = await Store.openWithKey(owner(), who.key);
  } catch {
    return showLock();
  }
  await opened();
  if (asked.has("dang-xuat")) await leave();
}

function showLock() {
  const count = unsentOf(owner());
  the("locked-count").textContent = count ? say("unsent", { count }) : "";
  page.querySelector("[data-act=open-signed-in]").hidden = !who;
  show("locked");
}

async function opened() {
  sessionStorage.removeItem(LOCKED);
  if (standing !== "online") clock.setAhead((await store.get("packs", "clock")) ?? 0);
  for (const kind of Object.keys(parts)) packs[kind] = await store.get("packs", kind);
  await refresh();
  await home();
  const from = new URLSearchParams(location.search).get("tu");
  if (from?.startsWith("/") && !from.startsWith("//")) the("said").replaceChildren(made("p", {}, say("needs_network"), " ", made("a", { href: from }, say("try_again"))));
  flush();
}

// What is taken along, anew.
async function refresh() {
  if (!store || standing !== "online") return;
  try {
    const all = await pack(page.dataset.pack);
    await store.put("packs", "clock", clock.isAhead());
    for (const kind of Object.keys(parts)) await store.put("packs", kind, (packs[kind] = all[kind]));
  } catch (trouble) {
    if (trouble.name === "QuotaExceededError") announce(say("full"));
    else if (!(trouble instanceof Away || trouble instanceof SignedOut)) throw trouble;
  }
}

async function home() {
  editing = null;
  show("home");
  if (goOver()) return;
  the("new").replaceChildren(made("div", { class: "buttons" }, ...Object.entries(parts).flatMap(([kind, part]) =>
    packs[kind] ? part.beginnings(packs[kind]).map((one, place) => starter(kind, one, place === 0)) : [])));
  const carried = Object.entries(parts).flatMap(([kind, part]) => (packs[kind] && part.carried ? part.carried(packs[kind]).map((one) => [kind, one]) : []));
  the("carried").replaceChildren();
  if (carried.length) {
    const listed = carried.map(([kind, one]) => made("li", {}, made("div", { class: "queue-head" }, made("strong", {}, one.title), starter(kind, one, false)), made("p", { class: "soft" }, one.meta)));
    the("carried").append(made("h2", {}, say("carried")), made("ul", { class: "plain queue" }, ...listed));
  }
  the("kept").textContent = say(store.lock.shared ? "kept_shared" : "kept_own");
  page.querySelector("[data-act=change-pin]").hidden = !who;
  await draw();
}

function starter(kind, { word, title, preset }, first) {
  const button = made("button", { type: "button", class: `button button-${first ? "primary" : "secondary"}` }, word);
  if (title) button.append(made("span", { class: "away" }, ` ${title}`));
  button.addEventListener("click", () => begin(kind, preset));
  return button;
}

// The list, as it is now.
async function draw() {
  if (!store) return;
  const items = await store.items();
  const count = items.filter((item) => item.state !== "draft").length;
  the("count").textContent = say(count ? "unsent" : "all_sent", { count });
  the("line").textContent = say(`line_${standing.replace(" ", "_")}`);
  the("signed-out").hidden = standing !== "signed out";
  const days = Math.round(clock.isAhead() / 86_400_000);
  the("skewed").hidden = !days;
  the("skewed").querySelector("[data-words]").textContent = say(days > 0 ? "clock_ahead" : "clock_behind", { days: Math.abs(days) });
  the("send").hidden = !items.some((item) => item.state === "waiting");
  const focused = document.activeElement?.closest?.("#off-items li")?.dataset.id;
  the("items").replaceChildren(...items.map((item) => drawn(item)));
  if (focused) the("items").querySelector(`[data-id="${focused}"] button:not([hidden])`)?.focus({ preventScroll: true });
}

function drawn(item) {
  const began = new Date(item.began).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
  const one = line(item, parts[item.kind].title(item, packs[item.kind]), say("begun", { when: began, where: item.where ?? "" }));
  const button = (act) => one.querySelector(`[data-act=${act}]`);
  button("one").hidden = item.state !== "waiting";
  button("compare").hidden = item.state !== "conflict";
  if (item.state === "day") {
    one.querySelector("[data-faults]").append(made("p", { class: "field-error" }, say("which_day")));
    for (const [act, day] of [["day-server", item.meant], ["day-mine", item.day]]) {
      button(act).hidden = false;
      button(act).prepend(say(act === "day-mine" ? "day_mine" : "day_server", { day: clock.shownDay(day) }));
    }
  }
  return one;
}

async function begin(kind, preset) {
  const items = await store.items();
  const going = parts[kind].same && items.find((item) => item.kind === kind && parts[kind].same(item, preset));
  if (going) return edit(going);
  const key = crypto.randomUUID();
  const order = Math.max(0, ...items.map((item) => item.order)) + 1;
  const item = { id: key, kind, key, order, state: "draft", began: Date.now(), ahead: clock.isAhead(), photos: [], ...parts[kind].begin(packs[kind], preset) };
  return open(item);
}

async function edit(item) {
  const draft = { ...item, state: "draft" }; // nothing is sent while it is being changed
  await store.keep(draft);
  return open(draft);
}

async function open(item) {
  editing = item;
  the("said").replaceChildren();
  show(`part-${item.kind}`);
  tell(the(`part-${item.kind}`), item.faults ?? []);
  await parts[item.kind].open(the(`part-${item.kind}`), item, { pack: packs[item.kind], store });
}

// What stands in the form goes into the store, as it is. False where the store is full: then it stays on the screen.
const save = (state) => store?.inOrder(() => saveNow(state)) ?? true;

async function saveNow(state) {
  const item = editing, into = store;
  if (!item || !into) return true; // put away, or locked, which kept it first
  try {
    Object.assign(item, await parts[item.kind].read(the(`part-${item.kind}`), item, { pack: packs[item.kind], store: into }));
    await into.keep({ ...item, format: FORMAT, state });
    return true;
  } catch (trouble) {
    if (trouble.name !== "QuotaExceededError") throw trouble;
    tell(the(`part-${item.kind}`), [{ text: say("full") }]);
    return false;
  }
}

// What is wrong is told over the form. True once the thing is among what waits.
async function putAmongWaiting(section) {
  if (!(await save("draft"))) return false;
  const faults = parts[editing.kind].check(editing, packs[editing.kind]);
  tell(section, faults);
  if (faults.length) return false;
  Object.assign(editing, { faults: [], ahead: clock.isAhead() });
  return save("waiting");
}

async function queued(event) {
  event.preventDefault();
  const section = event.target.closest("section");
  section.inert = true; // photos may still be being made small: nothing more is added to what is on its way, nor is it thrown away
  const waits = await putAmongWaiting(section).finally(() => { section.inert = false; });
  if (!waits) return section.querySelector(".error-summary").focus();
  await home();
  announce(say(standing === "online" ? "queued_online" : "queued"));
  flush();
}

// Sends what waits, if the line holds and somebody is signed in.
async function flush(only = null) {
  if (!store || busy) return;
  busy = true;
  try {
    if (standing !== "online" || only) await reconnect();
    if (!store || standing !== "online") return;
    const changed = (sent) => {
      if (sent) {
        the("sent").hidden = false;
        the("sent").querySelector("[data-list]").prepend(made("p", {}, made("a", { href: sent.href }, sent.title)));
      }
      if (shown() === "home") draw();
    };
    const ended = await sendAll({ store, parts, post: send, changed, only });
    if (ended !== "done" && ended !== "busy") standing = ended === "away" ? "away" : "signed out";
    if (the("said").textContent === say("queued_online")) the("said").replaceChildren();
    if (store.lock.shared && !(await store.items()).length && !the("sent").hidden) await goneFromShared();
  } finally {
    busy = false;
    if (!goOver() && store && shown() === "home") await draw();
  }
}

async function goneFromShared() {
  const gone = store.owner;
  store.close();
  store = null;
  await wipe(gone);
  announce(say("shared_done"));
  the("items").replaceChildren();
  show("none");
}

async function lock() {
  await (editing && save("draft"));
  sessionStorage.setItem(LOCKED, owner());
  store = null;
  location.replace(location.pathname); // nothing stays in the page
}

async function leave() {
  const count = await store.count();
  if (!count) return gone();
  the("leave").querySelector("[data-words]").textContent = say("leaving", { count });
  show("leave");
}

// Signing out: first what is here goes, then the session.
async function gone() {
  await wipe(owner());
  const body = new FormData();
  body.append("csrfmiddlewaretoken", who.csrf);
  await fetch("/tai-khoan/logout/", { method: "POST", body }).catch(() => {});
  location.replace("/");
}

async function compare(item) {
  editing = item;
  the("said").replaceChildren();
  const answers = await parts[item.kind].differences(item, packs[item.kind]);
  the("conflict").querySelector("[data-title]").textContent = parts[item.kind].title(item, packs[item.kind]);
  the("conflict").querySelector("[data-choices]").replaceChildren(...sideBySide(answers));
  show("conflict");
}

async function chosen(event) {
  event.preventDefault();
  const form = event.target;
  const choices = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name.replace("choice-", ""), value]));
  const open = (await parts[editing.kind].differences(editing, packs[editing.kind])).filter(({ name }) => !choices[name]);
  if (open.length) return tell(the("conflict"), open.map(({ name, label }) => ({ name: `choice-${name}`, text: say("choose", { label }) })));
  const settled = parts[editing.kind].settle(editing, choices);
  if (settled) await store.keep({ ...settled, state: "waiting", conflict: null });
  else await store.throwAway(editing);
  await home();
  flush();
}

const acts = {
  send: () => flush(),
  home,
  lock,
  leave: gone,
  later: async () => { if (await save("draft")) await home(); },
  drop: async () => { if (confirm(say("sure_drop"))) { await store.inOrder(() => store.throwAway(editing)); await home(); } },
  wipe: async () => { if (confirm(say("sure_wipe", { count: unsentOf(owner()) ?? 0 }))) { store?.close(); await wipe(owner()); location.replace(location.pathname); } },
  "open-signed-in": async () => { sessionStorage.removeItem(LOCKED); location.reload(); },
  "change-pin": () => { the("shared").hidden = true; show("setup"); },
};
const actsOnItem = {
  edit,
  compare,
  one: async (item) => { await flush(item.id); },
  discard: async (item) => { if (confirm(say("sure_drop"))) { await store.throwAway(item); await draw(); } },
  "day-mine": async (item) => { await store.keep({ ...item, dayIsSure: true, state: "waiting" }); flush(); },
  "day-server": async (item) => { await store.keep(parts[item.kind].onDay({ ...item, dayIsSure: true, state: "waiting" }, item.meant)); flush(); },
};

page.addEventListener("click", async (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  const line = event.target.closest("#off-items li");
  if (line && actsOnItem[act]) await actsOnItem[act](await store.get("items", line.dataset.id));
  else if (acts[act]) await acts[act]();
});

the("setup").querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { pin, again, shared } = event.target.elements;
  const faults = [[who.shared && !store && !shared.checked, "tick_shared"], [[...pin.value].length < 6, "pin_short"], [pin.value !== again.value, "pin_differs"]];
  const fault = faults.find(([is]) => is);
  wrong(event.target, fault ? say(fault[1]) : "");
  if (fault) return;
  if (store) await store.changePin(pin.value, who.key);
  else {
    const device = Store.newDevice();
    who = await session(page.dataset.session, device);
    store = await Store.create(who.person, { pin: pin.value, device, key: who.key, shared: who.shared });
  }
  event.target.reset();
  await opened();
});

the("locked").querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { pin } = event.target.elements;
  try {
    store = await Store.openWithPin(owner(), pin.value);
    event.target.reset();
    wrong(event.target, "");
    await opened();
  } catch (trouble) {
    if (!(trouble instanceof Locked)) throw trouble;
    pin.value = "";
    wrong(event.target, say(trouble.left > 0 ? "pin_wrong" : "pin_gone", { left: trouble.left }));
  }
});

the("conflict").querySelector("form").addEventListener("submit", chosen);
for (const form of page.querySelectorAll("[id^=off-form-]")) form.addEventListener("submit", queued);

let typing = 0;
page.addEventListener("input", (event) => {
  if (!editing || !event.target.closest("[id^=off-form-]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => shown().startsWith("part-") && save("draft"), 500);
});

// Left alone it locks itself.
for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, () => { used = Date.now(); });
const idle = () => { if (store && Date.now() - used > IDLE[store.lock.shared ? "shared" : "own"]) lock(); };
setInterval(idle, 5_000);
document.addEventListener("visibilitychange", idle);

const look = async () => {
  if (!store || busy || shown() === "leave") return;
  await reconnect();
  if (goOver()) return;
  if (shown() === "home") await draw();
  if (standing === "online") await flush();
};
setInterval(() => {
  if (standing !== "online") look();
  else renewIfMissed();
}, EVERY);
// What is being sent just now may still end as cut off, so that the line is looked at after it.
window.addEventListener("online", function back() {
  if (busy) setTimeout(back, 1_000);
  else look();
});
let hasOne = Boolean(worker?.controller); // the first release here is no new one
worker?.addEventListener("controllerchange", () => { renewed = hasOne; hasOne = true; goOver(); });
window.addEventListener("offline", () => { standing = "away"; mayBeMissed(); if (store && shown() === "home") draw(); });
await start();
