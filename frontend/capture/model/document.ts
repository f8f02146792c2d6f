/** A document as plain data; every change makes a new one. Paths: `lines[<item id>].quantity`. */
import type { Json, Part } from "../contract";

export interface Step {
  name: string;
  item: string | null;
}

const STEP = /([A-Za-z_][A-Za-z0-9_]*)(?:\[([^\]]+)\])?(?:\.|$)/g;

export function parsePath(path: string): Step[] {
  return [...path.matchAll(STEP)].map((match) => ({ name: match[1] ?? "", item: match[2] ?? null }));
}

/** Leave the item ids out of a path. */
export function plainPath(path: string): string {
  return path.replace(/\[[^\]]*\]/g, "");
}

export function parentPath(path: string): string {
  return path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "";
}

export function joinPath(group: string, name: string): string {
  return group ? `${group}.${name}` : name;
}

export function isPart(value: Json | undefined): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) ? value.length === 0 : isPart(value) && Object.keys(value).length === 0);
}

function itemsOf(value: Json | undefined): Part[] {
  return Array.isArray(value) ? value.filter(isPart) : [];
}

export function getAt(document: Part, path: string): Json | undefined {
  let current: Json | undefined = document;
  for (const { name, item } of parsePath(path)) {
    if (!isPart(current)) return undefined;
    current = current[name];
    if (item !== null) current = itemsOf(current).find((found) => found["id"] === item);
  }
  return current;
}

export function listAt(document: Part, path: string): Part[] {
  return itemsOf(getAt(document, path));
}

export type MakeItem = (listPath: string, id: string) => Part;
const bare: MakeItem = (_, id) => ({ id });

/** Put a value at a path; groups and items that are not there yet are made, an empty value is taken out. */
export function setAt(document: Part, path: string, value: Json | undefined, make: MakeItem = bare): Part {
  const put = (part: Part, steps: Step[], at: string): Part => {
    const [step, ...rest] = steps;
    if (!step) return part;
    const here = joinPath(at, step.name);
    if (step.item !== null) return { ...part, [step.name]: putItem(itemsOf(part[step.name]), step.item, rest, here) };
    if (rest.length) {
      const inner = part[step.name];
      return tidy(part, step.name, put(isPart(inner) ? inner : {}, rest, here));
    }
    return tidy(part, step.name, value);
  };
  const putItem = (items: Part[], id: string, rest: Step[], listPath: string): Part[] => {
    const whole = (item: Part): Part => (rest.length ? put(item, rest, `${listPath}[${id}]`) : { ...(isPart(value) ? value : {}), id });
    if (items.some((item) => item["id"] === id)) return items.map((item) => (item["id"] === id ? whole(item) : item));
    return [...items, whole(make(listPath, id))];
  };
  return put(document, parsePath(path), "");
}

function tidy(part: Part, name: string, value: Json | undefined): Part {
  if (!isEmpty(value)) return { ...part, [name]: value as Json };
  const { [name]: _, ...rest } = part;
  return rest;
}

export function removeItem(document: Part, listPath: string, id: string): Part {
  return withoutReferences(setAt(document, listPath, listAt(document, listPath).filter((item) => item["id"] !== id)), id);
}

/** What pointed at a removed item points at nothing any more. */
function withoutReferences(document: Part, id: string): Part {
  const clean = (value: Json, name: string): Json | undefined => {
    if (name === "id") return value;
    if (value === id) return undefined;
    if (Array.isArray(value)) return value.filter((entry) => entry !== id).map((entry) => clean(entry, "") ?? null);
    return isPart(value) ? cleanPart(value) : value;
  };
  const cleanPart = (part: Part): Part =>
    Object.fromEntries(Object.entries(part).flatMap(([name, value]): [string, Json][] => {
      const kept = clean(value, name);
      return kept === undefined ? [] : [[name, kept]];
    }));
  return cleanPart(document);
}

/** Copy an item behind itself; it and every item in it get ids of their own. */
export function duplicateItem(document: Part, listPath: string, id: string, copyId: string): Part {
  const items = listAt(document, listPath);
  const at = items.findIndex((item) => item["id"] === id);
  const original = items[at];
  if (!original) return document;
  const copy = { ...(renewIds(original) as Part), id: copyId };
  return setAt(document, listPath, [...items.slice(0, at + 1), copy, ...items.slice(at + 1)]);
}

function renewIds(value: Json): Json {
  if (Array.isArray(value)) return value.map(renewIds);
  if (!isPart(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === "id" ? newItemId() : renewIds(inner)]));
}

export function moveItem(document: Part, listPath: string, id: string, by: number): Part {
  const items = listAt(document, listPath);
  const from = items.findIndex((item) => item["id"] === id);
  const to = Math.min(items.length - 1, Math.max(0, from + by));
  const moved = items[from];
  if (!moved || to === from) return document;
  const others = items.filter((_, index) => index !== from);
  return setAt(document, listPath, [...others.slice(0, to), moved, ...others.slice(to)]);
}

/** The document as it is handed in: nothing empty, and no item that says nothing but its id and what was filled in. */
export function toCanonical(document: Part, isFilledIn: (path: string, value: Json) => boolean = () => false): Part {
  const clean = (part: Part, at: string): Part => {
    const kept: Part = {};
    for (const [name, value] of Object.entries(part)) {
      const path = joinPath(at, name);
      const cleaned = cleanValue(value, path);
      if (!isEmpty(cleaned)) kept[name] = cleaned as Json;
    }
    return kept;
  };
  const cleanValue = (value: Json, path: string): Json | undefined => {
    if (isPart(value)) return clean(value, path);
    if (typeof value === "string") return value.trim();
    if (!Array.isArray(value)) return value;
    if (!value.some(isPart)) return value.filter((entry) => !isEmpty(entry));
    return itemsOf(value).map((item) => clean(item, path)).filter((item) => Object.entries(item).some(([name, inner]) => name !== "id" && !isFilledIn(`${path}.${name}`, inner)));
  };
  return clean(document, "");
}

export function newItemId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join("");
}

/** A UUID of version 7: the moment first, so that records born on a device sort by birth. */
export function newRecordId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(now / 2 ** (8 * (5 - place))) % 256;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
