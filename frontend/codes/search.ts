/** Search a code list by typing in any language: the best match of each code, with the part to mark. */
import { foldText } from "./fold";
import type { Folded } from "./fold";
import { nearestWords } from "./near";

export interface Code {
  code: string;
  labels: Record<string, string>;
  /** Further words by language: synonyms, slang, official codes. */
  words?: Record<string, string[]>;
  parent?: string;
  /** How often this office used it. */
  uses?: number;
  /** A heading that cannot be taken itself. */
  heading?: boolean;
  /** What a code that is shown by its letters is called. */
  note?: string;
  /** Of a place: the country it lies in, which a place of one's own does not begin with. */
  country?: string;
}

export interface CodeList {
  list: string;
  codes: Code[];
  language: string;
  version?: string;
}

export interface Match {
  code: Code;
  label: string;
  path: string[];
  depth: number;
  /** Marked parts of the label in the reader's language, or of the words that matched in another. */
  marks: [number, number][];
  found?: { language: string; text: string; marks: [number, number][] };
  /** What was typed is one of its names, or begins its label: it may be taken without being pointed at. */
  isSure?: boolean;
  /** What was typed begins one of its names. */
  isBegun?: boolean;
  /** What tells it from others of its name, each isolated from the next: of records, not of codes. */
  notes?: string[];
}

/** Codes that people know by their letters: EUR, TN, IV. */
const WRITTEN_CODE = /^[A-Z]{2,3}$/;

interface Entry {
  code: Code;
  language: string;
  text: string;
  folded: Folded;
  isLabel: boolean;
}

export class CodeIndex {
  readonly byCode = new Map<string, Code>();
  private readonly folded: Entry[] = [];
  /** How many codes are folded already. */
  private done = 0;
  /** The entries that hold each word, made when something misspelt is first looked for. */
  private byWord: Map<string, Entry[]> | null = null;

  constructor(readonly list: CodeList) {
    for (const code of list.codes) this.byCode.set(code.code, code);
  }

  /** Fold texts while there is time; what is left is folded at the first search. True when all is done. */
  prepare(hasTime: () => boolean = () => true): boolean {
    while (this.done < this.list.codes.length && hasTime()) {
      const code = this.list.codes[this.done];
      this.done += 1;
      if (!code || code.heading) continue;
      for (const [language, text] of Object.entries(code.labels)) this.add(code, language, text, true);
      for (const [language, words] of Object.entries(code.words ?? {})) for (const text of words) this.add(code, language, text, false);
      if (WRITTEN_CODE.test(code.code)) this.add(code, this.list.language, code.code, false);
    }
    return this.done >= this.list.codes.length;
  }

  private add(code: Code, language: string, text: string, isLabel: boolean): void {
    this.folded.push({ code, language, text, folded: foldText(text), isLabel });
  }

  private get entries(): Entry[] {
    this.prepare();
    return this.folded;
  }

  labelOf(code: Code): string {
    return code.labels[this.list.language] ?? code.labels["en"] ?? Object.values(code.labels)[0] ?? code.code;
  }

  pathOf(code: Code): string[] {
    const path: string[] = [];
    const seen = new Set([code.code]);
    for (let parent = this.byCode.get(code.parent ?? ""); parent && !seen.has(parent.code); parent = this.byCode.get(parent.parent ?? "")) {
      seen.add(parent.code);
      path.unshift(this.labelOf(parent));
    }
    return path;
  }

  /** Frequent codes first, for an empty field. */
  listFrequent(limit: number): Match[] {
    const used = this.list.codes.filter((code) => (code.uses ?? 0) > 0 && !code.heading).sort((first, second) => (second.uses ?? 0) - (first.uses ?? 0));
    const chosen = used.length ? used : this.list.codes.filter((code) => !code.heading);
    return chosen.slice(0, limit).map((code) => this.toMatch(code));
  }

  /** The whole tree, parents before their children. */
  listTree(): Match[] {
    const children = new Map<string, Code[]>();
    for (const code of this.list.codes) {
      const parent = this.byCode.has(code.parent ?? "") ? (code.parent ?? "") : "";
      children.set(parent, [...(children.get(parent) ?? []), code]);
    }
    const walk = (parent: string, depth: number): Match[] => (children.get(parent) ?? []).flatMap((code) => [{ ...this.toMatch(code), depth }, ...(depth < 8 ? walk(code.code, depth + 1) : [])]);
    return walk("", 0);
  }

  search(query: string, limit = 12): Match[] {
    const wanted = foldText(query.trim()).text;
    const terms = wanted.split(/\s+/).filter(Boolean);
    if (!terms.length) return this.listFrequent(limit);
    const best = new Map<string, Hit>();
    for (const entry of this.entries) {
      const hit = matchEntry(entry, wanted, terms, this.list.language);
      const known = best.get(entry.code.code);
      if (hit && (!known || hit.score > known.score)) best.set(entry.code.code, hit);
    }
    if (!best.size) return this.searchNear(terms, limit);
    return [...best.values()]
      .sort((first, second) => rank(second) - rank(first) || this.labelOf(first.entry.code).localeCompare(this.labelOf(second.entry.code)))
      .slice(0, limit)
      .map((hit) => ({ ...this.toMatch(hit.entry.code, hit.entry, hit.marks), isSure: hit.isSure, isBegun: hit.isBegun }));
  }

  /** What was probably meant where nothing is written so: most of the words, slips of the keys forgiven; never sure. */
  private searchNear(terms: string[], limit: number): Match[] {
    const places = this.placesOfWords();
    const found = new Map<Entry, [number, number][]>();
    let asked = 0;
    for (const term of terms) {
      const known = places.has(term) ? new Set([term]) : nearestWords(term, places.keys());
      if (term.length >= SHORTEST_INSIDE || known.size) asked += 1;
      for (const word of known) for (const entry of places.get(word) ?? []) found.set(entry, [...(found.get(entry) ?? []), markOf(entry, word)]);
    }
    const best = new Map<string, { entry: Entry; marks: [number, number][]; score: number }>();
    for (const [entry, marks] of found) {
      if (marks.length * 2 < asked) continue;
      const score = marks.length * 100 - entry.folded.text.length - (entry.isLabel ? 0 : SYNONYM_COST) - (entry.language === this.list.language ? 0 : LANGUAGE_COST);
      if (score > (best.get(entry.code.code)?.score ?? -Infinity)) best.set(entry.code.code, { entry, marks, score });
    }
    return [...best.values()]
      .sort((first, second) => second.score - first.score)
      .slice(0, limit)
      .map(({ entry, marks }) => ({ ...this.toMatch(entry.code, entry, marks.sort((first, second) => first[0] - second[0])), isSure: false, isBegun: false }));
  }

  private placesOfWords(): Map<string, Entry[]> {
    if (this.byWord) return this.byWord;
    const places = new Map<string, Entry[]>();
    for (const entry of this.entries) {
      for (const word of new Set(entry.folded.text.match(WORD) ?? [])) {
        const known = places.get(word);
        if (known) known.push(entry);
        else places.set(word, [entry]);
      }
    }
    this.byWord = places;
    return places;
  }

  private toMatch(code: Code, entry?: Entry, marks: [number, number][] = []): Match {
    const label = this.labelOf(code);
    const inLabel = Boolean(entry?.isLabel && entry.text === label);
    const match: Match = { code, label, path: this.pathOf(code), depth: 0, marks: inLabel ? marks : [] };
    if (entry && !inLabel) match.found = { language: entry.language, text: entry.text, marks };
    return match;
  }
}

interface Hit {
  entry: Entry;
  marks: [number, number][];
  score: number;
  isSure: boolean;
  isBegun: boolean;
}

/** How well a text fits, the better class first; what one's office uses often moves up within reach of the next class. */
const WHOLE = 100;
const BEGINS_WITH_WORDS = 80;
const BEGINS = 66;
const WORDS = 58;
const WORD_STARTS = 46;
const INSIDE = 12;
const SYNONYM_COST = 7;
const LANGUAGE_COST = 9;
const MOST_USE = 24;

function rank({ entry, score }: Hit): number {
  return score + Math.min(MOST_USE, Math.log2(1 + (entry.code.uses ?? 0)) * 6);
}

function matchEntry(entry: Entry, wanted: string, terms: string[], language: string): Hit | null {
  const { text, places } = entry.folded;
  const marks: [number, number][] = [];
  let weakest = WORDS;
  for (const term of terms) {
    const at = findTerm(text, term);
    if (at < 0) return null;
    weakest = Math.min(weakest, !isStart(text, at) ? INSIDE : isEnd(text, at + term.length) ? WORDS : WORD_STARTS);
    marks.push([places[at] ?? 0, places[at + term.length] ?? entry.text.length]);
  }
  const begins = text.startsWith(wanted);
  const fit = text === wanted ? WHOLE : begins ? (isEnd(text, wanted.length) ? BEGINS_WITH_WORDS : BEGINS) : weakest;
  const score = fit - (entry.isLabel ? 0 : SYNONYM_COST) - (entry.language === language ? 0 : LANGUAGE_COST) - Math.min(5, text.length / 12);
  return { entry, score, isSure: text === wanted || (begins && entry.isLabel && entry.language === language), isBegun: begins, marks: marks.sort((first, second) => first[0] - second[0]) };
}

const WORD = /[\p{L}\p{N}]{3,}/gu;

function markOf({ folded, text }: Entry, word: string): [number, number] {
  const at = Math.max(0, findTerm(folded.text, word));
  return [folded.places[at] ?? 0, folded.places[at + word.length] ?? text.length];
}

const LETTER = /[\p{L}\p{N}]/u;
/** What Arabic writes together with the next word: the article, and the one-letter words before it. */
const JOINED = /(?:^|[^\p{L}\p{N}])[وفبك]?(?:ال|لل)$/u;
const LONGEST_JOINED = 4;

function isStart(text: string, at: number): boolean {
  return at === 0 || !LETTER.test(text[at - 1] ?? "") || JOINED.test(text.slice(Math.max(0, at - LONGEST_JOINED), at));
}

function isEnd(text: string, at: number): boolean {
  return at >= text.length || !LETTER.test(text[at] ?? "");
}

/** Fewer letters than this mean the beginning of a word. */
const SHORTEST_INSIDE = 4;

/** A whole word is preferred to the start of one, and that to the middle. */
function findTerm(text: string, term: string): number {
  let start = -1;
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (!isStart(text, at)) continue;
    if (isEnd(text, at + term.length)) return at;
    if (start < 0) start = at;
  }
  return start >= 0 || term.length < SHORTEST_INSIDE ? start : text.indexOf(term);
}
