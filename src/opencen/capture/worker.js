/* Opens the form and the drafts without a line: files of this build from the cache, one empty page without a name on it.
   The server writes `const BUILD = {version, assets, shell};` before this. Nothing that a person may see alone is ever kept here. */
const CACHE = `opencen-${BUILD.version}`;
const FILES = new Set(BUILD.assets);
const PATIENCE_MS = 8000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([...BUILD.assets, new Request(BUILD.shell, { cache: "reload", redirect: "error" })]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("opencen-") && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (FILES.has(url.pathname)) event.respondWith(readFile(request));
  else if (request.mode === "navigate" && isEntry(url.pathname)) event.respondWith(openPage(request));
});

function isEntry(path) {
  return path === "/" || /^\/capture\/(case|control)\/[^/]+$/.test(path);
}

async function readFile(request) {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

/** The server's own page wherever it answers; without a line, or from a server that is down, the empty one. */
async function openPage(request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  if (answer && answer.status < 502) return answer;
  return (await caches.match(BUILD.shell, { cacheName: CACHE })) ?? answer ?? Response.error();
}
