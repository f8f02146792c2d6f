/** Pictures of bars and heat grids, drawn only to be saved: on the page they are tables. */
import { amountStep, draw, drawHatch, formatNumber } from "../shell/draw";
import type { BarsData, GridData } from "./types";

export function drawBars(data: BarsData): SVGSVGElement {
  const row = 22;
  const width = 520;
  const largest = Math.max(1, ...data.rows.map((entry) => entry.value));
  const svg = draw("svg", { viewBox: `0 0 ${width} ${data.rows.length * row + 32}`, class: "picture" }, drawHatch("bars-hatch")) as SVGSVGElement;
  svg.append(draw("text", { x: 8, y: 18, "font-weight": 600 }, data.title));
  data.rows.forEach((entry, index) => {
    const y = 30 + index * row;
    svg.append(draw("text", { x: 8, y: y + 13 }, entry.label));
    svg.append(draw("rect", { x: 200, y: y + 3, width: (220 * entry.value) / largest, height: 13, ...(entry.hatched ? { fill: "url(#bars-hatch)", class: "hatched" } : { class: "kind-1" }) }));
    svg.append(draw("text", { x: 512, y: y + 13, "text-anchor": "end" }, formatNumber(entry.value)));
  });
  return svg;
}

export function drawGrid(data: GridData): SVGSVGElement {
  const cell = { width: 76, height: 24, left: 190, top: 52 };
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
        return;
      }
      const step = amountStep(value, largest);
      svg.append(draw("rect", { ...box, class: `amount-${step}` }));
      svg.append(draw("text", { x: x + cell.width / 2, y: y + 16, "text-anchor": "middle", class: step > 4 ? "on-dark" : "" }, entry.texts?.[index] ?? formatNumber(value)));
    });
  });
  return svg;
}
