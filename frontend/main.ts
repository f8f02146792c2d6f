/** The script of every page: htmx, menus, shortcut keys, copy buttons. Pages work without it. */
import "./styles/main.css";
import htmx from "htmx.org";
import { watchMenus } from "./shell/menus";
import { watchAnchors } from "./shell/anchors";
import { showCurrentPlace } from "./shell/rail";
import { watchActs } from "./shell/acts";
import { watchDrops } from "./shell/drop";
import { forgetWhoLeft } from "./shell/signed_out";
import "./islands/keys";
import "./islands/copy";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;
window.htmx = htmx;

watchMenus();
watchAnchors();
showCurrentPlace();
watchActs();
watchDrops();
forgetWhoLeft();
