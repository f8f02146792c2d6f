/** The panel beside the drawing: what the chosen node is, what more may be shown of it, which links wait for a person. */
import type { Model } from "./model";
import type { NodeData, PageData, Spot, Suggestion } from "./types";

export interface SideActs {
  expand(spot: Spot, group: string): void;
  choose(spot: Spot): void;
  judge(found: Suggestion, verdict: string): void;
  pin(spot: Spot): void;
  hide(spot: Spot): void;
  showHidden(): void;
  pick(spot: Spot): void;
  unpick(): void;
  groupPicked(name: string): void;
}

type Words = Record<string, string>;
type Child = Node | string;

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, css: string, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (css) element.className = css;
  element.append(...children);
  return element;
}

export function fill(template: string, values: Record<string, string | number>): string {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`%(${name})s`, String(value)), template);
}

/** What a node is called, in its own direction. */
function titleOf(data: NodeData): HTMLElement {
  return make("bdi", data.kind.startsWith("thing:") ? "identifier" : "", data.title);
}

function button(label: Child, act: () => void, css = "btn btn-sm"): HTMLButtonElement {
  const made = make("button", css, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

export class Side {
  constructor(
    private readonly place: HTMLElement,
    private readonly model: Model,
    private readonly page: PageData,
    private readonly words: Words,
    private readonly acts: SideActs,
  ) {}

  show(chosen: Spot | null): void {
    const focused = this.place.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["name"] : undefined;
    const parts = chosen ? [this.head(chosen), this.expanding(chosen), this.connections(chosen)] : [make("div", "side-part text-2", make("p", "", this.word("choose")), make("p", "", this.word("choose_more")))];
    this.place.replaceChildren(this.together(), ...parts, this.suggested(chosen));
    if (focused) this.place.querySelector<HTMLElement>(`[data-name="${focused}"]`)?.focus();
  }

  private word(name: string, values: Record<string, string | number> = {}): string {
    return fill(this.words[name] ?? name, values);
  }

  /** What is chosen together, and the name of the group that it becomes. */
  private together(): HTMLElement {
    const spots = this.model.pickedSpots;
    const part = make("div", "side-part", make("h3", "panel-title", this.word("together"), " ", make("span", "count", String(spots.length))));
    part.hidden = spots.length === 0;
    for (const spot of spots.slice(0, 8)) part.append(button(titleOf(spot.data), () => this.acts.choose(spot), "side-link"));
    if (spots.length > 8) part.append(make("span", "caption", `+ ${spots.length - 8}`));
    if (spots.length < 2) part.append(make("p", "caption", this.word("together_more")));
    else part.append(this.groupForm());
    part.append(make("div", "btn-row", button(this.word("together_none"), () => this.acts.unpick())));
    return part;
  }

  private groupForm(): HTMLElement {
    const input = make("input", "form-control form-control-sm");
    input.maxLength = 60;
    input.required = true;
    input.dir = "auto";
    input.setAttribute("aria-label", this.word("group_name"));
    input.placeholder = this.word("group_name");
    const form = make("form", "row row-nowrap", input, make("button", "btn btn-sm", this.word("group_make")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.acts.groupPicked(input.value);
    });
    return form;
  }

  private head(chosen: Spot): HTMLElement {
    const { data } = chosen;
    const reference = make("bdi", "identifier", data.reference);
    const title = make("h2", "side-title", titleOf(data));
    const part = make("div", "side-part", make("div", "caption", data.kind_label, ...(data.reference ? [" · ", reference] : [])), title);
    if (data.second) part.append(make("div", "text-2", make("bdi", "", data.second)));
    if (data.standing_label) part.append(make("div", "", make("strong", "", data.standing_label)));
    if (data.kept_until) part.append(make("div", "caption", `${this.word("kept_until")} ${data.kept_until_label}`));
    const row = make("div", "btn-row");
    if (data.url) {
      const link = make("a", "btn btn-sm", this.word("open"));
      link.href = data.url;
      row.append(link);
    }
    if (!chosen.held) row.append(button(this.word(chosen.fx == null ? "pin" : "unpin"), () => this.acts.pin(chosen)), button(this.word("hide"), () => this.acts.hide(chosen)), this.pickButton(chosen));
    else row.append(button(this.word("ungroup"), () => this.acts.expand(chosen, "")));
    part.append(row);
    return part;
  }

  private pickButton(chosen: Spot): HTMLElement {
    const isPicked = this.model.picked.has(chosen.id);
    const made = button(this.word(isPicked ? "unpick" : "pick"), () => this.acts.pick(chosen));
    made.setAttribute("aria-pressed", String(isPicked));
    made.dataset["name"] = "pick";
    return made;
  }

  private expanding(chosen: Spot): HTMLElement {
    const part = make("div", "side-part", make("h3", "panel-title", this.word("expand")));
    const shown = this.model.shownCounts(chosen.id);
    for (const [group, label] of Object.entries(this.page.groups)) {
      const all = chosen.data.counts[group] ?? 0;
      if (!all) continue;
      const here = Math.min(shown[group] ?? 0, all);
      const row = make("div", "side-row", make("span", "", label), make("span", "text-2 side-count", this.word("shown", { shown: here, all })));
      if (all > here) {
        const more = button(`+ ${all - here}`, () => this.acts.expand(chosen, group));
        more.setAttribute("aria-label", `${label} + ${all - here}`);
        more.dataset["name"] = `expand-${group}`;
        row.append(more);
      } else row.append(make("span", ""));
      part.append(row);
    }
    part.hidden = part.childElementCount < 2;
    return part;
  }

  private connections(chosen: Spot): HTMLElement {
    const rows = this.model.rolesOf(chosen.id).slice(0, 12);
    const part = make("div", "side-part", make("h3", "panel-title", this.word("connections")));
    for (const { other, role } of rows) {
      const link = button(titleOf(other.data), () => this.acts.choose(other), "side-link");
      part.append(make("div", "side-pair", make("span", "text-2", role || other.data.kind_label), link));
    }
    part.hidden = rows.length === 0;
    return part;
  }

  private suggested(chosen: Spot | null): HTMLElement {
    const found = chosen ? this.model.suggestionsOf(chosen.id) : this.model.chart.suggestions;
    const part = make("div", "side-part", make("h3", "panel-title", this.word("suggested"), " ", make("span", "count", String(found.length))));
    for (const suggestion of found.slice(0, 20)) part.append(this.suggestion(suggestion));
    if (this.model.hiddenCount) part.append(button(this.word("show_hidden", { count: this.model.hiddenCount }), () => this.acts.showHidden()));
    if (this.model.chart.is_behind) part.append(make("p", "caption text-warning", this.word("behind")));
    part.append(make("p", "caption", this.word("hidden")));
    return part;
  }

  private suggestion(found: Suggestion): HTMLElement {
    const names = make("strong", "", make("bdi", "", found.first_title), " – ", make("bdi", "", found.second_title));
    const why = make("div", "caption", found.reason, " · ", make("bdi", "identifier", found.label));
    const box = make("div", "suggestion", names, why);
    if (found.verdict) why.append(" · ", this.word("unsure_said"));
    if (!this.page.may_judge) return box;
    const row = make("div", "btn-row");
    for (const verdict of found.verdict ? ["accept", "no"] : ["accept", "no", "unsure"]) {
      const made = button(this.word(verdict), () => this.acts.judge(found, verdict));
      made.setAttribute("aria-label", `${this.word(verdict)}: ${found.first_title} – ${found.second_title}`);
      row.append(made);
    }
    box.append(row);
    return box;
  }
}
