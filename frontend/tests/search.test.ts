import { describe, expect, it } from "vitest";
import { foldText } from "../codes/fold";
import { markParts } from "../codes/picker";
import { CodeIndex } from "../codes/search";
import type { CodeList } from "../codes/search";

const LIST: CodeList = {
  list: "commodity",
  language: "en",
  codes: [
    { code: "drugs", labels: { en: "Drugs", fr: "Stupéfiants" }, heading: true },
    { code: "drugs.cannabis", labels: { en: "Cannabis", fr: "Cannabis" }, parent: "drugs" },
    { code: "drugs.cannabis.resin", labels: { en: "Cannabis resin", fr: "Résine de cannabis", ar: "راتنج القنّب" }, parent: "drugs.cannabis", uses: 41 },
    { code: "drugs.cannabis.oil", labels: { en: "Liquid, oil", fr: "Huile de résine" }, parent: "drugs.cannabis", uses: 3 },
    { code: "flora.agarwood", labels: { en: "Agarwood resin", fr: "Bois d’agar" }, words: { en: ["oud"] } },
    { code: "coeur", labels: { en: "Heart", fr: "Cœur" } },
  ],
};

describe("searching a code list", () => {
  const index = new CodeIndex(LIST);
  const found = (text: string): string[] => index.search(text).map(({ code }) => code.code);

  it.each([
    ["résine", ["drugs.cannabis.resin", "drugs.cannabis.oil"]],
    ["RESINE", ["drugs.cannabis.resin", "drugs.cannabis.oil"]],
    ["resin can", ["drugs.cannabis.resin"]],
    ["القنب", ["drugs.cannabis.resin"]],
    ["oud", ["flora.agarwood"]],
    ["coeur", ["coeur"]],
    ["nothing like it", []],
  ])("finds %s in any language, accents and case apart", (text, codes) => {
    expect(found(text)).toEqual(codes);
  });

  it("puts the code this office uses most before the others", () => {
    expect(found("resin")[0]).toBe("drugs.cannabis.resin");
    expect(index.search("")[0]?.code.code).toBe("drugs.cannabis.resin");
  });

  it("names the language in which it matched, and marks the part of the original spelling", () => {
    const match = index.search("résine")[0];
    expect(match?.found?.language).toBe("fr");
    expect(match?.found && match.found.marks.map(([from, to]) => match.found?.text.slice(from, to))).toEqual(["Résine"]);
  });

  it("gives the path from the root, and the tree with parents before children", () => {
    expect(index.search("resin")[0]?.path).toEqual(["Drugs", "Cannabis"]);
    expect(index.listTree().slice(0, 3).map(({ code, depth }) => [code.code, depth])).toEqual([["drugs", 0], ["drugs.cannabis", 1], ["drugs.cannabis.resin", 2]]);
  });

  it("never offers a heading", () => {
    expect(found("drugs")).not.toContain("drugs");
  });

  it("survives a list whose parents go in a circle", () => {
    const circle = new CodeIndex({ list: "x", language: "en", codes: [{ code: "a", labels: { en: "A" }, parent: "b" }, { code: "b", labels: { en: "B" }, parent: "a" }] });
    expect(circle.search("a")[0]?.path).toEqual(["B"]);
    expect(circle.listTree()).toEqual([]);
  });
});

describe("folding text", () => {
  it.each([
    ["Résine", "resine"],
    ["Œuvre", "oeuvre"],
    ["Straße", "strasse"],
    ["أسلحة", "اسلحه"],
  ])("folds %s to %s", (text, folded) => {
    expect(foldText(text).text).toBe(folded);
  });

  it("remembers where each sign came from", () => {
    const { places } = foldText("Cœur");
    expect(places).toEqual([0, 1, 1, 2, 3, 4]);
  });
});

it("joins marks that overlap", () => {
  const parts = markParts("cannabis", [[0, 4], [2, 6]], "b").map((part) => (typeof part === "string" ? part : `<${part.textContent}>`));
  expect(parts).toEqual(["<cann>", "<ab>", "is"]);
});
