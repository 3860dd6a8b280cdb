/// <reference lib="webworker" />
/**
 * The service worker: the app opens without a network, each version from its own files.
 *
 * Invariants:
 * - A page and its files are of one version: pages come from this version's cache, whatever the server has.
 * - A new version waits until the person agrees, or no tab is open. It never takes a page from under their hands.
 * - The files of the version before stay, for tabs that still run it and load a part of it late.
 * - What the server says (API, health, docs) is never cached.
 */
declare const self: ServiceWorkerGlobalScope;
declare const __FILES__: string[];
declare const __VERSION__: string;

export {};

const PREFIX = "devschat-";
const CACHE = PREFIX + __VERSION__;
const SERVER_ONLY = /^\/(api|swagger-ui|livez|readyz|metrics)(\/|$)/;

self.addEventListener("install", (event) => {
  const requests = __FILES__.map((path) => new Request(path, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions().then(() => self.clients.claim()));
});

/** Caches are listed in the order of their making. */
async function forgetOldVersions() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
}

self.addEventListener("message", (event) => {
  if (event.data === "activate") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || SERVER_ONLY.test(url.pathname))
    return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request));
});

async function page(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match("/", { ignoreVary: true })) ?? fetch(request);
}

async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const options = { ignoreVary: true };
  return (await cache.match(request, options)) ?? (await caches.match(request, options)) ?? fetch(request);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { roomId, seq } = event.notification.data as { roomId: string; seq: number };
  event.waitUntil(openMessage(roomId, seq));
});

async function openMessage(roomId: string, seq: number) {
  const tabs = await self.clients.matchAll({ type: "window" });
  const tab = tabs.find(({ visibilityState }) => visibilityState === "visible") ?? tabs[0];
  if (!tab) return self.clients.openWindow(`/r/${roomId}?m=${seq}`);
  tab.postMessage({ type: "open_message", roomId, seq });
  return tab.focus();
}
