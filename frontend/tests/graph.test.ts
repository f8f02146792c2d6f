import { describe, expect, it } from "vitest";
import { boxAt, countTies, placeLabels } from "../graph/labels";
import { Layout } from "../graph/layout";
import { labelOf, lookOf, shorten } from "../graph/looks";
import type { Colours } from "../graph/looks";
import { Model } from "../graph/model";
import { boxOf, writeSvg } from "../graph/svg";
import { binsOf, monthsOf } from "../graph/time";
import type { ChartData, NodeData, Suggestion } from "../graph/types";
import { neighbourTowards } from "../graph/walk";

function node(id: string, kind = "thing:phone", changes: Partial<NodeData> = {}): NodeData {
  return { id, kind, group: kind.startsWith("thing") ? "numbers" : "cases", kind_label: "Phone", title: id, reference: "", second: "", standing: "", standing_label: "", state: "", kept_until: "", kept_until_label: "", day: "", url: "", counts: {}, ...changes };
}

function chart(nodes: NodeData[], pairs: [string, string][], suggestions: Suggestion[] = []): ChartData {
  return { nodes, edges: pairs.map(([source, target]) => ({ source, target, role: "Phone", is_link: false, day: "" })), suggestions, is_behind: false };
}

const suggestion: Suggestion = { first: "a", second: "b", first_title: "A", second_title: "B", kind: "phone", reason: "same phone", thing: "p", label: "20 555", verdict: "" };
const colours = Object.fromEntries(["ink", "ink2", "ink3", "page", "surface", "line", "accent", "accentLine", "onAccent", "warning", "edge", "ok", "hold", "onHold"].map((name) => [name, `#${name}`])) as unknown as Colours;
const model = (): Model => new Model((count, kind) => `${count} × ${kind}`);

function star(): Model {
  const made = model();
  made.take(chart([node("a", "record:case", { day: "2026-03-01" }), node("b", "record:case", { day: "2024-03-01" }), node("p"), node("q"), node("r")], [["a", "p"], ["b", "p"], ["a", "q"], ["a", "r"]], [suggestion]));
  return made;
}

describe("a chart", () => {
  it("puts what a person chose into one node of a name, keeps it when it is saved, and takes it apart", () => {
    const made = star();
    for (const id of ["q", "r"]) {
      const spot = made.spots.get(id);
      if (spot) made.togglePick(spot);
    }
    expect(made.groupPicked("  ")).toBe(false);
    expect(made.groupPicked("Brothers")).toBe(true);
    expect(made.picked.size).toBe(0);
    const group = made.scene().spots.find((spot) => spot.held);
    expect(group?.data.title).toBe("Brothers (2)");
    const again = model();
    again.take(made.chart, undefined, made.placed());
    const kept = again.scene().spots.find((spot) => spot.held);
    expect(kept?.data.title).toBe("Brothers (2)");
    if (kept) again.toggleGroup(kept);
    expect(again.scene().spots.some((spot) => spot.held)).toBe(false);
  });

  it("keeps the places of nodes it knows and lets go of those that are gone", () => {
    const made = star();
    const spot = made.spots.get("a");
    if (!spot) throw new Error("no node");
    spot.x = 777;
    const fresh = made.take(chart([node("a", "record:case"), node("z")], [["a", "z"]]), spot);
    expect(made.spots.get("a")?.x).toBe(777);
    expect(fresh.map((one) => one.id)).toEqual(["z"]);
    expect(made.ids).toEqual(["a", "z"]);
  });

  it("draws suggested links apart from what is stated", () => {
    const kinds = star().scene().ties.map((tie) => tie.kind);
    expect(kinds.filter((kind) => kind === "suggested")).toHaveLength(1);
    expect(kinds).toHaveLength(5);
  });

  it("draws nothing of what is hidden, and counts it as hidden", () => {
    const made = star();
    const spot = made.spots.get("p");
    if (spot) spot.isHidden = true;
    expect(made.scene().spots.map((one) => one.id)).not.toContain("p");
    expect(made.scene().ties).toHaveLength(3);
    expect(made.hiddenCount).toBe(1);
  });

  it("puts the leaves of a node into one for each kind, and takes them out again", () => {
    const made = star();
    const centre = made.spots.get("a");
    if (!centre) throw new Error("no node");
    expect(made.toggleGroup(centre)).toBe(true);
    const group = made.scene().spots.find((spot) => spot.held);
    expect(group?.data.title).toBe("2 × Phone");
    expect(made.scene().spots).toHaveLength(4);
    if (group) made.toggleGroup(group);
    expect(made.scene().spots).toHaveLength(5);
    expect(made.toggleGroup(made.spots.get("p") ?? centre)).toBe(false);
  });

  it("leaves out what lies outside the time, with the things that nothing shown states", () => {
    const made = star();
    made.until = "2025-12-31";
    expect(made.scene().spots.map((spot) => spot.id)).toEqual(["b", "p"]);
  });

  it("saves places, pins, what is hidden and groups, and opens them again", () => {
    const made = star();
    const spot = made.spots.get("p");
    if (spot) [spot.x, spot.y, spot.fx, spot.fy, spot.isHidden] = [12.4, -7, 12.4, -7, true];
    const saved = made.placed();
    const again = model();
    again.take(made.chart, undefined, saved);
    expect(again.placed()).toEqual(saved);
    expect(saved.find((place) => place.id === "p")).toEqual({ id: "p", x: 12, y: -7, is_pinned: true, is_hidden: true, group: "" });
  });

  it("counts what is shown around a node by group", () => {
    expect(star().shownCounts("a")).toEqual({ numbers: 3 });
    expect(star().suggestionsOf("p")).toHaveLength(1);
    expect(star().suggestionsOf("q")).toHaveLength(0);
  });
});

describe("arrow keys", () => {
  it("lead to the neighbour in their direction", () => {
    const made = star();
    const places: Record<string, [number, number]> = { a: [0, 0], p: [100, 5], q: [-80, 10], r: [5, 90], b: [200, 0] };
    for (const [id, [x, y]] of Object.entries(places)) Object.assign(made.spots.get(id) ?? {}, { x, y });
    const scene = made.scene();
    const from = scene.spots.find((spot) => spot.id === "a");
    if (!from) throw new Error("no node");
    expect(["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "x"].map((key) => neighbourTowards(scene, from, key)?.id)).toEqual(["p", "q", "r", undefined, undefined]);
  });
});

describe("a picture", () => {
  it("holds every name, escaped, and no script", () => {
    const made = model();
    made.take(chart([node("x", "inline:person", { title: "<script>&Sami", standing: "charged" })], []));
    const text = writeSvg(made.scene(), colours, { chosen: null, path: [], doubted: new Set(), picked: new Set() });
    expect(text).toContain("&lt;script&gt;&amp;Sami");
    expect(text).not.toContain("<script");
    expect(new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror")).toBeNull();
  });

  it("has a size even where nothing is drawn", () => {
    expect(boxOf({ spots: [], ties: [] })).toEqual({ left: 0, top: 0, width: 120, height: 120 });
  });

  it("calls cases by their number and shortens long names", () => {
    expect(labelOf(node("a", "record:case", { reference: "TN-RDS-2026-000318", title: "Cocaine" }))).toBe("RDS-2026-000318");
    expect(labelOf(node("a", "inline:person", { reference: "TN-RDS-2026-000318", title: "Sami" }))).toBe("Sami");
    expect(shorten("x".repeat(60))).toHaveLength(24);
    expect(lookOf(node("a", "record:case"), colours, true).isDashed).toBe(true);
  });
});

describe("labels", () => {
  const nothing = { chosen: null, path: [], doubted: new Set<string>(), picked: new Set<string>() };
  const place = (made: Model, marks: Parameters<typeof placeLabels>[1]["marks"] = nothing) => {
    const scene = made.scene();
    return placeLabels(scene.spots, { marks, colours, height: 12, ties: countTies(scene), taken: [], measure: (text) => text.length * 7 });
  };
  const crowd = (): Model => {
    const made = model();
    const checks = Array.from({ length: 30 }, (_, at) => node(`c${at}`, "record:control", { reference: `C-TN-RDS-2026-0000${10 + at}` }));
    made.take(chart([node("firm", "record:company", { title: "Sahel Fruits" }), ...checks], checks.map(({ id }) => ["firm", id])));
    [...made.spots.values()].forEach((spot, at) => ([spot.x, spot.y] = [(at % 6) * 40, Math.floor(at / 6) * 40]));
    return made;
  };

  it("never lie over each other, and what many lines lead to is named first", () => {
    const labels = place(crowd());
    expect(labels[0]?.text).toBe("Sahel Fruits");
    expect(labels.length).toBeLessThan(31);
    const boxes = labels.map(({ text, x, y }) => boxAt(x, y, text.length * 3.5, 12));
    const over = boxes.filter((one, at) => boxes.slice(at + 1).some((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom));
    expect(over).toEqual([]);
  });

  it("of the chosen node and of a path are always there", () => {
    const made = crowd();
    const labels = place(made, { ...nothing, chosen: made.spots.get("c17") ?? null, path: ["c3", "firm"] });
    expect(labels.filter((label) => label.isMarked).map((label) => label.spot.id).sort()).toEqual(["c17", "c3", "firm"]);
  });

  it("stand below their node where there is room, else above it", () => {
    const made = model();
    made.take(chart([node("a", "inline:person", { title: "Sami" }), node("b", "inline:person", { title: "Nadir" })], []));
    const [one, other] = [...made.spots.values()];
    if (!one || !other) throw new Error("no nodes");
    [one.x, one.y, other.x, other.y] = [0, 0, 0, 32];
    expect(place(made).map(({ spot, y }) => Math.sign(y - spot.y))).toEqual([-1, 1]);
  });
});

describe("the time slider", () => {
  it("counts records by month, empty ones too, in at most thirty-four bars", () => {
    const nodes = [node("a", "record:case", { day: "2025-11-30" }), node("b", "record:case", { day: "2026-02-01" }), node("p", "thing:phone", { day: "2026-02-01" })];
    expect(monthsOf(nodes)).toEqual([{ key: "2025-11", count: 1 }, { key: "2025-12", count: 0 }, { key: "2026-01", count: 0 }, { key: "2026-02", count: 1 }]);
    const long = monthsOf([node("a", "record:case", { day: "1990-01-01" }), node("b", "record:case", { day: "2026-12-01" })]);
    expect(binsOf(long).length).toBeLessThanOrEqual(34);
    expect(binsOf(long).reduce((sum, bin) => sum + bin.count, 0)).toBe(2);
    expect(monthsOf([node("p")])).toEqual([]);
  });
});

describe("the layout", () => {
  it("brings nodes apart and leaves pinned ones where they are", () => {
    const made = star();
    const pinned = made.spots.get("b");
    if (pinned) [pinned.x, pinned.y, pinned.fx, pinned.fy] = [500, 500, 500, 500];
    const layout = new Layout();
    const scene = made.scene();
    layout.start(scene, 1);
    layout.settle(scene);
    expect([pinned?.x, pinned?.y]).toEqual([500, 500]);
    for (const one of scene.spots) for (const other of scene.spots) if (one !== other) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(40);
  });
});
