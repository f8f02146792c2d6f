/** Small acts of pages: print, submit a form when a choice changes, choose all boxes of a group. */
export function watchActs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-print]") : null;
    if (target) window.print();
  });
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement)) return;
    if (target.matches("[data-submit]")) target.closest("form")?.requestSubmit();
    if (target instanceof HTMLInputElement && target.dataset.chooses) {
      const boxes = document.querySelectorAll<HTMLInputElement>(`input[name="${target.dataset.chooses}"]`);
      for (const box of boxes) box.checked = target.checked;
    }
  });
}
