/** Draws rectangles on a picture: the form beside it sends them in per cent of the picture; the server burns them in. */
import { registerIsland } from "../shell/island";

type Box = [left: number, top: number, width: number, height: number];
const LEAST = 0.5;

/** A rectangle between two points, within the picture, in per cent with two decimals. */
export function boxBetween(from: { x: number; y: number }, to: { x: number; y: number }): Box {
  const clamp = (value: number): number => Math.min(100, Math.max(0, value));
  const [x1, x2] = [clamp(from.x), clamp(to.x)].sort((a, b) => a - b) as [number, number];
  const [y1, y2] = [clamp(from.y), clamp(to.y)].sort((a, b) => a - b) as [number, number];
  const round = (value: number): number => Math.round(value * 100) / 100;
  return [round(x1), round(y1), round(x2 - x1), round(y2 - y1)];
}

registerIsland("marks", (place) => {
  const frame = place.querySelector<HTMLElement>(".photo-full");
  const form = document.querySelector<HTMLFormElement>("[data-marks-form]");
  const draw = form?.querySelector<HTMLButtonElement>("[data-marks-draw]");
  const undo = form?.querySelector<HTMLButtonElement>("[data-marks-undo]");
  const field = form?.querySelector<HTMLInputElement>("input[name=marks]");
  const kind = form?.querySelector<HTMLSelectElement>("select[name=kind]");
  if (!frame || !form || !draw || !undo || !field || !kind) return;
  const boxes: Box[] = [];
  let from: { x: number; y: number } | null = null;
  let isDrawing = false;

  const at = (event: PointerEvent): { x: number; y: number } => {
    const edge = frame.getBoundingClientRect();
    return { x: ((event.clientX - edge.left) / edge.width) * 100, y: ((event.clientY - edge.top) / edge.height) * 100 };
  };
  const show = (draft?: Box): void => {
    frame.querySelectorAll(".mark").forEach((mark) => mark.remove());
    for (const [index, box] of [...boxes, ...(draft ? [draft] : [])].entries()) {
      const mark = document.createElement("span");
      mark.className = `mark mark-${kind.value}`;
      mark.style.left = `${box[0]}%`;
      mark.style.top = `${box[1]}%`;
      mark.style.width = `${box[2]}%`;
      mark.style.height = `${box[3]}%`;
      if (kind.value === "annotation") mark.textContent = String(index + 1);
      frame.append(mark);
    }
    field.value = JSON.stringify(boxes);
    undo.hidden = boxes.length === 0;
  };
  draw.hidden = false;
  draw.addEventListener("click", () => {
    isDrawing = !isDrawing;
    draw.setAttribute("aria-pressed", String(isDrawing));
    frame.classList.toggle("is-drawing", isDrawing);
  });
  undo.addEventListener("click", () => {
    boxes.pop();
    show();
  });
  kind.addEventListener("change", () => show());
  frame.addEventListener("click", (event) => {
    if (!isDrawing) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("pointerdown", (event) => {
    if (!isDrawing) return;
    from = at(event);
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (from) show(boxBetween(from, at(event)));
  });
  frame.addEventListener("pointerup", (event) => {
    if (!from) return;
    const box = boxBetween(from, at(event));
    from = null;
    if (box[2] >= LEAST && box[3] >= LEAST) boxes.push(box);
    show();
  });
});
