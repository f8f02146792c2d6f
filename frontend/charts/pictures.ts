/** Pictures of bars and heat grids, drawn only to be saved: on the page they are tables. In Arabic they start at the right. */
import { amountStep, draw, drawHatch, drawLattice, formatNumber } from "../shell/draw";
import { COVERED, type Entry } from "./legend";
import type { BarsData, GridData, Saved } from "./types";

/** Where something stands that begins so far from the start of the line, in the direction of the page. */
interface Way {
  rtl: boolean;
  width: number;
}

function isRtl(): boolean {
  return document.documentElement.dir === "rtl";
}

function startOf(way: Way, x: number, taken = 0): number {
  return way.rtl ? way.width - x - taken : x;
}

function write(way: Way, x: number, y: number, text: string, more: Record<string, string | number> = {}): SVGElement {
  const anchor = way.rtl ? "end" : "start";
  return draw("text", { x: startOf(way, x), y, "text-anchor": anchor, ...more }, text);
}

function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

export function drawBars(data: BarsData): SVGSVGElement {
  const row = 22;
  const longest = Math.max(0, ...data.rows.map((entry) => entry.label.length));
  const left = Math.max(200, 16 + 6.8 * longest);
  const way: Way = { rtl: isRtl(), width: left + 320 };
  const largest = Math.max(1, ...data.rows.map((entry) => entry.value ?? 0));
  const frame = { viewBox: `0 0 ${way.width} ${data.rows.length * row + 32}`, class: "picture", direction: "ltr" };
  const svg = draw("svg", frame, drawHatch("bars-hatch"), drawLattice("bars-lattice")) as SVGSVGElement;
  svg.append(write(way, 8, 18, data.title, { "font-weight": 600 }));
  data.rows.forEach((entry, index) => {
    const y = 30 + index * row;
    const length = entry.value === null ? 24 : (220 * entry.value) / largest;
    const box = { x: startOf(way, left, length), y: y + 3, width: length, height: 13 };
    const look = entry.value === null ? { fill: "url(#bars-lattice)", class: "covered" } : entry.hatched ? { fill: "url(#bars-hatch)", class: "hatched" } : { class: "kind-1" };
    const said = entry.value === null ? COVERED : formatNumber(entry.value);
    svg.append(
      write(way, 8, y + 13, isolate(entry.label)),
      draw("rect", { ...box, ...look }),
      draw("text", { x: startOf(way, way.width - 8), y: y + 13, "text-anchor": way.rtl ? "start" : "end" }, said),
    );
  });
  return svg;
}

export function drawGrid(data: GridData & Saved): SVGSVGElement {
  const longest = (labels: string[]): number => 16 + 6.8 * Math.max(0, ...labels.map((label) => label.length));
  const heads = data.total ? [...data.columns, data.all_word ?? ""] : data.columns;
  const cell = { width: Math.max(76, longest(heads)), height: 24, left: Math.max(190, longest(data.rows.map((entry) => entry.label))), top: 52 };
  const largest = Math.max(0, ...data.rows.flatMap((entry) => entry.values.map((value) => value ?? 0)));
  const lines = data.rows.length + (data.total ? 1 : 0);
  const way: Way = { rtl: isRtl(), width: cell.left + heads.length * cell.width + 8 };
  const frame = { viewBox: `0 0 ${way.width} ${cell.top + lines * cell.height + 8}`, class: "picture heat", direction: "ltr" };
  const svg = draw("svg", frame, drawHatch("grid-hatch"), drawLattice("grid-lattice")) as SVGSVGElement;
  const middle = (index: number): number => startOf(way, cell.left + (index + 0.5) * cell.width);
  const total = (index: number, order: number, text: string): SVGElement =>
    draw("text", { x: middle(index), y: cell.top + order * cell.height + 16, "text-anchor": "middle", "font-weight": 600 }, text);
  svg.append(write(way, 8, 18, data.title, { "font-weight": 600 }));
  heads.forEach((column, index) => svg.append(draw("text", { x: middle(index), y: 44, "text-anchor": "middle" }, isolate(column))));
  data.rows.forEach((entry, order) => {
    const y = cell.top + order * cell.height;
    svg.append(write(way, 8, y + 16, isolate(entry.label)));
    entry.values.forEach((value, index) => {
      const box = { x: middle(index) - cell.width / 2 + 1, y: y + 1, width: cell.width - 2, height: cell.height - 2 };
      svg.append(...drawCell(data, entry, index, { box, step: amountStep(value ?? 0, largest) }));
    });
    if (data.total) svg.append(total(data.columns.length, order, entry.total ?? ""));
  });
  if (data.total) {
    svg.append(write(way, 8, cell.top + data.rows.length * cell.height + 16, data.all_word ?? "", { "font-weight": 600 }));
    [...(data.column_totals ?? []), data.total].forEach((text, index) => svg.append(total(index, data.rows.length, text)));
  }
  return svg;
}

type Box = { x: number; y: number; width: number; height: number };

function drawCell(data: GridData & Saved, entry: GridData["rows"][number], index: number, place: { box: Box; step: number }): SVGElement[] {
  const { box, step } = place;
  const text = { x: box.x + box.width / 2, y: box.y + 15, "text-anchor": "middle" };
  const value = entry.values[index] ?? null;
  if (value !== null) {
    return [draw("rect", { ...box, class: `amount-${step}` }), draw("text", { ...text, class: step > 4 ? "on-dark" : "" }, entry.texts?.[index] ?? formatNumber(value))];
  }
  // What is covered was counted; what was never measured is hatched.
  const isCovered = Boolean(data.covered) && (entry.covered?.[index] ?? true);
  const drawn = [draw("rect", { ...box, fill: isCovered ? "url(#grid-lattice)" : "url(#grid-hatch)", class: isCovered ? "covered" : "hatched" })];
  return isCovered ? [...drawn, draw("text", { ...text, class: "covered-mark" }, COVERED)] : drawn;
}

/** The patterns of a saved picture of bars or of a grid, as far as they are in it. */
export function patternEntries(svg: SVGSVGElement, data: (BarsData | GridData) & Saved): Entry[] {
  const entries: Entry[] = [];
  if (data.kind === "grid" && svg.querySelector("rect.hatched")) entries.push({ words: data.missing_legend ?? "–", fill: "url(#grid-hatch)", class: "hatched" });
  if (data.covered && svg.querySelector("rect.covered")) entries.push({ words: `${COVERED} ${data.covered_word ?? ""}`, fill: `url(#${data.kind}-lattice)`, class: "covered" });
  return entries;
}
