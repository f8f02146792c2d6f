/** A list by keyboard: j and k move over its rows, Enter opens the one in focus; narrow rows are remembered. */
import { registerIsland } from "../shell/island";

const STORE = "opencen.density";
const SELECTED = "is-selected";

function rowsOf(table: HTMLElement): HTMLTableRowElement[] {
  return [...table.querySelectorAll<HTMLTableRowElement>("tbody tr")];
}

/** The row after or before the chosen one; the ends of the list stay where they are. */
export function nextRow(rows: number, chosen: number, step: number): number {
  if (rows === 0) return -1;
  if (chosen < 0) return step > 0 ? 0 : rows - 1;
  return Math.min(rows - 1, Math.max(0, chosen + step));
}

function move(table: HTMLElement, step: number): void {
  const rows = rowsOf(table);
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  const chosen = focused >= 0 ? focused : rows.findIndex((row) => row.classList.contains(SELECTED));
  const row = rows[nextRow(rows.length, chosen, step)];
  for (const other of rows) other.classList.toggle(SELECTED, other === row);
  const link = row?.querySelector<HTMLAnchorElement>("a[href]");
  link?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

function setDense(table: HTMLElement, isDense: boolean): void {
  table.classList.toggle("table-dense", isDense);
  document.querySelector("[data-density]")?.setAttribute("aria-pressed", String(isDense));
}

export function mountListing(table: HTMLElement): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-move]")) {
    button.addEventListener("click", () => move(table, Number(button.dataset["move"])));
  }
  const toggle = document.querySelector<HTMLElement>("[data-density]");
  if (toggle) toggle.hidden = false;
  toggle?.addEventListener("click", () => {
    const isDense = !table.classList.contains("table-dense");
    window.localStorage.setItem(STORE, isDense ? "narrow" : "wide");
    setDense(table, isDense);
  });
  setDense(table, window.localStorage.getItem(STORE) === "narrow");
}

registerIsland("listing", mountListing);
