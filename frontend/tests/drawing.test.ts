import { describe, expect, it } from "vitest";
import { describeMonth, drawMonths, monthsEntries } from "../charts/months";
import { addLegend, addNote } from "../charts/legend";
import { drawBars, drawGrid, patternEntries } from "../charts/pictures";
import type { MonthsData } from "../charts/types";
import { isInside, otherEnd } from "../maps/flow";
import { findSeaWay } from "../maps/lanes";
import { gatherPoints } from "../maps/points";
import { findLegs, findMiddle, findWay } from "../maps/route";
import type { Place } from "../maps/types";
import { amountStep, niceTicks } from "../shell/draw";
import { nameFile, writeCell } from "../shell/save";

const MONTHS: MonthsData = {
  kind: "months",
  title: "Cases",
  series: [{ name: "cases", values: [198, null, 0] }],
  categories: [{ label: "Jan", url: "/a" }, { label: "Feb" }, { label: "Mar" }],
  last: { name: "cases 2025", values: [186, 201, null] },
  reported: { values: [21, 0, 17], of: 21 },
};

/** The height at which the first month's label stands. */
function labelLine(svg: SVGSVGElement): string {
  return svg.querySelector('[data-index="0"] > text')?.getAttribute("y") ?? "";
}

describe("bars by month", () => {
  const svg = drawMonths(MONTHS, 600);

  it("hatch a month nobody reported instead of leaving it out", () => {
    expect(svg.querySelectorAll('[data-index="1"] rect.hatched').length).toBeGreaterThan(0);
    expect(svg.querySelectorAll('[data-index="1"] rect.bar')).toHaveLength(0);
  });

  it("draw a true zero as a bar without height", () => {
    expect(svg.querySelector('[data-index="2"] rect.bar')?.getAttribute("height")).toBe("0");
  });

  it("start at zero and end above the largest value", () => {
    const labels = [...svg.children].filter((child) => child.tagName === "text").map((text) => text.textContent);
    expect(labels[0]).toBe("0");
    expect(Number(labels.at(-1))).toBeGreaterThanOrEqual(201);
  });

  it("leave out labels that would lie over each other", () => {
    const categories = Array.from({ length: 12 }, () => ({ label: "dez. de 2025" }));
    const long = drawMonths({ ...MONTHS, series: [{ name: "cases", values: categories.map(() => 1) }], categories }, 600);
    const short = drawMonths({ ...MONTHS, series: [{ name: "cases", values: categories.map(() => 1) }], categories: categories.map(() => ({ label: "dez." })) }, 600);
    expect([long, short].map((svg) => svg.querySelectorAll('[data-index] > text[text-anchor="middle"][y="' + labelLine(svg) + '"]').length)).toEqual([6, 12]);
  });

  it("leave a month that is still open quiet: nobody is late for it", () => {
    const open = { months: [false, false, true], words: "month still open" };
    const quiet = drawMonths({ ...MONTHS, open }, 600);
    const gaps = (drawn: SVGSVGElement): number => drawn.querySelectorAll('[data-index="2"] .reported-gap').length;
    expect([gaps(svg), gaps(quiet)]).toEqual([1, 0]);
    expect(quiet.querySelectorAll(".open-month")).toHaveLength(1);
    expect(quiet.querySelectorAll('[data-index="2"] .reported-open')).toHaveLength(1);
    expect(describeMonth({ ...MONTHS, open }, 2)).toBe("Mar: 0 cases, month still open");
  });

  it("say their numbers to those who listen", () => {
    expect(describeMonth(MONTHS, 0)).toBe("Jan: 198 cases");
    expect(describeMonth(MONTHS, 1)).toBe("Feb: – cases");
  });
});

it("marks a covered cell of a grid, and not what was not measured", () => {
  const grid = { kind: "grid" as const, title: "Grid", columns: ["Airport"], rows: [{ label: "Drugs", values: [null] }] };
  const stars = (covered: string): number => [...drawGrid({ ...grid, covered }).querySelectorAll("text")].filter((text) => text.textContent === "*").length;
  expect([stars("*: a handful"), stars("")]).toEqual([1, 0]);
});

it("draws no bar for a covered number and says why", () => {
  const svg = drawBars({ kind: "bars", title: "By section", rows: [{ label: "Drugs", value: 40 }, { label: "Money", value: null }] });
  addNote(svg, "*: a handful");
  expect([...svg.querySelectorAll("rect.kind-1")].map((bar) => bar.getAttribute("width"))).toEqual(["220"]);
  expect(svg.querySelectorAll("rect.covered")).toHaveLength(1);
  expect([...svg.querySelectorAll("text")].map((text) => text.textContent).slice(-2)).toEqual(["*", "*: a handful"]);
  expect(svg.getAttribute("viewBox")).toBe("0 0 520 100");
});

describe("a saved picture", () => {
  const covered = { ...MONTHS, covered: "* stands for …", covered_word: "covered", open: { months: [false, false, true], words: "month still open" } };

  it("marks a covered month unlike an open one, and both unlike one nobody reported", () => {
    const fills = (svg: SVGSVGElement, index: number, name: string): (string | null)[] => [...svg.querySelectorAll(`[data-index="${index}"] rect.${name}`)].map((box) => box.getAttribute("fill"));
    const svg = drawMonths(covered, 600);
    const marks = [fills(svg, 1, "covered")[0], fills(svg, 2, "open-month")[0], fills(svg, 1, "hatched")[0]];
    expect(marks).toEqual(["url(#months-lattice)", "url(#months-dots)", "url(#months-hatch)"]);
  });

  it("says in its legend what each of its colours and patterns is", () => {
    const words = monthsEntries({ ...covered, reported: { values: [21, 0, 17], of: 21, in_time_word: "in time", late_word: "late", missing_word: "not reported" } }).map((entry) => entry.words);
    expect(words).toEqual(["cases", "cases 2025", "in time", "late", "not reported", "month still open", "* covered"]);
    expect(monthsEntries(MONTHS).map((entry) => entry.words)).toEqual(["cases", "cases 2025"]);
  });

  it("grows by the lines of its legend and its note", () => {
    const svg = drawBars({ kind: "bars", title: "By section", rows: [{ label: "Money", value: null }] });
    addLegend(svg, patternEntries(svg, { kind: "bars", title: "", rows: [], covered: "* …", covered_word: "covered" }));
    addNote(svg, "a sentence that is far too long for one line ".repeat(4));
    expect(svg.getAttribute("viewBox")).toBe(`0 0 520 ${54 + 26 + 6 + 3 * 18}`);
  });

  it("shows the totals of rows and columns where they are counted", () => {
    const svg = drawGrid({ kind: "grid", title: "Grid", columns: ["Airport"], rows: [{ label: "Drugs", values: [7], total: "9" }], column_totals: ["*"], total: "12", all_word: "All" });
    expect([...svg.querySelectorAll("text")].map((text) => text.textContent?.replace(/[\u2068\u2069]/g, ""))).toEqual(["Grid", "Airport", "All", "Drugs", "7", "9", "All", "*", "12"]);
  });

  it("starts at the right in Arabic", () => {
    document.documentElement.dir = "rtl";
    const label = drawBars({ kind: "bars", title: "x", rows: [{ label: "مخدرات", value: 4 }] }).querySelectorAll("text")[1];
    document.documentElement.dir = "ltr";
    expect([label?.getAttribute("x"), label?.getAttribute("text-anchor")]).toEqual(["512", "end"]);
  });
});

it.each([
  [0, 600, 0],
  [1, 600, 1],
  [600, 600, 6],
  [5, 0, 0],
])("shades %d of %d with step %d", (value, largest, step) => {
  expect(amountStep(value, largest)).toBe(step);
});

it.each([
  [343, [0, 100, 200, 300, 400]],
  [3, [0, 1, 2, 3]],
  [0, [0, 1]],
])("rounds the axis of %d", (largest, ticks) => {
  expect(niceTicks(largest)).toEqual(ticks);
});

describe("the route of a case", () => {
  const place = (lon: number, lat: number): Place => ({ name: "x", lon, lat, role: "transit" });

  it("joins the places in their order when no legs are stated", () => {
    expect(findLegs({ kind: "route", places: [place(0, 0), place(1, 1), place(2, 2)] })).toEqual([{ from: 0, to: 1 }, { from: 1, to: 2 }]);
  });

  it("goes from Guayaquil to Algeciras through the Panama Canal, not over land", () => {
    const way = findSeaWay([-79.9, -2.3], [-5.4, 36.1]);
    expect(way.some(([lon, lat]) => Math.abs(lon + 79.9) < 1 && Math.abs(lat - 9.6) < 1)).toBe(true);
    expect(way.at(-1)?.[0]).toBeGreaterThan(-60);
  });

  it("goes from Shanghai to Rotterdam through Suez", () => {
    const way = findSeaWay([121.8, 31], [4.1, 51.9]);
    expect(way.some(([lon, lat]) => Math.abs(lon - 32.6) < 0.5 && Math.abs(lat - 29.6) < 0.5)).toBe(true);
  });

  it("keeps the way that was stated", () => {
    expect(findWay({ from: 0, to: 1, by: "sea", via: [[5, 5]] }, [place(0, 0), place(9, 9)])).toEqual([[0, 0], [5, 5], [9, 9]]);
  });

  it("leaves out a leg whose place is missing", () => {
    expect(findWay({ from: 0, to: 7 }, [place(0, 0)])).toEqual([]);
  });

  it("lies in one piece across the date line", () => {
    expect(Math.abs(findMiddle([170, -170]))).toBe(180);
    expect(findMiddle([10, 20])).toBe(15);
  });
});

it("counts near points together and loses none", () => {
  const point = { lat: 0, lon: 0, label: "x" };
  const clusters = gatherPoints([{ xy: [1, 1], point }, { xy: [3, 3], point }, { xy: [90, 90], point }]);
  expect(clusters.map(({ points }) => points.length).sort()).toEqual([1, 2]);
});

it("knows near corridors by their box and the far end of each", () => {
  expect(isInside([10, 36], [-12, 27, 42, 48])).toBe(true);
  expect(isInside([100, 36], [-12, 27, 42, 48])).toBe(false);
  expect(otherEnd({ from: "TN", to: "IT", value: 1, label: "Italy" }, "TN")).toBe("IT");
});

it.each([
  ["=1+1", "'=1+1"],
  ["-5", "-5"],
  ['a"b', '"a""b"'],
  ["@cmd", "'@cmd"],
  ["plain", "plain"],
])("writes the cell %s so that no spreadsheet runs it", (value, cell) => {
  expect(writeCell(value)).toBe(cell);
});

it("names files by their title", () => {
  expect(nameFile("Cases & seizures, 2026", "csv")).toBe("cases-seizures-2026.csv");
  expect(nameFile("…", "png")).toBe("figure.png");
});
