import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CodePicker } from "../codes/picker";
import type { PickerOptions } from "../codes/picker";
import { emptyIndex, toMatches } from "../codes/records";
import type { FoundRecord } from "../codes/records";
import { CodeIndex } from "../codes/search";
import type { Match } from "../codes/search";

const LIST = {
  list: "goods",
  language: "en",
  codes: [
    { code: "c.resin", labels: { en: "Cannabis resin" }, words: { en: ["hashish"] } },
    { code: "agar", labels: { en: "Agarwood resin" } },
    { code: "cocaine", labels: { en: "Cocaine" } },
  ],
};
const LEFT_MS = 200;

function make(options: Partial<PickerOptions> = {}): { picker: CodePicker; input: HTMLInputElement; left: [string, string[]][]; chosen: string[] } {
  document.body.innerHTML = "<p><input id='field'></p><button id='other'>x</button>";
  const input = document.getElementById("field") as HTMLInputElement;
  const left: [string, string[]][] = [];
  const chosen: string[] = [];
  const picker = new CodePicker(input, { index: new CodeIndex(LIST), onLeave: (text, near) => left.push([text, near.map((match) => match.code.code)]), onChange: (code) => chosen.push(code), ...options });
  input.focus();
  return { picker, input, left, chosen };
}

function type(input: HTMLInputElement, text: string): void {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function press(input: HTMLInputElement, key: string): void {
  input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

async function leave(): Promise<void> {
  document.getElementById("other")?.focus();
  await vi.advanceTimersByTimeAsync(LEFT_MS);
}

const flush = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);

Element.prototype.scrollIntoView = () => undefined;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("leaving a picker", () => {
  it("keeps what is not in the list in the field, and tells", async () => {
    const { picker, input, left, chosen } = make();
    type(input, "resin");
    await flush();
    await leave();
    expect([input.value, picker.value, chosen]).toEqual(["resin", "", []]);
    expect(left.at(-1)).toEqual(["resin", ["agar", "c.resin"]]);
    expect(input.getAttribute("aria-invalid")).toBe("true");
  });

  it.each([
    ["cocaine", "cocaine"],
    ["HASHISH", "c.resin"],
  ])("takes %s, which names one code whole", async (text, code) => {
    const { picker, input } = make();
    type(input, text);
    await flush();
    await leave();
    expect(picker.value).toBe(code);
  });

  it("takes by Tab what begins as typed, and not what only holds it", async () => {
    const { picker, input } = make();
    type(input, "coca");
    await flush();
    press(input, "Tab");
    expect(picker.value).toBe("cocaine");
    const other = make();
    type(other.input, "agarwood r");
    await flush();
    press(other.input, "Tab");
    expect(other.picker.value).toBe("agar");
    const slang = make();
    type(slang.input, "hash");
    await flush();
    press(slang.input, "Tab");
    expect(slang.picker.value).toBe("");
    const third = make();
    type(third.input, "resin");
    await flush();
    press(third.input, "Tab");
    expect(third.picker.value).toBe("");
  });

  it("waits for a list that is still on its way, and offers nothing of an earlier answer meanwhile", async () => {
    let answer: (matches: Match[]) => void = () => undefined;
    const search = vi.fn(() => new Promise<Match[]>((resolve) => (answer = resolve)));
    const { picker, input, left } = make({ search });
    type(input, "gua");
    await vi.advanceTimersByTimeAsync(LEFT_MS);
    expect(document.querySelector(".picker-none")?.textContent).toBe("Looking …");
    await leave();
    expect(input.value).toBe("gua");
    answer([{ code: { code: "ECGYE", labels: { en: "Guayaquil" } }, label: "Guayaquil", path: [], depth: 0, marks: [] }]);
    await flush();
    expect([input.value, picker.value]).toEqual(["gua", ""]);
    expect(left.at(-1)).toEqual(["gua", ["ECGYE"]]);
  });

  it("takes after Tab the first of an answer that came late and begins as typed", async () => {
    let answer: (matches: Match[]) => void = () => undefined;
    const { picker, input } = make({ search: () => new Promise<Match[]>((resolve) => (answer = resolve)) });
    type(input, "guaya");
    press(input, "Tab");
    await leave();
    answer([{ code: { code: "ECGYE", labels: { en: "Guayaquil" } }, label: "Guayaquil", path: [], depth: 0, marks: [], isSure: true }]);
    await flush();
    expect(picker.value).toBe("ECGYE");
  });

  it("becomes a line of the form where nothing matches, and a list again where something does", async () => {
    const { input } = make();
    const list = (): Element | null => document.querySelector(".picker-list");
    type(input, "xyz");
    await flush();
    expect(list()?.classList.contains("is-none")).toBe(true);
    type(input, "coca");
    await flush();
    expect(list()?.classList.contains("is-none")).toBe(false);
  });

  it("keeps the text when the list cannot be reached, and says so", async () => {
    const { input } = make({ search: () => Promise.reject(new Error("no line")) });
    type(input, "guaya");
    await flush();
    expect(document.querySelector(".picker-none")?.textContent).toContain("cannot be searched");
    await leave();
    expect(input.value).toBe("guaya");
  });

  it("clears a value when its text is emptied", async () => {
    const { picker, input, chosen } = make({ value: "cocaine" });
    type(input, "");
    await flush();
    await leave();
    expect([picker.value, chosen]).toEqual(["", [""]]);
  });

  it("says under a field of a page what is not in the list", async () => {
    document.body.innerHTML = "";
    const { input } = make();
    document.body.innerHTML = "<p><input id='field'></p><button id='other'>x</button>";
    const own = document.getElementById("field") as HTMLInputElement;
    new CodePicker(own, { index: new CodeIndex(LIST) });
    own.focus();
    type(own, "nothing like it");
    await flush();
    await leave();
    expect(document.querySelector(".picker-left")?.textContent).toContain("“nothing like it” is not in the list");
    expect(input.isConnected).toBe(false);
  });
});

describe("records in a picker", () => {
  it("shows what tells namesakes apart, takes the first by Enter and stands with its reference", async () => {
    const found: FoundRecord[] = [
      { id: "id-1", type: "suspect", kind_label: "Person", reference: "S-1", title: "Sami Ouerdani", second: "سامي", office: "Radès", state: "submitted", url: "/suspects/id-1" },
      { id: "id-2", type: "suspect", kind_label: "Person", reference: "S-2", title: "Sami Ouerdani", second: "", office: "Sfax", state: "submitted", url: "/suspects/id-2" },
    ];
    const input = document.createElement("input");
    document.body.replaceChildren(input);
    const chosen: string[] = [];
    new CodePicker(input, { index: emptyIndex("en"), isFlat: true, note: (id) => (id === "id-1" ? "S-1" : ""), search: (text) => Promise.resolve(toMatches(found, text, "en", true)), onChange: (id) => chosen.push(id) });
    input.focus();
    input.value = "sami";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(20);
    const options = [...document.querySelectorAll(".picker-option")];
    expect(options.map((option) => option.textContent)).toEqual(["Sami OuerdaniPerson · سامي · S-1 · Radès", "Sami OuerdaniPerson · S-2 · Sfax"]);
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    expect(chosen).toEqual(["id-1"]);
    expect(input.value).toBe("Sami Ouerdani");
    expect(document.querySelector(".picker-value")?.textContent).toBe("S-1");
  });
});
