/** Codes: short flat lists as a select, long ones by typing in any language, sets as chips. */
import { useEffect, useRef } from "preact/hooks";
import { CodePicker } from "../../codes/picker";
import type { PickerWords } from "../../codes/picker";
import type { CodeIndex } from "../../codes/search";
import type { Field } from "../model/schema";
import { parentPath } from "../model/document";
import { writeDate } from "../values/dates";
import { t } from "../words";
import { useDesk } from "./desk";
import type { Desk } from "./desk";
import type { ControlProps } from "./control";
import { Icon } from "./icon";

const SELECT_LENGTH = 12;

export function CodeControl(props: ControlProps) {
  const { entry, codes } = useDesk();
  const { field, path } = props;
  const index = codes.indexOf(field.codelist, entry.day);
  const wasFocused = useRef(false);
  useEffect(() => {
    if (index && wasFocused.current) document.getElementById(props.id)?.focus();
    wasFocused.current = false;
  }, [index === null]);
  if (field.isSet) return <CodeChips {...props} />;
  if (!index) return <input id={props.id} class="form-control" value={entry.text(path)} readOnly aria-busy="true" onFocus={() => (wasFocused.current = true)} onBlur={() => (wasFocused.current = false)} />;
  const value = String(entry.stated(path) ?? "");
  const choose = (code: string): void => chooseCode(props.desk, field, path, code);
  if (isShort(index, codes.isSearched(field.codelist))) return <CodeSelect {...props} index={index} value={value} choose={choose} />;
  return <CodeTyping {...props} index={index} value={value} choose={choose} />;
}

function isShort(index: CodeIndex, isSearched: boolean): boolean {
  return !isSearched && index.list.codes.length <= SELECT_LENGTH && index.list.codes.every((code) => !code.parent);
}

/** Take a code; goods bring the unit that they are mostly stated in. */
export function chooseCode(desk: Desk, field: Field, path: string, code: string): void {
  desk.codes.countUse(field.codelist, code);
  const unit = desk.codes.inherited(field.codelist, code, "default_unit");
  const unitPath = `${parentPath(path)}.unit`;
  const hasUnit = desk.entry.form.byPath.has(`${parentPath(field.path)}.unit`);
  if (unit && hasUnit && !desk.entry.text(unitPath) && unit !== "currency") desk.entry.setMany({ [path]: code, [unitPath]: unit });
  else desk.entry.set(path, code);
}

interface Choosing extends ControlProps {
  index: CodeIndex;
  value: string;
  choose: (code: string) => void;
}

function CodeSelect({ id, describedBy, css, label, index, value, choose }: Choosing) {
  const isUnknown = value === "unknown" || value === "not_applicable";
  return (
    <select id={id} class={`form-select ${css}${isUnknown ? " is-unknown" : ""}`} aria-label={label} aria-describedby={describedBy} value={value} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="" />
      {index.list.codes.map((code) => <option key={code.code} value={code.code}>{index.labelOf(code)}</option>)}
      {value && !index.byCode.has(value) ? <option value={value}>{value}</option> : null}
    </select>
  );
}

function CodeTyping({ id, describedBy, css, label, field, index, value, choose, desk }: Choosing) {
  const host = useRef<HTMLDivElement>(null);
  const picker = useRef<CodePicker | null>(null);
  const latest = useRef(choose);
  latest.current = choose;
  const isSearched = desk.codes.isSearched(field.codelist);
  const shownLabel = isSearched && value ? desk.codes.label(field.codelist, value) : "";
  useEffect(() => {
    const input = document.createElement("input");
    input.type = "text";
    input.id = id;
    input.inputMode = "search";
    host.current?.replaceChildren(input);
    const day = desk.entry.day;
    index.list.version = day ? t("valid on {date}", { date: writeDate(day.slice(0, 10), desk.language) }) : "";
    picker.current = new CodePicker(input, {
      index,
      value,
      words: pickerWords(),
      onChange: (code) => {
        const found = index.byCode.get(code);
        if (isSearched && found) desk.codes.remember(field.codelist, code, index.labelOf(found), desk.codes.path(field.codelist, code));
        latest.current(code);
      },
      ...(isSearched ? { search: (text: string) => desk.codes.search(field.codelist, text, desk.entry.day) } : {}),
    });
    return () => host.current?.replaceChildren();
  }, [index, id, desk.entry.day]);
  useEffect(() => {
    const drawn = picker.current;
    if (!drawn) return;
    if (isSearched && value && !index.byCode.has(value) && shownLabel !== value) index.byCode.set(value, { code: value, labels: { [index.list.language]: shownLabel } });
    if (drawn.value !== value || (shownLabel && document.activeElement !== drawn.input)) drawn.value = value;
  }, [value, shownLabel, index, desk.entry.day]);
  useEffect(() => {
    const input = picker.current?.input;
    if (!input) return;
    input.className = `form-control ${css}${value === "unknown" || value === "not_applicable" ? " is-unknown" : ""}`;
    if (label) input.setAttribute("aria-label", label);
    if (describedBy) input.setAttribute("aria-describedby", describedBy);
    else input.removeAttribute("aria-describedby");
  }, [css, label, describedBy, value, index, desk.entry.day]);
  return <div class="cap-typing" ref={host} />;
}

export function pickerWords(): PickerWords {
  return { take: t("take"), tree: t("whole tree"), none: t("Nothing in this list matches. Try fewer letters, or another language."), clear: t("Clear"), yours: t("yours:") };
}

/** Several codes of one list. */
function CodeChips({ id, field, path, desk, label }: ControlProps) {
  const stated = desk.entry.get(path);
  const chosen = Array.isArray(stated) ? stated.filter((code) => typeof code === "string") : [];
  return (
    <ChipBox
      id={id}
      desk={desk}
      codelist={field.codelist}
      label={label ?? field.layout.label}
      chips={chosen.map((code) => ({ key: code, text: desk.codes.label(field.codelist, code) }))}
      add={(code) => (chosen.includes(code) ? undefined : desk.entry.set(path, [...chosen, code]))}
      remove={(code) => desk.entry.set(path, chosen.filter((other) => other !== code))}
    />
  );
}

interface ChipBoxProps {
  id: string;
  desk: Desk;
  codelist: string;
  label: string;
  chips: { key: string; text: string }[];
  add: (code: string) => void;
  remove: (key: string) => void;
  describedBy?: string | undefined;
  css?: string;
}

/** A box of chips with a place to type the next one; Backspace takes the last one out. */
export function ChipBox({ id, desk, codelist, label, chips, add, remove, describedBy, css = "" }: ChipBoxProps) {
  const host = useRef<HTMLSpanElement>(null);
  const latest = useRef({ add, remove, chips });
  latest.current = { add, remove, chips };
  const index = desk.codes.indexOf(codelist, desk.entry.day);
  useEffect(() => {
    if (!index || !host.current) return;
    const input = document.createElement("input");
    input.id = id;
    input.className = "cap-chip-input";
    input.setAttribute("aria-label", label);
    host.current.replaceChildren(input);
    input.addEventListener("keydown", (event) => {
      const last = latest.current.chips[latest.current.chips.length - 1];
      if (event.key === "Backspace" && !input.value && last) latest.current.remove(last.key);
    });
    const picker: CodePicker = new CodePicker(input, {
      index,
      words: pickerWords(),
      onChange: (code) => {
        if (!code) return;
        desk.codes.countUse(codelist, code);
        picker.value = "";
        latest.current.add(code);
      },
    });
  }, [index, id]);
  return (
    <div class={`cap-chips form-control ${css}`} aria-describedby={describedBy} onClick={(event) => event.target === event.currentTarget && document.getElementById(id)?.focus()}>
      {chips.map((chip) => (
        <span class="cap-chip" key={chip.key}>
          <bdi>{chip.text}</bdi>
          <button type="button" tabIndex={-1} aria-label={t("Remove {name}", { name: chip.text })} onClick={() => remove(chip.key)}><Icon name="x" /></button>
        </span>
      ))}
      <span class="cap-chip-host" ref={host} />
    </div>
  );
}
