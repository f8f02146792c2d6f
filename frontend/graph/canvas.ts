/** Draws a scene on a canvas. Nodes are painted once per look and then copied: five thousand stay quick to move. */
import { iconOf } from "./icons";
import { boxAt, countTies, placeLabels } from "./labels";
import type { Frame } from "./labels";
import { RING, STANDING_SHARE, lookOf } from "./looks";
import type { Colours, Look } from "./looks";
import type { Scene, Spot, Tie } from "./types";

export interface View {
  x: number;
  y: number;
  scale: number;
}

export interface Marks {
  chosen: Spot | null;
  path: string[];
  doubted: Set<string>;
  /** Nodes chosen together. */
  picked: ReadonlySet<string>;
}

const FONT = "'IBM Plex Sans', 'IBM Plex Sans Arabic', system-ui, sans-serif";
const SPRITE = 52;
const DENSITY = 3;
const MOST_LABELS = 420;
const MOST_NAMED = 8;
/** Lines stroked at once: one path of thousands that cross takes many times as long. */
const BATCH = 64;
/** While a large chart moves, one line of so many is drawn; the rest comes when it rests. */
const ROUGH = 12;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

export class Painter {
  private readonly sprites = new Map<string, HTMLCanvasElement>();
  private readonly widths = new Map<string, number>();
  /** What the labels of lines took in the frame being drawn. */
  private taken: Frame[] = [];
  private counted: { scene: Scene | null; size: number; ties: Map<string, number> } = { scene: null, size: 0, ties: new Map() };

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private colours: Colours,
  ) {}

  setColours(colours: Colours): void {
    this.colours = colours;
    this.sprites.clear();
    this.widths.clear();
  }

  /** Draw everything: ties, marks, nodes, labels. Sizes are in CSS pixels. */
  draw(scene: Scene, view: View, marks: Marks, size: { width: number; height: number; ratio: number; isRough?: boolean }): void {
    const { context } = this;
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    context.imageSmoothingQuality = "high";
    context.fillStyle = this.colours.page;
    context.fillRect(0, 0, size.width, size.height);
    context.setTransform(size.ratio * view.scale, 0, 0, size.ratio * view.scale, size.ratio * view.x, size.ratio * view.y);
    const edge = 60 / view.scale;
    const box = { left: -view.x / view.scale - edge, top: -view.y / view.scale - edge, right: (size.width - view.x) / view.scale + edge, bottom: (size.height - view.y) / view.scale + edge };
    const seen = scene.spots.filter((spot) => spot.x > box.left && spot.x < box.right && spot.y > box.top && spot.y < box.bottom);
    const steps = new Set(marks.path.slice(1).flatMap((id, place) => [`${marks.path[place]} ${id}`, `${id} ${marks.path[place]}`]));
    this.drawTies(size.isRough ? scene.ties.filter((_, place) => place % ROUGH === 0) : scene.ties, view, steps, marks.chosen);
    if (view.scale < 0.3) this.drawDots(seen, view, marks);
    else for (const spot of seen) this.drawSpot(spot, marks);
    this.drawLabels(scene, seen, view, marks);
  }

  private drawTies(ties: Tie[], view: View, steps: Set<string>, chosen: Spot | null): void {
    const { context, colours } = this;
    const stroke = (some: Tie[], style: string, width: number, dash: number[]): void => {
      context.strokeStyle = style;
      context.lineWidth = width / Math.min(1, view.scale * 1.5);
      context.setLineDash(dash);
      for (let start = 0; start < some.length; start += BATCH) {
        context.beginPath();
        for (const { source, target } of some.slice(start, start + BATCH)) {
          context.moveTo(source.x, source.y);
          context.lineTo(target.x, target.y);
        }
        context.stroke();
      }
      context.setLineDash([]);
    };
    const isStep = (tie: Tie): boolean => steps.has(`${tie.source.id} ${tie.target.id}`);
    const suggested = ties.filter((tie) => tie.kind === "suggested");
    stroke(ties.filter((tie) => tie.kind !== "suggested" && !isStep(tie)), colours.line, 1.3, []);
    stroke(suggested, colours.edge, 1.5, [6, 4]);
    stroke(ties.filter((tie) => tie.kind !== "suggested" && isStep(tie)), colours.accent, 3.5, []);
    const named = suggested.length > MOST_NAMED ? suggested.filter((tie) => tie.source === chosen || tie.target === chosen) : suggested;
    this.taken = [];
    if (view.scale > 0.6) for (const tie of named.slice(0, MOST_NAMED)) this.drawTieLabel(tie, heightAt(view));
  }

  private drawTieLabel(tie: Tie, height: number): void {
    const { context, colours } = this;
    const [x, y] = [(tie.source.x + tie.target.x) / 2, (tie.source.y + tie.target.y) / 2];
    context.direction = RIGHT_TO_LEFT.test(tie.role) ? "rtl" : "ltr";
    this.drawText(tie.role, x, y + 4, colours.warning, `400 ${height}px`);
    this.taken.push(boxAt(x, y + 4, context.measureText(tie.role).width / 2, height));
  }

  private drawDots(spots: Spot[], view: View, marks: Marks): void {
    const { context } = this;
    const byColour = new Map<string, Spot[]>();
    for (const spot of spots) {
      const { fill } = this.lookOf(spot, marks);
      const colour = fill === this.colours.surface ? this.colours.ink2 : fill;
      const group = byColour.get(colour);
      if (group) group.push(spot);
      else byColour.set(colour, [spot]);
    }
    const half = Math.max(5, 2.2 / view.scale);
    for (const [colour, group] of byColour) {
      context.fillStyle = colour;
      for (const spot of group) context.fillRect(spot.x - half, spot.y - half, half * 2, half * 2);
    }
    if (marks.chosen) this.drawSpot(marks.chosen, marks);
  }

  private lookOf(spot: Spot, marks: Marks): Look {
    return lookOf(spot.data, this.colours, marks.doubted.has(spot.id));
  }

  private drawSpot(spot: Spot, marks: Marks): void {
    const { context, colours } = this;
    if (spot === marks.chosen || marks.picked.has(spot.id)) {
      context.beginPath();
      context.arc(spot.x, spot.y, 20, 0, Math.PI * 2);
      context.strokeStyle = colours.accent;
      context.lineWidth = 2;
      context.setLineDash(marks.picked.has(spot.id) ? [4, 3] : []);
      context.stroke();
      context.setLineDash([]);
    }
    const sprite = this.spriteOf(spot, marks);
    context.drawImage(sprite, spot.x - SPRITE / 2, spot.y - SPRITE / 2, SPRITE, SPRITE);
    if (spot.fx != null) {
      context.fillStyle = colours.accent;
      context.fillRect(spot.x - 2, spot.y + 17, 4, 4);
    }
  }

  private spriteOf(spot: Spot, marks: Marks): HTMLCanvasElement {
    const name = `${spot.data.kind} ${spot.data.standing} ${marks.doubted.has(spot.id)} ${spot.held > 0}`;
    const known = this.sprites.get(name);
    if (known) return known;
    const sprite = document.createElement("canvas");
    sprite.width = sprite.height = SPRITE * DENSITY;
    const pen = sprite.getContext("2d");
    if (pen) {
      pen.setTransform(DENSITY, 0, 0, DENSITY, (SPRITE / 2) * DENSITY, (SPRITE / 2) * DENSITY);
      const look = this.lookOf(spot, marks);
      if (spot.held) {
        pen.translate(3, -3);
        paintShape(pen, look);
        pen.translate(-3, 3);
      }
      paintShape(pen, look);
      paintIcon(pen, spot.data.kind, look);
      if (spot.data.standing) paintStanding(pen, spot.data.standing, look, this.colours);
    }
    this.sprites.set(name, sprite);
    return sprite;
  }

  private drawLabels(scene: Scene, spots: Spot[], view: View, marks: Marks): void {
    const onPath = new Set(marks.path);
    const all = view.scale > 0.3 && spots.length <= MOST_LABELS;
    const named = all ? spots : spots.filter((spot) => spot === marks.chosen || onPath.has(spot.id));
    const height = heightAt(view);
    const fontOf = (isMarked: boolean): string => `${isMarked ? 600 : 400} ${height}px`;
    const measure = (text: string, isMarked: boolean): number => this.widthOf(text, isMarked) * height;
    for (const { text, x, y, isMarked } of placeLabels(named, { marks, colours: this.colours, height, ties: this.tiesOf(scene), taken: this.taken, measure })) {
      this.context.direction = RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
      this.drawText(text, x, y, isMarked ? this.colours.ink : this.colours.ink2, fontOf(isMarked));
    }
  }

  private tiesOf(scene: Scene): Map<string, number> {
    if (this.counted.scene !== scene || this.counted.size !== scene.ties.length) this.counted = { scene, size: scene.ties.length, ties: countTies(scene) };
    return this.counted.ties;
  }

  /** The width of a text at the size of one; measured once. */
  private widthOf(text: string, isMarked: boolean): number {
    const name = `${isMarked} ${text}`;
    const known = this.widths.get(name);
    if (known !== undefined) return known;
    this.context.font = `${isMarked ? 600 : 400} 100px ${FONT}`;
    const width = this.context.measureText(text).width / 100;
    this.widths.set(name, width);
    return width;
  }

  private drawText(text: string, x: number, y: number, colour: string, font: string): void {
    const { context } = this;
    context.font = `${font} ${FONT}`;
    context.textAlign = "center";
    context.strokeStyle = this.colours.page;
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }
}

/** The height of letters in the measure of the drawing: never less than 12 pixels on the screen. */
function heightAt(view: View): number {
  return 12 / Math.min(1, view.scale);
}

function paintShape(pen: CanvasRenderingContext2D, look: Look): void {
  pen.beginPath();
  if (look.shape === "round") pen.arc(0, 0, look.size, 0, Math.PI * 2);
  else pen.roundRect(-look.size, -look.size, look.size * 2, look.size * 2, 3);
  pen.fillStyle = look.fill;
  pen.fill();
  pen.strokeStyle = look.stroke;
  pen.lineWidth = 1.2;
  pen.setLineDash(look.isDashed ? [3, 2] : []);
  pen.stroke();
  pen.setLineDash([]);
}

function paintIcon(pen: CanvasRenderingContext2D, kind: string, look: Look): void {
  const scale = (look.size * 1.15) / 24;
  pen.save();
  pen.scale(scale, scale);
  pen.translate(-12, -12);
  pen.strokeStyle = look.icon;
  pen.lineWidth = 1.3 / scale;
  pen.lineCap = pen.lineJoin = "round";
  for (const path of iconOf(kind)) pen.stroke(new Path2D(path));
  pen.restore();
}

function paintStanding(pen: CanvasRenderingContext2D, standing: string, look: Look, colours: Colours): void {
  const [x, y] = [look.size * 0.86, -look.size * 0.86];
  const colour = standing === "cleared" ? colours.ok : colours.ink;
  pen.beginPath();
  pen.arc(x, y, RING, 0, Math.PI * 2);
  pen.fillStyle = colours.surface;
  pen.fill();
  pen.strokeStyle = colour;
  pen.lineWidth = 1.1;
  pen.setLineDash(standing === "mentioned" ? [1.3, 1.3] : []);
  pen.stroke();
  pen.setLineDash([]);
  const share = STANDING_SHARE[standing] ?? 0;
  if (share) {
    pen.beginPath();
    pen.moveTo(x, y);
    pen.arc(x, y, RING, -Math.PI / 2, -Math.PI / 2 + share * Math.PI * 2);
    pen.fillStyle = colour;
    pen.fill();
  }
  if (standing === "cleared") pen.stroke(new Path2D(`M${x - 2.4} ${y}l1.7 1.8l3 -3.2`));
}
