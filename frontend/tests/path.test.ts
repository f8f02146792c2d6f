import { afterEach, describe, expect, it, vi } from "vitest";
import { writeDay } from "../graph/looks";
import { Model } from "../graph/model";
import { Paths } from "../graph/paths";
import { writeRows } from "../graph/rows";
import type { ChartData, NodeData, Spot } from "../graph/types";

const PHONE = "+216 98 412 771";

function node(id: string, kind: string, title: string, reference = ""): NodeData {
  return { id, kind, group: "people", kind_label: "", title, reference, second: "", standing: "", standing_label: "", state: "", kept_until: "", kept_until_label: "", day: "", url: "", counts: {} };
}

const chart: ChartData = {
  nodes: [node("a", "record:suspect", "مهدي الزواشين"), node("p", "thing:phone", PHONE), node("c", "record:case", "Cocaine, 78 kg", "TN-RDS-2026-000011")],
  edges: [{ source: "a", target: "p", role: "هاتف", is_link: false, day: "" }, { source: "p", target: "c", role: "هاتف", is_link: false, day: "" }],
  suggestions: [],
  is_behind: false,
};

afterEach(() => vi.unstubAllGlobals());

describe("the sentence that tells a path", () => {
  it("keeps every name apart, and numbers whole on one line in their own order", async () => {
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ paths: [["a", "p", "c"]], chart })));
    const banner = document.createElement("div");
    const paths = new Paths(banner, { path_steps: "أقصر مسار، %(count)s خطوات:" }, "", () => undefined, () => undefined);
    const spot = (id: string): Spot => ({ id }) as Spot;
    paths.toggle(spot("a"));
    paths.takes(spot("c"));
    await vi.waitFor(() => expect(banner.querySelectorAll("bdi")).toHaveLength(3));
    const said = [...banner.querySelectorAll("bdi")].map((name) => [name.textContent, name.className]);
    expect(said).toEqual([["مهدي الزواشين", ""], [PHONE, "identifier"], ["TN-RDS-2026-000011", "identifier"]]);
  });
});

describe("the chart as a table", () => {
  it("keeps a number apart from the role that stands behind it", () => {
    const model = new Model((count, kind) => `${count} × ${kind}`);
    model.take(chart);
    const body = document.createElement("tbody");
    writeRows(body, model, model.scene());
    const row = [...body.rows].find((found) => found.cells[0]?.textContent === "مهدي الزواشين");
    expect(row?.cells[2]?.innerHTML).toBe(`<bdi class="identifier wrap-identifier">${PHONE}</bdi> (هاتف)`);
  });
});

describe("a day beside a node", () => {
  it("is written in the reader's words, and stays where it is less than a day", () => {
    document.documentElement.lang = "en";
    expect([writeDay("2028-05-01"), writeDay("2028"), writeDay("")]).toEqual(["1 May 2028", "2028", ""]);
  });
});
