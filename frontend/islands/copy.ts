/** Copy buttons: <button data-island="copy" data-copy="TN-RDS-2026-000318">. */
import { registerIsland } from "../shell/island";

registerIsland("copy", (button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
    const before = button.getAttribute("aria-label") ?? "";
    button.setAttribute("aria-label", button.dataset["copied"] ?? before);
    button.classList.add("is-done");
    window.setTimeout(() => {
      button.setAttribute("aria-label", before);
      button.classList.remove("is-done");
    }, 1600);
  });
});
