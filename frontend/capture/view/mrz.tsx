/** The machine-readable lines of a travel document: typed or pasted, they fill in who it is. */
import { useEffect, useRef } from "preact/hooks";
import type { Json } from "../contract";
import type { Entry } from "../entry";
import { isEmpty, listAt, parentPath } from "../model/document";
import type { MrzZone } from "../values/mrz";
import type { ControlProps } from "./control";

export function MrzText({ field, path, id, desk, describedBy, css }: ControlProps) {
  const stated = desk.entry.text(path);
  const filled = useRef(stated);
  useEffect(() => void reader(), []);
  useEffect(() => {
    if (stated === filled.current) return;
    filled.current = stated;
    void readInto(desk.entry, path, stated);
  }, [stated]);
  return <textarea id={id} class={`form-control cap-identifier cap-zone ${css}`} dir="ltr" rows={2} value={stated} maxLength={field.maxLength} aria-describedby={describedBy} autocomplete="off" autocapitalize="characters" spellcheck={false} onInput={(event) => desk.entry.set(path, event.currentTarget.value)} />;
}

/** Few entries hold such lines: what reads them is fetched with the first field for them. */
const reader = (): Promise<typeof import("../values/mrz")> => import("../values/mrz");

async function readInto(entry: Entry, path: string, stated: string): Promise<void> {
  const { readMrz } = await reader();
  const reading = readMrz(stated, new Date().toISOString().slice(0, 10));
  if (entry.text(path) === stated && "zone" in reading && !reading.problems.length) entry.setMany(filledFrom(entry, path, reading.zone));
}

/** What a zone says, by path: the document beside it, and the person where nothing is stated yet. */
export function filledFrom(entry: Entry, path: string, zone: MrzZone): Record<string, Json> {
  const document = parentPath(path);
  const patch: Record<string, Json> = {};
  const put = (at: string, value: Json): void => {
    if (!isEmpty(value) && isEmpty(entry.get(at)) && entry.form.byPath.has(at.replace(/\[[^\]]*\]/g, ""))) patch[at] = value;
  };
  const name = [zone.given_names, zone.surname].filter(Boolean).join(" ");
  put(`${document}.kind`, zone.kind);
  put(`${document}.number`, zone.number);
  put(`${document}.country`, zone.issuer.country);
  put(`${document}.expires`, zone.expires_on);
  put(`${document}.name`, name);
  const isKnown = listAt(entry.document, "names").some((item) => String(item["text"] ?? "").toUpperCase() === name);
  const [nameAt] = entry.itemPaths("names", true);
  if (nameAt && name && !isKnown) {
    put(`${nameAt}.text`, name);
    put(`${nameAt}.type`, "full");
    put(`${nameAt}.script`, "latn");
    put(`${nameAt}.family`, zone.surname);
    put(`${nameAt}.given`, zone.given_names);
  }
  const [birthAt] = entry.itemPaths("births", true);
  if (birthAt) put(`${birthAt}.date`, zone.birth_date);
  put("sex", zone.sex);
  if (zone.nationality.country) put("nationalities", [zone.nationality.country]);
  return patch;
}
