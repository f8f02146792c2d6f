/** One picture of several side by side: its own size and turn. */
import { registerIsland } from "../shell/island";

registerIsland("turning", (place) => {
  const image = place.querySelector("img");
  const tools = place.querySelector<HTMLElement>("[data-turning-tools]");
  if (!image || !tools) return;
  let size = 1;
  let turns = 0;
  const show = (): void => {
    image.style.transform = `rotate(${turns * 90}deg)`;
    image.style.inlineSize = size === 1 ? "" : `${size * 100}%`;
    image.classList.toggle("is-large", size > 1);
  };
  const acts: Record<string, () => void> = {
    in: () => (size = Math.min(6, size * 1.4)),
    out: () => (size = Math.max(1, size / 1.4)),
    turn: () => (turns = (turns + 1) % 4),
  };
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-act]") : null;
    acts[button?.dataset["act"] ?? ""]?.();
    show();
  });
});
