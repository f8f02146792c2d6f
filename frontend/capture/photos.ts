/** Photos of an entry: kept encrypted on the device, uploaded when there is a line, shown from either. */
import { LineLost, Refused, SignedOut } from "./api";
import type { Api } from "./api";
import { digest } from "./drafts/cipher";
import type { Store } from "./drafts/store";
import type { Entry } from "./entry";
import { listAt } from "./model/document";
import { t } from "./words";

const MAX_BYTES = 25_000_000;
const THUMB = { width: 120, height: 80 };

export class Photos {
  /** What is shown of each photo, by the digest of its original. */
  private readonly shown = new Map<string, string>();
  private readonly unsent = new Map<string, Blob>();
  private thumb = "";

  constructor(
    private readonly entry: Entry,
    private readonly api: Api,
    private readonly store: Store | null,
    readonly listPath = "media",
  ) {}

  url(sha256: string): string {
    return this.shown.get(sha256) ?? `/media/${sha256}/thumb`;
  }

  mainThumb(): string {
    return this.thumb;
  }

  isWaiting(sha256: string): boolean {
    return this.unsent.has(sha256);
  }

  /** Bring back what a reopened draft had not sent yet. */
  async restore(thumb: string): Promise<void> {
    this.thumb = thumb;
    for (const { sha256, blob } of (await this.store?.listPhotos(this.entry.id)) ?? []) {
      this.shown.set(sha256, URL.createObjectURL(blob));
      this.unsent.set(sha256, blob);
    }
    this.entry.show();
  }

  async addFiles(files: Iterable<File>): Promise<void> {
    for (const file of files) await this.addFile(file);
  }

  private async addFile(file: File): Promise<void> {
    if (file.size > MAX_BYTES) {
      this.say(t("{name} is larger than 25 MB.", { name: file.name }));
      return;
    }
    const content = await file.arrayBuffer();
    const sha256 = await digest(content);
    const media = listAt(this.entry.document, this.listPath);
    if (media.some((item) => item["sha256"] === sha256)) return;
    this.shown.set(sha256, URL.createObjectURL(file));
    this.unsent.set(sha256, file);
    await this.store?.savePhoto(this.entry.id, sha256, content, file.type);
    const isFirst = media.length === 0;
    this.entry.add(this.listPath, { sha256, kind: "photo", ...(isFirst ? { is_main: true } : {}) });
    if (isFirst) await this.makeThumb(file);
    void this.upload(sha256, file);
  }

  private async upload(sha256: string, file: Blob & { name?: string }): Promise<void> {
    try {
      const answer = await this.api.upload(file, file.name ?? `${sha256.slice(0, 12)}.jpg`);
      this.unsent.delete(sha256);
      await this.store?.removePhoto(sha256);
      const item = listAt(this.entry.document, this.listPath).find((found) => found["sha256"] === sha256);
      if (item && answer.taken_at && !item["taken_at"]) this.entry.set(`${this.listPath}[${String(item["id"])}].taken_at`, answer.taken_at);
      this.entry.show();
    } catch (error) {
      if (error instanceof Refused) await this.drop(sha256, error.message);
      else if (!(error instanceof LineLost) && !(error instanceof SignedOut)) throw error;
    }
  }

  async uploadAll(): Promise<void> {
    for (const [sha256, blob] of this.unsent) await this.upload(sha256, blob);
  }

  /** The server says that this is no photo: it leaves the draft, with the reason. */
  private async drop(sha256: string, reason: string): Promise<void> {
    const item = listAt(this.entry.document, this.listPath).find((found) => found["sha256"] === sha256);
    if (item) this.entry.remove(this.listPath, String(item["id"]));
    this.unsent.delete(sha256);
    await this.store?.removePhoto(sha256);
    this.say(reason);
  }

  makeMain(id: string): void {
    const patch = Object.fromEntries(listAt(this.entry.document, this.listPath).map((item) => [`${this.listPath}[${String(item["id"])}].is_main`, item["id"] === id ? true : undefined]));
    this.entry.setMany(patch);
    const main = listAt(this.entry.document, this.listPath).find((item) => item["id"] === id);
    const blob = typeof main?.["sha256"] === "string" ? this.unsent.get(main["sha256"]) : undefined;
    if (blob) void this.makeThumb(blob);
  }

  /** A small copy for the list of drafts: one recognises a draft before reading. */
  private async makeThumb(file: Blob): Promise<void> {
    try {
      const picture = await createImageBitmap(file, { resizeWidth: THUMB.width * 2, resizeQuality: "medium" });
      const canvas = document.createElement("canvas");
      canvas.width = THUMB.width;
      canvas.height = THUMB.height;
      const scale = Math.max(THUMB.width / picture.width, THUMB.height / picture.height);
      const [width, height] = [picture.width * scale, picture.height * scale];
      canvas.getContext("2d")?.drawImage(picture, (THUMB.width - width) / 2, (THUMB.height - height) / 2, width, height);
      this.thumb = canvas.toDataURL("image/jpeg", 0.7);
    } catch {
      this.thumb = "";
    }
  }

  private say(text: string): void {
    this.entry.notice = text;
    this.entry.show();
  }
}
