/** Which fields a document asks for, by what it already states; the same rules as the server's. */
import type { Condition, Json, Part } from "../contract";
import { getAt, isEmpty, isPart, joinPath, listAt, parentPath, parsePath, plainPath } from "./document";
import { widgetOf } from "./schema";
import type { Field, Form } from "./schema";

export function holds(condition: Condition, scope: Part[]): boolean {
  const value = lookUp(condition.path, scope);
  if (condition.present !== undefined) return !isEmpty(value) === condition.present;
  if (condition.is) return typeof value === "string" && condition.is.includes(value);
  if (condition.outside) return !isUnder(value, condition.outside);
  return isUnder(value, condition.under ?? []);
}

function isUnder(value: Json | undefined, codes: string[]): boolean {
  return typeof value === "string" && codes.some((code) => value === code || value.startsWith(`${code}.`));
}

/** A path is looked for in the innermost item first, then in the items around it, then at the root. */
function lookUp(path: string, scope: Part[]): Json | undefined {
  for (let at = scope.length - 1; at >= 0; at -= 1) {
    let current: Json | undefined = scope[at];
    for (const name of path.split(".")) current = isPart(current) ? current[name] : undefined;
    if (current !== undefined && current !== null) return current;
  }
  return undefined;
}

/** The groups and items around a field, from the root inwards. */
export function scopeOf(document: Part, path: string, virtual: (listPath: string, id: string) => Part = (_, id) => ({ id })): Part[] {
  const scope: Part[] = [document];
  let at = "";
  for (const { name, item } of parsePath(path)) {
    const here = joinPath(at, name);
    at = item === null ? here : `${here}[${item}]`;
    const found = getAt(document, at);
    if (isPart(found)) scope.push(found);
    else if (item !== null) scope.push(virtual(here, item));
  }
  return scope;
}

export interface Asked {
  path: string;
  field: Field;
  value: Json | undefined;
}

/** Every leaf that the form asks for, item by item; a group that must not be empty asks as one. */
export function* askedFields(document: Part, form: Form, short: boolean): Generator<Asked> {
  for (const section of form.sections) for (const field of section.fields) yield* asked(field, field.name, [document], document, short);
}

function* asked(field: Field, path: string, scope: Part[], document: Part, short: boolean): Generator<Asked> {
  if ((short && !field.layout.short) || !field.layout.when.every((condition) => holds(condition, scope))) return;
  const value = getAt(document, path);
  if (!field.group) {
    yield { path, field, value };
    return;
  }
  const isList = field.group.list !== "";
  const parts = isList ? listAt(document, path) : isPart(value) ? [value] : [];
  if (!parts.length) yield { path, field, value: undefined };
  for (const part of parts) {
    const here = isList ? `${path}[${String(part["id"])}]` : path;
    for (const inner of field.group.fields) yield* asked(inner, joinPath(here, inner.name), [...scope, part], document, short);
  }
}

export interface Completeness {
  answered: number;
  asked: number;
  missing: string[];
}

/** Count the questions as the officer sees them: one box is one question, and so is a route; what was filled in is not asked. */
export function countAnswers(document: Part, form: Form, short: boolean, isFilledIn: (field: Field, value: Json | undefined) => boolean): Completeness {
  const found: Completeness = { answered: 0, asked: 0, missing: [] };
  const open = new Map<string, { path: string; isAnswered: boolean; isOptional: boolean }>();
  for (const { path, field, value } of askedFields(document, form, short)) {
    if (isFilledIn(field, value) || field.kind === "media") continue;
    const key = boxOf(path, field, form);
    const isAnswered = !isEmpty(value);
    const known = open.get(key);
    const isMissing = !isAnswered && !field.layout.optional;
    if (!known) open.set(key, { path: field.isCompanion ? key : path, isAnswered, isOptional: field.layout.optional });
    else {
      known.isAnswered = isMissing ? false : known.isAnswered;
      known.isOptional &&= field.layout.optional;
    }
  }
  for (const { path, isAnswered, isOptional } of open.values()) {
    if (!isAnswered && isOptional) continue;
    found.asked += 1;
    if (isAnswered) found.answered += 1;
    else found.missing.push(path);
  }
  return found;
}

/** The box in which a field is answered: its own, that of the field it stands with, or the whole list's. */
function boxOf(path: string, field: Field, form: Form): string {
  for (let at = plainPath(path); at; at = parentPath(at)) {
    const group = form.byPath.get(at)?.group;
    if (group && widgetOf(group.fields, group.list)) return at;
  }
  if (!field.isCompanion) return path;
  const siblings = form.byPath.get(parentPath(field.path))?.group?.fields ?? form.sections.flatMap((section) => section.fields);
  const main = siblings.find((other) => other.companions.includes(field.name));
  return main ? joinPath(parentPath(path), main.name) : path;
}
