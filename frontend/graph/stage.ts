/** The canvas with its view: moving, zooming, choosing by pointer; draws only when something changed. */
import { Painter } from "./canvas";
import type { Marks, View } from "./canvas";
import { lookOf, readColours } from "./looks";
import type { Colours } from "./looks";
import { boxOf } from "./svg";
import type { Layout } from "./layout";
import type { Scene, Spot } from "./types";

export interface StageActs {
  choose(spot: Spot | null): void;
  /** Choose a node together with others: by Shift, Ctrl or the command key. */
  pick(spot: Spot): void;
  open(spot: Spot): void;
}

const FRAME = 8;
const LARGE = 1500;
const REST = 160;
const READABLE = 0.55;

export class Stage {
  scene: Scene = { spots: [], ties: [] };
  readonly marks: Marks = { chosen: null, path: [], doubted: new Set(), picked: new Set() };
  readonly view: View = { x: 0, y: 0, scale: 1 };
  colours: Colours;
  private readonly painter: Painter;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private held: Spot | null = null;
  private hasMoved = false;
  private isAsked = false;
  private restsAt = 0;
  private resting = 0;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly layout: Layout,
    private readonly acts: StageActs,
  ) {
    this.colours = readColours(document.body);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    this.painter = new Painter(context, this.colours);
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.listen();
    const recolour = (): void => {
      this.colours = readColours(document.body);
      this.painter.setColours(this.colours);
      this.ask();
    };
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
    new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
    void document.fonts.ready.then(() => this.ask());
  }

  /** Ask for a frame; the layout moves on in it while it is warm. */
  ask(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    window.requestAnimationFrame(() => {
      this.isAsked = false;
      const isMoving = this.layout.isMoving;
      if (isMoving) {
        this.layout.step(FRAME);
        this.ask();
      }
      this.draw(this.scene.spots.length > LARGE && (isMoving || this.pointers.size > 0 || performance.now() < this.restsAt));
    });
  }

  /** Draw a large chart whole once it has rested for a moment. */
  private rest(): void {
    this.restsAt = performance.now() + REST;
    window.clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.ask(), REST + 20);
  }

  draw(isRough = false): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.painter.draw(this.scene, this.view, this.marks, { width, height, ratio: window.devicePixelRatio || 1, isRough });
  }

  fit(): void {
    const box = boxOf(this.scene, 56);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.view.scale = Math.min(1.4, width / box.width, height / box.height);
    this.view.x = width / 2 - (box.left + box.width / 2) * this.view.scale;
    this.view.y = height / 2 - (box.top + box.height / 2) * this.view.scale;
    this.ask();
  }

  /** Begin with everything in view, but on a small screen no smaller than can be read: then around the chosen node. */
  begin(): void {
    this.fit();
    const { chosen } = this.marks;
    if (this.view.scale >= READABLE || !chosen) return;
    this.view.scale = READABLE;
    this.view.x = this.canvas.clientWidth / 2 - chosen.x * READABLE;
    this.view.y = this.canvas.clientHeight / 2 - chosen.y * READABLE;
  }

  /** Bring a node into view if it stands outside. */
  reveal(spot: Spot): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const [x, y] = [spot.x * this.view.scale + this.view.x, spot.y * this.view.scale + this.view.y];
    if (x < 30) this.view.x += 60 - x;
    if (x > width - 30) this.view.x -= x - width + 60;
    if (y < 30) this.view.y += 60 - y;
    if (y > height - 30) this.view.y -= y - height + 60;
  }

  zoom(factor: number, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2): void {
    const scale = Math.min(4, Math.max(0.03, this.view.scale * factor));
    this.view.x = x - ((x - this.view.x) * scale) / this.view.scale;
    this.view.y = y - ((y - this.view.y) * scale) / this.view.scale;
    this.view.scale = scale;
    this.rest();
    this.ask();
  }

  private resize(): void {
    const ratio = window.devicePixelRatio || 1;
    const size = [Math.round(this.canvas.clientWidth * ratio), Math.round(this.canvas.clientHeight * ratio)] as const;
    if (!size[0] || (this.canvas.width === size[0] && this.canvas.height === size[1])) return;
    const isFirst = this.canvas.dataset["sized"] === undefined;
    [this.canvas.width, this.canvas.height] = size;
    this.canvas.dataset["sized"] = "";
    if (isFirst) this.begin();
    this.draw();
  }

  private spotAt(x: number, y: number): Spot | null {
    const [sx, sy] = [(x - this.view.x) / this.view.scale, (y - this.view.y) / this.view.scale];
    const slack = 5 / this.view.scale;
    let best: Spot | null = null;
    let nearest = Infinity;
    for (const spot of this.scene.spots) {
      const far = Math.hypot(spot.x - sx, spot.y - sy);
      if (far < nearest && far < lookOf(spot.data, this.colours, false).size + slack) [best, nearest] = [spot, far];
    }
    return best;
  }

  private placeOf(event: PointerEvent | MouseEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private listen(): void {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"] as const) canvas.addEventListener(name, (event) => this.up(event));
    canvas.addEventListener("dblclick", (event) => {
      const { x, y } = this.placeOf(event);
      const spot = this.spotAt(x, y);
      if (spot) this.acts.open(spot);
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const { x, y } = this.placeOf(event);
        this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), x, y);
      },
      { passive: false },
    );
  }

  private down(event: PointerEvent): void {
    const place = this.placeOf(event);
    this.pointers.set(event.pointerId, place);
    this.canvas.setPointerCapture(event.pointerId);
    this.hasMoved = false;
    this.held = this.pointers.size === 1 ? this.spotAt(place.x, place.y) : null;
  }

  private move(event: PointerEvent): void {
    const place = this.placeOf(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.canvas.classList.toggle("is-over", this.spotAt(place.x, place.y) !== null);
      return;
    }
    if (!this.hasMoved && Math.hypot(place.x - before.x, place.y - before.y) < 4) return;
    this.hasMoved = true;
    const other = [...this.pointers.entries()].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, place);
    if (other) {
      const factor = Math.hypot(place.x - other.x, place.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      this.zoom(factor, (place.x + other.x) / 2, (place.y + other.y) / 2);
    } else if (this.held) {
      this.held.x = this.held.fx = (place.x - this.view.x) / this.view.scale;
      this.held.y = this.held.fy = (place.y - this.view.y) / this.view.scale;
    } else {
      this.view.x += place.x - before.x;
      this.view.y += place.y - before.y;
    }
    this.ask();
  }

  private up(event: PointerEvent): void {
    const wasAlone = this.pointers.size === 1;
    this.pointers.delete(event.pointerId);
    if (wasAlone && !this.hasMoved && event.type === "pointerup") {
      if (this.held && (event.shiftKey || event.ctrlKey || event.metaKey)) this.acts.pick(this.held);
      else this.acts.choose(this.held);
    }
    this.held = null;
    this.rest();
    this.ask();
  }
}
