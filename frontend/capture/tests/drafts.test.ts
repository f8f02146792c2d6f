// @vitest-environment node
import "fake-indexeddb/auto";

import Dexie from "dexie";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LineLost, Refused, SignedOut } from "../api";
import type { Receipt, Submission } from "../contract";
import { Cipher } from "../drafts/cipher";
import { sendWaiting } from "../drafts/queue";
import { Store } from "../drafts/store";
import type { Draft } from "../drafts/store";



const KEY = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, at) => at)));
const OTHER = btoa(String.fromCharCode(...Array.from({ length: 32 }, () => 7)));
let store: Store;
let number = 0;

function draft(id: string, more: Partial<Draft> = {}): Draft {
  return { id, type: "case", status: "draft", savedAt: "2026-11-12T06:58:04Z", baseRevision: null, document: { narrative: "Sami Ouerdani" }, reasons: {}, title: "Cocaine", percent: 80, thumb: "", submission: null, ...more };
}
function waiting(id: string): Draft {
  const submission: Submission = { type: "case", id, submission_id: `s-${id}`, base_revision: null, document: {}, reasons: {}, device_time: "" };
  return draft(id, { status: "waiting", submission });
}
function receipt(body: Submission, outcome: Receipt["outcome"] = "stored"): Receipt {
  return { submission_id: body.submission_id, outcome, record: { id: body.id, reference: "TN-1", revision: 1, url: "" }, findings: [], at: "" };
}
const upload = vi.fn();

beforeEach(async () => {
  number += 1;
  store = new Store("amel", await Cipher.from("k1", KEY), `drafts-${number}`);
});
afterEach(() => store.close());

describe("drafts", () => {
  test("a draft comes back as it was left", async () => {
    await store.saveDraft(draft("r1"));
    expect(await store.readDraft("r1")).toEqual(draft("r1"));
  });
  test("nothing that was stated rests on the device in the clear", async () => {
    await store.saveDraft(draft("r1"));
    const database = await new Promise<IDBDatabase>((done) => { const asked = indexedDB.open(`drafts-${number}`); asked.onsuccess = () => done(asked.result); });
    const rows = await new Promise<unknown[]>((done) => { const asked = database.transaction("drafts").objectStore("drafts").getAll(); asked.onsuccess = () => done(asked.result as unknown[]); });
    database.close();
    const [row] = rows as { sealed: { data: ArrayBuffer } }[];
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(row)).not.toContain("Ouerdani");
    expect(new TextDecoder().decode(row?.sealed.data)).not.toContain("Ouerdani");
  });
  test("another user of the tablet sees nothing of it, and another key opens nothing", async () => {
    await store.saveDraft(draft("r1"));
    const stranger = new Store("karim", await Cipher.from("k2", OTHER), `drafts-${number}`);
    expect(await stranger.listDrafts()).toEqual([]);
    expect(await stranger.readDraft("r1")).toBeNull();
    stranger.close();
    const forged = new Store("amel", await Cipher.from("k2", OTHER), `drafts-${number}`);
    await expect(forged.readDraft("r1")).rejects.toThrow();
    expect(await forged.listDrafts()).toEqual([]);
    forged.close();
  });
  test("a draft does not open under another record's name", async () => {
    const cipher = await Cipher.from("k1", KEY);
    const sealed = await cipher.sealText("secret", "amel/r1");
    await expect(cipher.openText(sealed, "amel/r2")).rejects.toThrow();
  });
  test("drafts that an earlier release kept with Dexie open as they were left", async () => {
    const former = new Dexie(`former-${number}`);
    former.version(1).stores({ drafts: "[user+id],user", photos: "[user+sha256],[user+draft]", lists: "name", labels: "key", forms: "key", uses: "[user+list+code],[user+list]" });
    const cipher = await Cipher.from("k1", KEY);
    await former.table("drafts").put({ user: "amel", id: "r1", type: "case", status: "draft", savedAt: "", sealed: await cipher.sealText(JSON.stringify(draft("r1")), "amel/r1") });
    await former.table("uses").put({ user: "amel", list: "unit", code: "kg", count: 3 });
    former.close();
    const later = new Store("amel", cipher, `former-${number}`);
    expect(await later.listDrafts()).toEqual([draft("r1")]);
    await later.countUse("unit", "kg");
    expect(await later.listUses("unit")).toEqual(new Map([["kg", 4]]));
    later.close();
  });
  test("after the browser has closed the database, it opens again", async () => {
    await store.saveDraft(draft("r1"));
    await new Promise((done) => { indexedDB.deleteDatabase(`drafts-${number}`).onsuccess = done; });
    expect(await store.listDrafts()).toEqual([]);
    await store.saveDraft(draft("r2"));
    expect((await store.listDrafts()).map((left) => left.id)).toEqual(["r2"]);
  });
  test("what the device cannot keep is not said to be kept", async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore) { this.transaction.abort(); return {} as IDBRequest<IDBValidKey>; });
    await expect(store.saveDraft(draft("r1"))).rejects.toThrow("did not keep");
    put.mockRestore();
    expect(await store.listDrafts()).toEqual([]);
  });
  test("locked, it is counted and not read; unlocked, it is there again", async () => {
    await store.saveDraft(draft("r1"));
    store.lock();
    expect(await store.countDrafts()).toBe(1);
    await expect(store.readDraft("r1")).rejects.toThrow("locked");
    store.unlock(await Cipher.from("k1", KEY));
    expect((await store.readDraft("r1"))?.title).toBe("Cocaine");
  });
  test("photos rest encrypted and leave with their draft", async () => {
    const content = new TextEncoder().encode("picture").buffer;
    await store.saveDraft(draft("r1"));
    await store.savePhoto("r1", "abc", content as ArrayBuffer, "image/png");
    const [photo] = await store.listPhotos("r1");
    expect(photo?.blob).toMatchObject({ size: 7, type: "image/png" });
    await store.removeDraft("r1");
    expect(await store.listPhotos("r1")).toEqual([]);
  });
});

describe("the queue", () => {
  test("what waits is sent once and leaves the device", async () => {
    await store.saveDraft(waiting("r1"));
    await store.saveDraft(draft("r2"));
    const submit = vi.fn(async (body: Submission) => receipt(body));
    const round = await sendWaiting(store, { submit, upload });
    expect(submit.mock.calls.map(([body]) => body.submission_id)).toEqual(["s-r1"]);
    expect(round).toMatchObject({ waiting: 0, stopped: "" });
    expect((await store.listDrafts()).map((left) => left.id)).toEqual(["r2"]);
  });
  test("after a lost answer it goes again under the same id", async () => {
    await store.saveDraft(waiting("r1"));
    const ids: string[] = [];
    const submit = vi.fn(async (body: Submission) => {
      ids.push(body.submission_id);
      if (ids.length === 1) throw new LineLost();
      return receipt(body);
    });
    expect(await sendWaiting(store, { submit, upload })).toMatchObject({ waiting: 1, stopped: "offline" });
    expect(await sendWaiting(store, { submit, upload })).toMatchObject({ waiting: 0, stopped: "" });
    expect(ids).toEqual(["s-r1", "s-r1"]);
  });
  test("a lost line stops the round; the rest waits in its order", async () => {
    for (const id of ["r1", "r2"]) await store.saveDraft({ ...waiting(id), savedAt: `2026-11-12T06:5${id[1]}:00Z` });
    const submit = vi.fn(async (): Promise<Receipt> => { throw new LineLost(); });
    expect(await sendWaiting(store, { submit, upload })).toMatchObject({ waiting: 2, stopped: "offline" });
    expect(submit).toHaveBeenCalledTimes(1);
  });
  test("signed out, everything waits", async () => {
    await store.saveDraft(waiting("r1"));
    const submit = vi.fn(async (): Promise<Receipt> => { throw new SignedOut(); });
    expect(await sendWaiting(store, { submit, upload })).toMatchObject({ waiting: 1, stopped: "signed-out" });
    expect((await store.readDraft("r1"))?.status).toBe("waiting");
  });
  test.each(["receipt", "problem"])("what is refused by a %s becomes a draft again, and the others go on", async (way) => {
    await store.saveDraft({ ...waiting("r1"), savedAt: "2026-11-12T06:00:00Z" });
    await store.saveDraft(waiting("r2"));
    const submit = vi.fn(async (body: Submission) => {
      if (body.id === "r1" && way === "problem") throw new Refused(422, "document.unreadable", "It cannot be read.");
      return receipt(body, body.id === "r1" ? "refused" : "stored");
    });
    const round = await sendWaiting(store, { submit, upload });
    expect(round.sent.map((sent) => sent.draft.id)).toEqual(["r1", "r2"]);
    expect(await store.listDrafts()).toMatchObject([{ id: "r1", status: "refused", submission: null }]);
  });
  test("photos go before their record", async () => {
    await store.saveDraft(waiting("r1"));
    await store.savePhoto("r1", "abcdef123456", new TextEncoder().encode("x").buffer as ArrayBuffer, "image/png");
    const order: string[] = [];
    const sent = { submit: async (body: Submission) => { order.push("record"); return receipt(body); }, upload: async () => { order.push("photo"); return {} as never; } };
    await sendWaiting(store, sent);
    expect(order).toEqual(["photo", "record"]);
  });
});

test("every sentence of the application is in the list that is translated", () => {
  const root = resolve(import.meta.dirname, "..");
  const files = (folder: string): string[] => readdirSync(folder).flatMap((name) => { const path = join(folder, name); return statSync(path).isDirectory() ? (name === "tests" ? [] : files(path)) : /\.tsx?$/.test(name) ? [path] : []; });
  const said = new Set<string>();
  for (const file of files(root)) {
    const source = readFileSync(file, "utf8");
    for (const match of source.matchAll(/\bt\(\s*"((?:[^"\\]|\\.)*)"/g)) said.add(match[1] ?? "");
    for (const match of source.matchAll(/\btn\(\s*"([^"]*)",\s*"([^"]*)"/g)) said.add(match[1] ?? "").add(match[2] ?? "");
  }
  const listed = JSON.parse(readFileSync(resolve(root, "../../src/opencen/capture/messages.json"), "utf8")) as string[];
  expect([...said].sort()).toEqual([...listed].sort());
});
