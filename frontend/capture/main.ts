/** The entry application: finds its place on the page, unlocks the user's drafts, draws the form. */
import "./capture.css";
import { h, render } from "preact";
import { Api, LineLost, Refused, SignedOut } from "./api";
import { Codes } from "./codes";
import type { FormAnswer, RecordAnswer } from "./contract";
import { showDrafts } from "./drafts/list";
import type { Store } from "./drafts/store";
import { Entry } from "./entry";
import { Keeper } from "./keeping";
import { newRecordId } from "./model/document";
import { openStore } from "./opening";
import { Photos } from "./photos";
import { App } from "./view/app";
import { knownLanguage, setWords, t } from "./words";
import { registerWorker } from "./worker";

/** The files for a visit without a line come after the code lists of this one. */
const WORKER_MS = 2000;

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

/** What the page says; the page kept on the device says nothing, and its address does. */
function readPlace(data: DOMStringMap): Place {
  const { type = "case", record = "", user = "", csrf = "", language = "en" } = data;
  const [, isEntry, kind = type, id = ""] = /^\/(capture)\/([^/]+)\/([^/]+)/.exec(window.location.pathname) ?? [];
  const found = data["shell"] && isEntry ? { type: kind, record: id === "new" ? "" : id } : { type, record };
  return { ...found, user, csrf, language: knownLanguage(language) };
}

/** Home without a line: the drafts of this device, and the way to a new entry. */
async function showHome(host: HTMLElement, store: Store | null, api: Api): Promise<void> {
  const panel = make("section", "panel");
  const head = make("div", "panel-head");
  head.append(make("h1", "panel-title", t("Drafts on this device")), make("span", "panel-note push", t("Offline")));
  const list = document.createElement("div");
  list.append(make("div", "panel-body text-2", t("No draft on this device.")));
  const foot = make("div", "panel-body btn-row");
  foot.append(linkTo("/capture/control/new", "btn", t("Log a check")), linkTo("/capture/case/new", "btn btn-primary", t("New seizure")));
  panel.append(head, list, foot);
  host.replaceChildren(panel);
  window.addEventListener("online", () => window.location.reload());
  if (store) await showDrafts(list, store, api);
}

function make(tag: string, css: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = css;
  element.textContent = text;
  return element;
}

function linkTo(address: string, css: string, text: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.className = css;
  link.href = address;
  link.textContent = text;
  return link;
}

/** What the entry needs of the server, asked before anything is waited for: on a slow line each answer costs a third of a second. */
interface Asked {
  form: Promise<FormAnswer>;
  /** The record to change, or an earlier one to begin like. */
  record: Promise<RecordAnswer> | null;
}

function ask(api: Api, place: Place): Asked {
  const source = isOnServer(place) ? place.record : new URLSearchParams(window.location.search).get("like");
  const asked: Asked = { form: api.readForm(place.type), record: source ? api.readRecord(place.type, source) : null };
  // Whoever waits for an answer is told of its failure; until somebody waits, nobody is.
  for (const answer of [asked.form, asked.record]) answer?.catch(() => undefined);
  return asked;
}

function isOnServer(place: Place): boolean {
  return place.record !== "" && !new URLSearchParams(window.location.search).has("draft");
}

/** The form from the server; without a line the one that this device keeps. */
async function readForm(asked: Promise<FormAnswer>, store: Store | null, place: Place): Promise<FormAnswer> {
  const key = `${place.type} ${place.language}`;
  try {
    const fresh = await asked;
    // It is kept for later: a device without room for it shows it all the same.
    void store?.saveForm(key, fresh).catch(() => undefined);
    return fresh;
  } catch (error) {
    const kept = error instanceof LineLost ? await store?.readForm(key) : undefined;
    if (!kept) throw error;
    return kept;
  }
}

/** What the entry starts from: the draft on this device, the record on the server, or what office and duty fill in. */
async function fill(entry: Entry, asked: Asked, store: Store | null, photos: Photos, place: Place): Promise<void> {
  const draft = place.record ? await store?.readDraft(place.record) : null;
  if (isOnServer(place)) {
    const record = await asked.record?.catch((error: unknown) => {
      if (error instanceof LineLost && draft) return null;
      throw error;
    });
    if (record) {
      entry.document = record.document;
      entry.baseRevision = record.revision;
      entry.reference = record.reference;
      entry.review = record.review ?? [];
    }
  } else if (!draft) {
    entry.start();
    const earlier = await asked.record;
    if (earlier) entry.beginLike(earlier.document);
  }
  if (!draft) return;
  entry.document = draft.document;
  entry.reasons = draft.reasons;
  entry.unchosen = Object.fromEntries(Object.entries(draft.unchosen ?? {}).map(([path, text]) => [path, { text, suggestions: [] }]));
  entry.baseRevision = draft.baseRevision;
  entry.savedAt = new Date(draft.savedAt);
  entry.isChanged = true;
  await photos.restore(draft.thumb);
}

async function start(host: HTMLElement): Promise<void> {
  const place = readPlace(host.dataset);
  const { type, record } = place;
  setWords(readBlock("capture-messages") ?? {}, place.language);
  const api = new Api(place.csrf);
  const isHome = Boolean(host.dataset["shell"]) && window.location.pathname === "/";
  const asked = isHome ? null : ask(api, place);
  const store = await openStore(api, place.user);
  if (!asked) return showHome(host, store, api);
  const form = await readForm(asked.form, store, place);
  const entry = new Entry(type, record || newRecordId(), form, place.language);
  const codes = new Codes(api, store, form.list_versions, place.language, () => entry.show());
  entry.codes = codes;
  const photos = new Photos(entry, api, store, entry.form.byPath.has("photos.sha256") ? "photos" : "media");
  await fill(entry, asked, store, photos, place);
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
  const box = make("div", "cap-alone panel empty");
  const text = make("h1", "");
  const link = linkTo("", "btn btn-primary", "");
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
  start(host)
    .catch((error: unknown) => {
      showProblem(host, error);
      if (!(error instanceof SignedOut) && !(error instanceof LineLost) && !(error instanceof Refused)) throw error;
    })
    .finally(() => window.setTimeout(() => registerWorker(host.dataset["language"] ?? "en"), WORKER_MS));
}
