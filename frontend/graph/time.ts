/** The time slider: a histogram of dated nodes with a handle at each end. */
import { draw } from "../shell/draw";
import type { NodeData } from "./types";

const MOST_BINS = 34;

interface Month {
  key: string;
  count: number;
}

export function monthsOf(nodes: NodeData[]): Month[] {
  const counts = new Map<string, number>();
  for (const node of nodes) if (node.day && node.kind.startsWith("record:")) counts.set(node.day.slice(0, 7), (counts.get(node.day.slice(0, 7)) ?? 0) + 1);
  const keys = [...counts.keys()].sort();
  const [first, last] = [keys[0], keys[keys.length - 1]];
  if (!first || !last) return [];
  const months: Month[] = [];
  for (let [year = 0, month = 0] = first.split("-").map(Number); ; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1];
    const key = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    months.push({ key, count: counts.get(key) ?? 0 });
    if (key >= last || months.length > 2400) return months;
  }
}

/** Bins of equal length, at most as many as stand side by side. */
export function binsOf(months: Month[]): { from: string; until: string; count: number }[] {
  const size = Math.ceil(months.length / MOST_BINS) || 1;
  const bins: { from: string; until: string; count: number }[] = [];
  for (let start = 0; start < months.length; start += size) {
    const part = months.slice(start, start + size);
    bins.push({ from: `${part[0]?.key}-01`, until: `${part[part.length - 1]?.key}-31`, count: part.reduce((sum, month) => sum + month.count, 0) });
  }
  return bins;
}

export function writeMonth(day: string): string {
  const language = document.documentElement.lang;
  const locale = language && language !== "en" && language !== "ar-xb" ? `${language}-u-nu-latn` : "en-GB";
  return new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(`${day.slice(0, 7)}-15T00:00:00Z`));
}

export class TimeSlider {
  private bins: ReturnType<typeof binsOf> = [];
  private signature = "";

  constructor(
    private readonly place: HTMLElement,
    private readonly period: HTMLElement,
    private readonly words: { from: string; until: string },
    private readonly onChange: (from: string, until: string) => void,
  ) {}

  /** Draw the slider for some nodes; it stays as it is while the months are the same. */
  show(nodes: NodeData[]): void {
    const months = monthsOf(nodes);
    const signature = JSON.stringify(months);
    if (signature === this.signature) return;
    this.signature = signature;
    this.bins = binsOf(months);
    this.place.replaceChildren();
    this.period.textContent = "";
    if (this.bins.length < 2) return;
    const handles = [this.handle(this.words.from, 0), this.handle(this.words.until, this.bins.length)];
    this.place.append(this.histogram(), ...handles);
    this.say(0, this.bins.length);
  }

  private histogram(): SVGElement {
    const largest = Math.max(...this.bins.map((bin) => bin.count), 1);
    const svg = draw("svg", { class: "time-bars", viewBox: `0 0 ${this.bins.length * 10} 24`, preserveAspectRatio: "none", "aria-hidden": "true" });
    this.bins.forEach((bin, place) => {
      const height = bin.count ? Math.max(2, (22 * bin.count) / largest) : 0;
      const across = document.documentElement.dir === "rtl" ? this.bins.length - 1 - place : place;
      svg.append(draw("rect", { x: across * 10 + 0.5, y: 24 - height, width: 9, height }));
    });
    return svg;
  }

  private handle(label: string, value: number): HTMLInputElement {
    const input = document.createElement("input");
    input.type = "range";
    input.min = "0";
    input.max = String(this.bins.length);
    input.value = String(value);
    input.setAttribute("aria-label", label);
    input.addEventListener("input", () => this.changed());
    return input;
  }

  private changed(): void {
    const [first, last] = [...this.place.querySelectorAll("input")];
    if (!first || !last) return;
    const from = Math.min(Number(first.value), this.bins.length - 1);
    const until = Math.max(Number(last.value), from + 1);
    first.value = String(from);
    last.value = String(until);
    this.say(from, until);
    this.onChange(from === 0 ? "" : (this.bins[from]?.from ?? ""), until === this.bins.length ? "" : (this.bins[until - 1]?.until ?? ""));
  }

  private say(from: number, until: number): void {
    const [first, last] = [this.bins[from], this.bins[until - 1]];
    if (!first || !last) return;
    this.period.textContent = `${writeMonth(first.from)} – ${writeMonth(last.until.slice(0, 7))}`;
    const [one, other] = [...this.place.querySelectorAll("input")];
    one?.setAttribute("aria-valuetext", writeMonth(first.from));
    other?.setAttribute("aria-valuetext", writeMonth(last.until));
  }
}
