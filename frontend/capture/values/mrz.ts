/** Machine-readable zones of travel documents (ICAO Doc 9303), read as the server reads them (tests/vectors/mrz.json). */
import { countryOf, FURTHER_STATES } from "./mrz_states";

export interface MrzState { code: string; country: string; status: string }
export interface MrzProblem { code: string; field: string; line: number; positions: number[]; data: Record<string, string> }
export interface MrzSuggestion {
  reason: string;
  field: string;
  lines: string[];
  changes: [number, number, string, string][];
  would_be: string;
}
export interface MrzZone {
  format: string;
  document_code: string;
  kind: string;
  issuer: MrzState;
  number: string;
  surname: string;
  given_names: string;
  names_cut_off: boolean;
  nationality: MrzState;
  birth_date: string;
  sex: string;
  expires_on: string;
  optional: string;
  optional_2: string;
}
export interface MrzReading { format: string; lines: string[]; zone: MrzZone; problems: MrzProblem[]; suggestions: MrzSuggestion[] }
export interface MrzRefusal { code: string; data: Record<string, unknown> }

type Span = [number, number, number];
interface Field { name: string; at: Span; allowed: string }
interface Check { name: string; at: Span; over: Span[]; mayBeFiller?: boolean }
interface Shape { name: string; lines: number; width: number; fields: Field[]; checks: Check[]; longNumberIn: string }

const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ANY = `${DIGITS}${LETTERS}<`;
const ALLOWED: Record<string, string> = { text: ANY, letters: `${LETTERS}<`, digits: `${DIGITS}<`, sex: "MFX<" };
const CHECK = `${DIGITS}<`;
const LOOKALIKES: Record<string, string> = {
  "0": "ODQ", O: "0", D: "0", Q: "0", "1": "IL", I: "1", L: "1", "8": "B", B: "8", "5": "S", S: "5", "2": "Z", Z: "2", "6": "G", G: "6",
};
const SEX: Record<string, string> = { M: "male", F: "female", X: "unspecified", "<": "unspecified" };
const MOST_SUGGESTIONS = 5;
const BACK = 50;

function fields(rows: [string, Span, string][]): Field[] {
  return rows.map(([name, at, kind]) => ({ name, at, allowed: ALLOWED[kind] ?? ANY }));
}

function twoLines(name: string, width: number, isVisa: boolean, personal = false): Shape {
  const end = isVisa ? width : width - 1;
  const checks: Check[] = [
    { name: "number", at: [1, 9, 10], over: [[1, 0, 9]] },
    { name: "birth_date", at: [1, 19, 20], over: [[1, 13, 19]] },
    { name: "expires_on", at: [1, 27, 28], over: [[1, 21, 27]] },
  ];
  if (personal) checks.push({ name: "optional", at: [1, 42, 43], over: [[1, 28, 42]], mayBeFiller: true });
  if (!isVisa) checks.push({ name: "composite", at: [1, end, width], over: [[1, 0, 10], [1, 13, 20], [1, 21, end]] });
  const rows: [string, Span, string][] = [
    ["document_code", [0, 0, 2], "letters"],
    ["issuer", [0, 2, 5], "letters"],
    ["names", [0, 5, width], "letters"],
    ["number", [1, 0, 9], "text"],
    ["nationality", [1, 10, 13], "letters"],
    ["birth_date", [1, 13, 19], "digits"],
    ["sex", [1, 20, 21], "sex"],
    ["expires_on", [1, 21, 27], "digits"],
    ["optional", [1, 28, personal ? end - 1 : end], "text"],
  ];
  return { name, lines: 2, width, fields: fields(rows), checks, longNumberIn: isVisa || personal ? "" : "optional" };
}

const TD1: Shape = {
  name: "TD1",
  lines: 3,
  width: 30,
  fields: fields([
    ["document_code", [0, 0, 2], "letters"],
    ["issuer", [0, 2, 5], "letters"],
    ["number", [0, 5, 14], "text"],
    ["optional", [0, 15, 30], "text"],
    ["birth_date", [1, 0, 6], "digits"],
    ["sex", [1, 7, 8], "sex"],
    ["expires_on", [1, 8, 14], "digits"],
    ["nationality", [1, 15, 18], "letters"],
    ["optional_2", [1, 18, 29], "text"],
    ["names", [2, 0, 30], "letters"],
  ]),
  checks: [
    { name: "number", at: [0, 14, 15], over: [[0, 5, 14]] },
    { name: "birth_date", at: [1, 6, 7], over: [[1, 0, 6]] },
    { name: "expires_on", at: [1, 14, 15], over: [[1, 8, 14]] },
    { name: "composite", at: [1, 29, 30], over: [[0, 5, 30], [1, 0, 7], [1, 8, 15], [1, 18, 29]] },
  ],
  longNumberIn: "optional",
};
const SHAPES = [TD1, twoLines("TD2", 36, false), twoLines("TD3", 44, false, true), twoLines("MRV-A", 44, true), twoLines("MRV-B", 36, true)];
const TOTALS = [72, 88, 90];

function shapeOf(total: number, first: string): Shape | undefined {
  return SHAPES.find((shape) => shape.lines * shape.width === total && (shape === TD1 || shape.name.startsWith("MRV") === (first === "V")));
}
function cut(lines: string[], [line, start, end]: Span): string {
  return (lines[line] ?? "").slice(start, end);
}
function fieldOf(shape: Shape, name: string): Field | undefined {
  return shape.fields.find((field) => field.name === name);
}
function text(shape: Shape, lines: string[], name: string): string {
  const field = fieldOf(shape, name);
  return field ? cut(lines, field.at) : "";
}
export function checkDigit(value: string): string {
  const total = [...value].reduce((sum, sign, place) => sum + (sign === "<" ? 0 : parseInt(sign, 36)) * ([7, 3, 1][place % 3] ?? 0), 0);
  return String(total % 10);
}

function longNumber(shape: Shape, lines: string[]): [string, string, string] | null {
  if (!shape.longNumberIn) return null;
  const check = shape.checks.find((found) => found.name === "number");
  const optional = text(shape, lines, shape.longNumberIn);
  const stop = optional.includes("<") ? optional.indexOf("<") : optional.length;
  const rest = optional.slice(0, stop);
  const head = text(shape, lines, "number");
  if (!check || cut(lines, check.at) !== "<" || rest.length < 2 || head.includes("<")) return null;
  return [head + rest.slice(0, -1), rest.slice(-1), optional.slice(stop + 1)];
}

function wrongPlaces(shape: Shape, lines: string[]): [Field, number][] {
  const places = [...shape.fields, ...shape.checks.map((check) => ({ name: check.name, at: check.at, allowed: CHECK }))];
  places.sort((one, other) => one.at[0] - other.at[0] || one.at[1] - other.at[1]);
  return places.flatMap((field) => [...cut(lines, field.at)].flatMap((sign, offset): [Field, number][] => (field.allowed.includes(sign) ? [] : [[field, field.at[1] + offset]])));
}

function findProblems(shape: Shape, lines: string[]): MrzProblem[] {
  const found: MrzProblem[] = [];
  for (const [field, place] of wrongPlaces(shape, lines)) {
    const known = found.find((problem) => problem.field === field.name);
    if (known) known.positions.push(place);
    else found.push({ code: "mrz.character", field: field.name, line: field.at[0], positions: [place], data: { found: lines[field.at[0]]?.[place] ?? "" } });
  }
  for (const check of shape.checks) {
    const problem = checkProblem(shape, lines, check);
    if (problem) found.push(problem);
  }
  return found;
}

function checkProblem(shape: Shape, lines: string[], check: Check): MrzProblem | null {
  let found = cut(lines, check.at);
  let covered = check.over.map((span) => cut(lines, span)).join("");
  let [line, start] = check.at;
  const number = check.name === "number" ? longNumber(shape, lines) : null;
  if (number) {
    [covered, found] = number;
    const at = fieldOf(shape, shape.longNumberIn)?.at ?? check.at;
    [line, start] = [at[0], at[1] + number[0].length - 9];
  }
  const expected = checkDigit(covered);
  const isEmpty = !covered.replaceAll("<", "");
  if (found === expected || (found === "<" && isEmpty && (check.mayBeFiller === true || check.name === "birth_date"))) return null;
  return { code: "mrz.check_digit", field: check.name, line, positions: [start], data: { expected, found } };
}

function replaceAt(lines: string[], line: number, place: number, sign: string): string[] {
  return lines.map((kept, at) => (at === line ? kept.slice(0, place) + sign + kept.slice(place + 1) : kept));
}
function fieldAt(shape: Shape, line: number, place: number): Field | undefined {
  return shape.fields.find((field) => field.at[0] === line && field.at[1] <= place && place < field.at[2]);
}

function suggest(shape: Shape, lines: string[], problems: MrzProblem[]): MrzSuggestion[] {
  if (!problems.length) return [];
  let read = lines;
  for (const [field, place] of wrongPlaces(shape, lines)) {
    const sign = [...(LOOKALIKES[read[field.at[0]]?.[place] ?? ""] ?? "")].find((one) => field.allowed.includes(one));
    if (!sign) return [];
    read = replaceAt(read, field.at[0], place, sign);
  }
  const left = findProblems(shape, read);
  if (!left.length) return read === lines ? [] : [suggestion(shape, lines, read, "mrz.misread")];
  const others = oneLetter(shape, read, left).sort((one, other) => rank(read, one) - rank(read, other));
  const found = others.map((other) => suggestion(shape, lines, other, "mrz.misread"));
  const corrected = !found.length && read === lines ? correctedChecks(shape, read, left) : null;
  if (corrected) found.push(suggestion(shape, lines, corrected, "mrz.check_digit_wrong"));
  const unique = new Map(found.map((one) => [one.lines.join("\n"), one]));
  return [...unique.values()].slice(0, MOST_SUGGESTIONS);
}

function oneLetter(shape: Shape, lines: string[], problems: MrzProblem[]): string[][] {
  const failing = shape.checks.filter((check) => problems.some((problem) => problem.field === check.name));
  const order = [...failing.filter((check) => check.name !== "composite"), ...failing.filter((check) => check.name === "composite")];
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const check of order) {
    const long = fieldOf(shape, shape.longNumberIn);
    for (const [line, start, end] of check.name === "number" && long ? [...check.over, long.at] : check.over) {
      for (let place = start; place < end; place += 1) {
        if (seen.has(`${line}.${place}`)) continue;
        seen.add(`${line}.${place}`);
        found.push(...readOtherwise(shape, lines, line, place));
      }
    }
  }
  return found;
}

/** A letter among digits was most likely a digit, a digit least likely a letter. */
function rank(lines: string[], other: string[]): number {
  const [before, after] = [lines.join(""), other.join("")];
  const place = [...before].findIndex((sign, at) => sign !== after[at]);
  const isDigit = (at: number): boolean => /\d/.test(before[at] ?? "");
  return isDigit(place) ? 2 : isDigit(place - 1) && isDigit(place + 1) ? 0 : 1;
}

function readOtherwise(shape: Shape, lines: string[], line: number, place: number): string[][] {
  const field = fieldAt(shape, line, place);
  const signs = [...(LOOKALIKES[lines[line]?.[place] ?? ""] ?? "")].filter((sign) => !field || field.allowed.includes(sign));
  return signs.map((sign) => replaceAt(lines, line, place, sign)).filter((other) => !findProblems(shape, other).length);
}

function correctedChecks(shape: Shape, lines: string[], problems: MrzProblem[]): string[] | null {
  const single = problems.filter((problem) => problem.field !== "composite");
  if (single.length > 1) return null;
  let read = lines;
  for (const problem of single) read = replaceAt(read, problem.line, problem.positions[0] ?? 0, problem.data.expected ?? "");
  for (const check of shape.checks.filter((one) => one.name === "composite")) {
    read = replaceAt(read, check.at[0], check.at[1], checkDigit(check.over.map((span) => cut(read, span)).join("")));
  }
  return findProblems(shape, read).length ? null : read;
}

function suggestion(shape: Shape, lines: string[], read: string[], reason: string): MrzSuggestion {
  const changes: [number, number, string, string][] = [];
  lines.forEach((before, line) => [...before].forEach((was, place) => {
    const would = read[line]?.[place] ?? "";
    if (was !== would) changes.push([line, place, was, would]);
  }));
  const [line, place] = changes[0] ?? [0, 0];
  const field = fieldAt(shape, line, place);
  if (field) return { reason, field: field.name, lines: read, changes, would_be: cut(read, field.at).replace(/<+$/, "") };
  const check = shape.checks.find((one) => one.at[0] === line && one.at[1] === place);
  return { reason, field: check?.name ?? "", lines: read, changes, would_be: read[line]?.[place] ?? "" };
}

function stateOf(places: string): MrzState {
  const code = places.replace(/<+$/, "");
  const further = FURTHER_STATES[code];
  if (further) return { code, country: further[0], status: further[1] };
  const country = countryOf(code);
  return country ? { code, country, status: "citizen" } : { code, country: "", status: "unknown" };
}

function partial(year: number, places: string): string {
  const [month, day] = [places.slice(2, 4), places.slice(4, 6)];
  const written = String(year).padStart(4, "0");
  if (!/^\d\d$/.test(month) || Number(month) < 1 || Number(month) > 12) return written;
  return !/^\d\d$/.test(day) || day === "00" ? `${written}-${month}` : `${written}-${month}-${day}`;
}

/** A date of birth lies in the past: the latest year that does not lie ahead of today. */
function birthDate(places: string, today: string): string {
  if (!/^\d\d/.test(places)) return "";
  const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100;
  for (const start of [century, century - 100]) {
    const stated = partial(start + Number(places.slice(0, 2)), places);
    if (stated <= today.slice(0, stated.length)) return stated;
  }
  return "";
}

/** An expiry lies near: from fifty years back to forty-nine years ahead of this year. */
function expiry(places: string, today: string): string {
  if (!/^\d\d/.test(places)) return "";
  const first = Number(today.slice(0, 4)) - BACK;
  return partial(first + ((Number(places.slice(0, 2)) - first) % 100 + 100) % 100, places);
}

function isPossible(places: string): boolean {
  const [year, month, day] = [places.slice(0, 2), places.slice(2, 4), places.slice(4, 6)];
  if (!places.replaceAll("<", "")) return true;
  if (!/^\d\d$/.test(year)) return false;
  const isOpen = (part: string): boolean => part === "00" || part === "<<";
  if (isOpen(month)) return isOpen(day);
  if (!/^\d\d$/.test(month) || Number(month) < 1 || Number(month) > 12) return false;
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1] ?? 0;
  return isOpen(day) || (/^\d\d$/.test(day) && Number(day) <= days);
}

function readZone(shape: Shape, lines: string[], today: string): MrzZone {
  const whole = longNumber(shape, lines);
  const names = text(shape, lines, "names");
  const bare = names.replace(/^<+|<+$/g, "");
  const [first = "", ...rest] = bare.split("<<");
  const words = (part: string): string => part.split("<").filter(Boolean).join(" ");
  const code = text(shape, lines, "document_code");
  const plain = (part: string): string => part.replace(/^<+|<+$/g, "").replaceAll("<", " ");
  return {
    format: shape.name,
    document_code: code.replaceAll("<", ""),
    kind: shape.name.startsWith("MRV") ? "visa" : code.startsWith("P") ? "passport" : code === "AC" ? "crew_certificate" : "identity_card",
    issuer: stateOf(text(shape, lines, "issuer")),
    number: (whole ? whole[0] : text(shape, lines, "number")).replaceAll("<", ""),
    surname: words(first),
    given_names: words(rest.join("<<")),
    names_cut_off: !names.endsWith("<"),
    nationality: stateOf(text(shape, lines, "nationality")),
    birth_date: birthDate(text(shape, lines, "birth_date"), today),
    sex: SEX[text(shape, lines, "sex")] ?? "",
    expires_on: expiry(text(shape, lines, "expires_on"), today),
    optional: plain(whole ? whole[2] : text(shape, lines, "optional")),
    optional_2: plain(text(shape, lines, "optional_2")),
  };
}

function clean(line: string, filler: string): string {
  return line.replace(/[«《≪]/g, filler).replace(/[‹〈＜˂ᐸ([{]/g, "<").normalize("NFKC").replace(/\s/g, "").toUpperCase();
}

function fit(line: string, width: number): string | null {
  if (line.length === width) return line;
  const runs = [...line.matchAll(/<+/g)];
  const longest = runs.reduce<RegExpMatchArray | undefined>((best, run) => (!best || run[0].length >= best[0].length ? run : best), undefined);
  if (!longest) return null;
  const start = longest.index ?? 0;
  const length = longest[0].length + width - line.length;
  return length >= 1 ? line.slice(0, start) + "<".repeat(length) + line.slice(start + longest[0].length) : null;
}

function fitFillers(written: string[]): [Shape, string[]] | null {
  for (const shape of SHAPES) {
    if (written.length !== shape.lines || shape.name.startsWith("MRV") !== (written[0] ?? "").startsWith("V")) continue;
    if (!written.every((line) => Math.abs(line.length - shape.width) < 3 || line.split("<").length > 2)) continue;
    const fitted = written.map((line) => fit(line, shape.width));
    if (!written.some((line) => line.length === shape.width) || !fitted.every((line) => line !== null)) continue;
    const names = fieldOf(shape, "names")?.at[0];
    // In a line with check digits they prove that fitting was right; a line that is cut off has none.
    const touched = fitted.flatMap((line, at) => (line === written[at] ? [] : [at]));
    if ((touched.length === 1 && touched[0] === names) || !findProblems(shape, fitted).length) return [shape, fitted];
  }
  return null;
}

function takeApart(written: string): [Shape, string[]] | MrzRefusal {
  if (!written.trim()) return { code: "mrz.empty", data: {} };
  if (written.length > 400) return { code: "mrz.length", data: { found: written.length, expected: TOTALS } };
  let found = 0;
  for (const filler of ["<<", "<"]) {
    const lines = written.replaceAll("&lt;", "<").split(/\r\n|\r|\n/).map((line) => clean(line, filler)).filter(Boolean);
    const joined = lines.join("");
    const foreign = [...joined].find((sign) => !ANY.includes(sign));
    if (foreign !== undefined) return { code: "mrz.foreign_character", data: { found: foreign } };
    found = found || joined.length;
    const shape = shapeOf(joined.length, joined[0] ?? "");
    if (shape) return [shape, Array.from({ length: shape.lines }, (_, at) => joined.slice(at * shape.width, (at + 1) * shape.width))];
    const fitted = fitFillers(lines);
    if (fitted) return fitted;
  }
  return { code: "mrz.length", data: { found, expected: TOTALS } };
}

/** Read a zone; `today` is the day as YYYY-MM-DD. What is no zone at all is refused with a code. */
export function readMrz(written: string, today: string): MrzReading | MrzRefusal {
  const taken = takeApart(written);
  if (!Array.isArray(taken)) return taken;
  const [shape, lines] = taken;
  let problems = findProblems(shape, lines);
  if (!problems.length) {
    problems = ["birth_date", "expires_on"].flatMap((name): MrzProblem[] => {
      const at = fieldOf(shape, name)?.at ?? [0, 0, 0];
      if (isPossible(cut(lines, at))) return [];
      return [{ code: "mrz.date", field: name, line: at[0], positions: Array.from({ length: at[2] - at[1] }, (_, i) => at[1] + i), data: { found: cut(lines, at) } }];
    });
  }
  return { format: shape.name, lines, zone: readZone(shape, lines, today), problems, suggestions: suggest(shape, lines, problems) };
}
