/**
 * The rows of an import by keyboard: j and k move, Enter goes into the red cell, a takes the proposal, u takes it back.
 * Every repair is a form of the page; after it the page comes back at its row, and the next open one is chosen.
 */
import { registerIsland } from "../shell/island";
import { isField } from "./keys";
import { nextRow } from "./listing";

const STORE = "opencen.repaired";
const SELECTED = "is-selected";

function rowsOf(table: HTMLElement): HTMLTableRowElement[] {
  return [...table.querySelectorAll<HTMLTableRowElement>("tbody tr[id]")];
}

function isOpen(row: HTMLElement): boolean {
  return row.querySelector("[data-repair], [data-offer]") !== null;
}

/** Where one stands after a repair: at the next row that still asks, or where one was. */
export function rowAfter(rows: HTMLElement[], repaired: string): HTMLElement | undefined {
  const at = rows.findIndex((row) => row.id === repaired);
  const here = rows[at];
  if (!here || (isOpen(here) && !here.querySelector("[data-undo]"))) return here;
  return rows.slice(at + 1).find(isOpen) ?? rows.slice(0, at).find(isOpen) ?? here;
}

class Rows {
  constructor(private readonly table: HTMLElement) {}

  private get chosen(): HTMLTableRowElement | undefined {
    const rows = rowsOf(this.table);
    return rows.find((row) => row.contains(document.activeElement)) ?? rows.find((row) => row.classList.contains(SELECTED));
  }

  choose(row: HTMLElement | undefined): void {
    for (const other of rowsOf(this.table)) other.classList.toggle(SELECTED, other === row);
    if (!row) return;
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  move(step: number): void {
    const rows = rowsOf(this.table);
    const { chosen } = this;
    this.choose(rows[nextRow(rows.length, chosen ? rows.indexOf(chosen) : -1, step)]);
  }

  edit(): void {
    const field = this.chosen?.querySelector<HTMLInputElement>("[data-repair]");
    field?.focus();
    field?.select();
  }

  accept(): void {
    this.chosen?.querySelector<HTMLElement>("[data-offer]")?.click();
  }

  undo(): void {
    const [id = "", reach = "one"] = (window.sessionStorage.getItem(STORE) ?? "").split(" ");
    const here = this.chosen?.querySelector<HTMLElement>('[data-undo="one"]');
    const last = document.getElementById(id)?.querySelector<HTMLElement>(`[data-undo="${reach}"]`);
    (here ?? last)?.click();
  }

  /** Keys that a link or a field has uses of its own for count only at a row. */
  onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (isField(event.target)) {
      if (event.key !== "Escape") return;
      this.choose(this.chosen);
    } else if (event.target instanceof HTMLTableRowElement) {
      if (event.key === "ArrowDown") this.move(1);
      else if (event.key === "ArrowUp") this.move(-1);
      else if (event.key === "Enter") this.edit();
      else return;
    } else return;
    event.preventDefault();
  }
}

export function mountRepair(table: HTMLElement): void {
  const rows = new Rows(table);
  table.addEventListener("keydown", (event) => rows.onKey(event));
  table.addEventListener("submit", (event) => {
    const row = event.target instanceof Element ? event.target.closest("tr") : null;
    const isAlike = event.submitter?.getAttribute("name") === "alike";
    if (row) window.sessionStorage.setItem(STORE, `${row.id} ${isAlike ? "alike" : "one"}`);
  });
  const acts: Record<string, () => void> = { next: () => rows.move(1), previous: () => rows.move(-1), edit: () => rows.edit(), accept: () => rows.accept(), undo: () => rows.undo() };
  for (const button of document.querySelectorAll<HTMLElement>("[data-row-act]")) button.addEventListener("click", () => acts[button.dataset["rowAct"] ?? ""]?.());
  const back = window.location.hash.slice(1);
  if (back.startsWith("row-")) rows.choose(rowAfter(rowsOf(table), back));
}

registerIsland("repair", mountRepair);
