/** Small helpers to draw SVG without a library; attributes only, so that the CSP needs no exception. */
const SVG = "http://www.w3.org/2000/svg";

export type Attributes = Record<string, string | number | undefined>;

export function draw(tag: string, attributes: Attributes = {}, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }
  element.append(...children);
  return element;
}

export function drawLink(url: string | undefined, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
  return url ? draw("a", { ...attributes, href: url }, ...children) : draw("g", attributes, ...children);
}

/** The hatching of what is unknown, empty or not reported. */
export function drawHatch(id: string): SVGElement {
  return draw("defs", {}, draw("pattern", { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, draw("rect", { width: 1.5, height: 5, class: "hatch-line" })));
}

/** The dots of what is not over yet: nothing is missing there. */
export function drawDots(id: string): SVGElement {
  return draw("defs", {}, draw("pattern", { id, width: 5, height: 5, patternUnits: "userSpaceOnUse" }, draw("circle", { cx: 2, cy: 2, r: 0.8, class: "hatch-line" })));
}

/** The lattice over a number that is there and not given away. */
export function drawLattice(id: string): SVGElement {
  return draw("defs", {}, draw("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" }, draw("path", { d: "M0 0 6 6M6 0 0 6", class: "lattice-line" })));
}

function pageLocale(): string {
  const language = document.documentElement.lang;
  return language && language !== "en" && language !== "ar-xb" ? `${language}-u-nu-latn` : "en-GB";
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(pageLocale()).format(value);
}

/** Step 1 to 6 of one hue, as on the server: the root keeps small amounts apart. */
export function amountStep(value: number, largest: number): number {
  if (value <= 0 || largest <= 0) return 0;
  return Math.min(6, Math.max(1, Math.ceil(6 * Math.sqrt(value / largest))));
}

/** Round ticks from zero upwards, about `wanted` of them. */
export function niceTicks(largest: number, wanted = 4): number[] {
  if (largest <= 0) return [0, 1];
  const raw = largest / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power);
  const ticks: number[] = [];
  for (let tick = 0; tick < largest + step; tick += step) ticks.push(tick);
  return ticks;
}

/** Run a drawing now and whenever its place changes width. */
export function redrawOnResize(place: HTMLElement, redraw: (width: number) => void): void {
  let width = 0;
  let waiting = 0;
  const run = (): void => {
    const now = Math.round(place.clientWidth);
    if (now === 0 || now === width) return;
    width = now;
    redraw(width);
  };
  new ResizeObserver(() => {
    window.cancelAnimationFrame(waiting);
    waiting = window.requestAnimationFrame(run);
  }).observe(place);
  run();
}
