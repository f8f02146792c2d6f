/** Codes: short flat lists as a select, long ones by typing in any language, sets as chips. */
import { useEffect, useRef } from "preact/hooks";
import { CodePicker } from "../../codes/picker";
import type { PickerWords } from "../../codes/picker";
import type { CodeIndex, Match } from "../../codes/search";
import type { Json, Suggestion } from "../contract";
import type { Field } from "../model/schema";
import { parentPath } from "../model/document";
import { AMOUNT_OF_CURRENCY, chooseMoneyUnit, CURRENCY_NAME, currencyIn, moneyUnit } from "../model/money";
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
  const isMoney = field.codelist === "unit" && entry.countsMoney(path);
  const index = isMoney ? codes.moneyUnits(entry.day) : codes.indexOf(field.codelist, entry.day);
  const wasFocused = useRef(false);
  useEffect(() => {
    const drawn = index && wasFocused.current ? document.getElementById(props.id) : null;
    drawn?.focus();
    /* One types on behind what was typed already: focus alone would have selected it, and the next key taken its place. */
    if (drawn instanceof HTMLInputElement) drawn.setSelectionRange(drawn.value.length, drawn.value.length);
    wasFocused.current = false;
  }, [index === null]);
  if (field.isSet) return <CodeChips {...props} />;
  if (!index) {
    /* What is typed while the list is on its way waits in the field, and is looked up when it has come. */
    const keep = (event: { currentTarget: HTMLInputElement }): void => entry.leaveUnchosen(path, event.currentTarget.value.trim() && event.currentTarget.value);
    return <input id={props.id} class="form-control" value={entry.unchosen[path]?.text ?? entry.text(path)} aria-busy="true" placeholder={t("Looking …")} onFocus={() => (wasFocused.current = true)} onBlur={() => (wasFocused.current = false)} onInput={keep} />;
  }
  if (isMoney) return <MoneyTyping {...props} index={index} />;
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
  const { entry } = desk;
  const usual = desk.codes.inherited(field.codelist, code, "default_unit");
  const unitPath = `${parentPath(path)}.unit`;
  const stated = entry.text(unitPath);
  const [isMoney, wasMoney] = [usual === AMOUNT_OF_CURRENCY, stated === AMOUNT_OF_CURRENCY];
  if (!usual || !entry.form.byPath.has(`${parentPath(field.path)}.unit`)) entry.set(path, code);
  else if (!stated && !isMoney) entry.setMany({ [path]: code, [unitPath]: usual });
  else if (wasMoney && !isMoney) entry.setMany({ [path]: code, [unitPath]: usual, [`${parentPath(path)}.${CURRENCY_NAME}`]: undefined });
  else if (isMoney && stated && !wasMoney && !entry.text(`${parentPath(path)}.quantity`)) entry.setMany({ [path]: code, [unitPath]: undefined });
  else entry.set(path, code);
}

/** The unit of money: one field for “an amount of currency” and for which. */
function MoneyTyping(props: ControlProps & { index: CodeIndex }) {
  const { desk, path, field } = props;
  const { entry } = desk;
  const value = moneyUnit(String(entry.stated(path) ?? ""), entry.text(`${parentPath(path)}.${CURRENCY_NAME}`));
  const choose = (code: string): void => {
    const currency = currencyIn(code);
    desk.codes.countUse(currency ? "currency" : field.codelist, currency || code);
    entry.setMany(chooseMoneyUnit(path, code));
  };
  return <CodeTyping {...props} value={value} choose={choose} patch={(code) => withoutNothing(chooseMoneyUnit(path, code))} />;
}

/** A suggestion states; what it leaves out stays. */
function withoutNothing(patch: Record<string, Json | undefined>): Record<string, Json> {
  return Object.fromEntries(Object.entries(patch).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

interface Choosing extends ControlProps {
  index: CodeIndex;
  value: string;
  choose: (code: string) => void;
  /** What taking a code changes, where that is more than the field. */
  patch?: (code: string) => Record<string, Json>;
}

const TYPING_MS = 1000;

/** A native list; typing finds synonyms and other languages too, not only how the label begins. */
function CodeSelect({ id, describedBy, css, label, path, index, value, choose, desk }: Choosing) {
  const isUnknown = value === "unknown" || value === "not_applicable";
  const typed = useRef({ text: "", at: 0 });
  const waiting = desk.entry.unchosen[path]?.text ?? "";
  useEffect(() => {
    const [found] = waiting ? index.search(waiting) : [];
    if (found?.isSure) choose(found.code.code);
    else if (waiting) desk.entry.leaveUnchosen(path, waiting, suggestChoices(index.search(waiting, 3), (code) => ({ [path]: code })));
  }, [index]);
  const onKey = (event: KeyboardEvent): void => {
    const { text, at } = typed.current;
    const isFresh = event.timeStamp - at > TYPING_MS;
    if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey || (event.key === " " && (isFresh || !text))) return;
    event.preventDefault();
    typed.current = { text: isFresh ? event.key : text + event.key, at: event.timeStamp };
    const found = findTyped(index, typed.current.text, value);
    if (found) choose(found);
  };
  return (
    <select id={id} class={`form-select ${css}${isUnknown ? " is-unknown" : ""}`} aria-label={label} aria-describedby={describedBy} value={value} onKeyDown={onKey} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="" />
      {index.list.codes.map((code) => <option key={code.code} value={code.code}>{index.labelOf(code)}</option>)}
      {value && !index.byCode.has(value) ? <option value={value}>{value}</option> : null}
    </select>
  );
}

/** What typing means in a native list: the best that begins so, by any of its names; one sign again and again goes on to the next. */
export function findTyped(index: CodeIndex, text: string, value: string): string {
  const sure = (wanted: string): string[] => index.search(wanted, index.list.codes.length).filter((match) => match.isBegun).map((match) => match.code.code);
  const found = sure(text);
  if (found.length) return found[0] ?? "";
  const [sign = ""] = text;
  if ([...text].some((other) => other !== sign)) return "";
  const all = sure(sign);
  return all[(all.indexOf(value) + 1) % Math.max(1, all.length)] ?? "";
}

/** What comes nearest to what was typed, each as a change that puts it in. */
export function suggestChoices(near: Match[], patch: (code: string) => Record<string, Json>): Suggestion[] {
  return near.map((match) => ({ label: match.label, patch: patch(match.code.code), marks: [] }));
}

function CodeTyping({ id, describedBy, css, label, field, path, index, value, choose, desk, patch = (code) => ({ [path]: code }) }: Choosing) {
  const waiting = desk.entry.unchosen[path]?.text ?? "";
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
    picker.current = new CodePicker(input, {
      index,
      value,
      typed: waiting,
      words: pickerWords(),
      onLeave: (text, near) => desk.entry.leaveUnchosen(path, text, suggestChoices(near, patch)),
      onChange: (code) => {
        const found = index.byCode.get(code);
        if (isSearched && found) desk.codes.remember(field.codelist, code, index.labelOf(found), desk.codes.path(field.codelist, code));
        latest.current(code);
      },
      ...(isSearched ? { search: (text: string) => desk.codes.search(field.codelist, text, desk.entry.day) } : {}),
    });
    if (waiting) void picker.current.settle();
    return () => host.current?.replaceChildren();
  }, [index, id]);
  useEffect(() => {
    const { day } = desk.entry;
    index.list.version = day ? t("valid on {date}", { date: writeDate(day.slice(0, 10), desk.language) }) : "";
  }, [index, desk.entry.day]);
  useEffect(() => clearSettled(picker.current, waiting), [waiting]);
  useEffect(() => {
    const drawn = picker.current;
    if (!drawn) return;
    if (drawn.typed && drawn.value === value) return;
    if (isSearched && value && !index.byCode.has(value) && shownLabel !== value) index.byCode.set(value, { code: value, labels: { [index.list.language]: shownLabel } });
    if (drawn.value !== value || (shownLabel && document.activeElement !== drawn.input)) drawn.value = value;
  }, [value, shownLabel, index]);
  useEffect(() => {
    const input = picker.current?.input;
    if (!input) return;
    input.className = `form-control ${css}${value === "unknown" || value === "not_applicable" ? " is-unknown" : ""}`;
    if (label) {
      input.setAttribute("aria-label", label);
      input.placeholder = label;
    }
    if (describedBy) input.setAttribute("aria-describedby", describedBy);
    else input.removeAttribute("aria-describedby");
  }, [css, label, describedBy, value, index]);
  return <div class="cap-typing" ref={host} />;
}

export function pickerWords(): PickerWords {
  return { take: t("take"), tree: t("whole tree"), none: t("Nothing in this list matches. Try fewer letters, or another language."), noneShort: t("No match"), clear: t("Clear"), yours: t("yours:"), looking: t("Looking …"), unreachable: t("The list cannot be searched just now."), left: "" };
}

/** Several codes of one list. */
function CodeChips({ id, field, path, desk, label }: ControlProps) {
  const stated = desk.entry.get(path);
  const chosen = Array.isArray(stated) ? stated.filter((code) => typeof code === "string") : [];
  return (
    <ChipBox
      id={id}
      desk={desk}
      path={path}
      codelist={field.codelist}
      label={label ?? field.layout.label}
      patch={(code) => ({ [path]: [...chosen, code] })}
      chips={chosen.map((code) => ({ key: code, text: desk.codes.label(field.codelist, code) }))}
      add={(code) => (chosen.includes(code) ? undefined : desk.entry.set(path, [...chosen, code]))}
      remove={(code) => desk.entry.set(path, chosen.filter((other) => other !== code))}
    />
  );
}

interface ChipBoxProps {
  id: string;
  desk: Desk;
  path: string;
  codelist: string;
  label: string;
  /** What taking a code changes. */
  patch: (code: string) => Record<string, Json>;
  chips: { key: string; text: string }[];
  add: (code: string) => void;
  remove: (key: string) => void;
  describedBy?: string | undefined;
  css?: string;
}

/** What was typed has been settled elsewhere, by a button or an undo: the field is free again. */
export function clearSettled(picker: CodePicker | null, waiting: string): void {
  if (picker?.typed && !waiting && document.activeElement !== picker.input) picker.value = picker.value;
}

/** A box of chips with a place to type the next one; Backspace takes the last one out. */
export function ChipBox({ id, desk, path, codelist, label, chips, add, patch, remove, describedBy, css = "" }: ChipBoxProps) {
  const host = useRef<HTMLSpanElement>(null);
  const latest = useRef({ add, patch, remove, chips });
  latest.current = { add, patch, remove, chips };
  const waiting = desk.entry.unchosen[path]?.text ?? "";
  const drawn = useRef<CodePicker | null>(null);
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
      typed: waiting,
      words: pickerWords(),
      onLeave: (text, near) => desk.entry.leaveUnchosen(path, text, suggestChoices(near, latest.current.patch)),
      onChange: (code) => {
        if (!code) return;
        desk.codes.countUse(codelist, code);
        picker.value = "";
        latest.current.add(code);
      },
    });
    drawn.current = picker;
    if (waiting) void picker.settle();
  }, [index, id]);
  useEffect(() => clearSettled(drawn.current, waiting), [waiting]);
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
