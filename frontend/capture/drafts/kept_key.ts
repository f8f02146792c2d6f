/** The drafts' key for a reload without a line: a key that no script can read out, for one user, until the session's end. */
import { Cipher } from "./cipher";
import { Tables } from "./tables";

const NAME = "opencen-capture-key";

interface KeptKey {
  id: "now";
  user: string;
  keyId: string;
  key: CryptoKey;
  until: number;
}

export async function keepKey(user: string, cipher: Cipher, seconds: number): Promise<void> {
  const keptKey: KeptKey = { id: "now", user, keyId: cipher.keyId, key: cipher.cryptoKey, until: Date.now() + seconds * 1000 };
  await withKeys((keys) => keys.put("keys", keptKey));
}

/** Whose drafts open here without asking the server, and with what; nobody's after the session's end. */
export async function readKeptKey(now = Date.now()): Promise<{ user: string; cipher: Cipher } | null> {
  const kept = await withKeys((keys) => keys.get<KeptKey>("keys", "now"));
  if (!kept) return null;
  if (kept.until <= now) {
    await forgetKey();
    return null;
  }
  return { user: kept.user, cipher: Cipher.of(kept.keyId, kept.key) };
}

export async function forgetKey(): Promise<void> {
  await withKeys((keys) => keys.clear("keys"));
}

async function withKeys<T>(act: (keys: Tables<"keys">) => Promise<T>): Promise<T> {
  const tables = new Tables(NAME, { keys: { key: "id" } });
  try {
    return await act(tables);
  } finally {
    tables.close();
  }
}
