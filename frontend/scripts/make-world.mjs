// Prepares the shapes of the countries for the maps: alpha-2 codes instead of numbers, names dropped, Antarctica left out.
// Shapes without a code (Somaliland, N. Cyprus, Siachen Glacier) stay: they are drawn as land, never coloured, never named.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { geoArea, geoCentroid } from "d3-geo";
import { feature } from "topojson-client";
import { ALPHA2 } from "./country-codes.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const BY_NAME = { Kosovo: "XK" };

function prepareWorld(detail) {
  const world = JSON.parse(readFileSync(resolve(root, `node_modules/world-atlas/countries-${detail}.json`), "utf8"));
  const geometries = world.objects.countries.geometries
    .filter((shape) => shape.id !== "010")
    .map((shape) => {
      const code = ALPHA2[shape.id] ?? BY_NAME[shape.properties.name];
      return { type: shape.type, arcs: shape.arcs, ...(code ? { id: code } : {}) };
    });
  const used = new Set();
  const collect = (arcs) => (Array.isArray(arcs) ? arcs.forEach(collect) : used.add(arcs < 0 ? ~arcs : arcs));
  geometries.forEach((shape) => collect(shape.arcs));
  const kept = [...used].sort((first, second) => first - second);
  const places = new Map(kept.map((arc, index) => [arc, index]));
  const rename = (arcs) => (Array.isArray(arcs) ? arcs.map(rename) : arcs < 0 ? ~places.get(~arcs) : places.get(arcs));
  return {
    type: "Topology",
    objects: { countries: { type: "GeometryCollection", geometries: geometries.map((shape) => ({ ...shape, arcs: rename(shape.arcs) })) } },
    arcs: kept.map((arc) => world.arcs[arc]),
    transform: world.transform,
  };
}

/** The middle of the largest part of each country: where an arrow or a label of that country stands. */
function findAnchors(world) {
  const anchors = {};
  for (const shape of feature(world, world.objects.countries).features) {
    if (!shape.id) continue;
    const parts = shape.geometry.type === "Polygon" ? [shape.geometry.coordinates] : shape.geometry.coordinates;
    const polygons = parts.map((coordinates) => ({ type: "Polygon", coordinates }));
    const largest = polygons.reduce((best, part) => (geoArea(part) > geoArea(best) ? part : best));
    anchors[shape.id] = geoCentroid(largest).map((degree) => Math.round(degree * 100) / 100);
  }
  return anchors;
}

mkdirSync(resolve(root, ".cache"), { recursive: true });
const fine = prepareWorld("50m");
writeFileSync(resolve(root, ".cache/world-50m.json"), JSON.stringify(fine));
writeFileSync(resolve(root, ".cache/world-110m.json"), JSON.stringify({ ...prepareWorld("110m"), anchors: findAnchors(fine) }));
