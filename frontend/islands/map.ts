/** Maps: the route of a case, corridors of the world, points of a search. The list in the place stays for those who listen. */
import { drawFlow } from "../maps/flow";
import { drawPoints } from "../maps/points";
import { drawRoute } from "../maps/route";
import type { FlowData, MapData } from "../maps/types";
import { loadCoarse, loadFine } from "../maps/world";
import { redrawOnResize } from "../shell/draw";
import { readSource, registerIsland } from "../shell/island";

registerIsland("map", async (place) => {
  const data = readSource<MapData>(place);
  if (!data || (data.kind === "route" && data.places.length === 0)) return;
  const painter = await preparePainter(data);
  const fallback = document.createElement("div");
  fallback.className = place.hasAttribute("data-keep-list") ? "" : "visually-hidden";
  fallback.append(...place.childNodes);
  const canvas = document.createElement("div");
  place.append(canvas, fallback);
  if (data.kind === "flow" && data.legend && data.flows.length) place.append(drawLegend(data));
  redrawOnResize(place, (width) => canvas.replaceChildren(painter(Math.max(300, width))));
});

async function preparePainter(data: MapData): Promise<(width: number) => SVGSVGElement> {
  if (data.kind === "route") {
    const countries = await loadFine();
    return (width) => drawRoute(data, countries, width);
  }
  if (data.kind === "points") {
    const countries = await loadFine();
    return (width) => drawPoints(data, countries, width);
  }
  const { countries, anchors } = await loadCoarse();
  const fine = data.inset ? await loadFine() : null;
  return (width) => drawFlow(data, countries, fine, anchors, width);
}

function drawLegend(data: FlowData): HTMLElement {
  const legend = document.createElement("div");
  legend.className = "map-legend legend";
  for (const [css, word] of [["legend-line", data.legend?.to], ["legend-line from", data.legend?.from], ["", data.legend?.width]] as const) {
    if (!word) continue;
    const entry = document.createElement("span");
    if (css) {
      const line = document.createElement("span");
      line.className = css;
      entry.append(line);
    }
    entry.append(word);
    legend.append(entry);
  }
  return legend;
}
