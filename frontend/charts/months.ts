/** Bars by month, last year as a tick, and beneath each month who has reported. */
import { draw, drawDots, drawHatch, drawLattice, drawLink, formatNumber, niceTicks } from "../shell/draw";
import type { MonthsData, Saved } from "./types";
import { COVERED, type Entry } from "./legend";

const LEFT = 40;
const TOP = 12;
const PLOT = 150;

export function describeMonth(data: MonthsData, index: number): string {
  const parts = data.series.map((series) => {
    const value = series.values[index];
    return `${value == null ? "–" : formatNumber(value)} ${series.name}`;
  });
  const open = isOpen(data, index) ? [data.open?.words ?? ""] : [];
  return `${data.categories[index]?.label ?? ""}: ${[...parts, ...describeReported(data, index), ...open].join(", ")}`;
}

function isOpen(data: MonthsData, index: number): boolean {
  return data.open?.months[index] ?? false;
}

function describeReported({ reported }: MonthsData, index: number): string[] {
  if (!reported?.words || !reported.in_time || !reported.of) return [];
  const said: Record<string, string> = {
    reported: formatNumber(reported.values[index] ?? 0),
    all: formatNumber(reported.of),
    in_time: formatNumber(reported.in_time[index] ?? 0),
  };
  return [reported.words.replace(/%\((\w+)\)s/g, (_whole, name: string) => said[name] ?? "")];
}

export function drawMonths(data: MonthsData & Saved, width: number): SVGSVGElement {
  const values = [...data.series.flatMap((series) => series.values), ...(data.last?.values ?? [])].filter((value): value is number => value != null);
  const ticks = niceTicks(Math.max(0, ...values));
  const top = ticks.at(-1) ?? 1;
  const height = TOP + PLOT + 24 + (data.reported ? 34 : 0);
  const rtl = document.documentElement.dir === "rtl";
  const step = (width - LEFT - 4) / Math.max(1, data.categories.length);
  const y = (value: number): number => TOP + PLOT * (1 - value / top);
  const x = (index: number): number => (rtl ? width - LEFT - step * (index + 1) : LEFT + step * index);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": data.title, direction: "ltr" }, drawHatch("months-hatch"), drawDots("months-dots"), drawLattice("months-lattice")) as SVGSVGElement;
  for (const tick of ticks) {
    svg.append(draw("line", { x1: rtl ? 4 : LEFT, x2: rtl ? width - LEFT : width - 4, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis axis-zero" : "axis" }));
    svg.append(draw("text", { x: rtl ? width - LEFT + 8 : LEFT - 8, y: y(tick) + 4, "text-anchor": rtl ? "start" : "end" }, formatNumber(tick)));
  }
  data.categories.forEach((category, index) => svg.append(drawMonth(data, index, { x: x(index), step, y, rtl, url: category.url })));
  return svg;
}

interface MonthPlace {
  x: number;
  step: number;
  y: (value: number) => number;
  rtl: boolean;
  url: string | undefined;
}

/** What a saved picture says of its colours and patterns: on the page this stands in the head of the panel. */
export function monthsEntries(data: MonthsData & Saved): Entry[] {
  const entries: Entry[] = data.series.map((series, order) => ({ words: series.name, class: `kind-${order + 1}` }));
  if (data.last) entries.push({ words: data.last.name, class: "last-tick", isLine: true });
  if (data.reported?.in_time_word) entries.push({ words: data.reported.in_time_word, class: "reported" });
  if (data.reported?.late_word) entries.push({ words: data.reported.late_word, class: "reported-late" });
  if (data.reported?.missing_word) entries.push({ words: data.reported.missing_word, fill: "url(#months-hatch)", class: "hatched" });
  if (data.open?.months.includes(true)) entries.push({ words: data.open.words, fill: "url(#months-dots)", class: "open-month" });
  const isCovered = data.series.some((series) => series.values.includes(null)) || (data.last?.values.includes(null) ?? false);
  if (data.covered && isCovered) entries.push({ words: `${COVERED} ${data.covered_word ?? ""}`, fill: "url(#months-lattice)", class: "covered" });
  return entries;
}

function drawMonth(data: MonthsData & Saved, index: number, place: MonthPlace): SVGElement {
  const group = drawLink(place.url, { class: "month", "data-index": index, "aria-label": describeMonth(data, index), ...(place.url ? {} : { role: "img" }) });
  const bar = Math.min(28, (place.step * 0.74) / data.series.length);
  const start = place.x + (place.step - bar * data.series.length) / 2;
  group.append(draw("rect", { x: place.x, y: TOP, width: place.step, height: PLOT, fill: "none", "pointer-events": "all" }));
  if (isOpen(data, index)) group.append(draw("rect", { x: place.x + 1, y: TOP, width: place.step - 2, height: PLOT, fill: "url(#months-dots)", class: "open-month" }));
  data.series.forEach((series, order) => {
    const value = series.values[index];
    const left = start + bar * (place.rtl ? data.series.length - 1 - order : order);
    if (value == null) group.append(...drawUnknown(left + 1, bar - 2, Boolean(data.covered)));
    else group.append(draw("rect", { x: left + 1, y: place.y(value), width: bar - 2, height: Math.max(0, place.y(0) - place.y(value)), class: `bar kind-${order + 1}` }));
  });
  const last = data.last?.values[index];
  if (last != null) {
    const left = place.rtl ? start + bar * (data.series.length - 1) : start;
    group.append(draw("line", { x1: left - 3, x2: left + bar + 3, y1: place.y(last), y2: place.y(last), class: "last-tick" }));
  }
  const middle = place.x + place.step / 2;
  const longest = Math.max(...data.categories.map((category) => category.label.length));
  const every = Math.ceil(Math.max(34, 6.4 * longest + 4) / place.step);
  if (index % every === 0) group.append(draw("text", { x: middle, y: TOP + PLOT + 16, "text-anchor": "middle" }, data.categories[index]?.label ?? ""));
  if (data.reported) group.append(...drawReported(data.reported, index, middle, place.step, isOpen(data, index)));
  return group;
}

/** A month without a number: covered on its way out, or reported by nobody. */
function drawUnknown(x: number, width: number, isCovered: boolean): SVGElement[] {
  const box = { x, y: TOP, width, height: PLOT };
  if (!isCovered) return [draw("rect", { ...box, fill: "url(#months-hatch)", class: "hatched" })];
  return [
    draw("rect", { ...box, fill: "url(#months-lattice)", class: "covered" }),
    draw("text", { x: x + width / 2, y: TOP + 14, "text-anchor": "middle", class: "covered-mark" }, COVERED),
  ];
}

function drawReported(reported: NonNullable<MonthsData["reported"]>, index: number, middle: number, step: number, open: boolean): SVGElement[] {
  const count = reported.values[index] ?? 0;
  const full = step * 0.78;
  const share = (full * count) / Math.max(1, reported.of);
  const inTime = (full * (reported.in_time?.[index] ?? count)) / Math.max(1, reported.of);
  const rtl = document.documentElement.dir === "rtl";
  const from = (length: number): number => (rtl ? middle + full / 2 - length : middle - full / 2);
  const top = TOP + PLOT + 26;
  // Of a month that is not over yet nothing is missing.
  const isGap = count < reported.of && !open;
  return [
    open
      ? draw("rect", { x: middle - full / 2, y: top, width: full, height: 7, class: "reported-open" })
      : draw("rect", { x: middle - full / 2, y: top, width: full, height: 7, fill: "url(#months-hatch)", class: "hatched" }),
    draw("rect", { x: from(share), y: top, width: share, height: 7, class: "reported-late" }),
    draw("rect", { x: from(inTime), y: top, width: inTime, height: 7, class: "reported" }),
    draw("text", { x: middle, y: top + 22, "text-anchor": "middle", class: isGap ? "reported-gap" : "" }, step > 40 ? `${count}/${reported.of}` : isGap || open ? String(count) : ""),
  ];
}
