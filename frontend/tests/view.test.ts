import { geoMercator } from "d3-geo";
import { expect, it } from "vitest";
import { WHOLE, applyView, zoomView } from "../maps/view";

it("keeps the spot under the pointer where it is", () => {
  const projection = geoMercator().scale(100).translate([200, 100]);
  const spot: [number, number] = [20, 10];
  const before = projection(spot) as [number, number];
  applyView(projection, zoomView(WHOLE, 2, before[0] - 200, before[1] - 100), 400, 200);
  const after = projection(spot) as [number, number];
  expect(after[0]).toBeCloseTo(before[0], 6);
  expect(after[1]).toBeCloseTo(before[1], 6);
});

it("never goes wider than the whole map, and comes back to its middle", () => {
  const close = zoomView(WHOLE, 3, 50, 20);
  expect(close.zoom).toBe(3);
  expect(zoomView(close, 0.1)).toEqual(WHOLE);
});
