/** Save a drawing as SVG or PNG: the colours of the page are written into it, so that it stands alone. */
const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-size", "font-weight", "text-anchor", "paint-order", "direction"];

export function freezeDrawing(svg: SVGSVGElement, title: string): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((element, index) => {
    const style = window.getComputedStyle(element);
    const target = copies[index];
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      if (value) target?.setAttribute(name, value);
    }
  });
  const box = svg.viewBox.baseVal;
  const background = document.createElementNS(svg.namespaceURI, "rect");
  const surface = window.getComputedStyle(svg.closest(".panel") ?? document.body).backgroundColor;
  const edges: Record<string, string> = { x: String(box.x), y: String(box.y), width: String(box.width), height: String(box.height), fill: surface };
  for (const [name, value] of Object.entries(edges)) background.setAttribute(name, value);
  const name = document.createElementNS(svg.namespaceURI, "title");
  name.textContent = title;
  copy.prepend(name, background);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height));
  copy.setAttribute("font-family", "'IBM Plex Sans', system-ui, sans-serif");
  return copy;
}

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function nameFile(title: string, ending: string): string {
  return `${title.trim().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase() || "figure"}.${ending}`;
}

export function saveSvg(svg: SVGSVGElement, title: string, name = ""): void {
  const text = new XMLSerializer().serializeToString(freezeDrawing(svg, title));
  saveBlob(new Blob([text], { type: "image/svg+xml" }), name ? `${name}.svg` : nameFile(title, "svg"));
}

export async function savePng(svg: SVGSVGElement, title: string, name = ""): Promise<void> {
  const text = new XMLSerializer().serializeToString(freezeDrawing(svg, title));
  const box = svg.viewBox.baseVal;
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = box.width * 2;
  canvas.height = box.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!blob) throw new Error("picture: too large for this browser");
  saveBlob(blob, name ? `${name}.png` : nameFile(title, "png"));
}

/** A cell that a spreadsheet would take for a formula is quoted with an apostrophe. */
export function writeCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function saveTable(table: HTMLTableElement, title: string): void {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => writeCell((cell.textContent ?? "").replace(/\s+/g, " ").trim())).join(","));
  saveBlob(new Blob([`\ufeff${rows.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" }), nameFile(title, "csv"));
}
