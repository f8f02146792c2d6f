import { describe, expect, test } from "vitest";
import { CodeIndex } from "../../codes/search";
import { chooseMoneyUnit, moneyIndex, moneyUnit, putUnit } from "../model/money";

const currencies = new CodeIndex({
  list: "currency",
  language: "ar",
  codes: [
    { code: "AED", labels: { ar: "AED" }, words: { ar: ["درهم إماراتي"], en: ["UAE Dirham"] }, note: "درهم إماراتي" },
    { code: "XBB", labels: { ar: "XBB" }, words: { en: ["European Monetary Unit"] }, note: "" },
    { code: "EUR", labels: { ar: "EUR" }, words: { ar: ["يورو"], en: ["Euro", "€"] }, note: "يورو" },
    { code: "TND", labels: { ar: "TND" }, words: { ar: ["دينار تونسي"], en: ["Tunisian Dinar"] }, note: "دينار تونسي", uses: 3 },
  ],
});
const units = new CodeIndex({
  list: "unit",
  language: "ar",
  codes: [
    { code: "kg", labels: { ar: "kg" }, words: { en: ["Kilogram"] }, uses: 40 },
    { code: "piece", labels: { ar: "قطعة" }, words: { en: ["Piece"] } },
    { code: "kwh", labels: { ar: "kWh" }, words: { fr: ["Kilowattheure"] } },
    { code: "currency", labels: { ar: "مبلغ من عملة" } },
  ],
});
const index = moneyIndex(currencies, units);

describe("what money is counted in", () => {
  test.each([
    ["eur", "currency:EUR"],
    ["€", "currency:EUR"],
    ["دينار", "currency:TND"],
    ["يورو", "currency:EUR"],
    ["dirham", "currency:AED"],
    ["piece", "piece"],
  ])("%s means %s", (text, code) => expect(index.search(text)[0]?.code.code).toBe(code));

  test("eur is no part of another word, and may be taken by Tab", () => {
    expect(index.search("eur").map(({ code, isSure }) => [code.code, isSure])).toEqual([["currency:EUR", true]]);
    expect(units.search("eur")).toEqual([]);
  });

  test("the currencies that an office uses come first, else those that travel", () => {
    expect(index.search("").map(({ code }) => code.code)).toEqual(["currency:TND"]);
    const unused = moneyIndex(new CodeIndex({ ...currencies.list, codes: currencies.list.codes.map(({ uses: _, ...code }) => code) }), units);
    expect(unused.search("")[0]?.code.code).toBe("currency:EUR");
  });

  test("one field shows and changes what two hold", () => {
    expect([moneyUnit("currency", "EUR"), moneyUnit("currency", ""), moneyUnit("piece", "EUR")]).toEqual(["currency:EUR", "currency", "piece"]);
    expect(chooseMoneyUnit("lines[a].unit", "currency:EUR")).toEqual({ "lines[a].unit": "currency", "lines[a].attributes.currency": "EUR" });
    expect(chooseMoneyUnit("lines[a].unit", "piece")).toEqual({ "lines[a].unit": "piece", "lines[a].attributes.currency": undefined });
  });

  test("a pasted unit may be a currency; one that is there already stays", () => {
    const values = {};
    putUnit(values, "currency:EUR");
    putUnit(values, "kg");
    expect(values).toEqual({ unit: "currency", attributes: { currency: "EUR" } });
  });
});
