/** The icons of the entry, from the set that the pages use. */
import alertCircle from "../../node_modules/@tabler/icons/icons/outline/alert-circle.svg?raw";
import alertTriangle from "../../node_modules/@tabler/icons/icons/outline/alert-triangle.svg?raw";
import arrowBackUp from "../../node_modules/@tabler/icons/icons/outline/arrow-back-up.svg?raw";
import arrowLeft from "../../node_modules/@tabler/icons/icons/outline/arrow-left.svg?raw";
import arrowRight from "../../node_modules/@tabler/icons/icons/outline/arrow-right.svg?raw";
import arrowsMaximize from "../../node_modules/@tabler/icons/icons/outline/arrows-maximize.svg?raw";
import arrowsMinimize from "../../node_modules/@tabler/icons/icons/outline/arrows-minimize.svg?raw";
import box from "../../node_modules/@tabler/icons/icons/outline/box.svg?raw";
import building from "../../node_modules/@tabler/icons/icons/outline/building.svg?raw";
import calendar from "../../node_modules/@tabler/icons/icons/outline/calendar-event.svg?raw";
import camera from "../../node_modules/@tabler/icons/icons/outline/camera.svg?raw";
import car from "../../node_modules/@tabler/icons/icons/outline/car.svg?raw";
import check from "../../node_modules/@tabler/icons/icons/outline/check.svg?raw";
import chevronDown from "../../node_modules/@tabler/icons/icons/outline/chevron-down.svg?raw";
import chevronUp from "../../node_modules/@tabler/icons/icons/outline/chevron-up.svg?raw";
import circleCheck from "../../node_modules/@tabler/icons/icons/outline/circle-check.svg?raw";
import copy from "../../node_modules/@tabler/icons/icons/outline/copy.svg?raw";
import deviceFloppy from "../../node_modules/@tabler/icons/icons/outline/device-floppy.svg?raw";
import infoCircle from "../../node_modules/@tabler/icons/icons/outline/info-circle.svg?raw";
import link from "../../node_modules/@tabler/icons/icons/outline/link.svg?raw";
import lock from "../../node_modules/@tabler/icons/icons/outline/lock.svg?raw";
import package_ from "../../node_modules/@tabler/icons/icons/outline/package.svg?raw";
import plane from "../../node_modules/@tabler/icons/icons/outline/plane.svg?raw";
import plus from "../../node_modules/@tabler/icons/icons/outline/plus.svg?raw";
import route from "../../node_modules/@tabler/icons/icons/outline/route.svg?raw";
import ship from "../../node_modules/@tabler/icons/icons/outline/ship.svg?raw";
import snowflake from "../../node_modules/@tabler/icons/icons/outline/snowflake.svg?raw";
import trash from "../../node_modules/@tabler/icons/icons/outline/trash.svg?raw";
import user from "../../node_modules/@tabler/icons/icons/outline/user.svg?raw";
import userPlus from "../../node_modules/@tabler/icons/icons/outline/user-plus.svg?raw";
import wifiOff from "../../node_modules/@tabler/icons/icons/outline/wifi-off.svg?raw";
import x from "../../node_modules/@tabler/icons/icons/outline/x.svg?raw";

const RAW: Record<string, string> = {
  "alert-circle": alertCircle, "alert-triangle": alertTriangle, "arrow-back-up": arrowBackUp, "arrow-left": arrowLeft, "arrow-right": arrowRight, "arrows-maximize": arrowsMaximize, "arrows-minimize": arrowsMinimize,
  box, building, "calendar-event": calendar, camera, car, check, "chevron-down": chevronDown, "chevron-up": chevronUp, "circle-check": circleCheck, copy, "device-floppy": deviceFloppy, "info-circle": infoCircle,
  link, lock, package: package_, plane, plus, route, ship, snowflake, trash, user, "user-plus": userPlus, "wifi-off": wifiOff, x,
};
const DIRECTED = new Set(["arrow-left", "arrow-right", "arrow-back-up"]);
const shapes = new Map<string, string>();

function shapeOf(name: string): string {
  const known = shapes.get(name);
  if (known !== undefined) return known;
  const raw = RAW[name] ?? RAW["info-circle"] ?? "";
  const inner = raw.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").trim();
  shapes.set(name, inner);
  return inner;
}

export function Icon({ name, size = 16 }: { name: string; size?: 16 | 20 | 24 }) {
  const css = `icon${size === 16 ? "" : ` icon-${size}`}${DIRECTED.has(name) ? " icon-directed" : ""}`;
  return <svg class={css} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" dangerouslySetInnerHTML={{ __html: shapeOf(name) }} />;
}
