/** Corridors and legs of routes on a world map: arcs between countries, countries shaded by involvement, near ones in an inset. */
import { geoMercator, geoNaturalEarth1, geoPath } from "d3-geo";
import type { GeoProjection } from "d3-geo";
import { amountStep, draw, drawLink, formatNumber } from "../shell/draw";
import { arcPath, samplePoints } from "./curve";
import type { XY } from "./curve";
import { drawLabels } from "./labels";
import type { LabelWish } from "./labels";
import type { Flow, FlowData } from "./types";
import { WHOLE, applyView, findHeight } from "./view";
import type { View } from "./view";
import type { Countries } from "./world";

const NARROW = 560;

type Anchors = Record<string, [number, number]>;
interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function isInside([lon, lat]: [number, number], [west, south, east, north]: [number, number, number, number]): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

export function otherEnd(flow: Flow, home: string): string {
  return flow.from === home ? flow.to : flow.from;
}

export function drawFlow(data: FlowData, coarse: Countries, fine: Countries | null, anchors: Anchors, width: number, view: View = WHOLE): SVGSVGElement {
  const frame = { x: 0, y: 0, width, height: findHeight(width, 0.42, 200, view) };
  const isNarrow = width < NARROW;
  const inset = data.inset && fine ? placeInset(frame, isNarrow) : null;
  const total = inset && isNarrow ? inset.y + inset.height : frame.height;
  const svg = draw("svg", { viewBox: `0 0 ${width} ${total}`, role: data.flows.some(({ url }) => url) ? "group" : "img", "aria-label": data.title ?? describeFlows(data), direction: "ltr" }) as SVGSVGElement;
  const box = data.inset && fine ? data.inset.box : null;
  const isNear = (flow: Flow): boolean => [flow.from, flow.to].filter((code) => code !== data.home).every((code) => {
    const anchor = anchors[code];
    return Boolean(box && anchor && isInside(anchor, box));
  });
  const far = data.flows.filter((flow) => !isNear(flow));
  const projection = fitWorld(far, data.home, anchors, frame);
  applyView(projection, view, frame.width, frame.height);
  svg.append(drawLand(coarse, projection, data));
  svg.append(drawFlows(far, data, anchors, projection, frame, isNarrow ? null : inset));
  if (inset && fine && data.inset) svg.append(drawInset(data, data.flows.filter(isNear), fine, anchors, inset));
  return svg;
}

function describeFlows(data: FlowData): string {
  return data.flows.map((flow) => `${flow.label} ${formatNumber(flow.value)}`).join(", ");
}

function fitWorld(flows: Flow[], home: string, anchors: Anchors, frame: Frame): GeoProjection {
  const ends = [home, ...flows.flatMap(({ from, to }) => [from, to])].map((code) => anchors[code]).filter((anchor): anchor is [number, number] => Boolean(anchor));
  const points: [number, number][] = [...ends, [-85, -30], [115, 55], [20, 60]];
  const projection = geoNaturalEarth1().rotate([-11, 0]);
  projection.fitExtent([[40, 28], [frame.width - 50, frame.height - 20]], { type: "MultiPoint", coordinates: points });
  return projection.clipExtent([[-4, -4], [frame.width + 4, frame.height + 4]]);
}

function drawLand(countries: Countries, projection: GeoProjection, data: FlowData): SVGElement {
  const path = geoPath(projection);
  const largest = Math.max(0, ...Object.values(data.shares ?? {}));
  const group = draw("g");
  for (const country of countries.features) {
    const shape = path(country);
    const code = country.id as string | undefined;
    const share = code ? (data.shares?.[code] ?? 0) : 0;
    const step = code === data.home && data.flows.length ? 6 : amountStep(share, largest);
    if (shape) group.append(draw("path", { d: shape, class: step ? `land amount-${step}` : "land" }, draw("title", {}, code ? `${code}${share ? ` ${formatNumber(share)}` : ""}` : "")));
  }
  return group;
}

function drawFlows(flows: Flow[], data: FlowData, anchors: Anchors, projection: GeoProjection, frame: Frame, avoid: Frame | null): SVGElement {
  const group = draw("g");
  const labels: LabelWish[] = [];
  const lines: XY[] = [];
  const largest = Math.max(1, ...data.flows.map(({ value }) => value));
  const home = anchors[data.home] ? projection(anchors[data.home] ?? [0, 0]) : null;
  for (const flow of [...flows].sort((first, second) => first.value - second.value)) {
    const [from, to] = [flow.from, flow.to].map((code) => (code === data.home ? home : keepInside(projection(anchors[code] ?? [NaN, NaN]), frame)));
    if (!from || !to || Number.isNaN(from[0]) || Number.isNaN(to[0])) continue;
    const outward = flow.from === data.home;
    const end = otherEnd(flow, data.home) === flow.to ? to : from;
    const { path, line: arc } = arcPath(from, to);
    lines.push(...samplePoints(arc));
    const line = draw("path", { d: path, class: outward ? "flow flow-from" : "flow", "stroke-width": 1.6 + 3.4 * Math.sqrt(flow.value / largest) }, draw("title", {}, `${flow.label}: ${formatNumber(flow.value)}`));
    group.append(drawLink(flow.url, flow.url ? { tabindex: -1, "aria-label": flow.label } : {}, line));
    labels.unshift({ x: end[0], y: end[1], text: flow.label, note: formatNumber(flow.value), optional: flow.from !== data.home && flow.to !== data.home });
  }
  if (home && flows.length) group.append(draw("circle", { cx: home[0], cy: home[1], r: 4, class: "place" }));
  const taken = [...(avoid ? [avoid] : []), ...(home ? [around(home, 14)] : [])];
  group.append(drawLabels(labels, { x: frame.x + 4, y: frame.y + 4, width: frame.width - 8, height: frame.height - 8 }, true, taken, lines));
  return group;
}

/** An arrow ends where the reader sees it: the middle of a large neighbour may lie outside the frame. */
function keepInside(point: [number, number] | null, frame: Frame): XY | null {
  if (!point) return null;
  return [Math.min(frame.x + frame.width - 18, Math.max(frame.x + 18, point[0])), Math.min(frame.y + frame.height - 30, Math.max(frame.y + 18, point[1]))];
}

function around([x, y]: XY, size: number): Frame {
  return { x: x - size / 2, y: y - size / 2, width: size, height: size };
}

/** In a corner of the map; on a phone below it. */
function placeInset(frame: Frame, isNarrow: boolean): Frame {
  if (isNarrow) return { x: 0, y: frame.height + 4, width: frame.width, height: Math.round(frame.width * 0.6) };
  const width = Math.round(Math.min(330, Math.max(180, frame.width * 0.35)));
  const height = Math.round(width * 0.56);
  return { x: frame.width - width - 10, y: frame.height - height - 10, width, height };
}

function drawInset(data: FlowData, flows: Flow[], fine: Countries, anchors: Anchors, frame: Frame): SVGElement {
  const [west, south, east, north] = data.inset?.box ?? [0, 0, 1, 1];
  const corners: [number, number][] = [[west, south], [east, north]];
  const projection = geoMercator().rotate([-(west + east) / 2, 0]);
  projection.fitExtent([[frame.x, frame.y], [frame.x + frame.width, frame.y + frame.height]], { type: "MultiPoint", coordinates: corners });
  projection.clipExtent([[frame.x, frame.y], [frame.x + frame.width, frame.y + frame.height]]);
  const group = draw("g", { class: "inset" });
  const edges = { x: frame.x, y: frame.y, width: frame.width, height: frame.height };
  group.append(draw("rect", { ...edges, class: "inset-sea" }), drawLand(fine, projection, data));
  group.append(drawFlows(flows, data, anchors, projection, frame, { x: frame.x, y: frame.y + frame.height - 22, width: 110, height: 22 }));
  const title = data.inset?.title ?? "";
  group.append(draw("rect", { x: frame.x + 6, y: frame.y + frame.height - 24, width: title.length * 7.2 + 12, height: 18, rx: 3, class: "inset-title-box" }));
  group.append(draw("text", { x: frame.x + 12, y: frame.y + frame.height - 11, class: "inset-title" }, title), draw("rect", { ...edges, class: "inset-frame" }));
  return group;
}
