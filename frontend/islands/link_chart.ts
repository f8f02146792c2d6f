/** The link chart: grows by clicks, hides, pins, groups, finds ways; all of it as the server lets this reader see it. */
import { ask, send } from "../graph/api";
import { Layout } from "../graph/layout";
import { Model } from "../graph/model";
import { Paths } from "../graph/paths";
import { writeRows } from "../graph/rows";
import { Side, fill } from "../graph/side";
import { Stage } from "../graph/stage";
import { writeSvg } from "../graph/svg";
import { TimeSlider } from "../graph/time";
import type { ChartData, PageData, Spot, Suggestion } from "../graph/types";
import { neighbourTowards } from "../graph/walk";
import { readSource, readWords, registerIsland } from "../shell/island";
import { nameFile, saveBlob } from "../shell/save";

class LinkChart {
  private readonly words: Record<string, string>;
  private readonly model: Model;
  private readonly layout = new Layout();
  private readonly stage: Stage;
  private readonly side: Side;
  private readonly paths: Paths;
  private readonly time: TimeSlider;

  constructor(
    private readonly place: HTMLElement,
    private readonly page: PageData,
    canvas: HTMLCanvasElement,
  ) {
    for (const name of ["tools", "stage", "foot", "side"]) this.part(name).hidden = false;
    this.words = readWords<Record<string, string>>(place, "link_chart", {});
    this.model = new Model((count, kind) => fill(this.words["group_of"] ?? "", { count, kind }));
    this.stage = new Stage(canvas, this.layout, { choose: (spot) => this.choose(spot), pick: (spot) => this.pick(spot), open: (spot) => void this.expand(spot, "") });
    const acts = {
      expand: (spot: Spot, group: string) => void this.expand(spot, group),
      choose: (spot: Spot) => this.choose(spot),
      judge: (found: Suggestion, verdict: string) => void this.judge(found, verdict),
      pin: (spot: Spot) => this.pin(spot),
      hide: (spot: Spot) => this.hide(spot),
      showHidden: () => this.showHidden(),
      pick: (spot: Spot) => this.pick(spot),
      unpick: () => this.unpick(),
      groupPicked: (name: string) => this.model.groupPicked(name) && this.redraw(0.4),
    };
    this.stage.marks.picked = this.model.picked;
    this.side = new Side(this.part("side"), this.model, page, this.words, acts);
    this.paths = new Paths(this.part("path"), this.words, page.api, (chart, path) => this.showPath(chart, path), (pressed) => this.press("path", pressed));
    this.time = new TimeSlider(this.part("time"), this.part("period"), { from: this.words["from"] ?? "", until: this.words["until"] ?? "" }, (from, until) => {
      [this.model.from, this.model.until] = [from, until];
      this.redraw(0);
    });
  }

  start(): void {
    this.model.take(this.page.chart, undefined, this.page.placed);
    const table = this.place.querySelector<HTMLDetailsElement>("[data-part=table]");
    if (table) table.open = false;
    this.stage.marks.chosen = this.model.spots.get(this.page.centre) ?? null;
    this.redraw(this.page.placed.length ? 0 : 1);
    this.layout.settle(this.stage.scene);
    this.stage.begin();
    this.listen();
    this.place.dataset["ready"] = "";
  }

  private part(name: string): HTMLElement {
    const found = this.place.querySelector<HTMLElement>(`[data-part=${name}]`);
    if (!found) throw new Error(`no part ${name}`);
    return found;
  }

  private press(act: string, pressed: boolean): void {
    this.place.querySelector(`[data-act=${act}]`)?.setAttribute("aria-pressed", String(pressed));
  }

  private listen(): void {
    const acts: Record<string, () => void> = {
      fit: () => this.stage.fit(),
      path: () => this.paths.toggle(this.stage.marks.chosen),
      group: () => this.group(),
      hide: () => this.stage.marks.chosen && this.hide(this.stage.marks.chosen),
      print: () => void this.leave("print", () => window.print()),
      png: () => void this.leave("png", () => this.savePng()),
      svg: () => void this.leave("svg", () => saveBlob(new Blob([this.svg()], { type: "image/svg+xml" }), this.fileName("svg"))),
      graphml: () => void this.leave("graphml", (answer) => void answer.blob().then((blob) => saveBlob(blob, this.fileName("graphml")))),
    };
    for (const button of this.place.querySelectorAll<HTMLElement>("[data-act]")) button.addEventListener("click", () => acts[button.dataset["act"] ?? ""]?.());
    this.stage.canvas.addEventListener("keydown", (event) => this.onKey(event));
    const form = this.place.querySelector<HTMLFormElement>("[data-part=save]");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save(form);
    });
    if (form) {
      (form.elements.namedItem("name") as HTMLInputElement).value = this.page.name;
      (form.elements.namedItem("audience") as HTMLSelectElement).value = this.page.audience;
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { chosen } = this.stage.marks;
    const acts: Record<string, () => void> = {
      Enter: () => chosen && (this.paths.takes(chosen) || void this.expand(chosen, "")),
      Escape: () => (this.paths.isOn ? this.paths.end() : this.choose(null)),
      "+": () => this.stage.zoom(1.25),
      "-": () => this.stage.zoom(0.8),
      " ": () => chosen && this.pick(chosen),
    };
    const next = chosen ? neighbourTowards(this.stage.scene, chosen, event.key) : event.key.startsWith("Arrow") ? this.stage.scene.spots[0] : null;
    const act = next ? () => this.stand(next) : acts[event.key];
    if (!act && !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    act?.();
  }

  /** Lay out and draw what stands now. */
  private redraw(alpha: number): void {
    const { stage, model } = this;
    stage.scene = model.scene();
    if (stage.marks.chosen && !stage.scene.spots.includes(stage.marks.chosen)) stage.marks.chosen = null;
    stage.marks.doubted = new Set();
    this.layout.start(stage.scene, alpha);
    stage.ask();
    this.time.show([...model.spots.values()].map((spot) => spot.data));
    this.part("count").textContent = fill(this.words["nodes"] ?? "", { nodes: stage.scene.spots.length, links: stage.scene.ties.length });
    writeRows(this.part("rows"), model, stage.scene);
    this.side.show(stage.marks.chosen);
  }

  private choose(spot: Spot | null): void {
    if (!spot || !this.paths.takes(spot)) this.stand(spot);
  }

  private stand(spot: Spot | null): void {
    this.stage.marks.chosen = spot;
    if (spot) this.stage.reveal(spot);
    this.stage.ask();
    this.side.show(spot);
  }

  private async expand(spot: Spot, kind: string): Promise<void> {
    if (spot.held) return this.ungroup(spot);
    await this.tell(async () => {
      const chart = await ask<ChartData>(`${this.page.api}/graph`, { nodes: this.model.ids, expand: spot.id, kind });
      const fresh = this.model.take(chart, spot);
      this.redraw(fresh.length ? 0.5 : 0);
    });
  }

  private showPath(chart: ChartData | null, path: string[]): void {
    if (chart) {
      const known = new Map(this.model.chart.nodes.map((node) => [node.id, node]));
      for (const node of chart.nodes) known.set(node.id, node);
      const edges = new Map([...this.model.chart.edges, ...chart.edges].map((edge) => [`${edge.source} ${edge.target} ${edge.role}`, edge]));
      const suggestions = new Map([...this.model.chart.suggestions, ...chart.suggestions].map((found) => [`${found.first} ${found.second} ${found.kind}`, found]));
      const near = this.model.spots.get(path[0] ?? "");
      const fresh = this.model.take({ ...chart, nodes: [...known.values()], edges: [...edges.values()], suggestions: [...suggestions.values()] }, near);
      this.redraw(fresh.length ? 0.5 : 0);
    }
    for (const id of path) {
      const spot = this.model.spots.get(id);
      if (spot) [spot.isHidden, spot.group] = [false, ""];
    }
    this.stage.marks.path = path;
    this.redraw(0);
  }

  private pin(spot: Spot): void {
    [spot.fx, spot.fy] = spot.fx == null ? [spot.x, spot.y] : [null, null];
    this.stage.ask();
    this.side.show(spot);
  }

  /** Choose a node together with others. */
  private pick(spot: Spot): void {
    this.model.togglePick(spot);
    this.stand(spot);
  }

  private unpick(): void {
    this.model.picked.clear();
    this.stand(this.stage.marks.chosen);
  }

  private hide(spot: Spot): void {
    spot.isHidden = true;
    this.stage.marks.chosen = null;
    this.redraw(0);
  }

  private showHidden(): void {
    for (const spot of this.model.spots.values()) spot.isHidden = false;
    this.redraw(0.2);
  }

  private group(): void {
    const { chosen } = this.stage.marks;
    if (this.model.picked.size > 1) this.part("side").querySelector<HTMLElement>("form input")?.focus();
    else if (chosen?.held) this.ungroup(chosen);
    else if (chosen && this.model.toggleGroup(chosen)) this.redraw(0.4);
  }

  private ungroup(spot: Spot): void {
    this.model.toggleGroup(spot);
    this.redraw(0.4);
  }

  private async judge(found: Suggestion, verdict: string): Promise<void> {
    await this.tell(async () => {
      await send(`${this.page.api}/suggested-links`, { first: found.first, second: found.second, kind: found.kind, verdict });
      this.model.take(await ask<ChartData>(`${this.page.api}/graph`, { nodes: this.model.ids }));
      this.redraw(0.1);
    });
  }

  private async save(form: HTMLFormElement): Promise<void> {
    const values = new FormData(form);
    await this.tell(async () => {
      await send(`${this.page.api}/charts`, { name: values.get("name"), audience: values.get("audience"), nodes: this.model.placed() });
      this.paths.say(this.words["saved"] ?? "");
    });
  }

  /** Let the server write into the log that the chart leaves, then hand it out. */
  private async leave(format: string, act: (answer: Response) => void): Promise<void> {
    const nodes = this.stage.scene.spots.flatMap((spot) => (spot.held ? [...this.model.spots.values()].filter((one) => one.group === spot.id).map((one) => one.id) : [spot.id]));
    await this.tell(async () => act(await send(`${this.page.api}/graph/exports`, { format, nodes })));
  }

  private svg(): string {
    return writeSvg(this.stage.scene, this.stage.colours, this.stage.marks);
  }

  private fileName(ending: string): string {
    return nameFile(this.page.name || document.title, ending);
  }

  private savePng(): void {
    const image = new Image();
    const address = URL.createObjectURL(new Blob([this.svg()], { type: "image/svg+xml" }));
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      const ratio = Math.min(2, 8000 / Math.max(image.width, image.height));
      [canvas.width, canvas.height] = [image.width * ratio, image.height * ratio];
      canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => blob && saveBlob(blob, this.fileName("png")));
    });
    image.src = address;
  }

  /** Run something that asks the server; what goes wrong is said where the paths are. */
  private async tell(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.paths.say(error instanceof Error && error.message.length < 200 ? error.message : (this.words["failed"] ?? ""));
    }
  }
}

registerIsland("link_chart", (place) => {
  const page = readSource<PageData>(place);
  const canvas = place.querySelector<HTMLCanvasElement>("[data-part=canvas]");
  if (page && canvas && page.chart.nodes.length) new LinkChart(place, page, canvas).start();
});
