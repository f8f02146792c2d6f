/** The drafts' key for a reload without a line: a key that no script can read out, for one user, until the session's end. */
import Dexie from "dexie";
import type { Table } from "dexie";
import { Cipher } from "./cipher";

const NAME = "opencen-capture-key";

interface KeptKey {
  id: "now";
  user: string;
  keyId: string;
  key: CryptoKey;
  until: number;
}

class Keys extends Dexie {
  declare keys: Table<KeptKey, string>;

  constructor() {
    super(NAME);
    this.version(1).stores({ keys: "id" });
  }
}

export async function keepKey(user: string, cipher: Cipher, seconds: number): Promise<void> {
  await withKeys((keys) => keys.put({ id: "now", user, keyId: cipher.keyId, key: cipher.cryptoKey, until: Date.now() + seconds * 1000 }));
}

/** Whose drafts open here without asking the server, and with what; nobody's after the session's end. */
export async function readKeptKey(now = Date.now()): Promise<{ user: string; cipher: Cipher } | null> {
  const kept = await withKeys((keys) => keys.get("now"));
  if (!kept) return null;
  if (kept.until <= now) {
    await forgetKey();
    return null;
  }
  return { user: kept.user, cipher: Cipher.of(kept.keyId, kept.key) };
}

export async function forgetKey(): Promise<void> {
  await withKeys((keys) => keys.clear());
}

async function withKeys<T>(act: (keys: Table<KeptKey, string>) => PromiseLike<T>): Promise<T> {
  const tables = new Keys();
  try {
    return await act(tables.keys);
  } finally {
    tables.close();
  }
}
