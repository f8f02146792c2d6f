/** Once the other record is chosen, offers only the roles that can hold between the two. */
import { registerIsland } from "../shell/island";

registerIsland("link-roles", (place) => {
  const select = place.querySelector("select");
  const form = place.closest("form");
  if (!select || !form) return;
  const options = [...select.options];
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.name !== "other") return;
    const chosen = select.value;
    select.replaceChildren(...rolesFor(options, field.dataset["kind"] ?? ""));
    select.value = chosen;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  });
});

/** The roles that lead to a kind of record; all of them while no record is chosen. */
export function rolesFor(options: HTMLOptionElement[], kind: string): HTMLOptionElement[] {
  return options.filter((option) => !kind || !option.value || (option.dataset["ends"] ?? "").split(" ").includes(kind));
}
