/** A new case like an earlier one: what repeats from flight to flight stays, what belongs to the one event goes. */
import type { Json, Part } from "../contract";
import { isPart } from "./document";

const KEPT = new Set(["kind", "country", "office", "unit", "location_type", "direction", "procedure", "e_commerce", "detection_method", "detection_techniques", "route", "conveyances", "consignments", "traveller", "lines", "goods_origin", "place"]);
const KEPT_INSIDE: Record<string, string[]> = {
  detection_techniques: ["technique", "equipment", "handler"],
  route: ["role", "country", "place", "place_name", "mode", "carrier"],
  conveyances: ["mode", "vehicle_type", "flight", "vessel_imo", "vessel_name", "flag", "carrier", "operator"],
  consignments: ["consignor", "consignee", "declarant", "kind", "load"],
  traveller: ["flight"],
  lines: ["role", "commodity", "unit", "basis", "attributes", "package_type", "concealment", "hs_code", "declared_as", "consignment", "conveyance"],
  concealment: ["place"],
  attributes: ["currency"],
};

export function likeEarlier(earlier: Part): Part {
  const made = Object.fromEntries(Object.entries(earlier).filter(([name]) => KEPT.has(name)).map(([name, value]) => [name, keep(name, value)]));
  return { ...made, ...(earlier["form"] === undefined ? {} : { form: "short" }) };
}

function keep(name: string, value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => (isPart(item) ? keepPart(name, item) : item));
  return isPart(value) ? keepPart(name, value) : value;
}

function keepPart(name: string, part: Part): Part {
  const wanted = KEPT_INSIDE[name];
  return Object.fromEntries(Object.entries(part).filter(([inner]) => inner === "id" || !wanted || wanted.includes(inner)).map(([inner, value]) => [inner, keep(inner, value)]));
}
