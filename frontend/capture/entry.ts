/** One entry under way: its document, what was found in it, where it is kept. Every change goes through here. */
import type { CheckAnswer, Finding, FormAnswer, Json, Known, Part, Receipt, Suggestion } from "./contract";
import type { Codes } from "./codes";
import { countAnswers, holds, scopeOf } from "./model/conditions";
import type { Completeness } from "./model/conditions";
import { duplicateItem, getAt, isEmpty, listAt, moveItem, newItemId, parentPath, plainPath, removeItem, setAt, toCanonical } from "./model/document";
import { findIdentifiers } from "./model/identifying";
import { AMOUNT_OF_CURRENCY, CURRENCY_NAME } from "./model/money";
import { likeEarlier } from "./model/template";
import { compileForm, isInline, widgetOf } from "./model/schema";
import type { Field, Form, Group } from "./model/schema";
import { browserSetting, readDate } from "./values/dates";
import { t } from "./words";

export type Phase = "loading" | "ready" | "locked" | "unavailable" | "done";

export interface Unchosen {
  text: string;
  suggestions: Suggestion[];
}

interface Past {
  document: Part;
  reasons: Record<string, string>;
  path: string;
  at: number;
}

const UNTIL_ASKED = new Set(["field.missing", "case.without_lines"]);
const TYPING_MS = 1500;
const PAST_LENGTH = 200;

export class Entry {
  phase: Phase = "loading";
  problem = "";
  document: Part = {};
  reasons: Record<string, string> = {};
  baseRevision: number | null = null;
  reference = "";
  review: { path: string; text: string; by: string; at: string }[] = [];
  answer: CheckAnswer | null = null;
  known: Known[] = [];
  checkedAt: Date | null = null;
  /** Findings of the last receipt, until the next check. */
  refusal: Finding[] = [];
  receipt: Receipt | null = null;
  isChanged = false;
  wasSubmitted = false;
  isOffline = false;
  isElsewhere = false;
  isSending = false;
  waiting = 0;
  savedAt: Date | null = null;
  notice = "";
  removed = "";
  /** What was typed into a list and not chosen yet, by the path of its field; no word of it is lost. */
  unchosen: Readonly<Record<string, Unchosen>> = {};
  readonly form: Form;
  codes: Codes | null = null;
  private readonly past: Past[] = [];
  private readonly virtual = new Map<string, string>();
  private readonly listeners = new Set<() => void>();
  private readonly changeListeners = new Set<() => void>();

  constructor(
    readonly type: string,
    readonly id: string,
    readonly given: FormAnswer,
    readonly language: string,
  ) {
    this.form = compileForm(given);
  }

  /** Listen to anything that the screen shows. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Listen to changes of what was stated. */
  onChange(listener: () => void): void {
    this.changeListeners.add(listener);
  }

  show(): void {
    for (const listener of this.listeners) listener();
  }

  /** A new document starts from what office, duty and the last record fill in. */
  start(): void {
    for (const [path, entry] of Object.entries(this.given.defaults)) {
      const field = this.form.byPath.get(path);
      if (field && !path.includes(".")) this.document = setAt(this.document, path, entry.value);
    }
    // A check is logged when it is made; whoever writes one later changes the time.
    const now = readDate("now", browserSetting(this.language));
    if (this.type === "control" && "value" in now && this.form.byPath.has("at")) this.document = setAt(this.document, "at", now.value);
    // Whatever the last record was, a new one begins short and grows.
    if (this.form.byPath.has("form")) this.document = setAt(this.document, "form", "short");
  }

  get isFull(): boolean {
    return this.form.byPath.has("form") ? this.document["form"] === "full" : this.fullHere;
  }
  private fullHere = false;

  toggleFull(): void {
    this.fullHere = !this.fullHere;
    if (this.form.byPath.has("form")) this.set("form", this.isFull ? "short" : "full");
    else this.show();
  }

  get(path: string): Json | undefined {
    return getAt(this.document, path);
  }

  text(path: string): string {
    const value = this.get(path);
    return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  }

  /** What stands here, or what a new item would start with: the same for who looks and for what is asked. */
  stated(path: string): Json | undefined {
    const value = this.get(path);
    if (value !== undefined) return value;
    const parent = parentPath(path);
    const match = /^(.*)\[([^\]]+)\]$/.exec(parent);
    return match && this.get(parent) === undefined ? this.newItem(match[1] ?? "", match[2] ?? "")[path.slice(parent.length + 1)] : undefined;
  }

  /** Keep what was typed and is not in the list; an empty text says that it is settled. */
  leaveUnchosen(path: string, text: string, suggestions: Suggestion[] = []): void {
    if (!text && !this.unchosen[path]) return;
    this.settle([path]);
    if (text) this.unchosen = { ...this.unchosen, [path]: { text, suggestions } };
    this.isChanged = true;
    for (const listener of this.changeListeners) listener();
    this.show();
  }

  private settle(paths: string[]): void {
    if (!paths.some((path) => path in this.unchosen)) return;
    this.unchosen = Object.fromEntries(Object.entries(this.unchosen).filter(([path]) => !paths.includes(path)));
  }

  private unchosenFindings(): Finding[] {
    return Object.entries(this.unchosen).map(([path, { text, suggestions }]) => ({ code: "code.unchosen", level: "error", path, message: t("“{text}” is not in the list. Choose one that is.", { text }), data: { value: text }, suggestions }));
  }

  set(path: string, value: Json | undefined): void {
    this.settle([path]);
    if (JSON.stringify(this.get(path)) === JSON.stringify(value)) return;
    this.change(path, setAt(this.document, path, value, (list, id) => this.newItem(list, id)));
  }

  setMany(patch: Record<string, Json | undefined>): void {
    this.settle(Object.keys(patch));
    let document = this.document;
    for (const [path, value] of Object.entries(patch)) document = setAt(document, path, value, (list, id) => this.newItem(list, id));
    this.change("", document);
  }

  setReason(key: string, text: string): void {
    this.remember(`reason ${key}`);
    this.reasons = { ...this.reasons, [key]: text };
    if (!text) delete this.reasons[key];
    this.changed();
  }

  add(listPath: string, values: Part = {}): string {
    const inUse = listAt(this.document, listPath).length ? newItemId() : this.virtualId(listPath);
    this.change("", setAt(this.document, `${listPath}[${inUse}]`, { ...this.newItem(listPath, inUse), ...values }));
    return inUse;
  }

  /** Add several items in one step, so that one undo takes them back. */
  addMany(listPath: string, items: Part[]): void {
    let { document } = this;
    for (const values of items) {
      const id = newItemId();
      document = setAt(document, `${listPath}[${id}]`, { ...this.newItem(listPath, id), ...values });
    }
    this.change("", document);
  }

  /** Begin like an earlier case; what was typed already stays. */
  beginLike(earlier: Part): void {
    const typed = Object.fromEntries(Object.entries(this.canonical()).filter(([path, value]) => !isEmpty(value) && this.given.defaults[path] === undefined));
    this.change("", { ...this.document, ...likeEarlier(earlier), ...typed });
  }

  remove(listPath: string, id: string): void {
    const group = this.form.byPath.get(plainPath(listPath))?.group;
    this.removed = group?.item ?? "";
    this.settle(Object.keys(this.unchosen).filter((path) => path.startsWith(`${listPath}[${id}]`)));
    this.change("", removeItem(this.document, listPath, id));
    this.virtual.delete(listPath);
  }

  duplicate(listPath: string, id: string): string {
    const copy = newItemId();
    this.change("", duplicateItem(this.document, listPath, id, copy));
    return copy;
  }

  move(listPath: string, id: string, by: number): void {
    this.change("", moveItem(this.document, listPath, id, by));
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  undo(): void {
    const last = this.past.pop();
    if (!last) return;
    this.document = last.document;
    this.reasons = last.reasons;
    this.removed = "";
    this.changed();
  }

  private change(path: string, document: Part): void {
    this.remember(path);
    if (path) this.removed = "";
    this.document = document;
    this.changed();
  }

  private remember(path: string): void {
    const last = this.past[this.past.length - 1];
    const now = Date.now();
    if (last && path && last.path === path && now - last.at < TYPING_MS) {
      last.at = now;
      return;
    }
    this.past.push({ document: this.document, reasons: this.reasons, path, at: now });
    if (this.past.length > PAST_LENGTH) this.past.shift();
  }

  private changed(): void {
    this.isChanged = true;
    this.refusal = [];
    this.notice = "";
    for (const listener of this.changeListeners) listener();
    this.show();
  }

  /** The id that the first item of an empty list will have, so that its fields can be shown before it is there. */
  virtualId(listPath: string): string {
    const known = this.virtual.get(listPath) ?? newItemId();
    this.virtual.set(listPath, known);
    return known;
  }

  newItem(listPath: string, id: string): Part {
    const plain = plainPath(listPath);
    const item: Part = { id };
    for (const field of this.form.byPath.get(plain)?.group?.fields ?? []) {
      const value = this.defaultOf(field);
      if (value !== undefined && !field.group) item[field.name] = value;
    }
    return item;
  }

  /** What a field is filled with; a field on duty that nobody filled starts with the first code of its list. */
  private defaultOf(field: Field): Json | undefined {
    const given = this.given.defaults[field.path];
    if (given) return given.value;
    if (field.layout.default !== "duty" || !field.codelist || !field.path.includes(".")) return undefined;
    return this.codes?.indexOf(field.codelist, "")?.list.codes[0]?.code;
  }

  isFilledIn(field: Field, value: Json | undefined): boolean {
    return Boolean(field.layout.default) && value !== undefined && JSON.stringify(this.defaultOf(field)) === JSON.stringify(value);
  }

  isAsked(field: Field, path: string): boolean {
    const scope = scopeOf(this.document, parentPath(path), (list, id) => this.newItem(list, id));
    return field.layout.when.every((condition) => holds(condition, scope));
  }

  /** The items of a list: their paths, or the one that is about to be. */
  itemPaths(listPath: string, withVirtual: boolean): string[] {
    const items = listAt(this.document, listPath).map((item) => `${listPath}[${String(item["id"])}]`);
    return items.length || !withVirtual ? items : [`${listPath}[${this.virtualId(listPath)}]`];
  }

  canonical(): Part {
    return toCanonical(this.document, (path, value) => {
      const field = this.form.byPath.get(path);
      return field !== undefined && this.isFilledIn(field, value);
    });
  }

  completeness(): Completeness {
    const document = this.withFirstItems(this.canonical());
    return countAnswers(document, this.form, !this.isFull, (field, value) => this.isFilledIn(field, value) || Boolean(field.layout.default && !field.path.includes(".") && !isEmpty(value)));
  }

  /** The short form shows the first item of some lists before it is there: its questions count already. */
  private withFirstItems(document: Part): Part {
    let seen = document;
    for (const field of this.form.sections.flatMap((section) => section.fields)) {
      const { group } = field;
      if (!group?.list || !field.layout.short || field.layout.optional || !isInline(field) || widgetOf(group.fields, group.list)) continue;
      if (!listAt(seen, field.name).length) seen = setAt(seen, field.name, [this.newItem(field.name, this.virtualId(field.name))]);
    }
    return seen;
  }

  /** The day of the event: codes hold as of it. */
  get day(): string {
    return this.text(this.form.byPath.has("detected_at") ? "detected_at" : "at");
  }

  /** Everything found; looked for once for each state of the entry, as every field asks. */
  findings(): Finding[] {
    const state = [this.document, this.answer, this.refusal, this.unchosen, this.wasSubmitted];
    if (!this.found || this.found.state.some((part, at) => part !== state[at])) this.found = { state, findings: this.findAll() };
    return this.found.findings;
  }
  private found: { state: unknown[]; findings: Finding[] } | null = null;

  /** The device's own findings first while the server has not looked. */
  private findAll(): Finding[] {
    const given = this.refusal.length ? this.refusal : (this.answer?.findings ?? []);
    const local = findIdentifiers(this);
    const byPath = new Map(local.map((found) => [found.path, found]));
    const shown = given.map((found) => (found.code === "field.missing" ? { ...found, message: t("An answer is needed here.") } : found)).filter((found) => {
      if (found.code.startsWith("identifier.")) return false;
      if (UNTIL_ASKED.has(found.code)) return this.wasSubmitted && isEmpty(this.get(found.path));
      return true;
    });
    const better = given.filter((found) => found.code.startsWith("identifier.") && byPath.get(found.path)?.data["value"] === found.data["value"]);
    for (const found of better) byPath.set(found.path, joined(found, byPath.get(found.path)));
    const missing = this.wasSubmitted && !this.answer && !this.refusal.length ? this.missingFindings() : [];
    return [...this.unchosenFindings(), ...shown, ...byPath.values(), ...missing].sort((first, second) => rank(first) - rank(second));
  }

  missingFindings(): Finding[] {
    return this.completeness().missing.map((path) => ({ code: "field.missing", level: "error", path, message: t("An answer is needed here."), data: {}, suggestions: [] }));
  }

  /** Whether a unit or a quantity is that of money, by the goods of its line. */
  countsMoney(path: string): boolean {
    const line = parentPath(path);
    const goods = this.text(`${line}.commodity`);
    return goods !== "" && this.form.byPath.has(`${plainPath(line)}.${CURRENCY_NAME}`) && this.codes?.inherited("commodity", goods, "default_unit") === AMOUNT_OF_CURRENCY;
  }

  labelOf(path: string): string {
    const field = this.form.byPath.get(plainPath(path));
    if (!field) return "";
    if (field.name === "quantity" && this.countsMoney(path)) return t("Amount");
    if (field.layout.label) return field.layout.label;
    const group: Group | null = field.group;
    const asked = group?.list === "" ? group.fields.find((inner) => inner.layout.short) : undefined;
    return asked?.layout.label || group?.label || path;
  }

  fieldFindings(path: string): Finding[] {
    return this.findings().filter((found) => found.path === path);
  }
}

/** The server decides how grave it is and what is likeliest; the words are the form's, which has the number before it. */
function joined(given: Finding, own: Finding | undefined): Finding {
  const labels = new Map(own?.suggestions.map((suggestion) => [JSON.stringify(suggestion.patch), suggestion.label]));
  const suggestions = given.suggestions.map((suggestion) => ({ ...suggestion, label: labels.get(JSON.stringify(suggestion.patch)) ?? suggestion.label }));
  return { ...given, message: own?.message ?? given.message, suggestions };
}

function rank(found: Finding): number {
  return { error: 0, warning: 1, hint: 2 }[found.level];
}
