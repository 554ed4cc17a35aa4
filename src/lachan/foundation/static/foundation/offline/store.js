// What one person has on this device: the work not sent yet and what they took along. All of it is sealed (AES-GCM) under one key,
// which is itself kept twice: sealed by the person's PIN, and by a key that the server gives out to that person once signed in.
const ROUNDS = 600_000; // of PBKDF2 with SHA-256, as OWASP advises
const MOST_TRIES = 5; // wrong PINs, after which only signing in opens it
const bytes = (text) => new TextEncoder().encode(text);
const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const database = (owner) => `lachan-offline-${owner}`;
const counter = (owner) => `lachan-unsent-${owner}`;
const OWNER = "lachan-offline-owner";

/** Whose work this browser shows: the person who signed in here last. */
export const lastOwner = () => localStorage.getItem(OWNER);
export const setLastOwner = (owner) => localStorage.setItem(OWNER, owner);
/** How many things wait to be sent; null where this person keeps nothing on this device. */
export const unsentOf = (owner) => {
  const count = localStorage.getItem(counter(owner));
  return count === null ? null : Number(count);
};

const settled = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function opened(owner) {
  const request = indexedDB.open(database(owner), 1);
  request.onupgradeneeded = () => {
    for (const name of ["lock", "items", "photos", "packs"]) request.result.createObjectStore(name);
  };
  const base = await settled(request);
  base.onversionchange = () => base.close(); // another tab takes it away
  return base;
}

/** Everything of this person on this device, gone for good. */
export async function wipe(owner) {
  localStorage.removeItem(counter(owner));
  await new Promise((done) => {
    const request = indexedDB.deleteDatabase(database(owner));
    request.onsuccess = request.onerror = request.onblocked = done;
  });
}

async function pinKey(pin, salt) {
  const typed = await crypto.subtle.importKey("raw", bytes(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

const serverKey = (hex) => {
  const raw = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["wrapKey", "unwrapKey"]);
};

async function wrapped(key, by) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.wrapKey("raw", key, by, { name: "AES-GCM", iv }) };
}

const unwrapped = ({ iv, data }, by, canLeave = false) =>
  crypto.subtle.unwrapKey("raw", data, by, { name: "AES-GCM", iv }, "AES-GCM", canLeave, ["encrypt", "decrypt"]);

/** Why a store did not open. `left`: how many more tries the PIN has. */
export class Locked extends Error {
  constructor(left) {
    super("locked");
    this.left = left;
  }
}

export class Store {
  constructor(owner, base, key, lock) {
    Object.assign(this, { owner, base, key, lock, order: Promise.resolve() });
  }

  /** The mark of this person's store here, by which the server makes its key; null where there is none. */
  static async device(owner) {
    if (unsentOf(owner) === null) return null;
    const base = await opened(owner);
    const lock = await settled(base.transaction("lock").objectStore("lock").get("lock"));
    base.close();
    return lock?.device ?? null;
  }

  static newDevice() {
    return [...random(16)].map((one) => one.toString(16).padStart(2, "0")).join("");
  }

  static async create(owner, { pin, device, key, shared }) {
    await wipe(owner);
    const base = await opened(owner);
    const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
    const salt = random(16);
    const byServer = await serverKey(key);
    const lock = {
      device, salt, shared, wrong: 0,
      pin: await wrapped(fresh, await pinKey(pin, salt)),
      server: await wrapped(fresh, byServer),
    };
    const store = new Store(owner, base, await unwrapped(lock.server, byServer), lock);
    await store.write("lock", "lock", lock);
    localStorage.setItem(counter(owner), "0");
    navigator.storage?.persist?.();
    return store;
  }

  static async openWithPin(owner, pin) {
    const base = await opened(owner);
    const lock = await settled(base.transaction("lock").objectStore("lock").get("lock"));
    const store = new Store(owner, base, null, lock);
    if (!lock?.pin) throw new Locked(0);
    lock.wrong += 1; // counted before the try: whoever pulls the plug gains nothing
    const { pin: sealed } = lock;
    if (lock.wrong >= MOST_TRIES) lock.pin = null;
    await store.write("lock", "lock", lock);
    try {
      store.key = await unwrapped(sealed, await pinKey(pin, lock.salt));
    } catch {
      base.close();
      throw new Locked(MOST_TRIES - lock.wrong);
    }
    await store.write("lock", "lock", Object.assign(lock, { wrong: 0, pin: sealed }));
    return store;
  }

  static async openWithKey(owner, key) {
    const base = await opened(owner);
    const lock = await settled(base.transaction("lock").objectStore("lock").get("lock"));
    try {
      return new Store(owner, base, await unwrapped(lock.server, await serverKey(key)), lock);
    } catch {
      base.close();
      throw new Locked(lock?.pin ? MOST_TRIES - lock.wrong : 0);
    }
  }

  /** A new PIN, by somebody who is signed in. */
  async changePin(pin, key) {
    const data = await unwrapped(this.lock.server, await serverKey(key), true);
    const salt = random(16);
    Object.assign(this.lock, { salt, wrong: 0, pin: await wrapped(data, await pinKey(pin, salt)) });
    await this.write("lock", "lock", this.lock);
  }

  close() {
    this.base.close();
  }

  async write(place, name, value) {
    const work = this.base.transaction(place, "readwrite", { durability: "strict" });
    work.objectStore(place).put(value, name);
    await new Promise((done, failed) => {
      work.oncomplete = done;
      work.onerror = work.onabort = () => failed(work.error ?? new DOMException("full", "QuotaExceededError"));
    });
  }

  async read(place, name) {
    return settled(this.base.transaction(place).objectStore(place).get(name));
  }

  async remove(place, ...names) {
    const work = this.base.transaction(place, "readwrite");
    for (const name of names) work.objectStore(place).delete(name);
    await new Promise((done, failed) => { work.oncomplete = done; work.onerror = () => failed(work.error); });
  }

  /** Sealed under its place and name, so that nothing can be put in another's place. */
  async seal(place, name, data) {
    const iv = random(12);
    const additionalData = bytes(`${this.owner}/${place}/${name}`);
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, this.key, data) };
  }

  async unseal(place, name, { iv, data }) {
    const additionalData = bytes(`${this.owner}/${place}/${name}`);
    return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, this.key, data);
  }

  async put(place, name, value) {
    await this.write(place, name, await this.seal(place, name, bytes(JSON.stringify(value))));
  }

  async get(place, name) {
    const sealed = await this.read(place, name);
    return sealed ? JSON.parse(new TextDecoder().decode(await this.unseal(place, name, sealed))) : null;
  }

  /** Whatever changes what is being written comes one after another: a draft kept by itself, or a photo still being made small,
   * would otherwise land on what was put among what waits meanwhile. */
  inOrder(work) {
    this.order = this.order.catch(() => {}).then(work);
    return this.order;
  }

  /** Everything written here and not sent, in the order in which it was begun. */
  async items() {
    const names = await settled(this.base.transaction("items").objectStore("items").getAllKeys());
    const found = [];
    for (const name of names) found.push(await this.get("items", name));
    return found.filter(Boolean).sort((a, b) => a.order - b.order);
  }

  async keep(item) {
    await this.put("items", item.id, item);
    await this.count();
  }

  async throwAway(item) {
    await this.remove("photos", ...(item.photos ?? []).map((photo) => photo.id));
    await this.remove("items", item.id);
    await this.count();
  }

  async count() {
    const waiting = (await this.items()).filter((item) => item.state !== "draft").length;
    localStorage.setItem(counter(this.owner), String(waiting));
    return waiting;
  }

  async keepPhoto(id, blob) {
    await this.write("photos", id, await this.seal("photos", id, await blob.arrayBuffer()));
  }

  async photo(id, type) {
    const sealed = await this.read("photos", id);
    return sealed ? new Blob([await this.unseal("photos", id, sealed)], { type }) : null;
  }
}
