/** The browser's writers of numbers and dates, each made once: making one takes longer than all that a key brings about. */
const made = new Map<string, object>();

export function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return once(`number ${language} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(language, options));
}

/** What stands between the parts of a list, and between a day and its time; Arabic has a comma of its own. */
export function commaOf(language: string): string {
  return language.startsWith("ar") && !language.startsWith("ar-xb") ? "، " : ", ";
}

export function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return once(`date ${language} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(language, options));
}

export function pluralRules(language: string): Intl.PluralRules {
  return once(`plural ${language}`, () => new Intl.PluralRules(language));
}

function once<T extends object>(key: string, make: () => T): T {
  const known = (made.get(key) as T | undefined) ?? make();
  made.set(key, known);
  return known;
}
