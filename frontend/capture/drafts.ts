/** The drafts on this device, on the Home page; what waits is sent from here too. */
import { registerIsland } from "../shell/island";
import { Api, LineLost, SignedOut } from "./api";
import { showDrafts } from "./drafts/list";
import { openStore } from "./opening";
import { knownLanguage, setWords } from "./words";
import { registerWorker } from "./worker";

registerIsland("drafts", async (place) => {
  const words = document.getElementById("capture-messages")?.textContent;
  setWords(words ? (JSON.parse(words) as Record<string, string>) : {}, knownLanguage(document.documentElement.lang || "en"));
  registerWorker(document.documentElement.lang);
  const headers = document.body.getAttribute("hx-headers");
  const csrf = headers ? ((JSON.parse(headers) as Record<string, string>)["X-CSRFToken"] ?? "") : "";
  const api = new Api(place.dataset["csrf"] ?? csrf);
  try {
    const store = await openStore(api, place.dataset["user"] ?? "");
    if (store) await showDrafts(place, store, api);
  } catch (error) {
    if (!(error instanceof LineLost) && !(error instanceof SignedOut)) throw error;
  }
});
