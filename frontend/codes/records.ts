/** Records found by what they are called, as the picker of codes takes them: the code is the id. */
import { foldText } from "./fold";
import { CodeIndex } from "./search";
import type { Code, Match } from "./search";

export interface FoundRecord {
  id: string;
  type: string;
  kind_label: string;
  reference: string;
  title: string;
  second: string;
  office: string;
  state: string;
  url: string;
}

export const NO_RECORDS = "Nothing that you may see is called so. Try fewer letters, or the reference.";

/** An index that holds nothing by itself; what is found is put in as it comes. */
export function emptyIndex(language: string): CodeIndex {
  return new CodeIndex({ list: "records", codes: [], language });
}

export function linkableUrl(base: string, text: string, kinds: string, without = ""): string {
  const query = new URLSearchParams({ q: text.slice(0, 100), kinds: kinds.trim().split(/[\s,]+/).join(",") });
  if (without) query.set("without", without);
  return `${base}/linkable?${query.toString()}`;
}

/** The kind is said where the field takes several kinds. */
export function toMatches(found: FoundRecord[], typed: string, language: string, saysKind: boolean): Match[] {
  const wanted = foldText(typed.trim()).text;
  return found.map((record): Match => {
    const code: Code = { code: record.id, labels: { [language]: record.title || record.reference } };
    const notes = [saysKind ? record.kind_label : "", record.second, record.reference, record.office].filter(Boolean);
    const isSure = foldText(record.reference).text === wanted;
    return { code, label: record.title || record.reference, path: [], depth: 0, marks: [], notes, isSure, found: { language: "", text: record.reference, marks: [] } };
  });
}
