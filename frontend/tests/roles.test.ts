import { describe, expect, it } from "vitest";
import { rolesFor } from "../codes/link_roles";

function option(value: string, ends: string): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = value;
  made.dataset["ends"] = ends;
  return made;
}

describe("the roles of a link", () => {
  const options = [option("", ""), option("employee", "company"), option("involved", "case investigation")];

  it("are those that can hold with the record that was chosen", () => {
    expect(rolesFor(options, "case").map((one) => one.value)).toEqual(["", "involved"]);
    expect(rolesFor(options, "company").map((one) => one.value)).toEqual(["", "employee"]);
  });

  it("are all while none is chosen", () => {
    expect(rolesFor(options, "")).toHaveLength(3);
  });
});
