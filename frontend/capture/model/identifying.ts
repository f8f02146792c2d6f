/** Numbers with a check digit: proved where they are asked for, and recognised where they were typed instead. */
import type { Finding, Json, Part } from "../contract";
import type { Entry } from "../entry";
import { explainIdentifier, formatIdentifier, isKnownKind, normaliseIdentifier, recogniseIdentifier, suggestIdentifier } from "../values/identifiers";
import { t } from "../words";
import { isEmpty, isPart, joinPath, parentPath, plainPath } from "./document";
import type { Field } from "./schema";

const FREE = new Set(["text", "party", "identifier"]);
const SHORTEST = 7;
const LONGEST = 40;

export function findIdentifiers(entry: Entry): Finding[] {
  const found: Finding[] = [];
  const walk = (part: Part, path: string): void => {
    for (const [name, value] of Object.entries(part)) {
      const here = joinPath(path, name);
      if (isPart(value)) walk(value, here);
      else if (Array.isArray(value)) for (const item of value.filter(isPart)) walk(item, `${here}[${String(item["id"])}]`);
      else if (typeof value === "string") found.push(...checkText(entry, here, value));
    }
  };
  walk(entry.document, "");
  return found;
}

function checkText(entry: Entry, path: string, value: string): Finding[] {
  const field = entry.form.byPath.get(plainPath(path));
  if (!field) return [];
  const kind = field.identifier;
  const problem = isKnownKind(kind) ? explainIdentifier(kind, value) : null;
  if (isKnownKind(kind) && (!problem || problem.code === "identifier.empty")) return [];
  const elsewhere = findElsewhere(entry, field, path, value);
  if (elsewhere || !problem) return elsewhere ? [elsewhere] : [];
  const suggestions = suggestIdentifier(kind, value).slice(0, 3).map((made) => ({ label: reasonText(made.reason), patch: { [path]: made.value }, marks: made.positions.map((at): [number, number] => [at, at + 1]) }));
  const key = normaliseIdentifier(kind, value);
  return [{ code: problem.code, level: "warning", path, message: problemText(problem.code, problem.data, key), data: { value }, suggestions }];
}

/** A container number among the plates: say what it is, and offer to move it to where it is asked for. */
function findElsewhere(entry: Entry, field: Field, path: string, value: string): Finding | null {
  if (!FREE.has(field.kind) || field.isSet || value.length < SHORTEST || value.length > LONGEST) return null;
  const kind = recogniseIdentifier(value);
  if (!kind || kind === field.identifier) return null;
  const target = placeFor(entry, kind);
  if (!target || target.path === path) return null;
  const number = normaliseIdentifier(kind, value);
  const patch: Record<string, Json> = { [path]: null, [target.path]: number };
  return { code: "moved.identifier", level: "hint", path, message: t("{number} looks like what is asked for at “{field}”.", { number: formatIdentifier(kind, number), field: target.label }), data: { value }, suggestions: [{ label: t("Move it there"), patch, marks: [] }] };
}

/** The first empty field of a kind that the form asks for; in lists, of its first or next item. */
function placeFor(entry: Entry, kind: string): { path: string; label: string } | null {
  for (const field of entry.form.byPath.values()) {
    if (field.identifier !== kind || field.isSet) continue;
    const path = emptyPlace(entry, field.path);
    if (path && entry.isAsked(field, path)) return { path, label: entry.labelOf(path) };
  }
  return null;
}

function emptyPlace(entry: Entry, plain: string): string {
  const above = parentPath(plain);
  if (!above) return isEmpty(entry.get(plain)) ? plain : "";
  for (const group of groupPlaces(entry, above)) {
    const path = `${group}.${plain.slice(above.length + 1)}`;
    if (isEmpty(entry.get(path))) return path;
  }
  return "";
}

/** Every place at which a group of the form stands, its lists' items in their order. */
function groupPlaces(entry: Entry, plain: string): string[] {
  const above = parentPath(plain);
  const field = entry.form.byPath.get(plain);
  if (!field?.group) return [];
  const paths = above ? groupPlaces(entry, above).map((group) => `${group}.${field.name}`) : [plain];
  const asked = paths.filter((path) => entry.isAsked(field, path));
  return field.group.list ? asked.flatMap((path) => entry.itemPaths(path, true)) : asked;
}

function reasonText(reason: string): string {
  const texts: Record<string, string> = {
    "identifier.check_digit": t("the check digit that fits"),
    "identifier.check_digit_missing": t("with its check digit"),
    "identifier.transposed": t("two signs swapped"),
    "identifier.misread": t("a sign read as another"),
    "identifier.doubled": t("a sign written twice"),
  };
  return texts[reason] ?? "";
}

function problemText(code: string, data: { expected?: string | [number, number]; found?: string | number; allowed?: string }, key: string): string {
  if (code === "identifier.check_digit") return t("Check digit does not fit: it would be {expected}.", { expected: String(data.expected) });
  if (code === "identifier.length") return t("This number has {found} signs; it needs {expected}.", { found: key.length, expected: Array.isArray(data.expected) ? (data.expected[0] ?? "") : "" });
  return t("“{sign}” cannot stand where it does.", { sign: String(data.found) });
}
