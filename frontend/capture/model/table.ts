/** A table from a spreadsheet: its cells, what each column is by heading or by content, and the lines of goods it makes. */
import type { Part } from "../contract";
import { foldText } from "../../codes/fold";
import { readNumber } from "../values/decimals";
import { putUnit } from "./money";

export type Column = "commodity" | "quantity" | "unit" | "packages" | "description" | "marks" | "";
export const COLUMNS: Column[] = ["", "commodity", "quantity", "unit", "packages", "description", "marks"];
export const MOST_ROWS = 500;

export interface Table {
  columns: Column[];
  /** Whether the first row named the columns. */
  hasHead: boolean;
  rows: string[][];
}
export interface Cell {
  text: string;
  /** How it was understood; empty where it was not, or where the column is left out. */
  shown: string;
  isUnread: boolean;
}
export interface Line {
  cells: Cell[];
  values: Part;
}
export interface Reader {
  find(list: "commodity" | "unit", text: string): { code: string; label: string } | null;
  decimalComma: boolean;
  /** The form's own words for its columns. */
  labels: Partial<Record<Column, string>>;
}

const HEADINGS: Record<Exclude<Column, "">, string[]> = {
  commodity: ["goods", "commodity", "product", "item", "substance", "marchandise", "marchandises", "produit", "mercancia", "mercancias", "producto", "mercadoria", "mercadorias", "produto", "البضاعة", "البضائع", "الصنف"],
  quantity: ["quantity", "qty", "amount", "weight", "quantite", "poids", "cantidad", "peso", "quantidade", "الكمية", "الوزن"],
  unit: ["unit", "uom", "unite", "unidad", "unidade", "الوحدة"],
  packages: ["packages", "pkgs", "parcels", "colis", "bultos", "volumes", "embalagens", "الطرود"],
  description: ["description", "remarks", "note", "observations", "descripcion", "descricao", "الوصف"],
  marks: ["marks", "marking", "logo", "marques", "marcas", "العلامات"],
};
const AMOUNT = /^([\d.,'\s\u00a0\u202f]+?)\s*(\p{L}[\p{L}.²³]*)$/u;

/** The cells of what a spreadsheet puts on the clipboard; a quoted cell may hold line breaks. Null where it is no table. */
export function readCells(text: string): string[][] | null {
  if (!text.includes("\t")) return null;
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    rows[rows.length - 1]?.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? "").trim());
    if (cell.lastIndex >= text.length) break;
    if (match[3] !== "\t") rows.push([]);
  }
  const filled = rows.filter((row) => row.some(Boolean));
  return filled.length ? filled : null;
}

export function readTable(cells: string[][], reader: Reader): Table {
  const width = Math.max(...cells.map((row) => row.length));
  const named = Array.from({ length: width }, (_, at) => headingOf(cells[0]?.[at] ?? "", reader.labels));
  const hasHead = named.filter(Boolean).length >= Math.min(2, width);
  const rows = (hasHead ? cells.slice(1) : cells).map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ""));
  return { hasHead, rows, columns: hasHead ? once(named) : once(guess(rows, width, reader)) };
}

function headingOf(text: string, labels: Reader["labels"]): Column {
  const folded = fold(text);
  if (!folded) return "";
  const found = Object.entries(HEADINGS).find(([column, words]) => words.some((word) => fold(word) === folded) || fold(labels[column as Column] ?? "") === folded);
  return (found?.[0] ?? "") as Column;
}

/** By content: numbers are the quantity, what the lists know are goods and unit, long text describes. */
function guess(rows: string[][], width: number, reader: Reader): Column[] {
  const some = rows.slice(0, 20);
  return Array.from({ length: width }, (_, at): Column => {
    const values = some.map((row) => row[at] ?? "").filter(Boolean);
    const share = (holds: (text: string) => boolean): number => (values.length ? values.filter(holds).length / values.length : 0);
    if (share((text) => "value" in readNumber(text, reader.decimalComma) || AMOUNT.test(text)) > 0.7) return "quantity";
    if (share((text) => text.length <= 12 && reader.find("unit", text) !== null) > 0.7) return "unit";
    if (share((text) => reader.find("commodity", text) !== null) > 0.5) return "commodity";
    return values.length ? "description" : "";
  });
}

/** A column is one thing once: the second number is the packages, any other second is left out. */
function once(columns: Column[]): Column[] {
  const seen = new Set<Column>();
  return columns.map((column) => {
    const free: Column = column === "quantity" && seen.has(column) && !seen.has("packages") ? "packages" : seen.has(column) ? "" : column;
    seen.add(free);
    return free;
  });
}

export function readLines(table: Table, reader: Reader): Line[] {
  return table.rows.slice(0, MOST_ROWS).map((row) => {
    const values: Part = {};
    const cells = row.map((text, at) => readCell(table.columns[at] ?? "", text, values, reader));
    return { cells, values };
  });
}

function readCell(column: Column, text: string, values: Part, reader: Reader): Cell {
  const cell = { text, shown: "", isUnread: false };
  if (!text || !column) return cell;
  if (column === "description" || column === "marks") {
    values[column] = text;
    return { ...cell, shown: text };
  }
  if (column === "commodity" || column === "unit") {
    const found = reader.find(column, text);
    if (found && column === "unit") putUnit(values, found.code);
    else if (found) values[column] = found.code;
    return { ...cell, shown: found?.label ?? "", isUnread: found === null };
  }
  return readAmount(column, cell, values, reader);
}

/** “2.5 kg” is a number and a unit; “2 kg 300 pcs” is not taken apart by guessing. */
function readAmount(column: "quantity" | "packages", cell: Cell, values: Part, reader: Reader): Cell {
  const [, digits = cell.text, word = ""] = AMOUNT.exec(cell.text) ?? [];
  const number = readNumber(digits, reader.decimalComma);
  const unit = word ? reader.find("unit", word) : null;
  if (!("value" in number) || (word && (!unit || column === "packages"))) return { ...cell, isUnread: true };
  values[column] = column === "packages" ? Number(number.value) : number.value;
  if (unit) putUnit(values, unit.code);
  return { ...cell, shown: unit ? `${number.value} ${unit.label}` : number.value };
}

function fold(text: string): string {
  return foldText(text.trim()).text.replace(/[.:*]/g, "").trim();
}
