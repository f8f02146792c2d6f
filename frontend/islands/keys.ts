/**
 * Shortcut keys: an element with `data-key="n"` is pressed or focused by that key, outside fields.
 * `data-key="ctrl+enter"` also works inside fields. `?` lists all keys; the list holds the switch for single letters.
 */
const STORE = "opencen.keys";

interface Shortcut {
  key: string;
  label: string;
  element: HTMLElement;
}

export function describeKey(key: string): string {
  const names: Record<string, string> = { ctrl: "Ctrl", alt: "Alt", shift: "Shift", enter: "↵", escape: "Esc", arrowup: "↑", arrowdown: "↓" };
  return key.split("+").map((part) => names[part] ?? part.toUpperCase()).join(" ");
}

export function nameKey(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  return [...parts, event.key.toLowerCase()].join("+");
}

export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

export function areLettersOn(): boolean {
  return window.localStorage.getItem(STORE) !== "off";
}

function setLetters(on: boolean): void {
  window.localStorage.setItem(STORE, on ? "on" : "off");
  document.documentElement.classList.toggle("keys-off", !on);
}

export function findShortcuts(): Shortcut[] {
  const found: Shortcut[] = [];
  for (const element of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const label = element.dataset["keyLabel"] ?? element.getAttribute("aria-label") ?? element.textContent ?? "";
    for (const key of (element.dataset["key"] ?? "").split(" ").filter(Boolean)) {
      found.push({ key, label: label.replace(/\s+/g, " ").trim(), element });
    }
  }
  return found;
}

function isReachable(element: HTMLElement): boolean {
  return element.getClientRects().length > 0 && !element.closest("[inert]") && element.getAttribute("aria-disabled") !== "true" && !(element as HTMLButtonElement).disabled;
}

function press(element: HTMLElement): void {
  if (element.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), select, textarea")) {
    element.focus();
    if (element instanceof HTMLInputElement) element.select();
  } else {
    element.click();
  }
}

function showKeys(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#key-dialog");
  const list = dialog?.querySelector("[data-key-list]");
  if (!dialog || !list) return;
  list.replaceChildren(
    ...findShortcuts().map(({ key, label }) => {
      const row = document.createElement("div");
      const term = document.createElement("dt");
      const cap = document.createElement("kbd");
      const meaning = document.createElement("dd");
      cap.textContent = describeKey(key);
      term.append(cap);
      meaning.textContent = label.endsWith(describeKey(key)) ? label.slice(0, -describeKey(key).length).trim() : label;
      row.append(term, meaning);
      return row;
    }),
  );
  const letters = dialog.querySelector<HTMLInputElement>("[data-key-switch]");
  if (letters) letters.checked = areLettersOn();
  dialog.showModal();
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const name = nameKey(event);
  const isChord = name.includes("+") && name.length > 1;
  if (!isChord && (isField(event.target) || (!areLettersOn() && name.length === 1))) return;
  if (name === "?") {
    event.preventDefault();
    showKeys();
    return;
  }
  const match = findShortcuts().find((shortcut) => shortcut.key === name && isReachable(shortcut.element));
  if (!match) return;
  event.preventDefault();
  press(match.element);
}

export function watchKeys(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-show-keys]")) {
      event.preventDefault();
      showKeys();
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches("[data-key-switch]")) setLetters(event.target.checked);
  });
  setLetters(areLettersOn());
}

watchKeys();
