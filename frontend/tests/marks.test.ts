import { describe, expect, it } from "vitest";
import { boxBetween } from "../islands/marks";

describe("a rectangle between two points", () => {
  it("is the same whichever way it was drawn", () => {
    expect(boxBetween({ x: 10, y: 20 }, { x: 30, y: 60 })).toEqual([10, 20, 20, 40]);
    expect(boxBetween({ x: 30, y: 60 }, { x: 10, y: 20 })).toEqual([10, 20, 20, 40]);
  });
  it("stays within the picture", () => {
    expect(boxBetween({ x: -5, y: 50 }, { x: 120, y: 130 })).toEqual([0, 50, 100, 50]);
  });
});
