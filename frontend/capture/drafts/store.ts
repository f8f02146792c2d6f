/** Drafts and photos of one user on this device, encrypted; lists and forms, which are public, as they are. */
import Dexie from "dexie";
import type { Table } from "dexie";
import type { FormAnswer, ListAnswer, Part, Submission } from "../contract";
import type { Cipher, Sealed } from "./cipher";

export type DraftStatus = "draft" | "waiting" | "refused";

/** What of a draft is encrypted: all that was stated. */
export interface Draft {
  id: string;
  type: string;
  status: DraftStatus;
  savedAt: string;
  baseRevision: number | null;
  document: Part;
  reasons: Record<string, string>;
  /** What was typed into lists and not chosen yet. */
  unchosen?: Record<string, string>;
  title: string;
  percent: number;
  thumb: string;
  submission: Submission | null;
}
interface DraftRow {
  user: string;
  id: string;
  type: string;
  status: DraftStatus;
  savedAt: string;
  sealed: Sealed;
}
interface PhotoRow {
  user: string;
  sha256: string;
  draft: string;
  mime: string;
  sealed: Sealed;
}
interface UseRow {
  user: string;
  list: string;
  code: string;
  count: number;
}

class Tables extends Dexie {
  declare drafts: Table<DraftRow, [string, string]>;
  declare photos: Table<PhotoRow, [string, string]>;
  declare lists: Table<ListAnswer, string>;
  declare labels: Table<{ key: string; label: string; path: string[] }, string>;
  declare forms: Table<{ key: string; answer: FormAnswer }, string>;
  declare uses: Table<UseRow, [string, string, string]>;

  constructor(name: string) {
    super(name);
    this.version(1).stores({ drafts: "[user+id],user", photos: "[user+sha256],[user+draft]", lists: "name", labels: "key", forms: "key", uses: "[user+list+code],[user+list]" });
  }
}

export class Store {
  private readonly tables: Tables;
  private readonly channel: BroadcastChannel | null;

  constructor(
    readonly user: string,
    private cipher: Cipher | null,
    name = "opencen-capture",
  ) {
    this.tables = new Tables(name);
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
  }

  get isLocked(): boolean {
    return this.cipher === null;
  }

  unlock(cipher: Cipher): void {
    this.cipher = cipher;
  }

  /** Forget the key; what rests here stays encrypted until its user signs in again. */
  lock(): void {
    this.cipher = null;
  }

  close(): void {
    this.channel?.close();
    this.tables.close();
  }

  onChange(listener: () => void): () => void {
    this.channel?.addEventListener("message", listener);
    return () => this.channel?.removeEventListener("message", listener);
  }

  async saveDraft(draft: Draft): Promise<void> {
    const sealed = await this.key.sealText(JSON.stringify(draft), this.place(draft.id));
    await this.tables.drafts.put({ user: this.user, id: draft.id, type: draft.type, status: draft.status, savedAt: draft.savedAt, sealed });
    this.channel?.postMessage(draft.id);
  }

  async readDraft(id: string): Promise<Draft | null> {
    const row = await this.tables.drafts.get([this.user, id]);
    return row ? this.open(row) : null;
  }

  /** The user's drafts, the latest first; one that another key sealed is passed over, and kept. */
  async listDrafts(): Promise<Draft[]> {
    const rows = await this.tables.drafts.where("user").equals(this.user).toArray();
    const opened = await Promise.all(rows.map((row) => this.open(row).catch(() => null)));
    return opened.filter((draft) => draft !== null).sort((first, second) => second.savedAt.localeCompare(first.savedAt));
  }

  /** How many drafts rest here, also while they are locked. */
  countDrafts(): Promise<number> {
    return this.tables.drafts.where("user").equals(this.user).count();
  }

  async removeDraft(id: string): Promise<void> {
    await this.tables.transaction("rw", this.tables.drafts, this.tables.photos, async () => {
      await this.tables.drafts.delete([this.user, id]);
      await this.tables.photos.where("[user+draft]").equals([this.user, id]).delete();
    });
    this.channel?.postMessage(id);
  }

  async savePhoto(draft: string, sha256: string, content: ArrayBuffer, mime: string): Promise<void> {
    const sealed = await this.key.seal(content, this.place(sha256));
    await this.tables.photos.put({ user: this.user, sha256, draft, mime, sealed });
  }

  async listPhotos(draft: string): Promise<{ sha256: string; blob: Blob }[]> {
    const rows = await this.tables.photos.where("[user+draft]").equals([this.user, draft]).toArray();
    return Promise.all(rows.map(async (row) => ({ sha256: row.sha256, blob: new Blob([await this.key.open(row.sealed, this.place(row.sha256))], { type: row.mime }) })));
  }

  removePhoto(sha256: string): Promise<void> {
    return this.tables.photos.delete([this.user, sha256]);
  }

  readList(name: string): Promise<ListAnswer | undefined> {
    return this.tables.lists.get(name);
  }

  async saveList(list: ListAnswer): Promise<void> {
    await this.tables.lists.put(list);
  }

  async readLabel(list: string, code: string): Promise<{ label: string; path: string[] } | undefined> {
    return this.tables.labels.get(`${list} ${code}`);
  }

  async saveLabel(list: string, code: string, label: string, path: string[]): Promise<void> {
    await this.tables.labels.put({ key: `${list} ${code}`, label, path });
  }

  async readForm(key: string): Promise<FormAnswer | undefined> {
    return (await this.tables.forms.get(`${this.user} ${key}`))?.answer;
  }

  async saveForm(key: string, answer: FormAnswer): Promise<void> {
    await this.tables.forms.put({ key: `${this.user} ${key}`, answer });
  }

  async countUse(list: string, code: string): Promise<void> {
    const known = await this.tables.uses.get([this.user, list, code]);
    await this.tables.uses.put({ user: this.user, list, code, count: (known?.count ?? 0) + 1 });
  }

  async listUses(list: string): Promise<Map<string, number>> {
    const rows = await this.tables.uses.where("[user+list]").equals([this.user, list]).toArray();
    return new Map(rows.map((row) => [row.code, row.count]));
  }

  private get key(): Cipher {
    if (!this.cipher) throw new Error("The drafts are locked.");
    return this.cipher;
  }

  private place(id: string): string {
    return `${this.user}/${id}`;
  }

  private async open(row: DraftRow): Promise<Draft> {
    return JSON.parse(await this.key.openText(row.sealed, this.place(row.id))) as Draft;
  }
}
