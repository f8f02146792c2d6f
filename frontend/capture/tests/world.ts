/** A small form for tests, shaped as the server's. */
import type { FormAnswer, LayoutField, SchemaNode } from "../contract";

function line(path: string, more: Partial<LayoutField> = {}): LayoutField {
  return { path, label: path, hint: "", short: true, optional: false, width: 6, default: "", with: [], when: [], ...more };
}

const text: SchemaNode = { anyOf: [{ type: "string", maxLength: 400 }, { type: "null" }] };
const decimal: SchemaNode = { anyOf: [{ type: "number" }, { type: "string" }, { type: "null" }] };
const code = (codelist: string): SchemaNode => ({ ...text, "x-opencen": { codelist } });

export function smallForm(): FormAnswer {
  return {
    type: "case",
    schema_version: 1,
    schema: {
      $defs: {
        Line: {
          properties: {
            id: { type: "string" },
            role: code("line_role"),
            commodity: code("commodity"),
            quantity: decimal,
            unit: code("unit"),
            concealment: { anyOf: [{ $ref: "#/$defs/Concealment" }, { type: "null" }] },
            persons: { type: "array", items: { type: "string" }, "x-opencen": { list: "set", kind: "item:persons" } },
            parts: { type: "array", items: { $ref: "#/$defs/Part" }, "x-opencen": { list: "keyed" } },
          },
        },
        Part: { properties: { id: { type: "string" }, note: text } },
        Concealment: { properties: { place: code("concealment") } },
        Stop: { properties: { id: { type: "string" }, role: code("leg_role"), country: code("country"), place: code("place") } },
        Person: { properties: { id: { type: "string" }, name: { ...text, "x-opencen": { kind: "person_name", nominal: true } }, role: code("person_role") } },
        Box: { properties: { id: { type: "string" }, number: { ...text, "x-opencen": { identifier: "iso6346" } } } },
      },
      properties: {
        kind: code("case_kind"),
        form: code("case_form"),
        detected_at: { anyOf: [{ type: "string", format: "partial-date", maxLength: 40 }, { type: "null" }] },
        national: { anyOf: [{ properties: { ticket: { anyOf: [{ type: "integer" }, { type: "null" }] } } }, { type: "null" }] },
        lines: { type: "array", items: { $ref: "#/$defs/Line" }, "x-opencen": { list: "keyed" } },
        route: { type: "array", items: { $ref: "#/$defs/Stop" }, "x-opencen": { list: "ordered" } },
        persons: { type: "array", items: { $ref: "#/$defs/Person" }, "x-opencen": { list: "keyed" } },
        boxes: { type: "array", items: { $ref: "#/$defs/Box" }, "x-opencen": { list: "keyed" } },
      },
    },
    layout: {
      sections: [
        { key: "duty", label: "Duty", fields: [line("kind", { default: "duty" }), line("form", { short: false, optional: true, default: "duty" })] },
        { key: "what", label: "What", fields: [line("detected_at"), line("lines"), line("boxes", { optional: true }), line("route"), line("persons", { optional: true })] },
        { key: "national", label: "National fields", fields: [line("national.ticket", { optional: true })] },
      ],
      groups: {
        lines: {
          path: "lines",
          label: "Goods",
          item: "line of goods",
          fields: [
            line("commodity"),
            line("quantity", { with: ["unit"] }),
            line("unit"),
            line("concealment", { when: [{ path: "kind", is: ["seizure"] }, { path: "role", is: ["contraband"] }] }),
            line("role", { default: "duty" }),
            line("persons", { optional: true, short: false, when: [{ path: "persons", present: true }] }),
            line("parts", { optional: true, short: false }),
          ],
        },
        "lines.concealment": { path: "lines.concealment", label: "Concealment", item: "", fields: [line("place", { when: [{ path: "commodity", under: ["drugs"] }] })] },
        "lines.parts": { path: "lines.parts", label: "Parts", item: "part", fields: [line("note", { optional: true })] },
        route: { path: "route", label: "Route", item: "stop", fields: [line("role"), line("country"), line("place", { optional: true })] },
        persons: { path: "persons", label: "Persons", item: "person", fields: [line("name", { optional: true }), line("role")] },
        boxes: { path: "boxes", label: "Boxes", item: "box", fields: [line("number", { optional: true })] },
      },
    },
    defaults: { kind: { value: "seizure", label: "Seizure", source: "duty" }, form: { value: "short", label: "Short", source: "duty" }, "lines.role": { value: "contraband", label: "Contraband", source: "duty" } },
    list_versions: {},
    offices: [],
  };
}
