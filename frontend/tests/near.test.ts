import { describe, expect, test } from "vitest";
import { countSlips, nearestWords } from "../codes/near";
import { CodeIndex } from "../codes/search";

const index = new CodeIndex({
  list: "commodity",
  language: "en",
  codes: [
    { code: "resin", labels: { en: "Cannabis resin", fr: "Résine de cannabis", ar: "راتنج القنب" }, words: { ar: ["حشيش"] } },
    { code: "herb", labels: { en: "Cannabis herb", fr: "Herbe de cannabis" } },
    { code: "cocaine", labels: { en: "Cocaine", fr: "Cocaïne", ar: "كوكايين" } },
    { code: "cigarettes", labels: { en: "Cigarettes", fr: "Cigarettes", ar: "سجائر" } },
    { code: "heroin", labels: { en: "Heroin", fr: "Héroïne" } },
    { code: "mammals", labels: { en: "Rodents and small mammals" }, words: { fr: ["Hérissons"] } },
    { code: "doors", labels: { en: "In or behind the doors" } },
    { code: "freight", labels: { en: "In freight" }, words: { en: ["Cargo"] } },
  ],
});

describe("what was probably meant", () => {
  test.each([
    ["coccaine", "cocaine"],
    ["cigarete", "cigarettes"],
    ["cigaretes", "cigarettes"],
    ["resine canabis", "resin"],
    ["herion", "heroin"],
    ["كوكاين", "cocaine"],
    ["حشش", "resin"],
  ])("%s is %s, and never sure", (text, code) => {
    const [first] = index.search(text);
    expect([first?.code.code, first?.isSure, first?.isBegun]).toEqual([code, false, false]);
  });

  test("most words of several are enough, and each is marked", () => {
    expect(index.search("behind cargo").map(({ code }) => code.code).sort()).toEqual(["doors", "freight"]);
    expect(index.search("resine canabis")[0]?.found?.marks).toEqual([[0, 6], [10, 18]]);
  });

  test.each(["xyz", "qqqqqqqq", "eur"])("nothing is guessed for %s", (text) => expect(index.search(text)).toEqual([]));

  test("what is written rightly is not widened", () => expect(index.search("heroin").map(({ code }) => code.code)).toEqual(["heroin"]));
});

test.each([
  ["herion", "heroin", 1],
  ["cocain", "cocaine", 1],
  ["abcd", "wxyz", 3],
  ["short", "much longer", 3],
])("between %s and %s lie %i slips, or more than asked for", (first, second, slips) => expect(countSlips(first, second, 2)).toBe(slips));

test("short words are no slips of others", () => expect(nearestWords("kg", ["kt", "mg"]).size).toBe(0));
