/** Draws any map once its countries are there. */
import { drawFlow } from "./flow";
import { drawPoints } from "./points";
import { drawRoute } from "./route";
import type { MapData } from "./types";
import type { View } from "./view";
import { loadCoarse, loadFine } from "./world";

export async function preparePainter(data: MapData): Promise<(width: number, view: View) => SVGSVGElement> {
  if (data.kind === "route") {
    const countries = await loadFine();
    return (width, view) => drawRoute(data, countries, width, view);
  }
  if (data.kind === "points") {
    const countries = await loadFine();
    return (width, view) => drawPoints(data, countries, width, view);
  }
  const { countries, anchors } = await loadCoarse();
  const fine = data.inset ? await loadFine() : null;
  return (width, view) => drawFlow(data, countries, fine, anchors, width, view);
}
