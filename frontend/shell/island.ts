/** How an island finds its places: now, and whenever htmx brings new markup. */
export type Mount = (place: HTMLElement) => void | Promise<void>;

const mounted = new WeakMap<HTMLElement, Set<string>>();

export function registerIsland(name: string, mount: Mount): void {
  const selector = `[data-island~="${name}"]`;
  const mountOnce = (place: HTMLElement): void => {
    const names = mounted.get(place) ?? new Set<string>();
    if (names.has(name)) return;
    names.add(name);
    mounted.set(place, names);
    void mount(place);
  };
  const mountAll = (root: ParentNode): void => {
    if (root instanceof HTMLElement && root.matches(selector)) mountOnce(root);
    root.querySelectorAll<HTMLElement>(selector).forEach(mountOnce);
  };
  const start = (): void => {
    mountAll(document);
    document.body.addEventListener("htmx:load", (event) => {
      if (event.target instanceof HTMLElement) mountAll(event.target);
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}

/** Read the JSON data block an island names in `data-source`; the words it needs come with it. */
export function readSource<T>(place: HTMLElement, attribute = "source"): T | null {
  const id = place.dataset[attribute];
  const block = id ? document.getElementById(id) : null;
  if (!block?.textContent) return null;
  return JSON.parse(block.textContent) as T;
}

/** The words an island says, in the page's language: every page carries them in one data block, a place may bring its own. */
export function readWords<T extends Record<string, string>>(place: HTMLElement, island: string, english: T): T {
  const block = document.getElementById("island-words");
  const all = JSON.parse(block?.textContent || "{}") as Record<string, Partial<T>>;
  return { ...english, ...all[island], ...readSource<Partial<T>>(place, "words") };
}
