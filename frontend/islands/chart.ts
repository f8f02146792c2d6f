/** Charts: draws bars by month over their table, and gives every figure its table switch and downloads. */
import { addLegend, addNote } from "../charts/legend";
import { describeMonth, drawMonths, monthsEntries } from "../charts/months";
import { drawBars, drawGrid, patternEntries } from "../charts/pictures";
import type { ChartData, MapFigure, MonthsData } from "../charts/types";
import type { MapData } from "../maps/types";
import { WHOLE } from "../maps/view";
import { redrawOnResize } from "../shell/draw";
import { readSource, readWords, registerIsland } from "../shell/island";
import { savePng, saveSvg, saveTable } from "../shell/save";

const WORDS = { failed: "The picture could not be made.", away: "The server did not answer.", refused: "The server refused it (%(status)s).", again: "Try again" };

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

/** The server's answer that there is no picture, with its reason where it gives one. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
  ) {
    super(`picture: ${status}`);
  }
}

async function readReason(answer: Response): Promise<string> {
  if (!(answer.headers.get("content-type") ?? "").includes("json")) return "";
  const said = (await answer.json().catch(() => ({}))) as { detail?: unknown; title?: unknown };
  return [said.detail, said.title].find((text): text is string => typeof text === "string") ?? "";
}

/** What to draw: the server's covered numbers where the figure is one of its own, else what the page shows. */
async function readPicture(data: ChartData): Promise<ChartData> {
  if (!data.picture_url) return data;
  const answer = await fetch(data.picture_url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Refused(answer.status, await readReason(answer));
  return (await answer.json()) as ChartData;
}

/** The drawing to save, made for it and shown for a moment, so that its colours are known. */
async function withPicture(place: HTMLElement, data: ChartData, use: (svg: SVGSVGElement) => void | Promise<void>): Promise<void> {
  const shown = place.querySelector<SVGSVGElement>("svg");
  if (!data.picture_url && (isMap(data) || data.kind === "months")) {
    if (shown) await use(shown);
    return;
  }
  const saved = await readPicture(data);
  const width = shown?.viewBox.baseVal.width || 760;
  const picture = await drawPicture(saved, width);
  if (saved.kind === "months") addLegend(picture, monthsEntries(saved));
  if (saved.kind === "bars" || saved.kind === "grid") addLegend(picture, patternEntries(picture, saved));
  if (saved.covered) addNote(picture, saved.covered);
  const wasHidden = place.hidden;
  place.hidden = false;
  place.append(picture);
  try {
    await use(picture);
  } finally {
    picture.remove();
    place.hidden = wasHidden;
  }
}

async function drawPicture(data: ChartData, width: number): Promise<SVGSVGElement> {
  if (data.kind === "months") return drawMonths(data, width);
  if (data.kind === "grid") return drawGrid(data);
  if (data.kind === "bars") return drawBars(data);
  const { preparePainter } = await import("../maps/painter");
  const paint = await preparePainter(data as unknown as MapData);
  return paint(width, { ...WHOLE, beside: 0 });
}

function watchExports(panel: HTMLElement, drawn: HTMLElement, table: HTMLElement, data: ChartData): void {
  for (const button of panel.querySelectorAll<HTMLButtonElement>("[data-chart-export]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const kind = button.dataset["chartExport"];
      const body = table.querySelector("table");
      if (kind === "csv" && body) saveTable(body, data.title);
      else if (kind === "svg") void savePicture(panel, () => withPicture(drawn, data, (svg) => saveSvg(svg, data.title, data.file_name)));
      else if (kind === "png") void savePicture(panel, () => withPicture(drawn, data, (svg) => savePng(svg, data.title, data.file_name)));
      button.closest("details")?.removeAttribute("open");
    });
  }
}

/** Save a picture; what went wrong is said in the panel, with the way to try again. */
async function savePicture(panel: HTMLElement, save: () => Promise<void>): Promise<void> {
  panel.querySelector("[data-chart-failed]")?.remove();
  try {
    await save();
  } catch (error) {
    const words = readWords(panel, "chart", WORDS);
    const said = document.createElement("div");
    said.className = "finding finding-error no-print";
    said.dataset["chartFailed"] = "";
    said.setAttribute("role", "alert");
    const body = document.createElement("div");
    body.className = "finding-body";
    body.textContent = `${words.failed} ${whyNot(error, words)} `;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn btn-sm";
    again.textContent = words.again;
    again.addEventListener("click", () => void savePicture(panel, save));
    said.append(body, again);
    (panel.querySelector(".panel-head") ?? panel).after(said);
    again.focus();
  }
}

function whyNot(error: unknown, words: typeof WORDS): string {
  if (error instanceof Refused) return error.reason || words.refused.replace("%(status)s", String(error.status));
  return error instanceof TypeError ? words.away : "";
}
