import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDate, readDate, writeDate } from "../values/dates";
import type { DateSetting } from "../values/dates";
import { parseDecimal, readNumber, writeNumber } from "../values/decimals";
import { explainIdentifier, formatIdentifier, KINDS, normaliseIdentifier, suggestIdentifier } from "../values/identifiers";

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../tests/vectors/${name}.json`), "utf8")) as T;
}

describe("numbers", () => {
  const { rows } = vectors<{ rows: [string, string, string, string][] }>("decimals");
  test.each(rows)("%j is read as the server reads it", (text, open, comma, point) => {
    const read = (decimalComma: boolean | null): string => {
      const found = parseDecimal(text, decimalComma);
      return "value" in found ? found.value : found.code;
    };
    expect([read(null), read(true), read(false)]).toEqual([open, comma, point]);
  });
  test.each([
    ["86,42", false, "86.42"],
    ["86.42", true, "86.42"],
    ["1.234", true, "1234"],
    ["1.234", false, "1.234"],
  ])("%s typed by one who writes a comma: %s", (text, comma, value) => {
    expect(readNumber(text, comma)).toEqual({ value });
  });
  test.each([
    ["86.42", "fr", "86,42"],
    ["20160.500", "en", "20,160.500"],
    ["-3", "en", "-3"],
    ["1234", "fr", "1234"],
    ["20160.5", "es", "20.160,5"],
    ["20160.5", "pt", "20.160,5"],
    ["20160.5", "ar", "20,160.5"],
  ])("%s is written in %s as %s", (value, language, written) => {
    expect(writeNumber(value, language)).toBe(written);
  });
});

describe("identifiers", () => {
  interface Good { text: string; normalised: string; formatted: string }
  interface Bad { text: string; normalised: string; code: string; positions: number[]; suggestions: [string, string, number[]][] }
  const { kinds } = vectors<{ kinds: Record<string, { good: Good[]; bad: Bad[] }> }>("identifiers");
  const own = Object.keys(KINDS).filter((name) => kinds[name]);
  const good = own.flatMap((name) => (kinds[name]?.good ?? []).map((row) => [name, row.text, row] as const));
  const bad = own.flatMap((name) => (kinds[name]?.bad ?? []).map((row) => [name, row.text, row] as const));
  test("the kinds of the case are all there", () => expect(own.sort()).toEqual(["iata_awb", "imo", "iso6346", "s10", "vin"]));
  test.each(good)("%s %s holds", (name, text, row) => {
    expect(explainIdentifier(name, text)).toBeNull();
    expect([normaliseIdentifier(name, text), formatIdentifier(name, text)]).toEqual([row.normalised, row.formatted]);
  });
  test.each(bad)("%s %s does not hold, and what it may have been is offered", (name, text, row) => {
    const problem = explainIdentifier(name, text);
    expect([problem?.code, problem?.positions]).toEqual([row.code, row.positions]);
    expect(suggestIdentifier(name, text).map((found) => [found.value, found.reason, found.positions])).toEqual(row.suggestions);
  });
});

describe("dates", () => {
  const { good, bad } = vectors<{ good: string[][]; bad: [string, string, string[]?][] }>("partial_dates");
  test.each(good)("%s is a date to the %s", (text, precision, value) => {
    expect(parseDate(text)).toEqual({ value, precision });
  });
  test.each(bad)("%j is refused with %s", (text, code, wouldBe) => {
    const found = parseDate(text);
    expect("code" in found && found.code).toBe(code);
    if (wouldBe) expect("code" in found && found.wouldBe).toEqual(wouldBe);
  });

  const setting: DateSetting = { language: "en", now: new Date(2026, 10, 12, 8, 5), offsetAt: () => 60 };
  test.each([
    ["12/11/2026 06:20", "2026-11-12T06:20+01:00"],
    ["12/11/2026", "2026-11-12"],
    ["12.11.2026", "2026-11-12"],
    ["12-11-26", "2026-11-12"],
    ["31/12", "2026-12-31"],
    ["11/25/2026", "2026-11-25"],
    ["12 nov 2026", "2026-11-12"],
    ["12 nov 2026, 06:20", "2026-11-12T06:20+01:00"],
    ["12 Nov 2026 6h20", "2026-11-12T06:20+01:00"],
    ["1er août 2026", "2026-08-01"],
    ["November 12, 2026", "2026-11-12"],
    ["nov 2026", "2026-11"],
    ["11/2026", "2026-11"],
    ["2021", "2021"],
    ["today", "2026-11-12"],
    ["yesterday 23:10", "2026-11-11T23:10+01:00"],
    ["ontem às 23h10", "2026-11-11T23:10+01:00"],
    ["12 de março de 2026", "2026-03-12"],
    ["12 de nov. de 2026, 06:20", "2026-11-12T06:20+01:00"],
    ["ayer a las 23:10", "2026-11-11T23:10+01:00"],
    ["06:20", "2026-11-12T06:20+01:00"],
    ["now", "2026-11-12T08:05+01:00"],
    ["2026-11-12 06:20", "2026-11-12T06:20+01:00"],
    ["2026-11-12T06:20Z", "2026-11-12T06:20Z"],
    ["١٢/١١/٢٠٢٦", "2026-11-12"],
  ])("%s is understood", (text, value) => {
    expect(readDate(text, setting)).toMatchObject({ value });
  });
  test("a moment written with the Arabic comma is understood again", () => {
    expect(readDate("12 نوفمبر 2026، 06:20", { ...setting, language: "ar" })).toMatchObject({ value: "2026-11-12T06:20+01:00" });
    expect(readDate("12\u200f/11\u200f/2026", { ...setting, language: "ar" })).toMatchObject({ value: "2026-11-12" });
  });
  test.each(["32/11/2026", "someday", "12 xyz 2026", "2026 06:20"])("%s is not understood", (text) => {
    expect(readDate(text, setting)).not.toHaveProperty("value");
  });
  test.each([
    ["2026-11-12T06:20+01:00", "en", "12 Nov 2026, 06:20"],
    ["2026-11", "en", "Nov 2026"],
    ["2021", "fr", "2021"],
    ["2026-11-12", "fr", "12 nov. 2026"],
    ["2026-11-12", "pt", "12 de nov. de 2026"],
    ["2026-11-12", "es", "12 nov 2026"],
    ["2026-11-12T06:20+01:00", "ar", "12 نوفمبر 2026، 06:20"],
  ])("%s is written in %s as %s", (value, language, written) => {
    expect(writeDate(value, language)).toBe(written);
  });
});
