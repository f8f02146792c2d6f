import { beforeEach, describe, expect, it, vi } from "vitest";
import { areLettersOn, describeKey, findShortcuts, isField, nameKey } from "../islands/keys";

function press(key: string, target: Element = document.body, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}

describe("shortcut keys", () => {
  const clicked = vi.fn();

  beforeEach(() => {
    clicked.mockReset();
    window.localStorage.clear();
    document.body.innerHTML = '<button data-key="n">New</button><button data-key="ctrl+enter">Submit</button><input id="text"><input type="checkbox" id="box">';
    for (const button of document.querySelectorAll("button")) {
      button.addEventListener("click", clicked);
      button.getClientRects = () => [{}] as unknown as DOMRectList;
    }
  });

  it("press the button that carries them", () => {
    expect(press("n").defaultPrevented).toBe(true);
    expect(clicked).toHaveBeenCalledTimes(1);
  });

  it("leave single letters alone inside fields", () => {
    press("n", document.querySelector("#text") as Element);
    expect(clicked).not.toHaveBeenCalled();
  });

  it("work inside fields with Ctrl", () => {
    press("Enter", document.querySelector("#text") as Element, { ctrlKey: true });
    expect(clicked).toHaveBeenCalledTimes(1);
  });

  it("can be switched off", () => {
    window.localStorage.setItem("opencen.keys", "off");
    press("n");
    expect(areLettersOn()).toBe(false);
    expect(clicked).not.toHaveBeenCalled();
  });

  it("are listed with their label", () => {
    expect(findShortcuts().map(({ key, label }) => [key, label])).toEqual([["n", "New"], ["ctrl+enter", "Submit"]]);
  });

  it("know a field from a box that is ticked", () => {
    expect(isField(document.querySelector("#text"))).toBe(true);
    expect(isField(document.querySelector("#box"))).toBe(false);
  });

  it("are named as they are drawn", () => {
    expect(describeKey("ctrl+enter")).toBe("Ctrl ↵");
    expect(nameKey(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true }))).toBe("ctrl+enter");
  });
});
