/** Where labels stand: below its node, else above or beside it; a label that would lie over another or a node is left out. */
import { RING, labelOf, lookOf } from "./looks";
import type { Colours } from "./looks";
import type { Marks } from "./canvas";
import type { Scene, Spot } from "./types";

export interface Frame {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Label {
  spot: Spot;
  text: string;
  isMarked: boolean;
  /** The middle of the text, and its base line. */
  x: number;
  y: number;
}

/** What is named first where there is no room for all. */
const RANK: Record<string, number> = { person: 3, suspect: 3, company: 3, investigation: 3, conveyance: 2 };
const CELL = 120;

/** Count the lines at every node: what many lines lead to is named before what hangs on one. */
export function countTies(scene: Scene): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { source, target } of scene.ties) for (const { id } of [source, target]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Place the labels of some nodes; `height` is that of a letter's line in the measure of the drawing, `taken` what stands already. */
export function placeLabels(spots: Spot[], options: { marks: Marks; colours: Colours; height: number; ties: Map<string, number>; taken: Frame[]; measure: (text: string, isMarked: boolean) => number }): Label[] {
  const { marks, height } = options;
  const onPath = new Set(marks.path);
  const isMarked = (spot: Spot): boolean => spot === marks.chosen || onPath.has(spot.id) || marks.picked.has(spot.id);
  const weight = (spot: Spot): number => (isMarked(spot) ? 1e6 : 0) + (RANK[spot.data.kind.split(":")[1] ?? ""] ?? 0) * 10 + Math.min(options.ties.get(spot.id) ?? 0, 30);
  const ground = new Ground(options.taken);
  for (const spot of spots) ground.take(frameOf(spot, options.colours), spot);
  const labels: Label[] = [];
  for (const spot of [...spots].sort((one, other) => weight(other) - weight(one))) {
    const text = labelOf(spot.data);
    const marked = isMarked(spot);
    const half = options.measure(text, marked) / 2;
    const places = placesOf(spot, lookOf(spot.data, options.colours, false).size, half, height);
    const free = places.find(([x, y]) => ground.isFree(boxAt(x, y, half, height), spot));
    const place = free ?? (marked ? places[0] : undefined);
    if (!place) continue;
    ground.take(boxAt(place[0], place[1], half, height));
    labels.push({ spot, text, isMarked: marked, x: place[0], y: place[1] });
  }
  return labels;
}

function placesOf(spot: Spot, size: number, half: number, height: number): [number, number][] {
  const { x, y } = spot;
  const gap = height / 2;
  const aside = size + gap + half;
  return [[x, y + size + height], [x, y - size - RING - gap / 2], [x + aside, y + height / 3], [x - aside, y + height / 3]];
}

/** The room that a text takes: three quarters of its line above the base line, a quarter below, a little at both ends. */
export function boxAt(x: number, y: number, half: number, height: number): Frame {
  return { left: x - half - height / 6, right: x + half + height / 6, top: y - height * 0.75, bottom: y + height * 0.2 };
}

function frameOf(spot: Spot, colours: Colours): Frame {
  const { size } = lookOf(spot.data, colours, false);
  return { left: spot.x - size, right: spot.x + size, top: spot.y - size, bottom: spot.y + size };
}

/** What is taken already, found by cells. */
class Ground {
  private readonly cells = new Map<string, [Frame, Spot | undefined][]>();

  constructor(taken: Frame[]) {
    for (const frame of taken) this.take(frame);
  }

  take(frame: Frame, owner?: Spot): void {
    for (const name of cellsOf(frame)) {
      const cell = this.cells.get(name);
      if (cell) cell.push([frame, owner]);
      else this.cells.set(name, [[frame, owner]]);
    }
  }

  isFree(frame: Frame, owner: Spot): boolean {
    return cellsOf(frame).every((name) => (this.cells.get(name) ?? []).every(([other, its]) => its === owner || other.left >= frame.right || other.right <= frame.left || other.top >= frame.bottom || other.bottom <= frame.top));
  }
}

function cellsOf(frame: Frame): string[] {
  const names: string[] = [];
  for (let column = Math.floor(frame.left / CELL); column <= Math.floor(frame.right / CELL); column += 1)
    for (let row = Math.floor(frame.top / CELL); row <= Math.floor(frame.bottom / CELL); row += 1) names.push(`${column} ${row}`);
  return names;
}
