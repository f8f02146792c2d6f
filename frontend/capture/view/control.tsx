/** The controls of a field, one for each kind. */
import { useEffect, useState } from "preact/hooks";
import type { Json } from "../contract";
import { listAt } from "../model/document";
import type { Field } from "../model/schema";
import { browserSetting, readDate, writeDate } from "../values/dates";
import { readNumber, usesDecimalComma, writeNumber } from "../values/decimals";
import { formatIdentifier, groupIdentifier, isKnownKind, normaliseIdentifier } from "../values/identifiers";
import { t } from "../words";
import { CodeControl } from "./code";
import type { Desk } from "./desk";
import { Icon } from "./icon";
import { MrzText } from "./mrz";
import { RecordChoice } from "./record";

export interface ControlProps {
  field: Field;
  path: string;
  id: string;
  desk: Desk;
  /** Findings and hint that describe the control. */
  describedBy?: string | undefined;
  css: string;
  /** A label of its own, for a control in another one's box. */
  label?: string | undefined;
}

export function Control(props: ControlProps) {
  const { field } = props;
  if (field.kind === "code") return <CodeControl {...props} />;
  if (field.kind === "item") return field.isSet ? <ItemSet {...props} /> : <ItemChoice {...props} />;
  if (field.isSet) return <Tags {...props} />;
  if (field.kind === "office") return <OfficeChoice {...props} />;
  if (field.kind === "boolean") return <YesNo {...props} />;
  if (field.kind === "partial_date") return <DateText {...props} />;
  if (field.kind === "decimal" || field.kind === "integer") return <NumberText {...props} />;
  if (field.kind === "identifier") return <IdentifierText {...props} />;
  if (field.kind === "record") return <RecordChoice {...props} />;
  if (field.kind === "mrz") return <MrzText {...props} />;
  if (field.kind === "prose") return <Prose {...props} />;
  return <PlainText {...props} />;
}

/** While one types, the text is one's own; afterwards it is shown as it was understood. */
function useTyping(stated: string, shown: string): [string, (text: string) => void, { onFocus: () => void; onBlur: () => void }, boolean] {
  const [typed, setTyped] = useState<string | null>(null);
  const [isFocused, setFocused] = useState(false);
  const [base, setBase] = useState(stated);
  useEffect(() => {
    if (stated !== base) {
      setBase(stated);
      if (!isFocused) setTyped(null);
    }
  }, [stated]);
  const events = {
    onFocus: () => setFocused(true),
    onBlur: () => {
      setFocused(false);
      setTyped(null);
    },
  };
  return [typed ?? shown, setTyped, events, isFocused];
}

function PlainText({ field, path, id, desk, describedBy, css, label }: ControlProps) {
  const isParty = field.kind === "party";
  const input = <input id={id} class={`form-control cap-auto ${css}`} value={desk.entry.text(path)} maxLength={field.maxLength} aria-label={label} placeholder={label} aria-describedby={describedBy} autocomplete="off" onInput={(event) => desk.entry.set(path, event.currentTarget.value)} />;
  return isParty ? <span class="cap-iconed"><Icon name={/person|persons/.test(path) || (desk.entry.type === "suspect" && /^names\b/.test(path)) ? "user" : "building"} />{input}</span> : input;
}

function Prose({ field, path, id, desk, describedBy, css }: ControlProps) {
  return <textarea id={id} class={`form-control cap-auto ${css}`} value={desk.entry.text(path)} maxLength={field.maxLength} rows={3} aria-describedby={describedBy} onInput={(event) => desk.entry.set(path, event.currentTarget.value)} />;
}

function DateText({ path, id, desk, describedBy, css, label }: ControlProps) {
  const stated = desk.entry.text(path);
  const [shown, setTyped, events, isFocused] = useTyping(stated, writeDate(stated, desk.language));
  const isUnderstood = "value" in readDate(stated, browserSetting(desk.language));
  const type = (text: string): void => {
    setTyped(text);
    const reading = readDate(text, browserSetting(desk.language));
    desk.entry.set(path, "value" in reading ? reading.value : text);
  };
  return (
    <span class="cap-iconed">
      <Icon name="calendar-event" />
      <input id={id} class={`form-control ${css}`} value={shown} maxLength={60} aria-label={label} aria-describedby={describedBy} autocomplete="off" onInput={(event) => type(event.currentTarget.value)} {...events} />
      {isFocused && stated ? <span class={`cap-understood ${isUnderstood ? "" : "text-error"}`} role="status">{isUnderstood ? writeDate(stated, desk.language) : t("not understood yet")}</span> : null}
    </span>
  );
}

function NumberText({ field, path, id, desk, describedBy, css, label }: ControlProps) {
  const stated = desk.entry.text(path);
  const [shown, setTyped, events] = useTyping(stated, writeNumber(stated, desk.language));
  const type = (text: string): void => {
    setTyped(text);
    const reading = readNumber(text, usesDecimalComma(desk.language));
    let value: Json = "value" in reading ? reading.value : text.trim();
    if (field.kind === "integer" && /^-?\d{1,12}$/.test(value)) value = Number(value);
    desk.entry.set(path, value);
  };
  return <input id={id} class={`form-control cap-number ${css}`} inputMode={field.kind === "integer" ? "numeric" : "decimal"} value={shown} maxLength={40} aria-label={label} aria-describedby={describedBy} autocomplete="off" onInput={(event) => type(event.currentTarget.value)} {...events} />;
}

function IdentifierText({ field, path, id, desk, describedBy, css, label }: ControlProps) {
  const stated = desk.entry.text(path);
  const grouped = isKnownKind(field.identifier) ? writeIdentifier(field.identifier, stated) : stated;
  const [shown, setTyped, events] = useTyping(stated, grouped);
  const type = (text: string): void => {
    setTyped(text);
    desk.entry.set(path, isKnownKind(field.identifier) ? normaliseIdentifier(field.identifier, text) : text);
  };
  const isRight = stated !== "" && isKnownKind(field.identifier) && desk.entry.fieldFindings(path).length === 0;
  return (
    <span class="cap-marked">
      <input id={id} class={`form-control cap-identifier ${css}`} dir={shown ? "ltr" : undefined} value={shown} maxLength={60} aria-label={label} placeholder={label} aria-describedby={describedBy} autocomplete="off" autocapitalize="characters" spellcheck={false} onInput={(event) => type(event.currentTarget.value)} {...events} />
      {isRight ? <span class="cap-right" title={t("check digit fits")}><Icon name="check" /></span> : null}
    </span>
  );
}

function writeIdentifier(kind: string, value: string): string {
  const formatted = formatIdentifier(kind, value);
  return formatted === value.trim() ? groupIdentifier(kind, value) : formatted;
}

function YesNo({ field, path, id, desk, describedBy, label }: ControlProps) {
  const value = desk.entry.get(path);
  const options: [string, boolean | undefined, string][] = [["yes", true, t("Yes")], ["no", false, t("No")]];
  return (
    <div class="segments" role="radiogroup" id={id} aria-label={label ?? field.layout.label} aria-describedby={describedBy}>
      {options.map(([key, wanted, text]) => (
        <label key={key}><input type="radio" name={id} checked={value === wanted} onClick={() => desk.entry.set(path, value === wanted ? undefined : wanted)} />{text}</label>
      ))}
    </div>
  );
}

function OfficeChoice({ path, id, desk, describedBy, css }: ControlProps) {
  const offices = desk.entry.given.offices;
  const value = desk.entry.text(path);
  return (
    <select id={id} class={`form-select ${css}`} aria-describedby={describedBy} value={value} onChange={(event) => desk.entry.set(path, event.currentTarget.value)}>
      <option value="" />
      {offices.map((office) => <option key={office.code} value={office.code}>{office.name}</option>)}
      {value && !offices.some((office) => office.code === value) ? <option value={value}>{value}</option> : null}
    </select>
  );
}

/** How an item of the case is called in a choice: what it says of itself first. */
export function itemName(desk: Desk, listPath: string, id: string, number: number): string {
  const group = desk.entry.form.byPath.get(listPath)?.group;
  for (const field of group?.fields ?? []) {
    const value = desk.entry.text(`${listPath}[${id}].${field.name}`);
    if (value && (field.kind === "party" || field.kind === "text" || field.kind === "identifier")) return value;
    if (value && field.kind === "code" && !field.layout.default) return desk.codes.label(field.codelist, value);
  }
  return `${group?.label ?? ""} ${number}`;
}

function choices(desk: Desk, field: Field): { id: string; name: string }[] {
  return listAt(desk.entry.document, field.itemsOf).map((item, index) => {
    const id = String(item["id"]);
    return { id, name: `${index + 1}. ${itemName(desk, field.itemsOf, id, index + 1)}` };
  });
}

function ItemChoice({ field, path, id, desk, describedBy, css }: ControlProps) {
  return (
    <select id={id} class={`form-select ${css}`} aria-describedby={describedBy} value={desk.entry.text(path)} onChange={(event) => desk.entry.set(path, event.currentTarget.value)}>
      <option value="" />
      {choices(desk, field).map((choice) => <option key={choice.id} value={choice.id}>{choice.name}</option>)}
    </select>
  );
}

function ItemSet({ field, path, id, desk }: ControlProps) {
  const stated = desk.entry.get(path);
  const chosen = Array.isArray(stated) ? stated : [];
  const all = choices(desk, field);
  const toggle = (wanted: string): void => desk.entry.set(path, chosen.includes(wanted) ? chosen.filter((other) => other !== wanted) : [...chosen, wanted]);
  return (
    <div class="stack-sm" id={id} role="group" aria-label={field.layout.label}>
      {all.map((choice) => <label class="form-check" key={choice.id}><input type="checkbox" checked={chosen.includes(choice.id)} onClick={() => toggle(choice.id)} /><bdi>{choice.name}</bdi></label>)}
      {all.length ? null : <span class="not-asked">{t("does not apply")}</span>}
    </div>
  );
}

/** Free texts as chips: Enter or a comma ends one. */
function Tags({ path, id, desk, describedBy, css, label }: ControlProps) {
  const [typed, setTyped] = useState("");
  const stated = desk.entry.get(path);
  const tags = Array.isArray(stated) ? stated.filter((tag) => typeof tag === "string") : [];
  const take = (): void => {
    const text = typed.trim();
    if (text && !tags.includes(text)) desk.entry.set(path, [...tags, text]);
    setTyped("");
  };
  const onKey = (event: KeyboardEvent): void => {
    if ((event.key === "Enter" && !event.ctrlKey) || event.key === ",") {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !typed && tags.length) desk.entry.set(path, tags.slice(0, -1));
  };
  return (
    <div class={`cap-chips form-control ${css}`}>
      {tags.map((tag) => <span class="cap-chip" key={tag}><bdi>{tag}</bdi><button type="button" aria-label={t("Remove {name}", { name: tag })} onClick={() => desk.entry.set(path, tags.filter((other) => other !== tag))}><Icon name="x" /></button></span>)}
      <input id={id} class="cap-chip-input" value={typed} maxLength={400} aria-label={label} aria-describedby={describedBy} onInput={(event) => setTyped(event.currentTarget.value)} onKeyDown={onKey} onBlur={take} />
    </div>
  );
}
