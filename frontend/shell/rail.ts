/** On a phone the rail scrolls sideways: the place where one is stands in view. */
export function showCurrentPlace(): void {
  const show = (): void => {
    const list = document.querySelector<HTMLElement>(".rail-list");
    const current = list?.querySelector<HTMLElement>("[aria-current]");
    if (!list || !current || list.scrollWidth <= list.clientWidth) return;
    const box = current.getBoundingClientRect();
    const around = list.getBoundingClientRect();
    list.scrollLeft += box.left + box.width / 2 - (around.left + around.width / 2);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
}
