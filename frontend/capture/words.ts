/** What the user reads: English message ids, translated by the server in the block `capture-words`; the list is messages.json. */
import { commaOf, numberFormat, pluralRules } from "./values/formats";

type Values = Record<string, string | number>;

let catalogue: Record<string, string> = {};
let language = "en";

export function setWords(words: Record<string, string>, tongue: string): void {
  catalogue = words;
  language = tongue;
}

export function t(message: string, values: Values = {}): string {
  const text = catalogue[message] || message;
  return text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A sentence with a number: the message for one, or for other counts. */
export function tn(one: string, other: string, count: number, values: Values = {}): string {
  return t(pluralRules(language).select(count) === "one" ? one : other, { count: numberFormat(language, { numberingSystem: "latn" }).format(count), ...values });
}

/** What stands between the parts of a list; Arabic has a comma of its own. */
export function comma(): string {
  return commaOf(language);
}

/** Where the first sentence ends: an abbreviation such as “19 nov. 2026” does not end one. */
export function endOfSentence(text: string): number {
  const end = text.search(/[.!?؟](?=\s+[\p{Lu}\p{Lo}“«"]|\s*$)/u);
  return end < 0 ? text.length : end + 1;
}

/** For a first release an `ar-xb` pseudo locale must not break the browser's own tables. */
export function knownLanguage(tongue: string): string {
  try {
    const [found] = Intl.getCanonicalLocales(tongue);
    return found && Intl.NumberFormat.supportedLocalesOf(found).length ? found : "en";
  } catch {
    return "en";
  }
}
