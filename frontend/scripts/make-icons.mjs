// Writes the shapes of the icons listed in icons.txt, for the server (JSON) and for the islands (TypeScript).
// Run `npm run icons` after changing the list; both results are committed, so that pages render without a build.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const source = resolve(root, "node_modules/@tabler/icons/icons/outline");
const names = readFileSync(resolve(root, "icons.txt"), "utf8")
  .split("\n")
  .map((line) => line.replace(/#.*/, "").trim())
  .filter(Boolean)
  .sort();

const shapes = {};
for (const name of names) {
  const file = resolve(source, `${name}.svg`);
  if (!existsSync(file)) throw new Error(`No icon is called "${name}".`);
  const inner = readFileSync(file, "utf8").replace(/^[\s\S]*?>\n/, "").replace("</svg>", "");
  shapes[name] = inner
    .replace(/<path stroke="none"[^>]*\/>/g, "")
    .replace(/\s*\n\s*/g, "")
    .replace(/ \/>/g, "/>");
}
const target = resolve(root, "../src/opencen/web/templatetags/icon_shapes.json");
writeFileSync(target, `${JSON.stringify(shapes, null, 0).replaceAll('","', '",\n"')}\n`);
console.log(`${names.length} icons, ${Math.round(JSON.stringify(shapes).length / 1024)} kB`);
