import { expect, it } from "vitest";
import { fileName } from "../islands/making";

it.each([
  ['attachment; filename="Cases-2026-01_2026-10-2026-11-23.xlsx"', "Cases-2026-01_2026-10-2026-11-23.xlsx"],
  ["attachment; filename*=utf-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1-2026.pdf", "تقرير-2026.pdf"],
  ["attachment", ""],
])("reads the name of a file from %s", (disposition, name) => {
  expect(fileName(disposition)).toBe(name);
});
