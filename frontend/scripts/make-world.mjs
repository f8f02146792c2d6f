// Prepares the shapes of the countries for the maps: alpha-2 codes instead of numbers, names dropped, Antarctica left out.
// Shapes without a code (Somaliland, N. Cyprus, Siachen Glacier) stay: they are drawn as land, never coloured, never named.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
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

mkdirSync(resolve(root, ".cache"), { recursive: true });
for (const detail of ["110m", "50m"]) {
  writeFileSync(resolve(root, `.cache/world-${detail}.json`), JSON.stringify(prepareWorld(detail)));
}
