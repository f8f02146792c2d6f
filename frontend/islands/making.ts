/** Files that take seconds to make: what goes on is said beside them, what went wrong too, and the page stays in use. */
import { readWords, registerIsland } from "../shell/island";
import { saveBlob } from "../shell/save";

const WORDS = {
  making: "The file is being made: %(seconds)s s",
  done: "The file is made: %(name)s",
  failed: "The file could not be made.",
  away: "The server did not answer.",
  again: "Try again",
};

registerIsland("making", (place) => {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-making]") : null;
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    if (place.getAttribute("aria-busy") !== "true") void makeFile(place, link.href);
  });
});

async function makeFile(place: HTMLElement, address: string): Promise<void> {
  const words = readWords(place, "making", WORDS);
  const began = Date.now();
  const text = document.createElement("span");
  const say = (): void => {
    text.textContent = words.making.replace("%(seconds)s", String(Math.round((Date.now() - began) / 1000)));
  };
  const box = document.createElement("div");
  box.className = "progress";
  box.append(text, document.createElement("progress"));
  place.replaceChildren(box);
  place.setAttribute("aria-busy", "true");
  say();
  const ticking = window.setInterval(say, 1000);
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(await readReason(answer));
    const name = fileName(answer.headers.get("content-disposition") ?? "") || "report";
    saveBlob(await answer.blob(), name);
    place.replaceChildren(words.done.replace("%(name)s", `\u2068${name}\u2069`));
  } catch (error) {
    const why = error instanceof TypeError ? words.away : error instanceof Error ? error.message : "";
    place.replaceChildren(makeFinding(`${words.failed} ${why}`, words.again, () => void makeFile(place, address)));
  } finally {
    window.clearInterval(ticking);
    place.removeAttribute("aria-busy");
  }
}

/** What a page or a problem says of an error; a whole page has it in its heading. */
async function readReason(answer: Response): Promise<string> {
  const text = await answer.text();
  if ((answer.headers.get("content-type") ?? "").includes("json")) return String((JSON.parse(text) as { detail?: string }).detail ?? answer.status);
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("main h1, main p")?.textContent?.trim() || String(answer.status);
}

function makeFinding(text: string, again: string, retry: () => void): HTMLElement {
  const finding = document.createElement("div");
  finding.className = "finding finding-error";
  const body = document.createElement("div");
  body.className = "finding-body";
  body.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm";
  button.textContent = again;
  button.addEventListener("click", retry);
  finding.append(body, button);
  return finding;
}

/** The name that a server gives a file, in letters of any language where it has them. */
export function fileName(disposition: string): string {
  const long = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1];
  if (long) return decodeURIComponent(long);
  return /filename="([^"]*)"/i.exec(disposition)?.[1] ?? "";
}
