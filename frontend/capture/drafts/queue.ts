/** Submissions that wait for the line: sent one after another, each under the id it was given once, so that a repeat is harmless. */
import { LineLost, Refused, SignedOut } from "../api";
import type { Api } from "../api";
import type { Receipt } from "../contract";
import type { Draft, Store } from "./store";

export interface Sent {
  draft: Draft;
  receipt: Receipt | null;
  /** Why the server refused, where it gave no receipt. */
  problem: string;
}

export interface Round {
  sent: Sent[];
  waiting: number;
  stopped: "" | "offline" | "signed-out";
}

const ACCEPTED = new Set(["stored", "unchanged", "merged"]);

export function isAccepted(receipt: Receipt): boolean {
  return ACCEPTED.has(receipt.outcome);
}

/** Send what waits; a lost line leaves the rest waiting. Only one tab sends at a time. */
export async function sendWaiting(store: Store, api: Pick<Api, "submit" | "upload">, only?: string): Promise<Round> {
  return withLock("opencen-queue", async () => {
    const round: Round = { sent: [], waiting: 0, stopped: "" };
    const waiting = (await store.listDrafts()).filter((draft) => draft.status === "waiting" && (!only || draft.id === only)).reverse();
    for (const draft of waiting) {
      try {
        round.sent.push(await sendOne(store, api, draft));
      } catch (error) {
        if (!(error instanceof LineLost) && !(error instanceof SignedOut)) throw error;
        round.stopped = error instanceof SignedOut ? "signed-out" : "offline";
        break;
      }
    }
    round.waiting = waiting.length - round.sent.length;
    return round;
  });
}

async function sendOne(store: Store, api: Pick<Api, "submit" | "upload">, draft: Draft): Promise<Sent> {
  if (!draft.submission) throw new Error("A draft waits without its submission.");
  try {
    await uploadPhotos(store, api, draft.id);
    const receipt = await api.submit(draft.submission);
    if (isAccepted(receipt)) await store.removeDraft(draft.id);
    else await store.saveDraft({ ...draft, status: "refused", submission: null });
    return { draft, receipt, problem: "" };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await store.saveDraft({ ...draft, status: "refused", submission: null });
    return { draft, receipt: null, problem: error.message };
  }
}

export async function uploadPhotos(store: Store, api: Pick<Api, "upload">, draft: string): Promise<void> {
  for (const photo of await store.listPhotos(draft)) {
    await api.upload(photo.blob, `${photo.sha256.slice(0, 12)}.${photo.blob.type.split("/")[1] ?? "bin"}`);
    await store.removePhoto(photo.sha256);
  }
}

async function withLock<T>(name: string, act: () => Promise<T>): Promise<T> {
  return typeof navigator !== "undefined" && navigator.locks ? navigator.locks.request(name, act) as Promise<T> : act();
}
