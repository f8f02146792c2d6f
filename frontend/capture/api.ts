/** Calls to the server: own origin, own session; a lost line is told apart from a refusal. */
import type { FoundRecord } from "../codes/records";
import type { CheckAnswer, FormAnswer, FoundCode, Json, KeyAnswer, Known, ListAnswer, MediaAnswer, Part, Receipt, RecordAnswer, Submission } from "./contract";

export class LineLost extends Error {}
export class SignedOut extends Error {}
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export class Api {
  constructor(
    private csrf: string,
    private readonly base = "/api/v1",
  ) {}

  readForm(type: string): Promise<FormAnswer> {
    return this.call(`/forms/${encodeURIComponent(type)}`);
  }

  readList(name: string, version: string): Promise<ListAnswer> {
    return this.call(`/codelists/${encodeURIComponent(name)}?v=${encodeURIComponent(version)}`);
  }

  findCodes(name: string, text: string, on: string): Promise<FoundCode[]> {
    const day = /^\d{4}-\d{2}-\d{2}/.exec(on)?.[0];
    return this.call(`/codelists/${encodeURIComponent(name)}/find?q=${encodeURIComponent(text)}${day ? `&on=${day}` : ""}`);
  }

  findRecords(path: string): Promise<FoundRecord[]> {
    return this.call(path);
  }

  check(body: Omit<Submission, "submission_id" | "device_time">, signal: AbortSignal): Promise<CheckAnswer> {
    return this.call("/check?with_known=false", body, signal);
  }

  /** Apart from the check, which takes longer. */
  readKnown(type: string, id: string, document: Part, signal: AbortSignal): Promise<{ known: Known[] }> {
    return this.call("/known", { type, id, document }, signal);
  }

  submit(body: Submission): Promise<Receipt> {
    return this.call("/submissions", body);
  }

  readRecord(type: string, id: string): Promise<RecordAnswer> {
    return this.call(`/records/${encodeURIComponent(type)}/${encodeURIComponent(id)}`);
  }

  /** The drafts' key; with it comes the token of the session, which a kept page and a new session lack. */
  async readKey(): Promise<KeyAnswer> {
    const answer = await this.call<KeyAnswer>("/capture/key");
    if (answer.csrf) this.csrf = answer.csrf;
    return answer;
  }

  upload(blob: Blob, name: string): Promise<MediaAnswer> {
    const body = new FormData();
    body.append("file", blob, name);
    return this.call("/media", body);
  }

  private async call<T>(path: string, body?: object, signal?: AbortSignal): Promise<T> {
    // What is only read goes without headers of its own: the page has asked for some of it already, and only the same request takes that answer.
    const request: RequestInit = { credentials: "same-origin", ...(signal ? { signal } : {}) };
    if (body && !this.csrf) await this.readKey();
    if (body) {
      request.headers = { Accept: "application/json", "X-CSRFToken": this.csrf };
      request.method = "POST";
      if (body instanceof FormData) request.body = body;
      else {
        request.body = JSON.stringify(body);
        request.headers = { ...request.headers, "Content-Type": "application/json" };
      }
    }
    let answer = await this.send(path, request);
    if (body && answer.status === 403 && (await this.hasNewToken())) answer = await this.send(path, { ...request, headers: { ...request.headers, "X-CSRFToken": this.csrf } });
    if (answer.ok) return (await answer.json()) as T;
    if (answer.status === 401) throw new SignedOut();
    if (answer.status === 429 || answer.status >= 500) throw new LineLost(String(answer.status));
    const problem = (await answer.json().catch(() => ({}))) as Record<string, Json>;
    throw new Refused(answer.status, String(problem["code"] ?? ""), String(problem["detail"] ?? problem["title"] ?? answer.statusText));
  }

  /** Who signed in again in another tab has another token. */
  private async hasNewToken(): Promise<boolean> {
    const former = this.csrf;
    await this.readKey().catch(() => undefined);
    return this.csrf !== former;
  }

  private async send(path: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.base}${path}`, request);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new LineLost();
    }
  }
}
