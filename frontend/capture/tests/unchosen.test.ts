import { h, render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import { CodeIndex } from "../../codes/search";
import { Entry } from "../entry";
import { recogniseIdentifier } from "../values/identifiers";
import type { Codes } from "../codes";
import type { Field } from "../model/schema";
import { CodeControl, findTyped } from "../view/code";
import { DeskContext } from "../view/desk";
import type { Desk } from "../view/desk";
import { suggestStops } from "../view/route";
import { smallForm } from "./world";

function makeEntry(): Entry {
  return new Entry("case", "1", smallForm(), "en");
}

describe("what was typed and not chosen", () => {
  test("it is an error at its field, with the nearest as changes, until something is chosen", () => {
    const entry = makeEntry();
    entry.leaveUnchosen("kind", "siezure", [{ label: "Seizure", patch: { kind: "seizure" }, marks: [] }]);
    const [found] = entry.findings();
    expect([found?.code, found?.level, found?.path]).toEqual(["code.unchosen", "error", "kind"]);
    expect(found?.message).toContain("siezure");
    entry.setMany(found?.suggestions[0]?.patch ?? {});
    expect(entry.get("kind")).toBe("seizure");
    expect(entry.findings()).toEqual([]);
  });

  test("a place that has no code goes into the route by its name", () => {
    const entry = makeEntry();
    const made = suggestStops("Puerto Nadie", [{ code: { code: "place:ECGYE", labels: { en: "Guayaquil" } }, label: "Guayaquil", path: [], depth: 0, marks: [] }], (stop) => ({ route: [{ id: "s", ...stop }] }));
    expect(made.map((one) => one.patch)).toEqual([{ route: [{ id: "s", country: "EC", place: "ECGYE" }] }, { route: [{ id: "s", place_name: "Puerto Nadie" }] }]);
    entry.leaveUnchosen("route", "Puerto Nadie", made);
    entry.setMany(made[1]?.patch ?? {});
    expect([entry.unchosen, entry.text("route[s].place_name")]).toEqual([{}, "Puerto Nadie"]);
  });

  test("it goes with the item that it was typed into", () => {
    const entry = makeEntry();
    const id = entry.add("lines", { quantity: "2" });
    entry.leaveUnchosen(`lines[${id}].commodity`, "kif");
    entry.remove("lines", id);
    expect(entry.findings()).toEqual([]);
  });
});

describe("a list on its way", () => {
  test("what is typed meanwhile stays, and the next key goes behind it", async () => {
    HTMLElement.prototype.scrollIntoView = () => undefined;
    const entry = makeEntry();
    const words = Array.from({ length: 20 }, (_, at) => ({ code: `c${at}`, labels: { en: `Word ${at}` } }));
    let index: CodeIndex | null = null;
    const codes = { indexOf: () => index, isSearched: () => false } as unknown as Codes;
    const desk = { entry, codes, language: "en" } as unknown as Desk;
    const host = document.body.appendChild(document.createElement("div"));
    const draw = (): Promise<void> => act(() => render(h(DeskContext.Provider, { value: desk, children: h(CodeControl, { field: entry.form.byPath.get("kind") as Field, path: "kind", id: "f", desk, css: "" }) }), host));
    const input = (): HTMLInputElement => document.getElementById("f") as HTMLInputElement;
    await draw();
    await act(() => input().focus());
    input().value = "word ";
    input().dispatchEvent(new InputEvent("input", { bubbles: true }));
    await draw();
    expect(input().value).toBe("word ");
    index = new CodeIndex({ list: "kind", language: "en", codes: words });
    await draw();
    expect([document.activeElement, input().value, input().selectionStart, input().selectionEnd]).toEqual([input(), "word ", 5, 5]);
    host.remove();
  });
});

describe("a number typed where it is not asked for", () => {
  test("a container number at a name may be moved to the containers", () => {
    const entry = makeEntry();
    const id = entry.add("persons");
    entry.set(`persons[${id}].name`, "OCLU 302618-9");
    const found = entry.findings().find((one) => one.code === "moved.identifier");
    expect(found?.path).toBe(`persons[${id}].name`);
    entry.setMany(found?.suggestions[0]?.patch ?? {});
    const { persons, boxes } = entry.canonical();
    expect(boxes).toMatchObject([{ number: "OCLU3026189" }]);
    expect(JSON.stringify(persons ?? [])).not.toContain("OCLU");
    expect(entry.findings()).toEqual([]);
  });

  test.each([
    ["OCLU 302618 9", "iso6346"],
    ["IMO 9365049", "imo"],
    ["9365049", ""],
    ["1M8GDM9AXKP042788", "vin"],
    ["RR123456785GB", "s10"],
    ["182 TU 4417", ""],
    ["OCLU 302618 8", ""],
    ["Sahel Fruits Import", ""],
  ])("%s is recognised as %s", (text, kind) => expect(recogniseIdentifier(text)).toBe(kind));
});

describe("typing into a native list", () => {
  const index = new CodeIndex({
    list: "mode",
    language: "en",
    codes: [
      { code: "air", labels: { en: "Air" } },
      { code: "mail", labels: { en: "Regular mail" } },
      { code: "vehicle", labels: { en: "Vehicle" }, words: { en: ["Road"] } },
      { code: "rail", labels: { en: "Rail / train" } },
    ],
  });
  test.each([
    ["ro", "", "vehicle"],
    ["road", "vehicle", "vehicle"],
    ["reg", "", "mail"],
    ["rr", "rail", "mail"],
    ["xyz", "air", ""],
  ])("%s after %s gives %s", (text, value, code) => expect(findTyped(index, text, value)).toBe(code));
});
