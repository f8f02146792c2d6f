/** The service worker: it opens the form and the drafts when there is no line. */
export function registerWorker(language: string): void {
  // An old browser, or a page without https: everything works, but a reload needs the line.
  navigator.serviceWorker?.register(`/capture/worker.js?language=${encodeURIComponent(language)}`, { scope: "/", updateViaCache: "none" }).catch(() => undefined);
}
