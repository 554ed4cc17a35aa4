// What waits is sent one after another, oldest first, by one tab at a time. Each thing carries the key it was given when it was begun,
// by which the server knows it again: an answer that was lost on the way does no harm.
import { rightDay } from "./clock.js";
import { Away, SignedOut } from "./line.js";

const WAITS = ["waiting", "sending"];

/** Send what waits. Tells `changed` of each step; gives how it ended: "done", "away" or "signed out". */
export async function sendAll({ store, parts, post, changed, only = null }) {
  return navigator.locks.request(`lachan-send-${store.owner}`, { ifAvailable: true }, async (turn) => {
    if (!turn) return "busy";
    for (const { id } of await store.items()) {
      const item = await store.get("items", id); // as it is now: it may be being changed
      if (!item || !WAITS.includes(item.state) || (only && id !== only)) continue;
      const meant = rightDay(item);
      if (meant) {
        await store.keep({ ...item, state: "day", meant });
        changed();
        continue;
      }
      await store.keep({ ...item, state: "sending" });
      changed();
      try {
        await taken(store, item, await parts[item.kind].send(item, { store, post }), changed);
      } catch (trouble) {
        await store.keep({ ...item, state: "waiting" });
        changed();
        if (trouble instanceof Away) return "away";
        if (trouble instanceof SignedOut) return "signed out";
        throw trouble;
      }
    }
    return "done";
  });
}

async function taken(store, item, answer, changed) {
  if (answer.state === "kept") await store.throwAway(item);
  else await store.keep({ ...item, faults: [], ...answer });
  changed(answer.state === "kept" ? { title: answer.told, href: answer.href } : null);
}

/** What a server's answer means for the item it answers. */
export function outcome({ status, told }) {
  if (status < 300) return { state: "kept", ...told };
  if (told.conflict) return { state: "conflict", conflict: told };
  return { state: "wrong", faults: told.faults ?? [{ text: told.refused }] };
}
