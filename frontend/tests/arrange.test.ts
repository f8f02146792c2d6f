import { beforeEach, describe, expect, it } from "vitest";
import { listOrder, moveRow } from "../islands/arrange";

describe("rows of one's own order", () => {
  let body: HTMLElement;
  const row = (id: string): HTMLElement => body.querySelector<HTMLElement>(`[data-id="${id}"]`) as HTMLElement;

  beforeEach(() => {
    document.body.innerHTML = '<table><tbody><tr data-id="a"></tr><tr data-id="b"></tr><tr data-id="c"></tr><tr></tr></tbody></table>';
    body = document.querySelector("tbody") as HTMLElement;
  });

  it("move up and down by one", () => {
    expect(moveRow(body, row("c"), -1)).toBe(true);
    expect(listOrder(body)).toEqual(["a", "c", "b"]);
    expect(moveRow(body, row("a"), 1)).toBe(true);
    expect(listOrder(body)).toEqual(["c", "a", "b"]);
  });

  it("stay at either end, and above rows that are not one's own", () => {
    expect(moveRow(body, row("a"), -1)).toBe(false);
    expect(moveRow(body, row("c"), 1)).toBe(false);
    expect(listOrder(body)).toEqual(["a", "b", "c"]);
    expect(body.lastElementChild?.hasAttribute("data-id")).toBe(false);
  });
});
