/** The short form's order: what is asked first, row by row, as the layout's widths fill twelve columns. */
import type { Finding } from "../contract";
import type { Entry } from "../entry";
import { isEmpty, joinPath } from "../model/document";
import { isInline, widgetOf } from "../model/schema";
import type { Field, Group } from "../model/schema";
import { findingsAt } from "./desk";
import { isIdentifier, needsBox } from "./field";

export interface Cell {
  kind: "field" | "route" | "chips" | "media" | "corrections";
  field: Field;
  path: string;
  width: number;
  finding?: Finding;
}
export interface Row {
  cells: Cell[];
  findings: Finding[];
}
export interface Band {
  /** A band of its own for an item of several, or for an item that is asked for only when it is there. */
  item: { listPath: string; id: string; group: Group; number: number; count: number } | null;
  rows: Row[];
}

/** What was filled in from office and duty stands in one grey line, not in the form. */
export function filledFields(entry: Entry): { field: Field; path: string }[] {
  return entry.form.sections
    .flatMap((section) => section.fields)
    .filter((field) => field.layout.default && field.layout.short && !isEmpty(entry.get(field.name)))
    .map((field) => ({ field, path: field.name }));
}

export function layShort(entry: Entry, isFilledOpen: boolean): Band[] {
  const bands: Band[] = [];
  let cells: Cell[] = [];
  const flush = (): void => {
    if (cells.length) bands.push({ item: null, rows: pack(entry, cells) });
    cells = [];
  };
  for (const section of entry.form.sections) {
    const later: { field: Field; path: string }[] = [];
    for (const field of section.fields) place(field, field.name);
    for (const { field, path } of later) place(field, path, true);

    function place(field: Field, path: string, isLater = false): void {
      if (!field.layout.short || field.isCompanion || !entry.isAsked(field, path)) return;
      if (field.layout.default && !path.includes(".") && !isFilledOpen && (field.layout.optional || !isEmpty(entry.get(path)))) return;
      if (field.layout.default && path.includes(".")) return;
      const { group } = field;
      if (!group) cells.push({ kind: "field", field, path, width: field.layout.width });
      else if (group.list === "") for (const inner of group.fields) place(inner, joinPath(path, inner.name), isLater);
      else if (path.includes(".") && !isLater) later.push({ field, path });
      else placeList(field, path, group);
    }
    function placeList(field: Field, path: string, group: Group): void {
      const widget = widgetOf(group.fields, group.list);
      if (widget) {
        cells.push({ kind: widget, field, path, width: widget === "media" ? 12 : field.layout.width });
        return;
      }
      const items = entry.itemPaths(path, isInline(field));
      if (items.length === 1 && isInline(field)) {
        for (const inner of group.fields) place(inner, joinPath(items[0] ?? "", inner.name));
        return;
      }
      items.forEach((itemPath, at) => {
        flush();
        for (const inner of group.fields) place(inner, joinPath(itemPath, inner.name));
        for (const { field: inner, path: innerPath } of later.splice(0)) place(inner, innerPath, true);
        bands.push({ item: { listPath: path, id: itemPath.slice(path.length + 1, -1), group, number: at + 1, count: items.length }, rows: pack(entry, cells) });
        cells = [];
      });
    }
  }
  flush();
  return bands;
}

/** Fill rows of twelve; what was found stands under its row, corrections of a number beside it. */
export function pack(entry: Entry, cells: Cell[]): Row[] {
  const rows: Row[] = [];
  let row: Row = { cells: [], findings: [] };
  let width = 0;
  const close = (): void => {
    if (row.cells.length) rows.push(row);
    row = { cells: [], findings: [] };
    width = 0;
  };
  for (const cell of cells) {
    if (width + cell.width > 12) close();
    row.cells.push(cell);
    width += cell.width;
    for (const found of boxed(entry, cell)) {
      if (isIdentifier(found) && cells.length) {
        if (12 - width < 5) {
          row.findings.push(found);
          continue;
        }
        row.cells.push({ kind: "corrections", field: cell.field, path: cell.path, width: 12 - width, finding: found });
        close();
      } else row.findings.push(found);
    }
  }
  close();
  return rows;
}

function boxed(entry: Entry, cell: Cell): Finding[] {
  const paths = [cell.path, ...cell.field.companions.map((name) => joinPath(cell.path.slice(0, -cell.field.name.length - 1), name))];
  return paths.flatMap((path, at) => findingsAt(entry, path, at === 0 && cell.kind !== "field")).filter((found) => needsBox(found));
}

/** The number under which a finding's first button answers to Alt. */
export function firstKeyOf(entry: Entry, wanted: Finding): number {
  let number = 1;
  for (const found of entry.findings()) {
    if (found === wanted || (found.code === wanted.code && found.path === wanted.path)) return number;
    number += isIdentifier(found) ? Math.min(2, found.suggestions.length) : found.suggestions.length;
  }
  return number;
}
