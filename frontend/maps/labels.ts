/** Labels with a halo that avoid each other: tried on four sides, the first free side wins, the least crowded else. */
import { draw } from "../shell/draw";

export interface LabelWish {
  /** Left out where it would lie upon something else. */
  optional?: boolean;
  x: number;
  y: number;
  text: string;
  note?: string;
  gap?: number;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function measure(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffdc]/.test(sign) ? 12 : /[il.,:'|]/.test(sign) ? 3.6 : 6.9), 0);
}

function overlap(first: Box, second: Box): number {
  const width = Math.min(first.x + first.width, second.x + second.width) - Math.max(first.x, second.x);
  const height = Math.min(first.y + first.height, second.y + second.height) - Math.max(first.y, second.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function outside(box: Box, frame: Box): number {
  return Math.max(0, frame.x - box.x) + Math.max(0, box.x + box.width - frame.x - frame.width) + Math.max(0, frame.y - box.y) + Math.max(0, box.y + box.height - frame.y - frame.height);
}

export function drawLabels(wishes: LabelWish[], frame: Box, inline: boolean, taken: Box[] = [], lines: [number, number][] = []): SVGElement {
  const group = draw("g", { class: "labels", "aria-hidden": "true" });
  const boxes: Box[] = [...taken, ...wishes.map(({ x, y }) => ({ x: x - 6, y: y - 6, width: 12, height: 12 }))];
  for (const wish of wishes) {
    const noteWidth = measure(wish.note ?? "") * 0.95;
    const width = inline ? measure(wish.text) + (wish.note ? 4 + noteWidth : 0) : Math.max(measure(wish.text), noteWidth);
    const height = wish.note && !inline ? 30 : 16;
    const gap = wish.gap ?? 10;
    const sides: { anchor: "start" | "end" | "middle"; box: Box }[] = [
      { anchor: "end", box: { x: wish.x - gap - width, y: wish.y - height / 2 - 4, width, height } },
      { anchor: "start", box: { x: wish.x + gap, y: wish.y - height / 2, width, height } },
      { anchor: "middle", box: { x: wish.x - width / 2, y: wish.y + gap - 2, width, height } },
      { anchor: "middle", box: { x: wish.x - width / 2, y: wish.y - gap - height, width, height } },
      { anchor: "start", box: { x: wish.x + gap * 0.6, y: wish.y - gap * 0.6 - height, width, height } },
      { anchor: "end", box: { x: wish.x - gap * 0.6 - width, y: wish.y + gap * 0.6, width, height } },
      { anchor: "start", box: { x: wish.x + gap * 0.6, y: wish.y + gap * 0.6, width, height } },
      { anchor: "end", box: { x: wish.x - gap * 0.6 - width, y: wish.y - gap * 0.6 - height, width, height } },
      { anchor: "middle", box: { x: wish.x - width / 2, y: wish.y + gap * 2.4, width, height } },
      { anchor: "middle", box: { x: wish.x - width / 2, y: wish.y - gap * 2.4 - height, width, height } },
    ];
    const crossings = (box: Box): number => lines.filter(([x, y]) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height).length;
    const cost = (box: Box): number => boxes.reduce((sum, other) => sum + overlap(box, other), outside(box, frame) * 40 + crossings(box) * 12);
    const best = sides.reduce((chosen, side) => (cost(side.box) < cost(chosen.box) ? side : chosen));
    if (wish.optional && cost(best.box) > 0) continue;
    boxes.push(best.box);
    group.append(drawLabel(wish, best.anchor, best.box, inline));
  }
  return group;
}

function drawLabel(wish: LabelWish, anchor: "start" | "end" | "middle", box: Box, inline: boolean): SVGElement {
  const x = anchor === "start" ? box.x : anchor === "end" ? box.x + box.width : box.x + box.width / 2;
  const label = draw("text", { x, y: box.y + 12, "text-anchor": anchor, class: "label" }, wish.text);
  if (wish.note) label.append(draw("tspan", inline ? { class: "label-note" } : { x, dy: 15, class: "label-note" }, inline ? ` ${wish.note}` : wish.note));
  return label;
}
