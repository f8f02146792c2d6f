import { describe, expect, it } from "vitest";
import { readCells, readLines, readTable } from "../model/table";
import type { Reader } from "../model/table";
import { likeEarlier } from "../model/template";

const GOODS: Record<string, string> = { cocaine: "drugs.cocaine", cocaïne: "drugs.cocaine", cigarettes: "revenue.tobacco.cigarettes" };
const UNITS: Record<string, string> = { kg: "kg", pcs: "piece", g: "g" };
const reader: Reader = {
  decimalComma: false,
  labels: { commodity: "Goods", quantity: "Quantity, as on the scale" },
  find: (list, text) => {
    const code = (list === "unit" ? UNITS : GOODS)[text.toLowerCase()];
    return code ? { code, label: code } : null;
  },
};
const read = (text: string) => {
  const table = readTable(readCells(text) ?? [], reader);
  return { table, lines: readLines(table, reader) };
};

describe("a pasted table", () => {
  it("is none without a tabulator", () => {
    expect(readCells("86.42 kg")).toBeNull();
    expect(readCells("two\nlines")).toBeNull();
  });

  it("keeps line breaks and quotes inside a quoted cell", () => {
    expect(readCells('a\t"b ""x""\nc"\r\nd\te\r\n')).toEqual([["a", 'b "x"\nc'], ["d", "e"]]);
  });

  it.each([
    ["Unit\tGoods\tQty\nkg\tCocaine\t86.42", ["unit", "commodity", "quantity"]],
    ["Quantité\tColis\tMarchandise\tUnité\n86.42\t78\tcocaïne\tkg", ["quantity", "packages", "commodity", "unit"]],
    ["الكمية\tالبضاعة\n86.42\tcocaine", ["quantity", "commodity"]],
  ])("is read by its headings in any order and language", (text, columns) => {
    const { table, lines } = read(text);
    expect(table).toMatchObject({ hasHead: true, columns });
    expect(lines[0]?.values).toMatchObject({ commodity: "drugs.cocaine", quantity: "86.42" });
  });

  it("without headings is read by what is in it", () => {
    const { table, lines } = read("Cocaine\t2.5\tkg\nCigarettes\t400\tpcs");
    expect(table).toMatchObject({ hasHead: false, columns: ["commodity", "quantity", "unit"] });
    expect(lines.map((line) => line.values)).toEqual([
      { commodity: "drugs.cocaine", quantity: "2.5", unit: "kg" },
      { commodity: "revenue.tobacco.cigarettes", quantity: "400", unit: "piece" },
    ]);
  });

  it("takes number and unit of one cell apart, and never two amounts", () => {
    const { lines } = read("Goods\tQuantity\nCocaine\t2.5 kg\nCocaine\t2 kg 300 pcs\nCocaine\tabout three");
    expect(lines.map((line) => line.values)).toEqual([{ commodity: "drugs.cocaine", quantity: "2.5", unit: "kg" }, { commodity: "drugs.cocaine" }, { commodity: "drugs.cocaine" }]);
    expect(lines.map((line) => line.cells[1]?.isUnread)).toEqual([false, true, true]);
  });

  it("says which goods it does not know, and keeps the rest of the line", () => {
    const { lines } = read("Goods\tQuantity\nWibble\t3");
    expect(lines[0]?.cells[0]).toEqual({ text: "Wibble", shown: "", isUnread: true });
    expect(lines[0]?.values).toEqual({ quantity: "3" });
  });
});

describe("a case like an earlier one", () => {
  const earlier = {
    kind: "seizure", form: "full", detected_at: "2026-06-12", detection_method: "risk", narrative: "secret", media: [{ id: "m", sha256: "x" }],
    persons: [{ id: "p", name: "A" }],
    conveyances: [{ id: "v", mode: "air", flight: "TU851", plate: "123" }],
    lines: [{ id: "l", commodity: "drugs.cocaine", quantity: "3", unit: "kg", persons: ["p"], concealment: { place: "in_luggage", note: "n" } }],
    consignments: [{ id: "s", consignee: "Sahel", bill_of_lading: "B1", containers: [{ id: "c", number: "OCLU3026189" }] }],
  };

  it("keeps what repeats and nothing of the one event", () => {
    expect(likeEarlier(earlier)).toEqual({
      kind: "seizure", form: "short", detection_method: "risk",
      conveyances: [{ id: "v", mode: "air", flight: "TU851" }],
      lines: [{ id: "l", commodity: "drugs.cocaine", unit: "kg", concealment: { place: "in_luggage" } }],
      consignments: [{ id: "s", consignee: "Sahel" }],
    });
  });
});
