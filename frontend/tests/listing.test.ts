import { describe, expect, it } from "vitest";
import { nextRow } from "../islands/listing";

describe("moving over a list", () => {
  it.each([
    [3, -1, 1, 0],
    [3, -1, -1, 2],
    [3, 0, 1, 1],
    [3, 2, 1, 2],
    [3, 0, -1, 0],
    [0, -1, 1, -1],
  ])("of %i rows, from %i by %i, leads to %i", (rows, chosen, step, wanted) => {
    expect(nextRow(rows, chosen, step)).toBe(wanted);
  });
});
