/** Code lists of the form: whole ones from the device or the server, big ones searched on the server. */
import { foldText } from "../codes/fold";
import { CodeIndex } from "../codes/search";
import type { Code, Match } from "../codes/search";
import { LineLost, Refused } from "./api";
import type { Api } from "./api";
import type { CodeAnswer, ListAnswer } from "./contract";
import { Records } from "./records";
import type { Store } from "./drafts/store";
import { moneyIndex } from "./model/money";

const SEARCHED = new Set(["place", "hs", "airport"]);

export class Codes {
  readonly records: Records;
  private readonly answers = new Map<string, ListAnswer>();
  private readonly indexes = new Map<string, CodeIndex>();
  private readonly dated = new Map<string, CodeAnswer[]>();
  private readonly asked = new Set<string>();
  private readonly money = new Map<CodeIndex, CodeIndex>();
  private readonly uses = new Map<string, Map<string, number>>();
  private readonly labels = new Map<string, { label: string; path: string[] }>();
  private readonly countries = new Map<string, string>();

  constructor(
    private readonly api: Api,
    private readonly store: Store | null,
    private readonly versions: Record<string, string>,
    private readonly language: string,
    private readonly onLoad: () => void,
  ) {
    this.records = new Records(api, language, onLoad);
  }

  isSearched(list: string): boolean {
    return SEARCHED.has(list);
  }

  /** The list as of a day, or null while it is on its way. */
  indexOf(list: string, day: string): CodeIndex | null {
    if (this.isSearched(list)) return this.emptyIndex(list);
    const answer = this.answers.get(list);
    if (!answer) {
      void this.load(list);
      return null;
    }
    const key = this.keyOf(answer, day);
    const known = this.indexes.get(key);
    if (known) return known;
    const codes = answer.codes.filter((code) => isInForce(code, day)).map((code) => this.toCode(code, list));
    const made = new CodeIndex({ list, codes, language: this.language, version: "" });
    this.indexes.set(key, made);
    prepareWhenIdle(made);
    return made;
  }

  /** What money is counted in, or null while a list of it is on its way. */
  moneyUnits(day: string): CodeIndex | null {
    const [currencies, units] = [this.indexOf("currency", day), this.indexOf("unit", day)];
    if (!currencies || !units) return null;
    const made = this.money.get(units) ?? moneyIndex(currencies, units);
    this.money.set(units, made);
    return made;
  }

  /** Days on which the same codes hold share one index: typing a date builds none anew. */
  private keyOf(answer: ListAnswer, day: string): string {
    const dated = this.dated.get(answer.name) ?? answer.codes.filter((code) => code.f || code.t);
    this.dated.set(answer.name, dated);
    return [answer.name, ...dated.filter((code) => !isInForce(code, day)).map((code) => code.c)].join(" ");
  }

  /** An attribute of a code, its own or the nearest parent's. */
  inherited(list: string, code: string, name: string): string {
    const codes = this.answers.get(list)?.codes ?? [];
    let entry = codes.find((found) => found.c === code);
    for (let depth = 0; entry && depth < 8; depth += 1) {
      const value = entry.x?.[name];
      if (typeof value === "string" && value) return value;
      const parent: string | null = entry.p;
      entry = codes.find((found) => found.c === parent);
    }
    return "";
  }

  label(list: string, code: string): string {
    return this.labelled(list, code).label;
  }

  path(list: string, code: string): string[] {
    return this.labelled(list, code).path;
  }

  remember(list: string, code: string, label: string, path: string[]): void {
    this.labels.set(`${list} ${code}`, { label, path });
    void this.store?.saveLabel(list, code, label, path);
  }

  /** The country that a place found here lies in. */
  countryOf(place: string): string {
    return this.countries.get(place) ?? "";
  }

  countUse(list: string, code: string): void {
    if (code) void this.store?.countUse(list, code);
  }

  /** Without a line it throws: who asks says so, and keeps what was typed. */
  async search(list: string, text: string, day: string): Promise<Match[]> {
    const found = await this.api.findCodes(list, text, day);
    const wanted = foldText(text.trim()).text;
    return found.map((entry) => {
      const path = Array.isArray(entry.path) ? entry.path : entry.path ? [entry.path] : [];
      this.labels.set(`${list} ${entry.code}`, { label: entry.label, path });
      const code: Code = { code: entry.code, labels: { [this.language]: entry.label }, ...(entry.country ? { country: entry.country } : {}) };
      if (entry.country) this.countries.set(entry.code, entry.country);
      const mark: [number, number][] = entry.end > entry.start ? [[entry.start, entry.end]] : [];
      const match: Match = { code, label: entry.label, path, depth: 0, marks: [], isSure: foldText(entry.label).text.startsWith(wanted) || foldText(entry.matched ?? "").text === wanted };
      if (!entry.matched || entry.matched === entry.label) match.marks = mark;
      else match.found = { language: entry.language, text: entry.matched, marks: mark };
      return match;
    });
  }

  private labelled(list: string, code: string): { label: string; path: string[] } {
    const known = this.labels.get(`${list} ${code}`);
    if (known) return known;
    if (this.isSearched(list)) {
      void this.findLabel(list, code);
      return { label: code, path: [] };
    }
    const index = this.indexOf(list, "");
    const entry = index?.byCode.get(code);
    return entry && index ? { label: index.labelOf(entry), path: index.pathOf(entry) } : { label: code, path: [] };
  }

  private async findLabel(list: string, code: string): Promise<void> {
    const key = `${list} ${code}`;
    if (this.asked.has(key)) return;
    this.asked.add(key);
    const kept = await this.store?.readLabel(list, code);
    if (kept) this.labels.set(key, kept);
    else {
      const exact = (await this.search(list, code, "").catch(orNothing)).find((match) => match.code.code === code);
      if (exact) this.remember(list, code, exact.label, exact.path);
    }
    if (this.labels.has(key)) this.onLoad();
  }

  private async load(list: string): Promise<void> {
    if (this.asked.has(list)) return;
    this.asked.add(list);
    this.uses.set(list, (await this.store?.listUses(list)) ?? new Map());
    const kept = await this.store?.readList(list);
    const version = this.versions[list] ?? "";
    if (kept && (!version || kept.version === version)) this.keep(kept);
    else {
      try {
        const fresh = await this.api.readList(list, version);
        this.keep(fresh);
        await this.store?.saveList(fresh);
      } catch (error) {
        if (kept) this.keep(kept);
        if (!(error instanceof LineLost) && !(error instanceof Refused)) throw error;
        window.setTimeout(() => this.asked.delete(list), 5000);
      }
    }
  }

  private keep(answer: ListAnswer): void {
    this.answers.set(answer.name, answer);
    this.onLoad();
  }

  private emptyIndex(list: string): CodeIndex {
    const known = this.indexes.get(list) ?? new CodeIndex({ list, codes: [], language: this.language });
    this.indexes.set(list, known);
    return known;
  }

  private toCode(answer: CodeAnswer, list: string): Code {
    const uses = this.uses.get(list)?.get(answer.c) ?? 0;
    const symbol = answer.x?.["symbol"];
    /* Currencies are known by their letters: a sign such as $ is that of many. */
    if (list === "currency") return { code: answer.c, labels: { [this.language]: answer.c }, words: withLabels(answer), note: answer.l[this.language] ?? answer.l["en"] ?? "", ...(uses ? { uses } : {}) };
    const named = typeof symbol === "string" && symbol ? { labels: { [this.language]: symbol }, words: withLabels(answer) } : { labels: answer.l, words: answer.a };
    return { code: answer.c, ...named, ...(answer.p ? { parent: answer.p } : {}), ...(uses ? { uses } : {}) };
  }
}

/** Make a list ready to be searched between two keys, so that the first key typed into it waits for nothing. */
function prepareWhenIdle(index: CodeIndex): void {
  if (typeof requestIdleCallback === "undefined") return;
  requestIdleCallback((deadline) => {
    if (!index.prepare(() => deadline.timeRemaining() > 1)) prepareWhenIdle(index);
  });
}

function orNothing(error: unknown): Match[] {
  if (error instanceof LineLost || error instanceof Refused) return [];
  throw error;
}

/** Where a symbol stands for the code, its names are still found by typing. */
function withLabels(answer: CodeAnswer): Record<string, string[]> {
  return Object.fromEntries(Object.entries(answer.l).map(([language, label]) => [language, [label, ...(answer.a[language] ?? [])]]));
}

function isInForce(code: CodeAnswer, day: string): boolean {
  const from = day.slice(0, 10);
  if (!from) return true;
  return !(code.f && from < code.f.slice(0, from.length)) && !(code.t && from > code.t);
}
