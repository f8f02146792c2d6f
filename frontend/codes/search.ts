/** Search a code list by typing in any language: the best match of each code, with the part to mark. */
import { foldText } from "./fold";
import type { Folded } from "./fold";

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
}

interface Entry {
  code: Code;
  language: string;
  text: string;
  folded: Folded;
  isLabel: boolean;
}

export class CodeIndex {
  readonly byCode = new Map<string, Code>();
  private readonly entries: Entry[] = [];

  constructor(readonly list: CodeList) {
    for (const code of list.codes) {
      this.byCode.set(code.code, code);
      for (const [language, text] of Object.entries(code.labels)) this.add(code, language, text, true);
      for (const [language, words] of Object.entries(code.words ?? {})) for (const text of words) this.add(code, language, text, false);
    }
  }

  private add(code: Code, language: string, text: string, isLabel: boolean): void {
    this.entries.push({ code, language, text, folded: foldText(text), isLabel });
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
    const terms = foldText(query.trim()).text.split(/\s+/).filter(Boolean);
    if (!terms.length) return this.listFrequent(limit);
    const best = new Map<string, { entry: Entry; marks: [number, number][]; score: number }>();
    for (const entry of this.entries) {
      if (entry.code.heading) continue;
      const hit = matchEntry(entry, terms, this.list.language);
      const known = best.get(entry.code.code);
      if (hit && (!known || hit.score > known.score)) best.set(entry.code.code, { entry, ...hit });
    }
    return [...best.values()]
      .sort((first, second) => rank(second) - rank(first) || this.labelOf(first.entry.code).localeCompare(this.labelOf(second.entry.code)))
      .slice(0, limit)
      .map(({ entry, marks }) => this.toMatch(entry.code, entry, marks));
  }

  private toMatch(code: Code, entry?: Entry, marks: [number, number][] = []): Match {
    const label = this.labelOf(code);
    const inLabel = Boolean(entry?.isLabel && entry.text === label);
    const match: Match = { code, label, path: this.pathOf(code), depth: 0, marks: inLabel ? marks : [] };
    if (entry && !inLabel) match.found = { language: entry.language, text: entry.text, marks };
    return match;
  }
}

function rank({ entry, score }: { entry: Entry; score: number }): number {
  return score + Math.min(25, Math.log2(1 + (entry.code.uses ?? 0)) * 6);
}

function matchEntry(entry: Entry, terms: string[], language: string): { marks: [number, number][]; score: number } | null {
  const marks: [number, number][] = [];
  let score = entry.language === language ? 12 : 0;
  if (!entry.isLabel) score -= 3;
  for (const term of terms) {
    const at = findTerm(entry.folded.text, term);
    if (at < 0) return null;
    const before = entry.folded.text[at - 1];
    score += at === 0 ? 30 : before === undefined || /[^\p{L}\p{N}]/u.test(before) ? 20 : 4;
    if (entry.folded.text === term) score += 20;
    marks.push([entry.folded.places[at] ?? 0, entry.folded.places[at + term.length] ?? entry.text.length]);
  }
  return { marks: marks.sort((first, second) => first[0] - second[0]), score: score / terms.length + (12 - Math.min(12, entry.text.length / 6)) };
}

/** The start of a word is preferred to the middle of one. */
function findTerm(text: string, term: string): number {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const before = text[at - 1];
    if (at === 0 || (before && /[^\p{L}\p{N}]/u.test(before))) return at;
  }
  return term.length > 2 ? text.indexOf(term) : -1;
}
