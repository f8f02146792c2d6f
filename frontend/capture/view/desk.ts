/** What every part of the form works with. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Codes } from "../codes";
import type { Finding } from "../contract";
import type { Entry } from "../entry";
import type { Keeper } from "../keeping";
import type { Photos } from "../photos";
import { widgetOf } from "../model/schema";
import { plainPath } from "../model/document";

export interface Desk {
  entry: Entry;
  codes: Codes;
  keeper: Keeper;
  photos: Photos;
  language: string;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("The form stands outside its desk.");
  return desk;
}

export function fieldId(path: string): string {
  return `f-${path.replace(/[^A-Za-z0-9_-]/g, "-")}`;
}

/** A finding at a group stands beside the field by which the group is answered. */
export function answeringPath(entry: Entry, path: string): string {
  let at = path;
  for (let depth = 0; depth < 6; depth += 1) {
    const group = entry.form.byPath.get(plainPath(at))?.group;
    if (!group || widgetOf(group.fields, group.list)) return at;
    const asked = group.fields.filter((field) => field.layout.short);
    const inner = asked.find((field) => !field.layout.optional && !field.layout.default) ?? asked[0] ?? group.fields[0];
    if (!inner) return at;
    const part = group.list === "" || at.endsWith("]") ? at : (entry.itemPaths(at, true)[0] ?? at);
    at = `${part}.${inner.name}`;
  }
  return at;
}

export function findingsAt(entry: Entry, path: string, isWidget = false): Finding[] {
  return entry.findings().filter((found) => {
    if (found.path === path) return true;
    if (isWidget) return found.path.startsWith(`${path}[`);
    return answeringPath(entry, found.path) === path;
  });
}

/** Bring the reader to a field, by the keyboard's focus. */
export function goTo(entry: Entry, path: string): void {
  const wanted = answeringPath(entry, path);
  const box = document.getElementById(fieldId(wanted)) ?? [...document.querySelectorAll<HTMLElement>("[data-path]")].find((found) => path.startsWith(found.dataset["path"] ?? " ") || (found.dataset["path"] ?? "").startsWith(path));
  if (!box) return;
  const target = box.matches("input, select, textarea, button") ? box : box.querySelector<HTMLElement>("input:not([type=file]), select, textarea, button");
  box.scrollIntoView({ block: "center" });
  target?.focus();
  if (target instanceof HTMLInputElement && target.type === "text") target.select();
}
