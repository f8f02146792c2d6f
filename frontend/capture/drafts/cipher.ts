/** Drafts rest encrypted (AES-GCM, 256 bits) under a key that the server releases to its signed-in user; it lives in memory only. */
export interface Sealed {
  key_id: string;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

export class Cipher {
  private constructor(
    readonly keyId: string,
    readonly cryptoKey: CryptoKey,
  ) {}

  static async from(keyId: string, base64: string): Promise<Cipher> {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    if (bytes.length !== 32) throw new Error("The key of the drafts must have 256 bits.");
    return new Cipher(keyId, await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]));
  }

  static of(keyId: string, key: CryptoKey): Cipher {
    return new Cipher(keyId, key);
  }

  /** `place` binds the content to its owner and record, so that it opens nowhere else. */
  async seal(content: ArrayBuffer, place: string): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { key_id: this.keyId, iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encode(place) }, this.cryptoKey, content) };
  }

  open(sealed: Sealed, place: string): Promise<ArrayBuffer> {
    return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData: encode(place) }, this.cryptoKey, sealed.data);
  }

  async sealText(text: string, place: string): Promise<Sealed> {
    return this.seal(encode(text).buffer, place);
  }

  async openText(sealed: Sealed, place: string): Promise<string> {
    return new TextDecoder().decode(await this.open(sealed, place));
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

export async function digest(content: ArrayBuffer): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
