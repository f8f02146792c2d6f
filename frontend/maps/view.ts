/** Looking closer: buttons, dragging, Ctrl and wheel. The map is drawn anew, so that labels and lines keep their size. */
import type { GeoProjection } from "d3-geo";

export interface View {
  zoom: number;
  x: number;
  y: number;
  /** Height of what stands beside the map, which it may fill. */
  beside?: number;
}

export const WHOLE: View = { zoom: 1, x: 0, y: 0 };

/** The height of a map: a share of its width, or that of the table beside it, within limits. */
export function findHeight(width: number, share: number, least: number, view: View): number {
  return Math.round(Math.max(least, Math.min(420, width * share), Math.min(view.beside ?? 0, width * 0.62)));
}
const CLOSEST = 24;

export function applyView(projection: GeoProjection, view: View, width: number, height: number): void {
  if (view.zoom === 1) return;
  const [x, y] = projection.translate();
  projection.scale(projection.scale() * view.zoom);
  projection.translate([width / 2 + (x - width / 2) * view.zoom + view.x, height / 2 + (y - height / 2) * view.zoom + view.y]);
}

/** Change the zoom around a spot given from the middle of the map. */
export function zoomView(view: View, factor: number, spotX = 0, spotY = 0): View {
  const zoom = Math.min(CLOSEST, Math.max(1, view.zoom * factor));
  if (zoom === 1) return WHOLE;
  const share = zoom / view.zoom;
  return { zoom, x: spotX - (spotX - view.x) * share, y: spotY - (spotY - view.y) * share };
}

export interface ViewWords extends Record<string, string> {
  closer: string;
  wider: string;
  whole: string;
}

export const VIEW_WORDS: ViewWords = { closer: "Closer", wider: "Wider", whole: "Whole map" };

export function watchView(canvas: HTMLElement, words: ViewWords, redraw: (view: View) => void): HTMLElement {
  let view = WHOLE;
  let frame = 0;
  const change = (next: View): void => {
    view = next;
    canvas.classList.toggle("is-close", view.zoom > 1);
    window.cancelAnimationFrame(frame);
    frame = window.requestAnimationFrame(() => redraw(view));
  };
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    change(zoomView(view, event.deltaY < 0 ? 1.25 : 0.8, event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2));
  }, { passive: false });
  watchDrag(canvas, () => view, change);
  const tools = document.createElement("div");
  tools.className = "map-tools no-print";
  tools.append(makeButton("+", words.closer, () => change(zoomView(view, 1.6))), makeButton("−", words.wider, () => change(zoomView(view, 1 / 1.6))), makeButton("⟲", words.whole, () => change(WHOLE)));
  return tools;
}

function watchDrag(canvas: HTMLElement, read: () => View, change: (view: View) => void): void {
  canvas.addEventListener("pointerdown", (event) => {
    const start = read();
    if (start.zoom === 1 || event.button !== 0) return;
    const move = (moved: PointerEvent): void => change({ zoom: start.zoom, x: start.x + moved.clientX - event.clientX, y: start.y + moved.clientY - event.clientY });
    const stop = (): void => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", stop);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", stop);
    event.preventDefault();
  });
}

function makeButton(sign: string, label: string, act: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-icon";
  button.textContent = sign;
  button.title = label;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}
