/** Identifiers with a shape and mostly a check digit, as the server checks them (tests/vectors/identifiers.json). */
export interface IdentifierProblem {
  code: "identifier.empty" | "identifier.length" | "identifier.character" | "identifier.check_digit";
  positions: number[];
  data: { expected?: string | [number, number]; found?: string | number; allowed?: string };
}
export interface IdentifierSuggestion {
  value: string;
  reason: string;
  positions: number[];
}
interface Kind {
  shape: string[];
  checkAt: [number, number];
  prefixes: string[];
  checkDigits: (value: string) => string | null;
  group: (value: string) => string;
  addsCheck?: boolean;
}
type Weighed = [number, IdentifierSuggestion];

const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MISREADINGS: Record<string, string> = {
  "0": "ODQ86", "1": "IL7", "2": "Z7", "3": "8", "4": "A9", "5": "S6", "6": "G580", "7": "12T", "8": "B306", "9": "4G",
  A: "4", B: "8", D: "0O", E: "F", F: "E", G: "69C", C: "G", I: "1L", L: "1I", M: "N", N: "M", O: "0QD", P: "R", Q: "0O", R: "P", S: "5", T: "7", U: "V", V: "UY", Y: "V", Z: "2",
};
const MISREAD_WEIGHTS = [0.2, 0.05, 0.03];

const CONTAINER_VALUES: Record<string, number> = Object.fromEntries([...DIGITS].map((digit) => [digit, Number(digit)]));
[...LETTERS].forEach((letter, index) => {
  CONTAINER_VALUES[letter] = Array.from({ length: 29 }, (_, at) => at + 10).filter((number) => number % 11)[index] ?? 0;
});
const VIN_VALUES: Record<string, number> = Object.fromEntries([...DIGITS].map((digit) => [digit, Number(digit)]));
[..."ABCDEFGHJKLMNPRSTUVWXYZ"].forEach((letter, index) => {
  VIN_VALUES[letter] = [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9][index] ?? 0;
});
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

function repeat(signs: string, times: number): string[] {
  return Array.from({ length: times }, () => signs);
}
function weigh(value: string, weight: (place: number) => number, of: (sign: string) => number = Number): number {
  return [...value].reduce((total, sign, place) => total + of(sign) * weight(place), 0);
}

export const KINDS: Record<string, Kind> = {
  iso6346: {
    shape: [...repeat(LETTERS, 3), "JUZ", ...repeat(DIGITS, 7)],
    checkAt: [10, 11],
    prefixes: [],
    checkDigits: (value) => String((weigh(value.slice(0, 10), (place) => 2 ** place, (sign) => CONTAINER_VALUES[sign] ?? 0) % 11) % 10),
    group: (value) => `${value.slice(0, 4)} ${value.slice(4, 10)} ${value.slice(10)}`,
  },
  imo: {
    shape: ["123456789", ...repeat(DIGITS, 6)],
    checkAt: [6, 7],
    prefixes: ["IMONO", "IMO"],
    checkDigits: (value) => String(weigh(value.slice(0, 6), (place) => 7 - place) % 10),
    group: (value) => `IMO ${value}`,
  },
  vin: {
    shape: repeat([...DIGITS, ...LETTERS].filter((sign) => !"IOQ".includes(sign)).join(""), 17),
    checkAt: [8, 9],
    prefixes: ["VIN"],
    checkDigits: (value) => ("12345L".includes(value[0] ?? "") ? ("0123456789X"[weigh(value, (place) => VIN_WEIGHTS[place] ?? 0, (sign) => VIN_VALUES[sign] ?? 0) % 11] ?? null) : null),
    group: (value) => value,
    addsCheck: false,
  },
  s10: {
    shape: [...repeat(LETTERS, 2), ...repeat(DIGITS, 9), ...repeat(LETTERS, 2)],
    checkAt: [10, 11],
    prefixes: [],
    checkDigits: (value) => {
      const rest = 11 - (weigh(value.slice(2, 10), (place) => S10_WEIGHTS[place] ?? 0) % 11);
      return rest === 10 ? "0" : rest === 11 ? "5" : String(rest);
    },
    group: (value) => `${value.slice(0, 2)} ${value.slice(2, 5)} ${value.slice(5, 8)} ${value.slice(8, 11)} ${value.slice(11)}`,
  },
  iata_awb: {
    shape: repeat(DIGITS, 11),
    checkAt: [10, 11],
    prefixes: ["MAWB", "AWB"],
    checkDigits: (value) => String(Number(value.slice(3, 10)) % 7),
    group: (value) => `${value.slice(0, 3)}-${value.slice(3)}`,
  },
};

export function isKnownKind(name: string): boolean {
  return name in KINDS;
}

export function normaliseIdentifier(name: string, text: string): string {
  const key = text.normalize("NFKD").toUpperCase().replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]/gu, "");
  const prefix = KINDS[name]?.prefixes.find((start) => key.startsWith(start) && key.length > start.length);
  return prefix ? key.slice(prefix.length) : key;
}

export function explainIdentifier(name: string, text: string): IdentifierProblem | null {
  const kind = KINDS[name];
  return kind ? findProblem(kind, normaliseIdentifier(name, text)) : null;
}

/** Which kind of number a free text is, when its shape and its check digit leave no doubt; bare digits need the word before them. */
export function recogniseIdentifier(text: string): string {
  for (const [name, kind] of Object.entries(KINDS)) {
    const value = normaliseIdentifier(name, text);
    const isBare = /^\d+$/.test(value);
    if (findProblem(kind, value) || kind.checkDigits(value) === null) continue;
    if (!isBare || kind.prefixes.some((prefix) => text.trim().toUpperCase().startsWith(prefix)) || (name === "iata_awb" && /^\d{3}-\d{4} ?\d{4}$/.test(text.trim()))) return name;
  }
  return "";
}

/** Group the identifier as it stands on the object; what is not valid stays as written. */
export function formatIdentifier(name: string, text: string): string {
  const kind = KINDS[name];
  const value = normaliseIdentifier(name, text);
  return kind && !findProblem(kind, value) ? kind.group(value) : text.trim();
}

/** Group a value of the right length although its check digit may be wrong, so that it can be compared with the object. */
export function groupIdentifier(name: string, value: string): string {
  const kind = KINDS[name];
  return kind && value.length === kind.shape.length ? kind.group(value) : value;
}

/** Offer likely corrections, the likeliest first. */
export function suggestIdentifier(name: string, text: string): IdentifierSuggestion[] {
  const kind = KINDS[name];
  const value = normaliseIdentifier(name, text);
  if (!kind || !value || !findProblem(kind, value)) return [];
  const found = [...readAgain(kind, value), ...fitLength(kind, value), ...repair(kind, value)];
  found.sort((first, second) => second[0] - first[0]);
  const unique = new Map<string, IdentifierSuggestion>();
  for (const [, suggestion] of found) if (!unique.has(suggestion.value)) unique.set(suggestion.value, suggestion);
  return [...unique.values()].slice(0, 5);
}

function findProblem(kind: Kind, value: string): IdentifierProblem | null {
  if (!value) return { code: "identifier.empty", positions: [], data: {} };
  const length = kind.shape.length;
  if (value.length !== length) return { code: "identifier.length", positions: [], data: { expected: [length, length], found: value.length } };
  const wrong = wrongPlaces(kind, value);
  const first = wrong[0];
  if (first !== undefined) return { code: "identifier.character", positions: wrong, data: { allowed: [...(kind.shape[first] ?? "")].sort().join(""), found: value[first] ?? "" } };
  const [start, end] = kind.checkAt;
  const expected = kind.checkDigits(value);
  const found = value.slice(start, end);
  return expected === null || expected === found ? null : { code: "identifier.check_digit", positions: [start], data: { expected, found } };
}

function wrongPlaces(kind: Kind, value: string): number[] {
  return [...value].flatMap((sign, place) => (place < kind.shape.length && !kind.shape[place]?.includes(sign) ? [place] : []));
}

function lookalikes(kind: Kind, value: string, place: number): string[] {
  return [...(MISREADINGS[value[place] ?? ""] ?? "")].filter((sign) => kind.shape[place]?.includes(sign));
}

function replaceAt(value: string, place: number, sign: string): string {
  return value.slice(0, place) + sign + value.slice(place + 1);
}

function readAgain(kind: Kind, value: string): Weighed[] {
  const wrong = wrongPlaces(kind, value);
  if (!wrong.length || value.length !== kind.shape.length) return [];
  let corrected = value;
  for (const place of wrong) {
    const [sign] = lookalikes(kind, value, place);
    if (!sign) return [];
    corrected = replaceAt(corrected, place, sign);
  }
  if (!findProblem(kind, corrected)) return [[1, { value: corrected, reason: "identifier.misread", positions: wrong }]];
  return repair(kind, corrected).map(([weight, again]) => [weight, { ...again, positions: [...new Set([...wrong, ...again.positions])].sort((a, b) => a - b) }]);
}

function repair(kind: Kind, value: string): Weighed[] {
  if (value.length !== kind.shape.length) return [];
  return [...swapNeighbours(kind, value), ...replaceLookalikes(kind, value), ...correctCheck(kind, value)];
}

function swapNeighbours(kind: Kind, value: string): Weighed[] {
  const found: Weighed[] = [];
  for (let place = 0; place < value.length - 1; place += 1) {
    const [first = "", second = ""] = [value[place], value[place + 1]];
    const swapped = value.slice(0, place) + second + first + value.slice(place + 2);
    if (first === second || findProblem(kind, swapped)) continue;
    found.push([/^\d\d$/.test(first + second) ? 0.1 : 0.005, { value: swapped, reason: "identifier.transposed", positions: [place, place + 1] }]);
  }
  return found;
}

function replaceLookalikes(kind: Kind, value: string): Weighed[] {
  const found: Weighed[] = [];
  for (let place = 0; place < value.length; place += 1) {
    if (place >= kind.checkAt[0] && place < kind.checkAt[1]) continue;
    lookalikes(kind, value, place).forEach((sign, rank) => {
      const read = replaceAt(value, place, sign);
      if (!findProblem(kind, read)) found.push([MISREAD_WEIGHTS[Math.min(rank, 2)] ?? 0, { value: read, reason: "identifier.misread", positions: [place] }]);
    });
  }
  return found;
}

function correctCheck(kind: Kind, value: string): Weighed[] {
  const expected = wrongPlaces(kind, value).length ? null : kind.checkDigits(value);
  if (expected === null) return [];
  const corrected = value.slice(0, kind.checkAt[0]) + expected + value.slice(kind.checkAt[1]);
  return findProblem(kind, corrected) ? [] : [[0.25, { value: corrected, reason: "identifier.check_digit", positions: [kind.checkAt[0]] }]];
}

function fitLength(kind: Kind, value: string): Weighed[] {
  if (value.length === kind.shape.length) return [];
  return [...removeDoubled(kind, value), ...addCheck(kind, value)];
}

function addCheck(kind: Kind, value: string): Weighed[] {
  const [start] = kind.checkAt;
  const withGap = `${value.slice(0, start)}0${value.slice(start)}`;
  if (kind.addsCheck === false || withGap.length !== kind.shape.length) return [];
  return correctCheck(kind, withGap).map(([weight, added]) => [weight, { ...added, reason: "identifier.check_digit_missing" }]);
}

function removeDoubled(kind: Kind, value: string): Weighed[] {
  if (value.length !== kind.shape.length + 1) return [];
  const found: Weighed[] = [];
  for (let place = 1; place < value.length; place += 1) {
    const shorter = value.slice(0, place) + value.slice(place + 1);
    if (value[place] === value[place - 1] && !findProblem(kind, shorter)) found.push([1, { value: shorter, reason: "identifier.doubled", positions: [place - 1] }]);
  }
  return found;
}
