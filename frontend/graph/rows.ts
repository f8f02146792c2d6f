/** The same content as a table, for screen readers: rewritten whenever the chart changes. */
import { writeDay } from "./looks";
import type { Model } from "./model";
import type { Scene, Spot } from "./types";

/** What a node is called, apart from its neighbours: a number keeps its order in right-to-left text. */
function titleOf(spot: Spot): HTMLElement {
  const name = document.createElement("bdi");
  if (spot.data.kind.startsWith("thing:")) name.className = "identifier wrap-identifier";
  name.textContent = spot.data.title;
  return name;
}

const MOST_ROWS = 500;

export function writeRows(body: HTMLElement, model: Model, scene: Scene): void {
  const rows = scene.spots.slice(0, MOST_ROWS).map((spot) => {
    const row = document.createElement("tr");
    const others = model.rolesOf(spot.id).flatMap(({ other, role }, at) => [at ? " · " : "", titleOf(other), role ? ` (${role})` : ""]);
    for (const parts of [[titleOf(spot)], [spot.data.kind_label], others, [writeDay(spot.data.day)]]) {
      const cell = document.createElement("td");
      cell.append(...parts);
      row.append(cell);
    }
    const link = document.createElement("a");
    if (spot.data.url && row.firstElementChild) {
      link.href = spot.data.url;
      link.append(...row.firstElementChild.childNodes);
      row.firstElementChild.append(link);
    }
    return row;
  });
  body.replaceChildren(...rows);
}
