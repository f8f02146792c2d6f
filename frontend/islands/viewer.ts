/** Photo viewer: opens the photos of a place large, with their captions; keys ← → for the next, + − for the size, R to turn. */
import { readWords, registerIsland } from "../shell/island";

const WORDS = { close: "Close", next: "Next photo", back: "Photo before", larger: "Larger", smaller: "Smaller", turn: "Turn", open: "Open the page of this photo", of: "of" };

registerIsland("viewer", (place) => {
  const frames = (): HTMLAnchorElement[] => [...place.querySelectorAll<HTMLAnchorElement>("a.photo-frame:has(img)")];
  const words = readWords(place, "viewer", WORDS);
  place.addEventListener("click", (event) => {
    const frame = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.photo-frame") : null;
    const all = frames();
    if (!frame || !all.includes(frame) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    new Viewer(all, all.indexOf(frame), words).open();
  });
});

class Viewer {
  private readonly dialog = document.createElement("dialog");
  private readonly image = document.createElement("img");
  private readonly caption = document.createElement("p");
  private readonly link = document.createElement("a");
  private size = 1;
  private turns = 0;

  constructor(
    private readonly frames: HTMLAnchorElement[],
    private index: number,
    private readonly words: typeof WORDS,
  ) {
    this.dialog.className = "viewer";
    const stage = document.createElement("div");
    stage.className = "viewer-stage";
    stage.append(this.image);
    const bar = document.createElement("div");
    bar.className = "viewer-bar";
    this.caption.className = "viewer-caption";
    this.caption.setAttribute("aria-live", "polite");
    this.link.className = "btn btn-sm";
    this.link.textContent = words.open;
    bar.append(this.caption, this.link, this.button("−", words.smaller, () => this.zoom(1 / 1.4)), this.button("+", words.larger, () => this.zoom(1.4)), this.button("↻", words.turn, () => this.turn()), this.button("‹", words.back, () => this.step(-1)), this.button("›", words.next, () => this.step(1)), this.button("×", words.close, () => this.dialog.close()));
    this.dialog.append(stage, bar);
    this.dialog.addEventListener("close", () => this.dialog.remove());
    this.dialog.addEventListener("keydown", (event) => this.onKey(event));
  }

  open(): void {
    document.body.append(this.dialog);
    this.show();
    this.dialog.showModal();
  }

  private button(sign: string, label: string, act: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-icon";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.title = label;
    button.addEventListener("click", act);
    return button;
  }

  private onKey(event: KeyboardEvent): void {
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const acts: Record<string, () => void> = { [forward]: () => this.step(1), [back]: () => this.step(-1), "+": () => this.zoom(1.4), "-": () => this.zoom(1 / 1.4), r: () => this.turn() };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  private step(by: number): void {
    this.index = (this.index + by + this.frames.length) % this.frames.length;
    this.show();
  }

  private zoom(factor: number): void {
    this.size = Math.min(6, Math.max(1, this.size * factor));
    this.place();
  }

  private turn(): void {
    this.turns = (this.turns + 1) % 4;
    this.place();
  }

  private show(): void {
    const frame = this.frames[this.index];
    const small = frame?.querySelector("img");
    if (!frame || !small) return;
    this.size = 1;
    this.turns = 0;
    this.image.src = frame.dataset["full"] ?? frame.href;
    this.image.alt = small.alt;
    this.link.href = frame.href;
    const caption = frame.dataset["caption"] ?? small.alt;
    const said = document.createElement("bdi");
    said.textContent = caption;
    this.caption.replaceChildren(said, ` · ${this.index + 1} ${this.words.of} ${this.frames.length}`);
    this.dialog.setAttribute("aria-label", caption);
    this.place();
  }

  private place(): void {
    this.image.style.transform = `rotate(${this.turns * 90}deg)`;
    this.image.style.inlineSize = this.size === 1 ? "" : `${this.size * 100}%`;
    this.image.classList.toggle("is-large", this.size > 1);
  }
}
