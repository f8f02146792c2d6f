/** Maps: the route of a case, corridors of the world, points of a search. The list in the place stays for those who listen. */
import { preparePainter } from "../maps/painter";
import type { FlowData, MapData } from "../maps/types";
import { VIEW_WORDS, WHOLE, watchView } from "../maps/view";
import { redrawOnResize } from "../shell/draw";
import { readSource, readWords, registerIsland } from "../shell/island";

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
  let shown = { width: 300, view: WHOLE };
  const redraw = (next: Partial<typeof shown>): void => {
    shown = { ...shown, ...next };
    canvas.replaceChildren();
    canvas.append(painter(shown.width, { ...shown.view, beside: place.closest(".map-side") ? place.clientHeight : 0 }));
  };
  place.append(watchView(canvas, readWords(place, "map", VIEW_WORDS), (view) => redraw({ view })));
  redrawOnResize(place, (width) => redraw({ width: Math.max(300, width) }));
});

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
