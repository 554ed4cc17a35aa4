// The next release of the app is a new worker. It is asked for until all it is made of has come through, and called in to take over.
const worker = navigator.serviceWorker;
const { worker: address } = document.getElementById("offline").dataset;
let missed = false;

/** The line broke: the next release may have come out meanwhile, or not have come through. */
export function mayBeMissed() {
  missed = true;
}

/** Ask for the next release. */
export async function renew() {
  if (!worker) return;
  missed = false;
  try {
    // It waits for a check that is under way; `update` alone would be given that one's answer, which may be of before.
    const one = await worker.register(`${address}?${document.documentElement.lang}`);
    one.onupdatefound = () => one.installing?.addEventListener("statechange", ({ target }) => {
      if (target.state === "redundant") mayBeMissed();
      if (target.state === "installed") callIn(one);
    });
    // A page that was still loading while the worker took over those that were open was left out; it would not go over to the next release.
    if (!worker.controller) one.active?.postMessage("take along");
    await one.update();
    if (one.waiting) callIn(one);
  } catch {
    mayBeMissed();
  }
}

export function renewIfMissed() {
  if (missed) renew();
}

// What the page asks for just as a release is to take over wakes the old worker, and Chromium then leaves the new one waiting, for minutes.
// It is called a moment later, when the page has become quiet: a call in the same rush is lost, and so were those after it.
function callIn(one) {
  setTimeout(() => {
    if (!one.waiting) return;
    one.waiting.postMessage("take over");
    callIn(one);
  }, 1_000);
}
