/**
 * Code-list picker: an ARIA combobox over a text field. Used by the pages (islands/picker.ts) and by the capture application:
 *   const picker = new CodePicker(input, { index: new CodeIndex(list), value: "drugs.cocaine", onChange: (code) => … });
 */
import { foldText } from "./fold";
import type { CodeIndex, Match } from "./search";

export type PickerWords = {
  take: string;
  tree: string;
  none: string;
  /** The same for a narrow field. */
  noneShort: string;
  clear: string;
  yours: string;
  looking: string;
  unreachable: string;
  left: string;
};

export const ENGLISH_WORDS: PickerWords = { take: "take", tree: "whole tree", none: "Nothing in this list matches. Try fewer letters, or another language.", noneShort: "No match", clear: "Clear", yours: "yours:", looking: "Looking …", unreachable: "The list cannot be searched just now.", left: "“{text}” is not in the list. Choose one, or clear it." };

export interface PickerOptions {
  index: CodeIndex;
  value?: string;
  words?: Partial<PickerWords>;
  onChange?: (code: string) => void;
  /** Searches elsewhere (large lists such as places); replaces the search in the index. */
  search?: (text: string) => Promise<Match[]>;
  /** What was typed and not chosen when it was left, with what comes nearest; it stays in the field. */
  onLeave?: (text: string, near: Match[]) => void;
  /** What was typed earlier and not chosen yet. */
  typed?: string;
  /** Stands behind what was chosen, in the place of its parents. */
  note?: (code: string) => string;
  /** Nothing but typing finds anything: there is no tree to open. */
  isFlat?: boolean;
}

const LOOKING_MS = 150;
/** Below this a sentence would be a column of words. */
const NARROW_PX = 240;

let counter = 0;

export class CodePicker {
  readonly host: HTMLElement;
  private readonly list: HTMLElement;
  private readonly options: HTMLElement;
  private readonly path: HTMLElement;
  private readonly clear: HTMLButtonElement;
  private readonly left: HTMLElement;
  private readonly version = make("span", "");
  private readonly words: PickerWords;
  private readonly id = `picker-${(counter += 1)}`;
  private matches: Match[] = [];
  private active = -1;
  private asked = 0;
  /** Enter before the answer came: take the first of it. */
  private isPending = false;
  private takesNext = false;
  /** The reader went to an option by key: leaving by Tab takes it. */
  private isPointed = false;
  /** It was left by Tab before the answer came. */
  private isTabbed = false;
  private isUnreachable = false;
  private answered: Promise<void> = Promise.resolve();
  private answeredFor = "";
  private code: string;

  constructor(
    readonly input: HTMLInputElement,
    private readonly given: PickerOptions,
  ) {
    this.words = { ...ENGLISH_WORDS, ...given.words };
    this.code = given.value ?? "";
    this.host = make("div", given.isFlat ? "picker picker-flat" : "picker");
    this.input.before(this.host);
    this.path = make("span", "picker-value");
    this.clear = make("button", "picker-clear", "×") as HTMLButtonElement;
    this.clear.type = "button";
    this.clear.tabIndex = -1;
    this.clear.setAttribute("aria-label", this.words.clear);
    this.list = make("div", "picker-list");
    this.options = make("div", "picker-options");
    this.options.id = `${this.id}-options`;
    this.options.setAttribute("role", "listbox");
    this.options.setAttribute("aria-label", this.words.tree);
    this.list.append(this.options, this.drawFoot());
    this.list.hidden = true;
    this.left = make("p", "form-error picker-left");
    this.left.setAttribute("role", "status");
    this.left.hidden = true;
    this.host.append(this.input, this.path, this.clear, this.list);
    if (!given.onLeave) this.host.after(this.left);
    this.prepareInput();
    this.show(this.code);
    if (given.typed && !this.code) this.input.value = given.typed;
  }

  /** What stands in the field and is not the label of what was chosen. */
  get typed(): string {
    return this.isTyped() ? this.input.value.trim() : "";
  }

  get value(): string {
    return this.code;
  }

  set value(code: string) {
    this.code = code;
    this.show(code);
  }

  private prepareInput(): void {
    const attributes: Record<string, string> = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.options.id, autocomplete: "off", spellcheck: "false" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => {
      this.keep("");
      void this.open(this.input.value);
    });
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => void this.open(this.isTyped() ? this.input.value : ""));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => window.setTimeout(() => void this.leave(), 120));
    this.clear.addEventListener("click", () => {
      this.choose("");
      this.input.focus();
    });
    this.options.addEventListener("mousedown", (event) => event.preventDefault());
    this.options.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
      if (option) this.take(Number(option.dataset["index"]));
    });
  }

  private isTyped(): boolean {
    const code = this.given.index.byCode.get(this.code);
    return this.input.value !== (code ? this.given.index.labelOf(code) : "");
  }

  private open(text: string, tree = false): Promise<void> {
    this.answered = this.look(text, tree);
    return this.answered;
  }

  private async look(text: string, tree: boolean): Promise<void> {
    this.asked += 1;
    const asked = this.asked;
    this.takesNext = false;
    this.isPending = true;
    this.isPointed = false;
    this.input.removeAttribute("aria-invalid");
    const slow = window.setTimeout(() => this.drawLooking(asked), LOOKING_MS);
    const matches = tree ? this.given.index.listTree() : await this.find(text);
    window.clearTimeout(slow);
    if (asked !== this.asked) return;
    this.isPending = false;
    this.matches = matches;
    this.answeredFor = text;
    const current = matches.findIndex(({ code }) => code.code === this.code);
    this.active = current >= 0 ? current : matches.findIndex(({ code }) => !code.heading);
    if (this.takesNext) return this.take(this.active);
    if (document.activeElement !== this.input) return;
    if (this.given.isFlat && !text.trim()) return this.close();
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.drawOptions(tree);
  }

  /** Nothing of an earlier answer is offered while the next one is on its way. */
  private drawLooking(asked: number): void {
    if (asked !== this.asked || !this.isPending || document.activeElement !== this.input) return;
    this.matches = [];
    this.list.hidden = false;
    this.list.classList.remove("is-none");
    this.options.replaceChildren(make("div", "picker-none", this.words.looking));
  }

  private async find(text: string): Promise<Match[]> {
    this.isUnreachable = false;
    if (!this.given.search || !text.trim()) return this.given.index.search(text);
    try {
      return await this.given.search(text);
    } catch {
      this.isUnreachable = true;
      return [];
    }
  }

  close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Look at what stands in the field now: take what it names, or keep it and say so. */
  async settle(): Promise<void> {
    const text = this.typed;
    if (!text) return;
    if (this.answeredFor !== this.input.value || this.isPending) {
      if (!this.isPending) void this.open(this.input.value);
      await this.answered;
    }
    if (this.typed !== text || document.activeElement === this.input) return;
    this.close();
    const named = this.matches.filter((match) => !match.code.heading && names(match, text));
    const chosen = named.length === 1 ? named[0] : this.isTabbed ? this.matches.find((match) => match.isSure && !match.code.heading) : undefined;
    this.isTabbed = false;
    if (chosen) return this.choose(chosen.code.code, chosen);
    this.keep(text);
  }

  /** An emptied field clears its value; what was typed and not taken is never thrown away. */
  private async leave(): Promise<void> {
    if (this.host.contains(document.activeElement)) return;
    this.close();
    if (!this.input.value.trim()) {
      if (this.code) this.choose("");
      else this.keep("");
    } else await this.settle();
  }

  private keep(text: string): void {
    if (this.given.onLeave) this.given.onLeave(text, this.matches.filter((match) => !match.code.heading).slice(0, 3));
    else {
      this.left.textContent = text ? this.words.left.replace("{text}", text) : "";
      this.left.hidden = !text;
    }
    if (text) {
      this.input.setAttribute("aria-invalid", "true");
      this.path.textContent = "";
    } else this.input.removeAttribute("aria-invalid");
  }

  private onKey(event: KeyboardEvent): void {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" && event.altKey && !this.given.isFlat) void this.open("", true);
    else if (event.key === "ArrowDown") isOpen ? this.move(1) : void this.open(this.isTyped() ? this.input.value : "");
    else if (event.key === "ArrowUp" && isOpen) this.move(-1);
    else if (event.key === "PageDown" && isOpen) this.move(8);
    else if (event.key === "PageUp" && isOpen) this.move(-8);
    else if (event.key === "Enter" && this.isPending) this.takesNext = true;
    else if (event.key === "Enter" && isOpen) this.take(this.active);
    else if (event.key === "Tab") {
      const match = this.matches[this.active];
      this.isTabbed = this.isPending;
      if (isOpen && !this.isPending && match && (this.isPointed || (match.isSure && this.typed))) this.take(this.active);
      return;
    }
    else if (event.key === "Escape" && isOpen) {
      this.asked += 1;
      this.isPending = false;
      this.close();
      this.show(this.code);
      this.keep("");
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private move(by: number): void {
    if (!this.matches.length) return;
    let next = Math.min(this.matches.length - 1, Math.max(0, this.active + by));
    while (this.matches[next]?.code.heading && next > 0 && next < this.matches.length - 1) next += Math.sign(by);
    this.active = next;
    this.isPointed = true;
    this.markActive();
  }

  private take(index: number): void {
    const match = this.matches[index];
    if (match && !match.code.heading) this.choose(match.code.code, match);
  }

  private choose(code: string, match?: Match): void {
    if (match && !this.given.index.byCode.has(code)) this.given.index.byCode.set(code, match.code);
    const changed = code !== this.code;
    this.asked += 1;
    this.isPending = false;
    this.code = code;
    this.close();
    this.show(code);
    this.keep("");
    if (changed) this.given.onChange?.(code);
  }

  private show(code: string): void {
    const known = this.given.index.byCode.get(code);
    this.input.value = known ? this.given.index.labelOf(known) : code;
    const path = known ? this.given.index.pathOf(known).slice(-2).join(" › ") : "";
    this.path.textContent = this.given.note && code ? this.given.note(code) : path;
    this.clear.hidden = !code;
  }

  private drawOptions(tree: boolean): void {
    this.version.textContent = this.given.index.list.version ?? "";
    /* With nothing to choose from it is a line of the form, which covers no other field. */
    this.list.classList.toggle("is-none", !this.matches.length);
    if (!this.matches.length) {
      this.options.replaceChildren(make("div", "picker-none", this.isUnreachable ? this.words.unreachable : this.sayNone()));
      return;
    }
    this.options.replaceChildren(...this.matches.map((match, index) => this.drawOption(match, index, tree)));
    this.markActive();
  }

  private sayNone(): string {
    const wide = this.host.offsetWidth;
    return wide > 0 && wide < NARROW_PX ? this.words.noneShort : this.words.none;
  }

  private drawOption(match: Match, index: number, tree: boolean): HTMLElement {
    const option = make("div", match.notes ? "picker-option picker-record" : tree ? `picker-option picker-child picker-depth-${Math.min(4, match.depth)}` : "picker-option");
    option.id = `${this.id}-${index}`;
    option.dataset["index"] = String(index);
    option.setAttribute("role", "option");
    if (match.code.heading) option.setAttribute("aria-disabled", "true");
    const label = make("span", "picker-label");
    label.append(...markParts(match.label, match.marks, "b"));
    option.append(label);
    if (match.notes) option.append(drawNotes(match.notes));
    else if (!tree) option.append(this.drawPath(match));
    if (match.code.uses) option.append(make("span", "picker-uses", index === 0 ? `${this.words.yours} ${match.code.uses}` : String(match.code.uses)));
    return option;
  }

  private drawPath(match: Match): HTMLElement {
    const path = make("span", "picker-path", match.path.join(" › ") || match.code.note);
    if (!match.found || match.found.text === match.code.note || match.found.text === match.code.code) return path;
    const words = document.createElement("bdi");
    words.lang = match.found.language;
    words.append(...markParts(match.found.text, match.found.marks, "mark"));
    const isOwn = match.found.language === this.given.index.list.language;
    path.append(match.path.length ? " · " : "", isOwn ? "“" : `${match.found.language} “`, words, "”");
    return path;
  }

  private markActive(): void {
    [...this.options.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.active)));
    const active = this.options.children[this.active];
    if (!active) return;
    this.input.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }

  private drawFoot(): HTMLElement {
    const foot = make("div", "picker-foot");
    foot.setAttribute("aria-hidden", "true");
    foot.append(make("kbd", "", "↑"), make("kbd", "", "↓"), make("kbd", "", "↵"), make("span", "", this.words.take));
    if (!this.given.isFlat) foot.append(make("kbd", "", "Alt ↓"), make("span", "", this.words.tree));
    foot.append(this.version);
    return foot;
  }
}

/** What tells a record from its namesakes: reference, office, the name in another script. */
function drawNotes(notes: string[]): HTMLElement {
  const path = make("span", "picker-path");
  notes.forEach((note, at) => path.append(...(at ? [" · "] : []), make("bdi", "", note)));
  return path;
}

/** Whether a text is what a code is called: its label, or the word by which it was found. */
function names(match: Match, text: string): boolean {
  const wanted = foldText(text.trim()).text;
  return [match.label, match.found?.text ?? "", match.code.code].some((name) => foldText(name).text === wanted);
}

function make(tag: string, css: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  if (css) element.className = css;
  if (text) element.textContent = text;
  return element;
}

/** Split a text at its marks; overlapping marks are joined. */
export function markParts(text: string, marks: [number, number][], tag: "b" | "mark"): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (end <= at) continue;
    const from = Math.max(at, start);
    parts.push(text.slice(at, from), make(tag, "", text.slice(from, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== "");
}
