/** The same content as a table, for screen readers: rewritten whenever the chart changes. */
import type { Model } from "./model";
import type { Scene } from "./types";

const MOST_ROWS = 500;

export function writeRows(body: HTMLElement, model: Model, scene: Scene): void {
  const rows = scene.spots.slice(0, MOST_ROWS).map((spot) => {
    const row = document.createElement("tr");
    const others = model.rolesOf(spot.id).map(({ other, role }) => (role ? `${other.data.title} (${role})` : other.data.title));
    for (const text of [spot.data.title, spot.data.kind_label, others.join(" · "), spot.data.day]) {
      const cell = document.createElement("td");
      const isolated = document.createElement("bdi");
      isolated.textContent = text;
      cell.append(isolated);
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
