import { describe, expect, test, vi } from "vitest";
import { CodeIndex } from "../../codes/search";
import type { Match } from "../../codes/search";

vi.mock("../view/icon", () => ({ Icon: () => null }));
const { choiceOf, inCountry, orderStops, stopOf, suggestStops } = await import("../view/route");

const stop = (code: string, label: string, text = ""): Match => ({ code: { code, labels: { en: label } }, label, path: [], depth: 0, marks: [], ...(text ? { found: { language: "", text, marks: [] } } : {}) });
const order = (text: string, countries: Match[], places: Match[]): string[] => orderStops(text, countries, places).map(({ code }) => code.code);

describe("the stops that a text may mean", () => {
  test("a place called exactly so comes before a country that only begins so", () => {
    expect(order("Roma", [stop("country:RO", "Romania")], [stop("place:AUROM", "Roma"), stop("place:CHROM", "Romanshorn"), stop("place:ITROM", "Rome (Roma)", "Roma")])).toEqual(["place:AUROM", "place:ITROM", "country:RO", "place:CHROM"]);
  });

  test("a country called exactly so comes before its namesakes", () => {
    expect(order("malta", [stop("country:MT", "Malta")], [stop("place:BRMLT", "Malta")])).toEqual(["country:MT", "place:BRMLT"]);
  });

  test("countries that are only like it stand aside where places are found", () => {
    expect([order("Marseil", [stop("country:MH", "Marshall Islands")], [stop("place:FRMRS", "Marseille")]), order("Marshal", [stop("country:MH", "Marshall Islands")], [])]).toEqual([["place:FRMRS"], ["country:MH"]]);
  });

  test("a place of one's own keeps its whole code and lies in the country that the list says", () => {
    expect([choiceOf("place:tn:ras_jedir"), choiceOf("place:ITROM"), choiceOf("country:IT"), choiceOf("")]).toEqual([
      { list: "place", code: "tn:ras_jedir" },
      { list: "place", code: "ITROM" },
      { list: "country", code: "IT" },
      { list: "place", code: "" },
    ]);
    expect([stopOf("place", "tn:wazin", "LY"), stopOf("place", "ITROM")]).toEqual([{ country: "LY", place: "tn:wazin" }, { country: "IT", place: "ITROM" }]);
    const wazin = stop("place:tn:wazin", "Wazin");
    const [suggested] = suggestStops("wazin", [{ ...wazin, code: { ...wazin.code, country: "LY" } }], (part) => ({ route: part }));
    expect(suggested?.patch).toEqual({ route: { country: "LY", place: "tn:wazin" } });
  });

  test("a place says its country", () => {
    const countries = new CodeIndex({ list: "country", language: "en", codes: [{ code: "IT", labels: { en: "Italy" } }] });
    expect([inCountry(stop("place:ITROM", "Rome"), countries).path, inCountry(stop("place:ZZROM", "Rome"), countries).path]).toEqual([["Italy"], []]);
  });
});
