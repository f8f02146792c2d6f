/**
 * Rows put in an order of one's own: dragged by their handle, moved by its arrow keys, or by the buttons that work without a script.
 * <tbody data-island="arrange" data-url="/analysis/saved/order"> with rows <tr data-id="…">; rows without one stay where they are.
 */
import { registerIsland } from "../shell/island";

export function listOrder(body: HTMLElement): string[] {
  return movable(body).map((row) => row.dataset["id"] ?? "");
}

export function moveRow(body: HTMLElement, row: HTMLElement, steps: number): boolean {
  const rows = movable(body);
  const place = rows.indexOf(row);
  const other = rows[place + steps];
  if (place < 0 || !other) return false;
  if (steps < 0) other.before(row);
  else other.after(row);
  return true;
}

function movable(body: HTMLElement): HTMLElement[] {
  return [...body.querySelectorAll<HTMLElement>("tr[data-id]")];
}

registerIsland("arrange", (body) => {
  const token = body.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const keep = async (): Promise<void> => {
    const form = new URLSearchParams({ order: listOrder(body).join(",") });
    const answer = await fetch(body.dataset["url"] ?? "", { method: "POST", body: form, headers: { "X-CSRFToken": token }, redirect: "manual" });
    if (answer.status >= 400) window.location.reload();
  };
  const move = (row: HTMLElement, steps: number, focused: HTMLElement): void => {
    if (!moveRow(body, row, steps)) return;
    focused.focus();
    void keep();
  };
  for (const row of movable(body)) {
    const handle = row.querySelector<HTMLElement>("[data-arrange]");
    if (handle) watchHandle(body, row, handle, move, keep);
    for (const form of row.querySelectorAll<HTMLFormElement>("form[data-steps]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const button = form.querySelector("button");
        if (button) move(row, Number(form.dataset["steps"]), button);
      });
    }
  }
});

function watchHandle(
  body: HTMLElement,
  row: HTMLElement,
  handle: HTMLElement,
  move: (row: HTMLElement, steps: number, focused: HTMLElement) => void,
  keep: () => Promise<void>,
): void {
  handle.hidden = false;
  handle.addEventListener("keydown", (event) => {
    const steps = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!steps) return;
    event.preventDefault();
    move(row, steps, handle);
  });
  handle.addEventListener("pointerdown", (event) => {
    const before = listOrder(body).join();
    handle.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    const follow = (moved: PointerEvent): void => {
      const over = movable(body).find((other) => other !== row && isOver(other, moved.clientY));
      if (!over) return;
      const box = over.getBoundingClientRect();
      if (moved.clientY < box.top + box.height / 2) over.before(row);
      else over.after(row);
    };
    const drop = (): void => {
      handle.removeEventListener("pointermove", follow);
      row.classList.remove("is-dragged");
      if (listOrder(body).join() !== before) void keep();
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", drop, { once: true });
  });
}

function isOver(row: HTMLElement, y: number): boolean {
  const box = row.getBoundingClientRect();
  return y >= box.top && y < box.bottom;
}
