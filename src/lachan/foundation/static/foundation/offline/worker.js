// Answers without a network. It keeps what is the same for everybody: the pages of the app and their files, never a page with data.
// KEPT (version, pages, files) is written before this by the server.
"use strict";
const CACHE = `la-chan-${KEPT.version}`;
const OURS = new Set([...KEPT.pages, ...KEPT.files]);

self.addEventListener("install", (event) => {
  const fresh = [...OURS].map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take along") event.waitUntil(self.clients.claim());
  else self.skipWaiting(); // once more: a browser may leave a release waiting that was to take over
});

self.addEventListener("activate", (event) => {
  const away = async () => {
    for (const name of await caches.keys()) if (name.startsWith("la-chan-") && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(away());
});

const kept = async (request) => (await (await caches.open(CACHE)).match(request, { ignoreSearch: true })) ?? fetch(request);

// A page that needs the network, asked for without one: to the app, which says so and keeps the way back.
const orTheApp = async (request) => {
  try {
    return await fetch(request);
  } catch {
    const { pathname, search } = new URL(request.url);
    return Response.redirect(`${KEPT.pages[0]}?tu=${encodeURIComponent(pathname + search)}`);
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(KEPT.pages.includes(url.pathname) ? kept(request) : orTheApp(request));
    return;
  }
  // The files of the app belong together in one version. Other pages get theirs from the site, as if this were not here.
  const asker = request.referrer && new URL(request.referrer).pathname;
  if (OURS.has(url.pathname) && OURS.has(asker)) event.respondWith(kept(request));
});
