/** The shapes of the countries, bundled with the product: no tiles, no network. */
import { feature } from "topojson-client";
import type { FeatureCollection, Geometry } from "geojson";
import type { GeometryCollection, Topology } from "topojson-specification";
import coarseUrl from "../.cache/world-110m.json?url";
import fineUrl from "../.cache/world-50m.json?url";

export type Countries = FeatureCollection<Geometry>;
type WorldTopology = Topology<{ countries: GeometryCollection }> & { anchors?: Record<string, [number, number]> };

const loading = new Map<string, Promise<WorldTopology>>();

function load(url: string): Promise<WorldTopology> {
  const known = loading.get(url);
  if (known) return known;
  const promise = fetch(new URL(url, import.meta.url)).then((answer) => {
    if (!answer.ok) throw new Error(`The shapes of the countries could not be read (${answer.status}).`);
    return answer.json() as Promise<WorldTopology>;
  });
  loading.set(url, promise);
  return promise;
}

function toCountries(world: WorldTopology): Countries {
  return feature(world, world.objects.countries) as unknown as Countries;
}

export async function loadCoarse(): Promise<{ countries: Countries; anchors: Record<string, [number, number]> }> {
  const world = await load(coarseUrl);
  return { countries: toCountries(world), anchors: world.anchors ?? {} };
}

export async function loadFine(): Promise<Countries> {
  return toCountries(await load(fineUrl));
}
