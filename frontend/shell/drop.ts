/** A file may be dropped anywhere on a page that takes one: it goes into the field, as if it had been chosen. */
export function watchDrops(): void {
  const zone = (): HTMLElement | null => document.querySelector<HTMLElement>(".drop-zone");
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

  document.addEventListener("dragover", (event) => {
    const place = zone();
    if (!place || !carriesFiles(event)) return;
    event.preventDefault();
    place.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone()?.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    const place = zone();
    const files = event.dataTransfer?.files;
    if (!place || !files?.length) return;
    event.preventDefault();
    place.classList.remove("is-over");
    const field = place.querySelector<HTMLInputElement>("input[type=file]");
    if (field) takeFiles(field, files);
  });
}

/** The first of them where the field holds one only; the button that sends it is next under the keyboard. */
export function takeFiles(field: HTMLInputElement, files: FileList): void {
  const kept = new DataTransfer();
  for (const file of field.multiple ? files : [...files].slice(0, 1)) kept.items.add(file);
  field.files = kept.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.form?.querySelector<HTMLElement>("button[type=submit]")?.focus();
}
