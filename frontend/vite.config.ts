import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

/** Islands every page has; they are part of the shell's script. */
const IN_MAIN = ["keys.ts", "copy.ts"];

/** One entry per island, the shell of every page, and the capture application. */
function findEntries(): Record<string, string> {
  const entries: Record<string, string> = { main: resolve(root, "main.ts") };
  for (const file of readdirSync(resolve(root, "islands"))) {
    if (file.endsWith(".ts") && !IN_MAIN.includes(file)) entries[`islands/${file.slice(0, -3)}`] = resolve(root, "islands", file);
  }
  for (const file of ["capture/main.ts", "capture/drafts.ts"]) {
    const path = resolve(root, file);
    if (existsSync(path)) entries[file.replace(/\.tsx?$/, "")] = path;
  }
  return entries;
}

/** Writes .br and .gz beside every text file, so that the server never compresses and old laptops load little. */
function compressFiles(): Plugin {
  return {
    name: "compress-files",
    apply: "build",
    writeBundle(options, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/\.(js|css|json|svg)$/.test(name) || name === "manifest.json") continue;
        const file = resolve(options.dir ?? "", name);
        const content = readFileSync(file);
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
      }
    },
  };
}

export default defineConfig({
  plugins: [compressFiles()],
  root,
  base: "",
  publicDir: false,
  build: {
    outDir: resolve(root, "../src/opencen/web/static/build"),
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "chrome125",
    cssTarget: "chrome125",
    rollupOptions: {
      input: findEntries(),
      checks: { pluginTimings: false },
      // htmx holds an eval that our setting `allowEval: false` never reaches, and the CSP forbids.
      onwarn: (warning, warn) => (warning.code === "EVAL" ? undefined : warn(warning)),
    },
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts", "capture/**/*.test.{ts,tsx}"],
  },
});
