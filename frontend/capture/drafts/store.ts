/** Drafts and photos of one user on this device, encrypted; lists and forms, which are public, as they are. */
import type { FormAnswer, ListAnswer, Part, Submission } from "../contract";
import type { Cipher, Sealed } from "./cipher";
import { Tables } from "./tables";

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

interface LabelRow {
  key: string;
  label: string;
  path: string[];
}
interface FormRow {
  key: string;
  answer: FormAnswer;
}

const SHAPES = {
  drafts: { key: ["user", "id"], indexes: { user: "user" } },
  photos: { key: ["user", "sha256"], indexes: { "[user+draft]": ["user", "draft"] } },
  lists: { key: "name" },
  labels: { key: "key" },
  forms: { key: "key" },
  uses: { key: ["user", "list", "code"], indexes: { "[user+list]": ["user", "list"] } },
};

export class Store {
  private readonly tables: Tables<keyof typeof SHAPES>;
  private readonly channel: BroadcastChannel | null;

  constructor(
    readonly user: string,
    private cipher: Cipher | null,
    name = "opencen-capture",
  ) {
    this.tables = new Tables(name, SHAPES);
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
    const row: DraftRow = { user: this.user, id: draft.id, type: draft.type, status: draft.status, savedAt: draft.savedAt, sealed };
    await this.tables.put("drafts", row);
    this.channel?.postMessage(draft.id);
  }

  async readDraft(id: string): Promise<Draft | null> {
    const row = await this.tables.get<DraftRow>("drafts", [this.user, id]);
    return row ? this.open(row) : null;
  }

  /** The user's drafts, the latest first; one that another key sealed is passed over, and kept. */
  async listDrafts(): Promise<Draft[]> {
    const rows = await this.tables.find<DraftRow>("drafts", "user", this.user);
    const opened = await Promise.all(rows.map((row) => this.open(row).catch(() => null)));
    return opened.filter((draft) => draft !== null).sort((first, second) => second.savedAt.localeCompare(first.savedAt));
  }

  /** How many drafts rest here, also while they are locked. */
  countDrafts(): Promise<number> {
    return this.tables.count("drafts", "user", this.user);
  }

  async removeDraft(id: string): Promise<void> {
    await this.tables.write(["drafts", "photos"], (rows) => {
      rows("drafts").delete([this.user, id]);
      const photos = rows("photos").index("[user+draft]").getAllKeys([this.user, id]);
      photos.onsuccess = () => photos.result.forEach((key) => rows("photos").delete(key));
    });
    this.channel?.postMessage(id);
  }

  async savePhoto(draft: string, sha256: string, content: ArrayBuffer, mime: string): Promise<void> {
    const sealed = await this.key.seal(content, this.place(sha256));
    const row: PhotoRow = { user: this.user, sha256, draft, mime, sealed };
    await this.tables.put("photos", row);
  }

  async listPhotos(draft: string): Promise<{ sha256: string; blob: Blob }[]> {
    const rows = await this.tables.find<PhotoRow>("photos", "[user+draft]", [this.user, draft]);
    return Promise.all(rows.map(async (row) => ({ sha256: row.sha256, blob: new Blob([await this.key.open(row.sealed, this.place(row.sha256))], { type: row.mime }) })));
  }

  removePhoto(sha256: string): Promise<void> {
    return this.tables.remove("photos", [this.user, sha256]);
  }

  readList(name: string): Promise<ListAnswer | undefined> {
    return this.tables.get<ListAnswer>("lists", name);
  }

  async saveList(list: ListAnswer): Promise<void> {
    await this.tables.put("lists", list);
  }

  async readLabel(list: string, code: string): Promise<{ label: string; path: string[] } | undefined> {
    return this.tables.get<LabelRow>("labels", `${list} ${code}`);
  }

  async saveLabel(list: string, code: string, label: string, path: string[]): Promise<void> {
    const row: LabelRow = { key: `${list} ${code}`, label, path };
    await this.tables.put("labels", row);
  }

  async readForm(key: string): Promise<FormAnswer | undefined> {
    return (await this.tables.get<FormRow>("forms", `${this.user} ${key}`))?.answer;
  }

  async saveForm(key: string, answer: FormAnswer): Promise<void> {
    const row: FormRow = { key: `${this.user} ${key}`, answer };
    await this.tables.put("forms", row);
  }

  async countUse(list: string, code: string): Promise<void> {
    const known = await this.tables.get<UseRow>("uses", [this.user, list, code]);
    const row: UseRow = { user: this.user, list, code, count: (known?.count ?? 0) + 1 };
    await this.tables.put("uses", row);
  }

  async listUses(list: string): Promise<Map<string, number>> {
    const rows = await this.tables.find<UseRow>("uses", "[user+list]", [this.user, list]);
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
