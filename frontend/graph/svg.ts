/** Writes a scene as SVG that stands alone; lines, shapes, icons and labels as on the canvas. */
import { iconOf } from "./icons";
import { countTies, placeLabels } from "./labels";
import { RING, STANDING_SHARE, lookOf } from "./looks";
import type { Colours, Look } from "./looks";
import type { Marks } from "./canvas";
import { draw } from "../shell/draw";
import type { Scene, Spot, Tie } from "./types";

const MARGIN = 60;
const LINE = 12;
/** About the width of a letter: a file is written where nothing can be measured. */
const LETTER = 6.6;

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export function boxOf(scene: Scene, margin = MARGIN): Box {
  const xs = scene.spots.map((spot) => spot.x);
  const ys = scene.spots.map((spot) => spot.y);
  const [left, top] = [xs.reduce((a, b) => Math.min(a, b), Infinity), ys.reduce((a, b) => Math.min(a, b), Infinity)];
  const [right, bottom] = [xs.reduce((a, b) => Math.max(a, b), -Infinity), ys.reduce((a, b) => Math.max(a, b), -Infinity)];
  if (!scene.spots.length) return { left: 0, top: 0, width: margin * 2, height: margin * 2 };
  return { left: left - margin, top: top - margin, width: right - left + margin * 2, height: bottom - top + margin * 2 };
}

export function writeSvg(scene: Scene, colours: Colours, marks: Marks): string {
  const box = boxOf(scene);
  const root = draw("svg", { viewBox: `${box.left} ${box.top} ${box.width} ${box.height}`, width: box.width, height: box.height, "font-family": "'IBM Plex Sans', system-ui, sans-serif", "font-size": 12 });
  root.append(draw("rect", { x: box.left, y: box.top, width: box.width, height: box.height, fill: colours.page }));
  for (const tie of scene.ties) root.append(...writeTie(tie, colours));
  for (const spot of scene.spots) root.append(writeSpot(spot, colours, marks));
  const measure = (text: string): number => text.length * LETTER;
  for (const { text, x, y } of placeLabels(scene.spots, { marks, colours, height: LINE, ties: countTies(scene), taken: [], measure }))
    root.append(draw("text", { x: Math.round(x), y: Math.round(y), fill: colours.ink2, "text-anchor": "middle" }, text));
  return new XMLSerializer().serializeToString(root);
}

function writeTie(tie: Tie, colours: Colours): SVGElement[] {
  const { source, target } = tie;
  const ends = { x1: source.x, y1: source.y, x2: target.x, y2: target.y };
  if (tie.kind !== "suggested") return [draw("line", { ...ends, stroke: colours.line, "stroke-width": 1.3 })];
  const label = draw("text", { x: (source.x + target.x) / 2, y: (source.y + target.y) / 2 + 4, fill: colours.warning, "text-anchor": "middle" }, tie.role);
  return [draw("line", { ...ends, stroke: colours.edge, "stroke-width": 1.5, "stroke-dasharray": "6 4" }), label];
}

function writeSpot(spot: Spot, colours: Colours, marks: Marks): SVGElement {
  const look = lookOf(spot.data, colours, marks.doubted.has(spot.id));
  const group = draw("g", { transform: `translate(${Math.round(spot.x * 10) / 10} ${Math.round(spot.y * 10) / 10})` });
  group.append(draw("title", {}, spot.data.title));
  const dash = look.isDashed ? { "stroke-dasharray": "3 2" } : {};
  const paint = { fill: look.fill, stroke: look.stroke, "stroke-width": 1.2, ...dash };
  group.append(look.shape === "round" ? draw("circle", { r: look.size, ...paint }) : draw("rect", { x: -look.size, y: -look.size, width: look.size * 2, height: look.size * 2, rx: 3, ...paint }));
  group.append(writeIcon(spot.data.kind, look));
  if (spot.data.standing) group.append(...writeStanding(spot.data.standing, look, colours));
  return group;
}

function writeIcon(kind: string, look: Look): SVGElement {
  const scale = (look.size * 1.15) / 24;
  const icon = draw("g", { transform: `scale(${scale}) translate(-12 -12)`, fill: "none", stroke: look.icon, "stroke-width": 1.3 / scale, "stroke-linecap": "round", "stroke-linejoin": "round" });
  for (const path of iconOf(kind)) icon.append(draw("path", { d: path }));
  return icon;
}

function writeStanding(standing: string, look: Look, colours: Colours): SVGElement[] {
  const [x, y] = [look.size * 0.86, -look.size * 0.86];
  const colour = standing === "cleared" ? colours.ok : colours.ink;
  const dash = standing === "mentioned" ? { "stroke-dasharray": "1.3 1.3" } : {};
  const parts = [draw("circle", { cx: x, cy: y, r: RING, fill: colours.surface, stroke: colour, "stroke-width": 1.1, ...dash })];
  const share = STANDING_SHARE[standing] ?? 0;
  const angle = share * Math.PI * 2;
  if (share === 1) parts.push(draw("circle", { cx: x, cy: y, r: RING, fill: colour }));
  else if (share) parts.push(draw("path", { d: `M${x} ${y}V${y - RING}A${RING} ${RING} 0 0 1 ${x + RING * Math.sin(angle)} ${y - RING * Math.cos(angle)}Z`, fill: colour }));
  if (standing === "cleared") parts.push(draw("path", { d: `M${x - 2.4} ${y}l1.7 1.8l3 -3.2`, fill: "none", stroke: colour, "stroke-width": 1.1 }));
  return parts;
}
