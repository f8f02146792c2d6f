/** Who stands before the sign-in has left: the key by which drafts open without a line goes with him. */
const KEY_DATABASE = "opencen-capture-key";

export function forgetWhoLeft(): void {
  if (window.location.pathname.startsWith("/sign-in") && globalThis.indexedDB) indexedDB.deleteDatabase(KEY_DATABASE);
}
