/** How each kind of node looks: shape, size, colours of the page; the same for canvas, PNG and SVG. */
import type { NodeData } from "./types";

export interface Colours {
  ink: string;
  ink2: string;
  ink3: string;
  page: string;
  surface: string;
  line: string;
  accent: string;
  accentLine: string;
  onAccent: string;
  warning: string;
  edge: string;
  ok: string;
  hold: string;
  onHold: string;
}

export interface Look {
  shape: "square" | "round";
  /** Half the width. */
  size: number;
  fill: string;
  stroke: string;
  icon: string;
  isDashed: boolean;
}

const NAMES: Record<keyof Colours, string> = { ink: "--ink", ink2: "--ink-2", ink3: "--ink-3", page: "--page", surface: "--surface", line: "--line-2", accent: "--accent", accentLine: "--accent-line", onAccent: "--on-accent", warning: "--warning", edge: "--warning-edge", ok: "--ok", hold: "--hold", onHold: "--on-hold" };

/** Read the colours in force on a place; light-dark() is resolved by asking for a computed colour. */
export function readColours(place: HTMLElement): Colours {
  const probe = document.createElement("span");
  place.append(probe);
  const found = Object.fromEntries(
    Object.entries(NAMES).map(([name, variable]) => {
      probe.style.color = `var(${variable})`;
      return [name, window.getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return found as unknown as Colours;
}

export function lookOf(data: NodeData, colours: Colours, isDoubted: boolean): Look {
  const plain = { fill: colours.surface, stroke: isDoubted ? colours.edge : colours.ink2, icon: isDoubted ? colours.warning : colours.ink, isDashed: isDoubted };
  switch (data.kind) {
    case "record:case":
    case "record:control":
      return { shape: "square", size: 15, fill: colours.accent, stroke: isDoubted ? colours.edge : colours.accent, icon: colours.onAccent, isDashed: isDoubted };
    case "record:investigation":
      return { shape: "square", size: 15, fill: colours.hold, stroke: colours.hold, icon: colours.onHold, isDashed: false };
    case "record:suspect":
    case "inline:person":
      return { ...plain, shape: "round", size: 15 };
    case "record:company":
    case "inline:company":
    case "record:conveyance":
      return { ...plain, shape: "square", size: 15 };
    case "thing:container":
    case "thing:bill":
    case "thing:party":
      return { ...plain, shape: "square", size: 11.5 };
    default:
      return { ...plain, shape: data.kind.startsWith("record:") ? "square" : "round", size: data.kind.startsWith("record:") ? 15 : 11.5 };
  }
}

/** The filled part of the ring of a standing, from the top, as a share of the whole. */
export const STANDING_SHARE: Record<string, number> = { mentioned: 0, suspected: 0.25, charged: 0.5, convicted: 1, cleared: 0 };

export const RING = 5.5;

/** What stands below a node: cases by their reference, which is short; everything else by its name. */
export function labelOf(data: NodeData): string {
  const isCase = data.kind === "record:case" || data.kind === "record:control";
  return shorten(isCase && data.reference ? data.reference.replace(/^[A-Z]{2}-/, "") : data.title);
}

/** A label short enough to stand below its node. */
export function shorten(title: string, most = 24): string {
  return title.length > most ? `${title.slice(0, most - 1).trimEnd()}…` : title;
}

/** A name within a sentence, apart from what stands around it: numbers and references stay in their order and on one line. */
export function nameOf(data: NodeData | undefined): HTMLElement {
  const name = document.createElement("bdi");
  const isCase = data?.kind === "record:case" && data.reference !== "";
  if (isCase || data?.kind.startsWith("thing:")) name.className = "identifier";
  name.textContent = shorten((isCase ? data?.reference : data?.title) ?? "", 40);
  return name;
}

/** A day in the reader's words; what is less precise than a day stays as it was stated. */
export function writeDay(stated: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(stated)) return stated;
  const language = document.documentElement.lang || "en";
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "medium", timeZone: "UTC", numberingSystem: "latn" }).format(new Date(`${stated}T00:00:00Z`));
}
