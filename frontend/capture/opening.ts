/** Opens the user's drafts: with the key that the server releases, or without a line with the one kept until the session ends. */
import { LineLost, SignedOut } from "./api";
import type { Api } from "./api";
import { Cipher } from "./drafts/cipher";
import { forgetKey, keepKey, readKeptKey } from "./drafts/kept_key";
import { Store } from "./drafts/store";

/** `user` is who the page says one is; a page from the device says nobody, and the key knows. */
export async function openStore(api: Pick<Api, "readKey">, user: string): Promise<Store | null> {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return null;
  try {
    const answer = await api.readKey();
    const cipher = await Cipher.from(answer.key_id, answer.key);
    const owner = user || (answer.user ?? "");
    await keepKey(owner, cipher, answer.seconds ?? 0);
    return new Store(owner, cipher);
  } catch (error) {
    if (error instanceof SignedOut) await forgetKey();
    const kept = error instanceof LineLost ? await readKeptKey() : null;
    if (!kept || (user && user !== kept.user)) throw error;
    return new Store(kept.user, kept.cipher);
  }
}
