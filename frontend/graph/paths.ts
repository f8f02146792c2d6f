/** Ways between two nodes: choose the ends, say the way as a sentence, go on to the next. */
import { ask } from "./api";
import { fill } from "./side";
import { nameOf } from "./looks";
import type { ChartData, NodeData, Spot } from "./types";

interface Answer {
  paths: string[][];
  chart: ChartData;
}

export class Paths {
  isOn = false;
  private first: Spot | null = null;
  private found: string[][] = [];
  private nodes = new Map<string, NodeData>();
  private place = 0;

  constructor(
    private readonly banner: HTMLElement,
    private readonly words: Record<string, string>,
    private readonly api: string,
    private readonly onPath: (chart: ChartData | null, path: string[]) => void,
    private readonly onPress: (pressed: boolean) => void,
  ) {}

  /** Start to choose the ends, or leave the paths. */
  toggle(chosen: Spot | null): void {
    if (this.isOn || this.found.length) return this.end();
    this.isOn = true;
    this.first = chosen;
    this.onPress(true);
    this.say(this.words[chosen ? "path_pick" : "path_pick_first"] ?? "");
  }

  end(): void {
    this.isOn = false;
    [this.first, this.found] = [null, []];
    this.banner.hidden = true;
    this.onPress(false);
    this.onPath(null, []);
  }

  /** Take a node as an end where one is being chosen. */
  takes(spot: Spot): boolean {
    if (!this.isOn) return false;
    if (!this.first) {
      this.first = spot;
      this.say(this.words["path_pick"] ?? "");
    } else if (this.first.id !== spot.id) void this.search(this.first, spot);
    return true;
  }

  private async search(first: Spot, second: Spot): Promise<void> {
    this.isOn = false;
    try {
      const answer = await ask<Answer>(`${this.api}/graph/paths`, { first: first.id, second: second.id });
      this.found = answer.paths;
      this.place = 0;
      this.nodes = new Map(answer.chart.nodes.map((node) => [node.id, node]));
      if (answer.paths.length) this.show(answer.chart);
      else this.say(this.words["path_none"] ?? "");
    } catch (error) {
      this.say(error instanceof Error ? error.message : (this.words["failed"] ?? ""));
    }
    this.onPress(this.found.length > 0);
  }

  private show(chart: ChartData | null): void {
    const path = this.found[this.place] ?? [];
    const shortest = path.length === this.found[0]?.length;
    const head = document.createElement("strong");
    head.textContent = fill(this.words[path.length === 2 ? "path_direct" : shortest ? "path_steps" : "path_other"] ?? "", { count: path.length - 1 });
    const way = document.createElement("span");
    path.forEach((id, step) => way.append(step ? " – " : " ", nameOf(this.nodes.get(id))));
    this.banner.replaceChildren(head, way);
    if (this.found.length > 1) this.banner.append(" · ", this.next());
    this.banner.append(this.closer());
    this.banner.hidden = false;
    this.onPath(chart, path);
  }

  private next(): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "side-link";
    button.dataset["key"] = "n";
    const cap = document.createElement("kbd");
    cap.className = "cap";
    cap.textContent = "N";
    button.append(fill(this.words[this.found.length === 2 ? "path_one_more" : "path_more"] ?? "", { count: this.found.length - 1 }), " ", cap);
    button.addEventListener("click", () => {
      this.place = (this.place + 1) % this.found.length;
      this.show(null);
    });
    return button;
  }

  private closer(): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn-tool btn link-close";
    button.textContent = "×";
    button.setAttribute("aria-label", this.words["close"] ?? "");
    button.addEventListener("click", () => this.end());
    return button;
  }

  /** Say something where the path stands. */
  say(text: string): void {
    this.banner.replaceChildren(text, this.closer());
    this.banner.hidden = !text;
  }
}
