import { beforeEach, describe, expect, it, vi } from "vitest";
import { mountRepair, rowAfter } from "../islands/repair";

const row = (number: number, inside: string): string => `<tr id="row-${number}"><td>${inside}</td></tr>`;
const RED = '<form><input data-repair value="resin"><button name="alike" type="submit" data-offer>take</button></form>';
const DONE = '<form><button name="undo" data-undo="one">back</button><button name="undo" data-undo="alike">all back</button></form>';

function draw(rows: string): HTMLElement {
  document.body.innerHTML = `<button data-row-act="next"></button><button data-row-act="accept"></button><button data-row-act="edit"></button><button data-row-act="undo"></button><table><tbody>${rows}</tbody></table>`;
  return document.querySelector("table") as HTMLElement;
}

const act = (name: string): void => document.querySelector<HTMLElement>(`[data-row-act="${name}"]`)?.click();
const chosen = (): string => document.querySelector(".is-selected")?.id ?? "";
const press = (key: string): void => void document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

Element.prototype.scrollIntoView = () => undefined;
beforeEach(() => {
  window.sessionStorage.clear();
  window.location.hash = "";
});

describe("repairing rows by keyboard", () => {
  it("moves by buttons and arrows, goes into the cell by Enter and out by Escape", () => {
    mountRepair(draw(row(2, RED) + row(3, RED)));
    act("next");
    expect(chosen()).toBe("row-2");
    press("ArrowDown");
    expect(chosen()).toBe("row-3");
    press("Enter");
    expect((document.activeElement as HTMLInputElement).value).toBe("resin");
    press("Escape");
    expect(document.activeElement?.id).toBe("row-3");
    press("ArrowUp");
    expect(chosen()).toBe("row-2");
  });

  it("takes the proposal of the chosen row only, and takes back as far as it reached", () => {
    const table = draw(row(2, DONE) + row(3, RED));
    mountRepair(table);
    const taken = vi.fn((event: Event) => event.preventDefault());
    table.addEventListener("submit", taken);
    act("accept");
    expect(taken).not.toHaveBeenCalled();
    act("next");
    act("next");
    act("accept");
    expect(window.sessionStorage.getItem("opencen.repaired")).toBe("row-3 alike");
    window.sessionStorage.setItem("opencen.repaired", "row-2 alike");
    const back = vi.fn((event: Event) => event.preventDefault());
    document.querySelector("[data-undo=alike]")?.addEventListener("click", back);
    act("undo");
    expect(back).toHaveBeenCalledTimes(1);
  });

  it("goes on at the next row that still asks", () => {
    draw(row(2, DONE) + row(3, DONE) + row(4, RED));
    const rows = [...document.querySelectorAll<HTMLElement>("tr")];
    expect(rowAfter(rows, "row-2")?.id).toBe("row-4");
    expect(rowAfter(rows, "row-4")?.id).toBe("row-4");
    expect(rowAfter(rows, "row-9")).toBeUndefined();
  });

  it("comes back to where the page was left", () => {
    window.location.hash = "#row-2";
    mountRepair(draw(row(2, DONE) + row(3, RED)));
    expect(chosen()).toBe("row-3");
  });
});
