/** The entry application: finds its place on the page, unlocks the user's drafts, draws the form. */
import "./capture.css";
import { h, render } from "preact";
import { Api, LineLost, Refused, SignedOut } from "./api";
import { Codes } from "./codes";
import type { FormAnswer } from "./contract";
import { Cipher } from "./drafts/cipher";
import { Store } from "./drafts/store";
import { Entry } from "./entry";
import { Keeper } from "./keeping";
import { newRecordId } from "./model/document";
import { Photos } from "./photos";
import { App } from "./view/app";
import { knownLanguage, setWords, t } from "./words";

interface Place {
  type: string;
  record: string;
  user: string;
  csrf: string;
  language: string;
}

export function readBlock<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

async function openStore(api: Api, user: string): Promise<Store | null> {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return null;
  const { key_id, key } = await api.readKey();
  return new Store(user, await Cipher.from(key_id, key));
}

async function readForm(api: Api, store: Store | null, place: Place): Promise<FormAnswer> {
  const key = `${place.type} ${place.language}`;
  try {
    const fresh = await api.readForm(place.type);
    await store?.saveForm(key, fresh);
    return fresh;
  } catch (error) {
    const kept = error instanceof LineLost ? await store?.readForm(key) : undefined;
    if (!kept) throw error;
    return kept;
  }
}

/** What the entry starts from: the draft on this device, the record on the server, or what office and duty fill in. */
async function fill(entry: Entry, api: Api, store: Store | null, photos: Photos, place: Place): Promise<void> {
  const draft = place.record ? await store?.readDraft(place.record) : null;
  const isDraftOnly = new URLSearchParams(window.location.search).has("draft");
  if (place.record && !isDraftOnly) {
    const record = await api.readRecord(place.type, place.record).catch((error: unknown) => {
      if (error instanceof LineLost && draft) return null;
      throw error;
    });
    if (record) {
      entry.document = record.document;
      entry.baseRevision = record.revision;
      entry.reference = record.reference;
      entry.review = record.review ?? [];
    }
  } else if (!draft) entry.start();
  if (!draft) return;
  entry.document = draft.document;
  entry.reasons = draft.reasons;
  entry.baseRevision = draft.baseRevision;
  entry.savedAt = new Date(draft.savedAt);
  entry.isChanged = true;
  await photos.restore(draft.thumb);
}

async function start(host: HTMLElement): Promise<void> {
  const { type = "case", record = "", user = "", csrf = "", language = "en" } = host.dataset;
  const place: Place = { type, record, user, csrf, language: knownLanguage(language) };
  setWords(readBlock("capture-messages") ?? {}, place.language);
  const api = new Api(csrf);
  const store = await openStore(api, user);
  const form = await readForm(api, store, place);
  const entry = new Entry(type, record || newRecordId(), form, place.language);
  const codes = new Codes(api, store, form.list_versions, place.language, () => entry.show());
  entry.codes = codes;
  const photos = new Photos(entry, api, store);
  await fill(entry, api, store, photos, place);
  const keeper = new Keeper(entry, api, store, photos);
  entry.phase = "ready";
  await keeper.holdDraft(() => window.location.reload());
  host.replaceChildren();
  render(h(App, { desk: { entry, codes, keeper, photos, language: place.language } }), host);
  if (!record && window.matchMedia("(pointer: fine)").matches) focusFirst(host);
  await keeper.countWaiting();
  if (entry.waiting) void keeper.onLine();
  else keeper.checkSoon();
}

/** A keyboard finds the first question ready; a touch screen keeps its keyboard down. */
function focusFirst(host: HTMLElement): void {
  host.querySelector<HTMLElement>(".cap-short .cap-row :is(input, select)")?.focus();
}

function showProblem(host: HTMLElement, error: unknown): void {
  const here = encodeURIComponent(window.location.pathname + window.location.search);
  const box = document.createElement("div");
  box.className = "cap-alone panel empty";
  const text = document.createElement("h1");
  const link = document.createElement("a");
  link.className = "btn btn-primary";
  if (error instanceof SignedOut) {
    text.textContent = t("Sign in again, nothing is lost.");
    link.textContent = t("Sign in");
    link.href = `/sign-in?next=${here}`;
  } else {
    text.textContent = error instanceof Refused ? error.message : t("The form cannot be opened without a line yet. Drafts on this device are safe.");
    link.textContent = t("Try again");
    link.href = window.location.href;
  }
  box.append(text, link);
  host.replaceChildren(box);
}

const host = document.getElementById("capture");
if (host) {
  start(host).catch((error: unknown) => {
    showProblem(host, error);
    if (!(error instanceof SignedOut) && !(error instanceof LineLost) && !(error instanceof Refused)) throw error;
  });
}
