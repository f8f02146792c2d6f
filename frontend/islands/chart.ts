/** Charts: draws bars by month over their table, and gives every figure its table switch and downloads. */
import { describeMonth, drawMonths } from "../charts/months";
import { drawBars, drawGrid } from "../charts/pictures";
import type { ChartData, MapFigure, MonthsData } from "../charts/types";
import { redrawOnResize } from "../shell/draw";
import { readSource, registerIsland } from "../shell/island";
import { savePng, saveSvg, saveTable } from "../shell/save";

registerIsland("chart", (panel) => {
  const data = readSource<ChartData>(panel);
  const drawn = panel.querySelector<HTMLElement>("[data-chart-drawn]");
  const table = panel.querySelector<HTMLElement>("[data-chart-table]");
  if (!data || !drawn || !table) return;
  // A table that says more than its bars stays in view with them; the drawing is for saving.
  if (!isMap(data) && !panel.hasAttribute("data-keep-table")) {
    drawn.hidden = false;
    table.hidden = true;
    watchToggle(panel, drawn, table);
  }
  if (data.kind === "months") {
    drawn.hidden = false;
    mountMonths(drawn, data);
  }
  watchExports(panel, drawn, table, data);
});

function isMap(data: ChartData): data is MapFigure {
  return data.kind === "flow" || data.kind === "points" || data.kind === "route";
}

function mountMonths(place: HTMLElement, data: MonthsData): void {
  const tip = document.createElement("div");
  tip.className = "chart-tip";
  tip.hidden = true;
  redrawOnResize(place, (width) => place.replaceChildren(drawMonths(data, Math.max(320, width - 28)), tip));
  const show = (event: Event): void => {
    const month = event.target instanceof Element ? event.target.closest<SVGElement>("[data-index]") : null;
    tip.hidden = !month;
    if (!month) return;
    tip.textContent = describeMonth(data, Number(month.dataset["index"]));
    const box = month.getBoundingClientRect();
    const frame = place.getBoundingClientRect();
    const left = Math.min(Math.max(0, box.left - frame.left + box.width / 2 - tip.offsetWidth / 2), frame.width - tip.offsetWidth);
    tip.style.left = `${left}px`;
    tip.style.top = "2px";
  };
  place.addEventListener("mouseover", show);
  place.addEventListener("focusin", show);
  place.addEventListener("mouseleave", () => (tip.hidden = true));
  place.addEventListener("focusout", () => (tip.hidden = true));
}

function watchToggle(panel: HTMLElement, drawn: HTMLElement, table: HTMLElement): void {
  const toggle = panel.querySelector<HTMLButtonElement>("[data-chart-toggle]");
  if (!toggle) return;
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const showsTable = table.hidden;
    table.hidden = !showsTable;
    drawn.hidden = showsTable;
    toggle.setAttribute("aria-pressed", String(showsTable));
  });
}

/** The drawing to save: the one on the page, or one made for it and shown for a moment, so that its colours are known. */
function withPicture(place: HTMLElement, data: ChartData, use: (svg: SVGSVGElement) => void): void {
  if (isMap(data) || data.kind === "months") {
    const shown = place.querySelector<SVGSVGElement>("svg");
    if (shown) use(shown);
    return;
  }
  const picture = data.kind === "grid" ? drawGrid(data) : drawBars(data);
  place.append(picture);
  use(picture);
  picture.remove();
}

function watchExports(panel: HTMLElement, drawn: HTMLElement, table: HTMLElement, data: ChartData): void {
  for (const button of panel.querySelectorAll<HTMLButtonElement>("[data-chart-export]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const kind = button.dataset["chartExport"];
      const body = table.querySelector("table");
      if (kind === "csv" && body) saveTable(body, data.title);
      else if (kind === "svg") withPicture(drawn, data, (svg) => saveSvg(svg, data.title));
      else if (kind === "png") withPicture(drawn, data, (svg) => void savePng(svg, data.title));
      button.closest("details")?.removeAttribute("open");
    });
  }
}
