/** What the server gives and takes: docs of the API are the reference, this is its shape. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Part = { [name: string]: Json };

export interface Condition {
  path: string;
  under?: string[];
  outside?: string[];
  is?: string[];
  present?: boolean;
}
export interface LayoutField {
  path: string;
  label: string;
  hint: string;
  short: boolean;
  optional: boolean;
  width: number;
  default: string;
  /** What an answer gives back at once. */
  unlocks?: string;
  with?: string[];
  together?: string[];
  when: Condition[];
}
export interface LayoutSection {
  key: string;
  label: string;
  fields: LayoutField[];
}
export interface LayoutGroup {
  path: string;
  label: string;
  item: string;
  fields: LayoutField[];
}
export interface Default {
  value: Json;
  label: string;
  source: "office" | "duty" | "last";
}
export interface FormAnswer {
  type: string;
  schema_version: number;
  fingerprint?: string;
  schema: SchemaNode;
  layout: { sections: LayoutSection[]; groups: Record<string, LayoutGroup> };
  defaults: Record<string, Default>;
  list_versions: Record<string, string>;
  offices: { code: string; name: string }[];
  texts?: Record<string, string>;
}
export interface SchemaNode {
  $ref?: string;
  $defs?: Record<string, SchemaNode>;
  type?: string;
  format?: string;
  maxLength?: number;
  anyOf?: SchemaNode[];
  items?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  "x-opencen"?: Annotations;
}
export interface Annotations {
  codelist?: string;
  nominal?: boolean;
  identifier?: string;
  kind?: string;
  list?: "set" | "keyed" | "ordered";
  free_text?: boolean;
  /** The databases, by blanks, whose records the field may hold. */
  of?: string;
}
export interface CodeAnswer {
  c: string;
  p: string | null;
  l: Record<string, string>;
  a: Record<string, string[]>;
  f: string | null;
  t: string | null;
  x?: Record<string, Json>;
}
export interface ListAnswer {
  name: string;
  version: string;
  codes: CodeAnswer[];
}
export interface FoundCode {
  code: string;
  label: string;
  path: string[] | string;
  language: string;
  matched?: string;
  start: number;
  end: number;
  country?: string;
}
export interface Suggestion {
  label: string;
  patch: Record<string, Json>;
  marks: [number, number][];
}
export interface Finding {
  code: string;
  level: "error" | "warning" | "hint";
  path: string;
  message: string;
  data: Record<string, Json>;
  suggestions: Suggestion[];
}
export interface KnownCase {
  id: string;
  reference: string;
  title: string;
  on: string;
  office: string;
  url?: string;
}
export interface Known {
  kind: string;
  icon: string;
  title: string;
  text: string;
  count?: number | null;
  url?: string;
  photos?: string[];
  /** The newest three, as links. */
  newest?: KnownCase[];
  /** What links the record that is told of, where the entry names it. */
  patch?: Record<string, string>;
}
export interface CheckAnswer {
  findings: Finding[];
  completeness: { answered: number; asked: number; percent: number; missing: { path: string; label?: string; unlocks?: string }[] };
  known: Known[];
  quantities: { path: string; text: string; rule: string }[];
}
export interface Submission {
  type: string;
  id: string;
  submission_id: string;
  base_revision: number | null;
  document: Part;
  reasons: Record<string, string>;
  device_time: string;
}
export interface Receipt {
  submission_id: string;
  outcome: "stored" | "unchanged" | "merged" | "refused" | "conflict";
  record: { id: string; reference: string; revision: number | null; url: string };
  findings: Finding[];
  at: string;
}
export interface RecordAnswer {
  id: string;
  reference: string;
  revision: number;
  state: string;
  document: Part;
  review: { path: string; text: string; by: string; at: string }[];
}
export interface KeyAnswer {
  key_id: string;
  key: string;
  user?: string;
  csrf?: string;
  /** How long the session lasts. */
  seconds?: number;
}
export interface MediaAnswer {
  sha256: string;
  kind: string;
  width: number | null;
  height: number | null;
  bytes: number;
  thumb: string;
  taken_at: string | null;
}
