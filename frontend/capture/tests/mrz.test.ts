import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readMrz } from "../values/mrz";

interface Vectors {
  today: string;
  good: { text: string; lines: string[]; zone: object }[];
  bad: { text: string; problems: object[]; suggestions: object[] }[];
  refused: { text: string; code: string; data: object }[];
}
const vectors = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../tests/vectors/mrz.json"), "utf8")) as Vectors;

describe("machine-readable zones", () => {
  test.each(vectors.good)("$text is read as the server reads it", ({ text, lines, zone }) => {
    expect(readMrz(text, vectors.today)).toMatchObject({ lines, zone, problems: [], suggestions: [] });
  });
  test.each(vectors.bad)("$text is wrong, and what it would be is offered", ({ text, problems, suggestions }) => {
    expect(readMrz(text, vectors.today)).toMatchObject({ problems, suggestions });
  });
  test.each(vectors.refused)("$text is no zone", ({ text, code, data }) => {
    expect(readMrz(text, vectors.today)).toEqual({ code, data });
  });
});
