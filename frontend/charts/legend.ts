/** What stands under a saved picture: its colours and patterns with their words, and why numbers are covered. */
import { draw } from "../shell/draw";

/** What stands in the place of a covered number. */
export const COVERED = "*";

export interface Entry {
  words: string;
  class: string;
  fill?: string;
  isLine?: boolean;
}

const LINE = 18;

/** About as wide as a text is set: good enough to keep entries and lines apart. */
function widthOf(text: string): number {
  return 6.6 * text.length;
}

function frameOf(svg: SVGSVGElement): { x: number; y: number; width: number; height: number } {
  const [x = 0, y = 0, width = 0, height = 0] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
  return { x, y, width, height };
}

function growBy(svg: SVGSVGElement, more: number): void {
  const { x, y, width, height } = frameOf(svg);
  svg.setAttribute("viewBox", `${x} ${y} ${width} ${height + more}`);
}

/** Write the entries in lines under a picture, from its start: in Arabic that is the right. */
export function addLegend(svg: SVGSVGElement, entries: Entry[], rtl = document.documentElement.dir === "rtl"): void {
  if (!entries.length) return;
  const { x, y, width, height } = frameOf(svg);
  let along = 8;
  let line = 0;
  for (const entry of entries) {
    const taken = 22 + widthOf(entry.words) + 14;
    if (along > 8 && along + taken > width - 8) {
      along = 8;
      line += 1;
    }
    const top = y + height + 8 + line * LINE;
    const left = rtl ? x + width - along - 16 : x + along;
    svg.append(
      entry.isLine
        ? draw("line", { x1: left, x2: left + 16, y1: top + 5, y2: top + 5, class: entry.class })
        : draw("rect", { x: left, y: top, width: 16, height: 10, class: entry.class, fill: entry.fill }),
      draw("text", { x: rtl ? left - 6 : left + 22, y: top + 9, "text-anchor": rtl ? "end" : "start", direction: "ltr" }, entry.words),
    );
    along += taken;
  }
  growBy(svg, (line + 1) * LINE + 8);
}

/** Write under a picture why some of its numbers are covered, in as many lines as it takes. */
export function addNote(svg: SVGSVGElement, note: string, rtl = document.documentElement.dir === "rtl"): void {
  const { x, y, width, height } = frameOf(svg);
  const lines: string[] = [];
  for (const word of note.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || widthOf(`${last} ${word}`) > width - 16) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  lines.forEach((text, index) => {
    const place = { x: rtl ? x + width - 8 : x + 8, y: y + height + 16 + index * LINE, "text-anchor": "start", direction: rtl ? "rtl" : "ltr" };
    svg.append(draw("text", place, text));
  });
  growBy(svg, 6 + lines.length * LINE);
}
