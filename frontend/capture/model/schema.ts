/** One tree from JSON Schema and layout: what to draw, in which order, and what each field is. */
import type { FormAnswer, LayoutField, SchemaNode } from "../contract";
import { joinPath } from "./document";

export type Kind = "text" | "prose" | "decimal" | "integer" | "boolean" | "partial_date" | "code" | "identifier" | "office" | "media" | "record" | "item" | "party" | "mrz";

export interface Field {
  /** Path in the schema, item ids left out. */
  path: string;
  /** Path in its group. */
  name: string;
  layout: LayoutField;
  kind: Kind;
  isSet: boolean;
  codelist: string;
  identifier: string;
  /** The list of the case whose items can be chosen. */
  itemsOf: string;
  /** The databases, by blanks, whose records can be chosen. */
  recordsOf: string;
  isNominal: boolean;
  maxLength: number;
  /** Set where the field is a group. */
  group: Group | null;
  /** Drawn in the box of another field. */
  isCompanion: boolean;
  companions: string[];
}
export interface Group {
  path: string;
  label: string;
  item: string;
  list: "" | "keyed" | "ordered";
  fields: Field[];
}
export interface Section {
  key: string;
  label: string;
  fields: Field[];
}
export interface Form {
  type: string;
  sections: Section[];
  /** Every field and group by schema path. */
  byPath: Map<string, Field>;
}

export function compileForm(answer: FormAnswer): Form {
  const byPath = new Map<string, Field>();
  const definitions = answer.schema.$defs ?? {};
  const layoutGroups = answer.layout.groups;

  const compile = (node: SchemaNode, lines: LayoutField[], at: string): Field[] => {
    const drawnElsewhere = new Set(lines.flatMap((line) => line.with ?? line.together ?? []));
    return lines.flatMap((line): Field[] => {
      const property = findProperty(node, line.path, definitions);
      if (!property) return [];
      const path = joinPath(at, line.path);
      const field = makeField(property, line, path, definitions);
      field.isCompanion = drawnElsewhere.has(line.path);
      const inner = groupNode(property, definitions);
      const layout = layoutGroups[path];
      if (inner) {
        const list = property.type === "array" || property.items ? (property["x-opencen"]?.list === "ordered" ? "ordered" : "keyed") : "";
        field.group = { path, label: layout?.label ?? line.label, item: layout?.item ?? "", list, fields: layout ? compile(inner, layout.fields, path) : [] };
      }
      byPath.set(path, field);
      return [field];
    });
  };
  const sections = answer.layout.sections.map((section) => ({ key: section.key, label: section.label, fields: compile(answer.schema, section.fields, "") }));
  return { type: answer.type, sections, byPath };
}

function resolve(node: SchemaNode, definitions: Record<string, SchemaNode>): SchemaNode {
  return node.$ref ? (definitions[node.$ref.split("/").pop() ?? ""] ?? {}) : node;
}

function findProperty(node: SchemaNode, path: string, definitions: Record<string, SchemaNode>): SchemaNode | null {
  let current: SchemaNode | undefined = node;
  for (const name of path.split(".")) {
    const whole: SchemaNode | null = current?.properties ? current : current ? groupNode(current, definitions) : null;
    current = whole?.properties?.[name];
  }
  return current ?? null;
}

/** The group behind a property such as `list[Line]` or `Value | None`. */
function groupNode(property: SchemaNode, definitions: Record<string, SchemaNode>): SchemaNode | null {
  const candidates = [property, ...(property.anyOf ?? []), ...(property.items ? [property.items] : [])];
  for (const candidate of candidates) {
    const node = resolve(candidate, definitions);
    if (node.properties) return node;
  }
  return null;
}

function makeField(property: SchemaNode, layout: LayoutField, path: string, definitions: Record<string, SchemaNode>): Field {
  const extra = property["x-opencen"] ?? {};
  const bare = [property, ...(property.anyOf ?? []), ...(property.items ? [property.items, ...(property.items.anyOf ?? [])] : [])].map((node) => resolve(node, definitions));
  const isItem = extra.kind?.startsWith("item:") ?? false;
  return {
    path,
    name: layout.path,
    layout,
    kind: findKind(extra, bare),
    isSet: extra.list === "set" || (property.type === "array" && !groupNode(property, definitions)),
    codelist: extra.codelist ?? "",
    identifier: extra.identifier ?? "",
    recordsOf: extra.of ?? "",
    itemsOf: isItem ? (extra.kind ?? "").slice(5) : "",
    isNominal: extra.nominal ?? false,
    maxLength: Math.max(0, ...bare.map((node) => node.maxLength ?? 0)) || 400,
    group: null,
    isCompanion: false,
    companions: layout.with ?? layout.together ?? [],
  };
}

function findKind(extra: NonNullable<SchemaNode["x-opencen"]>, bare: SchemaNode[]): Kind {
  if (extra.codelist) return "code";
  if (extra.identifier) return "identifier";
  if (extra.kind?.startsWith("item:")) return "item";
  if (extra.kind === "office" || extra.kind === "media" || extra.kind === "record" || extra.kind === "mrz") return extra.kind;
  if (extra.kind === "party" || extra.kind === "person_name" || extra.kind === "company_name") return "party";
  if (extra.kind === "prose" || bare.some((node) => (node.maxLength ?? 0) > 1000)) return "prose";
  if (bare.some((node) => node.format === "partial-date")) return "partial_date";
  if (bare.some((node) => node.type === "boolean")) return "boolean";
  if (bare.some((node) => node.type === "integer")) return "integer";
  if (bare.some((node) => node.type === "number")) return "decimal";
  return "text";
}

/** Some lists have a box of their own in the short form: photos, the route, and items that are one code each. */
export function widgetOf(fields: Field[], list: string): "media" | "route" | "chips" | null {
  if (!list) return null;
  if (fields.some((field) => field.kind === "media")) return "media";
  const names = new Set(fields.map((field) => field.name));
  if (list === "ordered" && names.has("country") && names.has("place")) return "route";
  const asked = fields.filter((field) => field.layout.short);
  return asked.length === 1 && asked[0]?.kind === "code" ? "chips" : null;
}

/** A list whose items ask for nothing may show its first item before it is there; one that must not be empty shows it always. */
export function isInline(field: Field): boolean {
  const asksMore = field.group?.fields.some((inner) => inner.layout.short && !inner.layout.optional && !inner.layout.default) ?? false;
  return !field.layout.optional || !asksMore;
}
