/** Points with the precision they were stated with; near ones are counted together. */
import { geoMercator, geoPath } from "d3-geo";
import { draw, drawLink, formatNumber } from "../shell/draw";
import { findMiddle } from "./route";
import { WHOLE, applyView, findHeight } from "./view";
import type { Point, PointsData } from "./types";
import type { Countries } from "./world";

const CELL = 26;
const CLOSEST = 5;

export interface Cluster {
  x: number;
  y: number;
  points: Point[];
}

export function gatherPoints(points: { xy: [number, number]; point: Point }[]): Cluster[] {
  const cells = new Map<string, Cluster>();
  for (const { xy, point } of points) {
    const name = `${Math.floor(xy[0] / CELL)}:${Math.floor(xy[1] / CELL)}`;
    const cluster = cells.get(name) ?? { x: 0, y: 0, points: [] };
    const count = cluster.points.length;
    cluster.x = (cluster.x * count + xy[0]) / (count + 1);
    cluster.y = (cluster.y * count + xy[1]) / (count + 1);
    cluster.points.push(point);
    cells.set(name, cluster);
  }
  return [...cells.values()];
}

export function drawPoints(data: PointsData, countries: Countries, width: number, view = WHOLE): SVGSVGElement {
  const height = findHeight(width, 0.46, 240, view);
  const projection = geoMercator().rotate([-findMiddle(data.points.map(({ lon }) => lon)), 0]);
  const coordinates = data.points.map(({ lon, lat }): [number, number] => [lon, lat]);
  projection.fitExtent([[30, 30], [width - 30, height - 30]], { type: "MultiPoint", coordinates: coordinates.length ? coordinates : [[-120, -40], [150, 60]] });
  const closest = width * CLOSEST;
  if (coordinates.length && (!Number.isFinite(projection.scale()) || projection.scale() > closest)) {
    const middle = ([0, 1] as const).map((axis) => (Math.min(...coordinates.map((point) => point[axis])) + Math.max(...coordinates.map((point) => point[axis]))) / 2);
    projection.rotate([-(middle[0] ?? 0), 0]).center([0, middle[1] ?? 0]).scale(closest).translate([width / 2, height / 2]);
  }
  applyView(projection, view, width, height);
  projection.clipExtent([[-4, -4], [width + 4, height + 4]]);
  const path = geoPath(projection);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: data.points.some(({ url }) => url) ? "group" : "img", "aria-label": data.title ?? formatNumber(data.points.length), direction: "ltr" }) as SVGSVGElement;
  for (const country of countries.features) {
    const shape = path(country);
    if (shape) svg.append(draw("path", { d: shape, class: "land" }));
  }
  const kilometre = projection.scale() / 6371;
  const placed = data.points.map((point) => ({ point, xy: projection([point.lon, point.lat]) })).filter((entry): entry is { point: Point; xy: [number, number] } => entry.xy !== null);
  for (const cluster of gatherPoints(placed)) svg.append(drawCluster(cluster, kilometre));
  return svg;
}

function drawCluster(cluster: Cluster, kilometre: number): SVGElement {
  const [first] = cluster.points;
  const count = cluster.points.length;
  const title = draw("title", {}, cluster.points.slice(0, 8).map(({ label }) => label).join("\n") + (count > 8 ? `\n+${count - 8}` : ""));
  const radius = count === 1 ? 5 : Math.min(16, 7 + Math.log2(count) * 1.6);
  const link = drawLink(count === 1 ? first?.url : undefined, count === 1 && first?.url ? { tabindex: -1, "aria-label": first.label } : {}, title);
  const area = (first?.radius_km ?? 0) * kilometre;
  if (count === 1 && area > 8) link.append(draw("circle", { cx: cluster.x, cy: cluster.y, r: area, class: "point-area" }));
  link.append(draw("circle", { cx: cluster.x, cy: cluster.y, r: radius, class: "point" }));
  if (count > 1) link.append(draw("text", { x: cluster.x, y: cluster.y + 4, class: "point-cluster" }, formatNumber(count)));
  return link;
}
