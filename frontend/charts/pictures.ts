/** Pictures of bars and heat grids, drawn only to be saved: on the page they are tables. */
import { amountStep, draw, drawHatch, formatNumber } from "../shell/draw";
import type { BarsData, GridData, Saved } from "./types";

/** What stands in the place of a covered number. */
const COVERED = "*";

/** Write under a picture why some of its numbers are covered. */
export function addNote(svg: SVGSVGElement, note: string): void {
  const [x = 0, y = 0, width = 0, height = 0] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
  svg.setAttribute("viewBox", `${x} ${y} ${width} ${height + 24}`);
  svg.append(draw("text", { x: x + 8, y: y + height + 16 }, note));
}

export function drawBars(data: BarsData): SVGSVGElement {
  const row = 22;
  const width = 520;
  const largest = Math.max(1, ...data.rows.map((entry) => entry.value ?? 0));
  const svg = draw("svg", { viewBox: `0 0 ${width} ${data.rows.length * row + 32}`, class: "picture" }, drawHatch("bars-hatch")) as SVGSVGElement;
  svg.append(draw("text", { x: 8, y: 18, "font-weight": 600 }, data.title));
  data.rows.forEach((entry, index) => {
    const y = 30 + index * row;
    svg.append(draw("text", { x: 8, y: y + 13 }, entry.label));
    svg.append(draw("rect", { x: 200, y: y + 3, width: (220 * (entry.value ?? 0)) / largest, height: 13, ...(entry.hatched ? { fill: "url(#bars-hatch)", class: "hatched" } : { class: "kind-1" }) }));
    svg.append(draw("text", { x: 512, y: y + 13, "text-anchor": "end" }, entry.value === null ? COVERED : formatNumber(entry.value)));
  });
  return svg;
}

export function drawGrid(data: GridData & Saved): SVGSVGElement {
  const longest = (labels: string[]): number => 16 + 6.8 * Math.max(0, ...labels.map((label) => label.length));
  const cell = { width: Math.max(76, longest(data.columns)), height: 24, left: Math.max(190, longest(data.rows.map((entry) => entry.label))), top: 52 };
  const largest = Math.max(0, ...data.rows.flatMap((entry) => entry.values.map((value) => value ?? 0)));
  const size = { width: cell.left + data.columns.length * cell.width + 8, height: cell.top + data.rows.length * cell.height + 8 };
  const svg = draw("svg", { viewBox: `0 0 ${size.width} ${size.height}`, class: "picture heat" }, drawHatch("grid-hatch")) as SVGSVGElement;
  svg.append(draw("text", { x: 8, y: 18, "font-weight": 600 }, data.title));
  data.columns.forEach((column, index) => svg.append(draw("text", { x: cell.left + (index + 0.5) * cell.width, y: 44, "text-anchor": "middle" }, column)));
  data.rows.forEach((entry, order) => {
    const y = cell.top + order * cell.height;
    svg.append(draw("text", { x: 8, y: y + 16 }, entry.label));
    entry.values.forEach((value, index) => {
      const x = cell.left + index * cell.width;
      const box = { x: x + 1, y: y + 1, width: cell.width - 2, height: cell.height - 2 };
      if (value === null) {
        svg.append(draw("rect", { ...box, fill: "url(#grid-hatch)", class: "hatched" }));
        if (data.covered) svg.append(draw("text", { x: x + cell.width / 2, y: y + 16, "text-anchor": "middle" }, COVERED));
        return;
      }
      const step = amountStep(value, largest);
      svg.append(draw("rect", { ...box, class: `amount-${step}` }));
      svg.append(draw("text", { x: x + cell.width / 2, y: y + 16, "text-anchor": "middle", class: step > 4 ? "on-dark" : "" }, entry.texts?.[index] ?? formatNumber(value)));
    });
  });
  return svg;
}
