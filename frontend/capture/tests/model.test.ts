import { describe, expect, test } from "vitest";
import type { Part } from "../contract";
import { Entry } from "../entry";
import { askedFields, countAnswers, holds } from "../model/conditions";
import { duplicateItem, getAt, listAt, moveItem, newRecordId, parsePath, plainPath, removeItem, setAt, toCanonical } from "../model/document";
import { compileForm, isInline, widgetOf } from "../model/schema";
import { answeringPath } from "../view/desk";
import { layShort, pack } from "../view/flow";
import { worthAnswering } from "../view/side";
import { stopOf, withRoles } from "../view/route";
import { endOfSentence } from "../words";
import { smallForm } from "./world";

const two: Part = { kind: "seizure", lines: [{ id: "a", commodity: "drugs.cocaine", parts: [{ id: "p", note: "x" }] }, { id: "b", quantity: "2" }] };

describe("paths", () => {
  test("a path names items by their ids", () => {
    expect(parsePath("lines[a-1].parts[p].note")).toEqual([{ name: "lines", item: "a-1" }, { name: "parts", item: "p" }, { name: "note", item: null }]);
    expect(plainPath("lines[a-1].parts[p].note")).toBe("lines.parts.note");
  });
  test.each([
    ["kind", "seizure"],
    ["lines[b].quantity", "2"],
    ["lines[a].parts[p].note", "x"],
    ["lines[zz].quantity", undefined],
    ["nothing.here", undefined],
  ])("%s holds %s", (path, value) => expect(getAt(two, path)).toEqual(value));
  test("a change makes a new document and leaves the old one", () => {
    const changed = setAt(two, "lines[a].parts[p].note", "y");
    expect(getAt(changed, "lines[a].parts[p].note")).toBe("y");
    expect(getAt(two, "lines[a].parts[p].note")).toBe("x");
    expect(changed["lines"]).toHaveLength(2);
  });
  test("items and groups that are not there yet are made", () => {
    const made = setAt({}, "lines[n].concealment.place", "in_mail", (list, id) => ({ id, list }));
    expect(made).toEqual({ lines: [{ id: "n", list: "lines", concealment: { place: "in_mail" } }] });
  });
  test("an emptied value takes its empty group with it, and never the item", () => {
    const emptied = setAt({ lines: [{ id: "n", concealment: { place: "in_mail" } }] }, "lines[n].concealment.place", "");
    expect(emptied).toEqual({ lines: [{ id: "n" }] });
  });
  test("what pointed at a removed item points at nothing", () => {
    const document: Part = { persons: [{ id: "p1" }, { id: "p2" }], lines: [{ id: "a", persons: ["p1", "p2"] }], offences: [{ id: "o", person: "p1" }] };
    expect(removeItem(document, "persons", "p1")).toEqual({ persons: [{ id: "p2" }], lines: [{ id: "a", persons: ["p2"] }], offences: [{ id: "o" }] });
  });
  test("a copy stands behind its original, and nothing in it shares an id", () => {
    const copied = listAt(duplicateItem(two, "lines", "a", "c"), "lines");
    expect(copied.map((item) => item["id"])).toEqual(["a", "c", "b"]);
    expect(getAt({ lines: copied }, "lines[c].commodity")).toBe("drugs.cocaine");
    expect(listAt({ lines: copied }, "lines[c].parts")[0]?.["id"]).not.toBe("p");
  });
  test.each([[1, ["b", "a"]], [5, ["b", "a"]], [-1, ["a", "b"]]])("an item moves by %i within its list", (by, order) => {
    expect(listAt(moveItem(two, "lines", "a", by), "lines").map((item) => item["id"])).toEqual(order);
  });
  test("nothing empty is handed in, nor an item that says nothing of its own", () => {
    const document: Part = { narrative: "  ", kind: " seizure ", lines: [{ id: "a", role: "contraband" }, { id: "b", role: "contraband", quantity: "2" }], operations: ["", "BLUE"] };
    expect(toCanonical(document, (path) => path === "lines.role")).toEqual({ kind: "seizure", lines: [{ id: "b", role: "contraband", quantity: "2" }], operations: ["BLUE"] });
  });
  test("record ids sort by birth", () => {
    const [first, second] = [newRecordId(1_000_000), newRecordId(2_000_000)];
    expect(first < second).toBe(true);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe("conditions", () => {
  const scope: Part[] = [{ kind: "seizure", role: "root" }, { id: "a", role: "contraband", commodity: "drugs.cocaine" }];
  test.each([
    [{ path: "role", is: ["contraband"] }, true],
    [{ path: "role", is: ["root"] }, false],
    [{ path: "kind", is: ["seizure"] }, true],
    [{ path: "commodity", under: ["drugs"] }, true],
    [{ path: "commodity", under: ["drug"] }, false],
    [{ path: "persons", present: false }, true],
    [{ path: "commodity", present: true }, true],
  ])("%j is looked for from the item outwards: %s", (condition, expected) => expect(holds(condition, scope)).toBe(expected));

  const form = compileForm(smallForm());
  test("what is asked depends on what is stated", () => {
    const asked = (document: Part) => [...askedFields(document, form, true)].map((found) => found.path);
    expect(asked({ kind: "seizure", lines: [{ id: "a", role: "contraband" }] })).toContain("lines[a].concealment");
    expect(asked({ kind: "offence", lines: [{ id: "a", role: "contraband" }] })).not.toContain("lines[a].concealment");
    expect(asked({})).toEqual(["kind", "detected_at", "lines", "boxes", "route", "persons", "national.ticket"]);
  });
  test("one box is one question, and so is a route", () => {
    const document: Part = { detected_at: "2026", lines: [{ id: "a", role: "contraband", commodity: "x", quantity: "2" }], route: [{ id: "r", role: "departure", country: "EC" }] };
    const found = countAnswers(document, form, true, (field) => Boolean(field.layout.default));
    expect(found).toEqual({ answered: 3, asked: 4, missing: ["lines[a].quantity"] });
  });
});

test.each([
  ["Seized on 19 nov. 2026 is later. Check it.", "Seized on 19 nov. 2026 is later."],
  ["Stands behind this “random selection”. W-1 named it.", "Stands behind this “random selection”."],
  ["One sentence", "One sentence"],
])("the first sentence of %j", (text, first) => expect(text.slice(0, endOfSentence(text))).toBe(first));

describe("the form", () => {
  const form = compileForm(smallForm());
  test.each([
    ["detected_at", "partial_date"],
    ["kind", "code"],
    ["lines.quantity", "decimal"],
    ["lines.persons", "item"],
    ["persons.name", "party"],
    ["boxes.number", "identifier"],
    ["national.ticket", "integer"],
  ])("%s is a %s", (path, kind) => expect(form.byPath.get(path)?.kind).toBe(kind));
  test("a route has a box of its own, goods and persons have not", () => {
    const group = (path: string) => form.byPath.get(path)?.group;
    expect(widgetOf(group("route")?.fields ?? [], group("route")?.list ?? "")).toBe("route");
    expect(widgetOf(group("lines")?.fields ?? [], group("lines")?.list ?? "")).toBeNull();
  });
  test("goods show before they are there, a person only when there is one", () => {
    const shown = (path: string) => { const field = form.byPath.get(path); return field && isInline(field); };
    expect([shown("lines"), shown("boxes"), shown("persons")]).toEqual([true, true, false]);
  });
  test("stops take their roles from their order", () => {
    const stops = withRoles([stopOf("place", "ECGYE"), stopOf("country", "ES"), stopOf("place", "TNRDS")]);
    expect(stops).toEqual([{ country: "EC", place: "ECGYE", role: "departure" }, { country: "ES", role: "transit" }, { country: "TN", place: "TNRDS", role: "destination" }]);
  });
});

describe("an entry", () => {
  const begin = (): Entry => {
    const entry = new Entry("case", "r1", smallForm(), "en");
    entry.start();
    return entry;
  };
  test("starts from what office and duty fill in", () => expect(begin().document).toEqual({ kind: "seizure", form: "short" }));
  test("makes the first item when something is said of it, with what duty fills in", () => {
    const entry = begin();
    const [path = ""] = entry.itemPaths("lines", true);
    entry.set(`${path}.quantity`, "2");
    expect(listAt(entry.document, "lines")).toEqual([{ id: path.slice(6, -1), role: "contraband", quantity: "2" }]);
  });
  test("takes back step by step, one's typing as one step", () => {
    const entry = begin();
    for (const text of ["2", "20", "202", "2021"]) entry.set("detected_at", text);
    const id = entry.add("persons");
    entry.remove("persons", id);
    entry.undo();
    expect(listAt(entry.document, "persons")).toHaveLength(1);
    entry.undo();
    entry.undo();
    expect(entry.get("detected_at")).toBeUndefined();
    expect(entry.canUndo).toBe(false);
  });
  test("finds a wrong check digit at once and offers what it may have been", () => {
    const entry = begin();
    entry.set("boxes[x].number", "OCLU3026819");
    const [found] = entry.findings();
    expect(found).toMatchObject({ code: "identifier.check_digit", path: "boxes[x].number", level: "warning" });
    expect(found?.suggestions.map((made) => made.patch["boxes[x].number"])).toEqual(["OCLU3026810", "OCLU3026189", "DCLU3026819"]);
  });
  test("does not complain of empty fields before it is handed in", () => {
    const entry = begin();
    entry.answer = { findings: [{ code: "field.missing", level: "error", path: "detected_at", message: "Needed.", data: {}, suggestions: [] }], completeness: { answered: 0, asked: 1, percent: 0, missing: [] }, known: [], quantities: [] };
    expect(entry.findings()).toEqual([]);
    entry.wasSubmitted = true;
    expect(entry.findings()).toHaveLength(1);
    entry.set("detected_at", "2026");
    expect(entry.findings()).toEqual([]);
  });
  test("a finding at a group stands beside the field that answers it", () => {
    const entry = begin();
    const id = entry.virtualId("lines");
    expect(answeringPath(entry, "lines")).toBe(`lines[${id}].commodity`);
    expect(answeringPath(entry, "route")).toBe("route");
    entry.set("lines[a].commodity", "drugs");
    expect(answeringPath(entry, "lines[a].concealment")).toBe("lines[a].concealment.place");
  });
  test("fills rows of twelve, and a second line of goods gets a band of its own", () => {
    const entry = begin();
    const cell = (width: number) => ({ kind: "field" as const, field: entry.form.byPath.get("detected_at")!, path: "detected_at", width });
    expect(pack(entry, [cell(5), cell(4), cell(3), cell(7), cell(6)]).map((row) => row.cells.length)).toEqual([3, 1, 1]);
    expect(layShort(entry, false).filter((band) => band.item)).toHaveLength(0);
    entry.set("lines[a].commodity", "x");
    entry.add("lines");
    expect(layShort(entry, false).filter((band) => band.item).map((band) => band.item?.number)).toEqual([1, 2]);
  });
});

test("what is still worth answering is named once, by the group or by the field that answers it", () => {
  const given = smallForm();
  for (const path of ["lines", "lines.concealment"]) for (const field of given.layout.groups[path]?.fields ?? []) if (["concealment", "place"].includes(field.path)) field.unlocks = "earlier cases";
  const entry = new Entry("case", "1", given, "en");
  entry.document = { kind: "seizure", lines: [{ id: "a", role: "contraband", commodity: "drugs" }] };
  const answering = worthAnswering(entry).map(({ path }) => answeringPath(entry, path));
  expect(answering).toContain("lines[a].concealment.place");
  expect(answering).toEqual([...new Set(answering)]);
});
