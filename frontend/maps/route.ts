/** The route of a case: legs along the way goods went; hollow = departure or transit, full = where found. */
import { geoInterpolate, geoMercator, geoPath } from "d3-geo";
import type { GeoProjection } from "d3-geo";
import { draw, drawLink } from "../shell/draw";
import { samplePoints, smoothPath } from "./curve";
import type { XY } from "./curve";
import { drawLabels } from "./labels";
import { findSeaWay } from "./lanes";
import { WHOLE, applyView, findHeight } from "./view";
import type { Leg, Place, RouteData } from "./types";
import type { Countries } from "./world";

type Coordinates = [number, number];

export function findLegs(data: RouteData): Leg[] {
  return data.legs ?? data.places.slice(1).map((_, index) => ({ from: index, to: index + 1 }));
}

export function findWay(leg: Leg, places: Place[]): Coordinates[] {
  const from = places[leg.from];
  const to = places[leg.to];
  if (!from || !to) return [];
  const start: Coordinates = [from.lon, from.lat];
  const end: Coordinates = [to.lon, to.lat];
  if (leg.via?.length) return [start, ...leg.via, end];
  if (leg.by === "sea") return [start, ...findSeaWay(start, end), end];
  if (leg.by === "air" || leg.by === "mail") {
    const along = geoInterpolate(start, end);
    return Array.from({ length: 17 }, (_, step) => along(step / 16));
  }
  return [start, end];
}

/** Turn the globe so that the route lies in one piece, also across the date line. */
export function findMiddle(longitudes: number[]): number {
  const sorted = [...longitudes].sort((first, second) => first - second);
  let widest = { gap: -1, after: 0 };
  sorted.forEach((longitude, index) => {
    const next = sorted[index + 1] ?? (sorted[0] ?? 0) + 360;
    if (next - longitude > widest.gap) widest = { gap: next - longitude, after: next };
  });
  const middle = widest.after + (360 - widest.gap) / 2;
  return ((middle + 540) % 360) - 180;
}

export function fitRoute(points: Coordinates[], width: number, height: number): GeoProjection {
  const projection = geoMercator().rotate([-findMiddle(points.map(([lon]) => lon)), 0]);
  const edge = Math.min(90, width * 0.14);
  projection.fitExtent([[edge, 44], [width - edge, height - 40]], { type: "MultiPoint", coordinates: points });
  const closest = width * 1.6;
  if (!Number.isFinite(projection.scale()) || projection.scale() > closest) {
    const middle = points.length ? points.reduce<Coordinates>((sum, [lon, lat]) => [sum[0] + lon / points.length, sum[1] + lat / points.length], [0, 0]) : [0, 0] as Coordinates;
    projection.rotate([-middle[0], 0]).center([0, middle[1]]).scale(closest).translate([width / 2, height / 2]);
  }
  return projection.clipExtent([[-4, -4], [width + 4, height + 4]]);
}

export function drawRoute(data: RouteData, countries: Countries, width: number, view = WHOLE): SVGSVGElement {
  const height = findHeight(width, 0.41, 230, view);
  const legs = findLegs(data).map((leg) => ({ leg, way: findWay(leg, data.places) }));
  const points = [...data.places.map(({ lon, lat }): Coordinates => [lon, lat]), ...legs.flatMap(({ way }) => way)];
  const projection = fitRoute(points, width, height);
  applyView(projection, view, width, height);
  const path = geoPath(projection);
  const named = new Set(data.places.map(({ country }) => country).filter(Boolean));
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: data.places.some(({ url }) => url) ? "group" : "img", "aria-label": data.title ?? data.places.map(({ name }) => name).join(" – "), direction: "ltr" }) as SVGSVGElement;
  for (const country of countries.features) {
    const shape = path(country);
    if (shape) svg.append(draw("path", { d: shape, class: named.has(country.id as string) ? "land land-named" : "land" }));
  }
  for (const { leg, way } of legs) svg.append(...drawLeg(leg, way, projection));
  const spots = data.places.map((place) => ({ place, xy: projection([place.lon, place.lat]) })).filter((spot): spot is { place: Place; xy: XY } => spot.xy !== null);
  const lines = legs.flatMap(({ way }) => samplePoints(way.map((point) => projection(point)).filter((point): point is XY => point !== null)));
  for (const { place, xy } of spots) svg.append(drawPlace(place, xy));
  svg.append(drawLabels(spots.map(({ place, xy }) => ({ x: xy[0], y: xy[1], text: place.name, ...(place.note ? { note: place.note } : {}) })), { x: 4, y: 4, width: width - 8, height: height - 8 }, false, [], lines));
  return svg;
}

function drawLeg(leg: Leg, way: Coordinates[], projection: GeoProjection): SVGElement[] {
  const line = way.map((point) => projection(point)).filter((point): point is XY => point !== null);
  if (line.length < 2) return [];
  const drawn = [draw("path", { d: smoothPath(line), class: leg.unsure ? "leg leg-unsure" : "leg" })];
  const arrow = drawArrow(line);
  return arrow ? [...drawn, arrow] : drawn;
}

/** An open arrow half-way along the leg, where the leg is long enough to carry one. */
function drawArrow(line: XY[]): SVGElement | null {
  const lengths = line.slice(1).map((point, index) => Math.hypot(point[0] - (line[index]?.[0] ?? 0), point[1] - (line[index]?.[1] ?? 0)));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total < 110) return null;
  let passed = 0;
  const index = lengths.findIndex((length) => (passed += length) >= total / 2);
  const from = line[index];
  const to = line[index + 1];
  if (!from || !to) return null;
  const share = 1 - (passed - total / 2) / (lengths[index] || 1);
  const at: XY = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  const angle = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
  return draw("path", { d: "M-5,-5L3,0L-5,5", class: "arrow", transform: `translate(${at[0].toFixed(1)},${at[1].toFixed(1)}) rotate(${angle.toFixed(1)})` });
}

function drawPlace(place: Place, [cx, cy]: XY): SVGElement {
  const kind = place.role === "found" ? "place place-found" : place.role === "waypoint" ? "place place-waypoint" : "place";
  const title = draw("title", {}, place.note ? `${place.name}, ${place.note}` : place.name);
  return drawLink(place.url, place.url ? { tabindex: -1, "aria-label": place.name } : {}, draw("circle", { cx, cy, r: 5, class: kind }, title));
}
