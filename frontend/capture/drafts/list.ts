/** The drafts on this device as rows: recognised by photo and progress before reading. */
import { wordsOf } from "../databases";
import type { Api } from "../api";
import { knownLanguage, t } from "../words";
import { sendWaiting } from "./queue";
import type { Draft, Store } from "./store";

const RETRY_MS = 30_000;

/** Draw the drafts, keep them drawn, and send what waits. */
export async function showDrafts(place: HTMLElement, store: Store, api: Api): Promise<void> {
  const empty = place.firstElementChild;
  const redraw = async (): Promise<void> => drawDrafts(place, empty, await store.listDrafts(), store, redraw);
  const send = async (): Promise<void> => {
    const round = await sendWaiting(store, api);
    if (round.sent.length) await redraw();
  };
  store.onChange(() => void redraw());
  window.addEventListener("online", () => void send());
  window.setInterval(() => void send(), RETRY_MS);
  await redraw();
  await send();
}

function drawDrafts(place: HTMLElement, empty: Element | null, drafts: Draft[], store: Store, redraw: () => Promise<void>): void {
  if (drafts.length) place.replaceChildren(...drafts.map((draft) => drawDraft(draft, store, redraw)));
  else place.replaceChildren(...(empty ? [empty] : []));
}

function drawDraft(draft: Draft, store: Store, redraw: () => Promise<void>): HTMLElement {
  const row = make("div", "item draft-row");
  row.dataset["draft"] = draft.id;
  row.append(drawThumb(draft));
  const body = make("div", "item-body");
  const link = document.createElement("a");
  link.className = "strong";
  link.href = `/capture/${draft.type}/${draft.id}${draft.baseRevision === null ? "?draft=1" : ""}`;
  link.textContent = draft.title || wordsOf(draft.type).new;
  body.append(link, drawCaption(draft), drawProgress(draft));
  row.append(body, drawDiscard(draft, store, redraw));
  return row;
}

function drawThumb(draft: Draft): HTMLElement {
  if (!draft.thumb) return make("span", "thumb draft-thumb");
  const image = document.createElement("img");
  image.className = "thumb draft-thumb";
  image.src = draft.thumb;
  image.alt = "";
  return image;
}

function drawCaption(draft: Draft): HTMLElement {
  const when = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : knownLanguage(document.documentElement.lang || "en"), { dateStyle: "medium", timeStyle: "short", numberingSystem: "latn" }).format(new Date(draft.savedAt));
  const state = draft.status === "waiting" ? t("waiting to send") : draft.status === "refused" ? t("not accepted yet: open it to see why") : t("saved");
  return make("div", draft.status === "draft" ? "caption" : "caption text-warning", `${state} · ${when}`);
}

function drawProgress(draft: Draft): HTMLElement {
  const progress = document.createElement("progress");
  progress.className = "draft-progress";
  progress.max = 100;
  progress.value = draft.percent;
  progress.setAttribute("aria-label", t("Answers given"));
  return progress;
}

function drawDiscard(draft: Draft, store: Store, redraw: () => Promise<void>): HTMLElement {
  const button = make("button", "btn btn-sm", t("Discard")) as HTMLButtonElement;
  button.type = "button";
  button.addEventListener("click", () => {
    if (window.confirm(t("Discard this draft? It cannot be brought back."))) void store.removeDraft(draft.id).then(redraw);
  });
  return button;
}

function make(tag: string, css: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = css;
  element.textContent = text;
  return element;
}
