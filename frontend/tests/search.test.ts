import { readFileSync } from "node:fs";
import { resolve } from "node:path";
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

describe("ranking what was found", () => {
  const ranked = new CodeIndex({
    list: "mode",
    language: "en",
    codes: [
      { code: "mail", labels: { en: "Regular mail", es: "Correo ordinario" }, words: { en: ["Mail", "By post"] } },
      { code: "rail", labels: { en: "Rail / train" }, words: { en: ["Railway"] } },
      { code: "vehicle", labels: { en: "Vehicle", fr: "Véhicule" }, words: { en: ["By road", "Road", "Car"], fr: ["Route"] } },
      { code: "roadwork", labels: { en: "Roadworks" } },
      { code: "broad", labels: { en: "Broad gauge" } },
      { code: "pack", labels: { en: "Pack", es: "Cajetilla" }, words: { es: ["Cajetillas"] } },
    ],
  });
  const first = (text: string): string => ranked.search(text)[0]?.code.code ?? "";

  it.each([
    ["road", "vehicle"],
    ["roadw", "roadwork"],
    ["rail", "rail"],
    ["mail", "mail"],
    ["cajetillas", "pack"],
    ["gauge", "broad"],
  ])("puts the likeliest first for %s: the whole word, the start, the label before a synonym", (text, code) => {
    expect(first(text)).toBe(code);
  });

  it("says which finds may be taken without being pointed at", () => {
    expect(ranked.search("road").map(({ code, isSure }) => [code.code, isSure])).toEqual([["vehicle", true], ["roadwork", true], ["broad", false]]);
  });
});

describe("short inputs and joined words", () => {
  const index = new CodeIndex({
    list: "unit",
    language: "en",
    codes: [
      { code: "kwh", labels: { en: "Kilowatt hour", fr: "Kilowattheure", ar: "كيلوواط ساعة" } },
      { code: "oil", labels: { en: "Oil", ar: "الزيت والشحم" } },
      { code: "ED", labels: { en: "Sodium" } },
    ],
  });
  const found = (text: string): string[] => index.search(text).map(({ code }) => code.code);

  it.each([
    ["eur", []],
    ["heure", ["kwh"]],
    ["ed", ["ED"]],
    ["زيت", ["oil"]],
    ["يت", []],
  ])("%s finds %j: three letters begin a word, the Arabic article does not hide one", (text, codes) => {
    expect(found(text)).toEqual(codes);
  });
});

describe("folding text", () => {
  const { fold } = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../tests/vectors/text.json"), "utf8")) as { fold: [string, string][] };

  it.each(fold)("folds %s as the server does", (text, folded) => {
    expect(foldText(text).text.replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim()).toBe(folded);
  });


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
