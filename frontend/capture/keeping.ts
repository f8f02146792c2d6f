/** Keeps an entry on the device while it grows, asks the server about it, and hands it in. */
import { LineLost, Refused, SignedOut } from "./api";
import type { Api } from "./api";
import type { Submission } from "./contract";
import { isAccepted, sendWaiting } from "./drafts/queue";
import { forgetKey } from "./drafts/kept_key";
import type { Sent } from "./drafts/queue";
import type { Draft, DraftStatus, Store } from "./drafts/store";
import type { Entry } from "./entry";
import type { Photos } from "./photos";
import { listAt, newRecordId } from "./model/document";
import { writeNumber } from "./values/decimals";
import { comma, t } from "./words";

const SAVE_MS = 300;
const CHECK_MS = 400;
const KNOWN_MS = 150;
/** Parts of a case that earlier cases may share. */
const SHARED = ["consignments", "companies", "conveyances", "traveller", "persons", "route", "lines"];
/** The databases whose entries are told of what is known already, and what of a subject tells nobody from another. */
const TOLD = new Set(["case", "suspect", "company", "conveyance"]);
const UNTOLD = new Set(["photos", "entries", "note", "review_on", "expires_on", "legal_basis", "legal_provision", "flags"]);
const RETRY_MS = 15_000;

export class Keeper {
  private saveTimer = 0;
  private checkTimer = 0;
  private checking: AbortController | null = null;
  private knownTimer = 0;
  private asking: AbortController | null = null;
  private askedFor = "";
  /** How often the entry changed, and which of these changes the kept draft holds. */
  private changes = 0;
  private kept = 0;
  private saving: Promise<void> = Promise.resolve();
  private submission: Submission | null = null;

  constructor(
    readonly entry: Entry,
    readonly api: Api,
    readonly store: Store | null,
    readonly photos: Photos,
  ) {
    entry.onChange(() => this.onChange());
    window.addEventListener("pagehide", () => void this.saveNow());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void this.saveNow());
    window.addEventListener("beforeunload", (event) => {
      if (this.isUnsaved() && this.entry.phase === "ready") event.preventDefault();
    });
    window.addEventListener("online", () => void this.onLine());
    window.addEventListener("offline", () => this.setOffline(true));
    window.setInterval(() => (entry.isOffline || entry.waiting ? void this.onLine() : undefined), RETRY_MS);
    entry.isOffline = !navigator.onLine;
  }

  private onChange(): void {
    if (this.entry.isElsewhere) return;
    this.changes += 1;
    this.submission = null;
    window.clearTimeout(this.saveTimer);
    this.saveTimer = window.setTimeout(() => void this.saveNow(), SAVE_MS);
    this.checkSoon();
  }

  checkSoon(): void {
    window.clearTimeout(this.checkTimer);
    this.checking?.abort();
    this.checkTimer = window.setTimeout(() => void this.check(), CHECK_MS);
    window.clearTimeout(this.knownTimer);
    this.knownTimer = window.setTimeout(() => void this.lookUp(), KNOWN_MS);
  }

  /** Ask what is known already, apart from the findings and sooner, when something that cases share has changed. */
  private async lookUp(): Promise<void> {
    const { entry } = this;
    if (entry.phase !== "ready" || entry.isElsewhere || !TOLD.has(entry.type)) return;
    const isShared = (name: string): boolean => (entry.type === "case" ? SHARED.includes(name) : !UNTOLD.has(name));
    const document = Object.fromEntries(Object.entries(entry.canonical()).filter(([name]) => isShared(name)));
    const wanted = JSON.stringify(document);
    if (wanted === this.askedFor) return;
    this.asking?.abort();
    const control = new AbortController();
    this.asking = control;
    try {
      entry.known = (await this.api.readKnown(entry.type, entry.id, document, control.signal)).known;
      entry.checkedAt = new Date();
      this.askedFor = wanted;
      entry.show();
    } catch (error) {
      if (!(error instanceof DOMException)) this.onFailure(error);
    }
  }

  /** Write what stands now; writes follow each other, so that an older one never comes last. */
  saveNow(status: DraftStatus = "draft"): Promise<void> {
    if (!this.store || this.store.isLocked || !this.entry.isChanged || this.entry.phase === "done" || this.entry.isElsewhere) return Promise.resolve();
    window.clearTimeout(this.saveTimer);
    const draft = this.makeDraft(status);
    const held = this.changes;
    this.saving = this.saving.then(async () => {
      await this.store?.saveDraft(draft);
      this.kept = Math.max(this.kept, held);
      this.entry.savedAt = new Date(draft.savedAt);
      nameDraftInAddress(this.entry.type, this.entry.id, this.entry.baseRevision);
      this.entry.show();
    });
    return this.saving.catch(() => {
      this.entry.notice = t("This device could not keep the draft. Its storage may be full.");
      this.entry.show();
    });
  }

  private isUnsaved(): boolean {
    return this.store !== null && this.changes !== this.kept;
  }

  async close(): Promise<void> {
    await this.saveNow();
    window.location.assign("/");
  }

  private makeDraft(status: DraftStatus): Draft {
    const { answered, asked } = this.entry.completeness();
    return {
      id: this.entry.id,
      type: this.entry.type,
      status,
      savedAt: new Date().toISOString(),
      baseRevision: this.entry.baseRevision,
      document: this.entry.document,
      reasons: this.entry.reasons,
      unchosen: Object.fromEntries(Object.entries(this.entry.unchosen).map(([path, { text }]) => [path, text])),
      title: this.titleOf(),
      percent: asked ? Math.round((100 * answered) / asked) : 0,
      thumb: this.photos.mainThumb(),
      submission: status === "waiting" ? this.submission : null,
    };
  }

  /** Goods and quantity, as one would say: by these one knows a draft again. */
  private titleOf(): string {
    const { entry } = this;
    const [line] = listAt(entry.document, "lines");
    const code = typeof line?.["commodity"] === "string" ? line["commodity"] : entry.text("subject");
    const list = line ? "commodity" : "control_subject";
    const unit = typeof line?.["unit"] === "string" ? (entry.codes?.label("unit", line["unit"]) ?? "") : "";
    const quantity = typeof line?.["quantity"] === "string" ? `${writeNumber(line["quantity"], entry.language)} ${unit}`.trim() : "";
    return [code ? (entry.codes?.label(list, code) ?? "") : "", quantity].filter(Boolean).join(comma());
  }

  /** Fill in what repeats from an earlier case. */
  async beginLike(id: string): Promise<void> {
    try {
      this.entry.beginLike((await this.api.readRecord(this.entry.type, id)).document);
    } catch (error) {
      this.onFailure(error);
    }
  }

  async check(): Promise<void> {
    const { entry } = this;
    if (entry.phase !== "ready" || entry.isElsewhere) return;
    this.checking?.abort();
    const control = new AbortController();
    this.checking = control;
    try {
      const answer = await this.api.check({ type: entry.type, id: entry.id, base_revision: entry.baseRevision, document: entry.canonical(), reasons: entry.reasons }, control.signal);
      entry.answer = answer;
      this.setOffline(false);
    } catch (error) {
      if (error instanceof DOMException) return;
      this.onFailure(error);
    }
  }

  private onFailure(error: unknown): void {
    if (error instanceof SignedOut) void this.lock();
    else if (error instanceof LineLost) this.setOffline(true);
    else if (error instanceof Refused) {
      this.entry.notice = error.message;
      this.entry.show();
    } else throw error;
  }

  private setOffline(isOffline: boolean): void {
    this.entry.isOffline = isOffline;
    this.entry.show();
  }

  private async lock(): Promise<void> {
    if (!this.store) {
      this.entry.notice = t("Your session has ended. Sign in again in another tab, then go on here: this page keeps what you typed.");
      this.entry.show();
      return;
    }
    // What is typed while the draft is written is written too, before its key goes.
    for (let round = 0; round === 0 || (this.isUnsaved() && round < 5); round += 1) await this.saveNow();
    this.store.lock();
    this.entry.phase = "locked";
    this.entry.show();
    await forgetKey();
  }

  /** The line is back: photos and waiting submissions go, then the form is looked at again. */
  async onLine(): Promise<void> {
    await this.sendQueue();
    await Promise.all([this.check(), this.lookUp()]);
  }

  async sendQueue(only?: string): Promise<Sent[]> {
    if (!this.store || this.store.isLocked) return [];
    const round = await sendWaiting(this.store, this.api, only);
    if (round.stopped === "signed-out") await this.lock();
    if (round.stopped === "offline") this.entry.isOffline = true;
    await this.countWaiting();
    return round.sent;
  }

  async countWaiting(): Promise<void> {
    if (!this.store || this.store.isLocked) return;
    this.entry.waiting = (await this.store.listDrafts()).filter((draft) => draft.status === "waiting").length;
    this.entry.show();
  }

  /** Hand the entry in; without a line it waits on the device under the id it was given. */
  async submit(): Promise<void> {
    const { entry } = this;
    if (entry.isSending || entry.phase !== "ready") return;
    entry.wasSubmitted = true;
    if (Object.keys(entry.unchosen).length) return this.refuse();
    if (entry.isOffline && entry.missingFindings().length) {
      entry.answer = null;
      return this.refuse();
    }
    entry.isSending = true;
    entry.show();
    try {
      await this.send();
    } catch (error) {
      this.onFailure(error);
    } finally {
      entry.isSending = false;
      entry.show();
    }
  }

  private async send(): Promise<void> {
    const { entry } = this;
    this.submission ??= {
      type: entry.type,
      id: entry.id,
      submission_id: newRecordId(),
      base_revision: entry.baseRevision,
      document: entry.canonical(),
      reasons: entry.reasons,
      device_time: new Date().toISOString(),
    };
    entry.isChanged = true;
    if (!this.store) {
      await this.photos.uploadAll();
      return this.finish({ receipt: await this.api.submit(this.submission), problem: "" });
    }
    await this.saveNow("waiting");
    const [sent] = await this.sendQueue(entry.id);
    if (sent) return this.finish(sent);
    if (entry.phase !== "locked") entry.phase = "done";
  }

  private finish(sent: Pick<Sent, "receipt" | "problem">): void {
    const { entry } = this;
    this.submission = null;
    entry.receipt = sent.receipt;
    if (sent.receipt && isAccepted(sent.receipt)) {
      entry.phase = "done";
      this.kept = this.changes;
      return;
    }
    entry.refusal = sent.receipt?.findings ?? [];
    entry.notice = sent.problem || (sent.receipt?.outcome === "conflict" ? t("Somebody changed this record meanwhile, and both changed the same field. Open it again to see both.") : "");
    this.refuse();
  }

  private refuse(): void {
    this.entry.show();
    window.setTimeout(() => document.querySelector<HTMLElement>(".cap-summary")?.focus(), 50);
  }

  /** A second tab may not write: the first that opened the draft holds it. */
  async holdDraft(onFree: () => void): Promise<void> {
    const { locks } = navigator;
    if (!locks || !this.store) return;
    const name = `opencen-draft-${this.entry.id}`;
    const hold = (): Promise<never> => new Promise<never>(() => undefined);
    await new Promise<void>((resolve) => {
      void locks.request(name, { ifAvailable: true }, (lock) => {
        this.entry.isElsewhere = lock === null;
        resolve();
        return lock ? hold() : undefined;
      });
    });
    if (!this.entry.isElsewhere) return;
    void locks.request(name, () => {
      this.entry.isElsewhere = false;
      onFree();
      return hold();
    });
  }
}

/** From now on a reload opens this draft again. */
function nameDraftInAddress(type: string, id: string, baseRevision: number | null): void {
  const wanted = `/capture/${type}/${id}${baseRevision === null ? "?draft=1" : ""}`;
  if (window.location.pathname + window.location.search !== wanted) window.history.replaceState(null, "", wanted);
}
