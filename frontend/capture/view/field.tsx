/** A field: one label, one hint, its control, and what was found beside it. */
import { useEffect, useState } from "preact/hooks";
import type { Finding, Json } from "../contract";
import type { Entry } from "../entry";
import { isEmpty, joinPath, parentPath } from "../model/document";
import { CURRENCY_NAME } from "../model/money";
import type { Field } from "../model/schema";
import { writeNumber } from "../values/decimals";
import { normaliseIdentifier } from "../values/identifiers";
import { endOfSentence, t } from "../words";
import { Control } from "./control";
import { fieldId, findingsAt, goTo, useDesk } from "./desk";
import type { Desk } from "./desk";
import { Icon } from "./icon";

export interface Place {
  field: Field;
  path: string;
}

export function levelOf(findings: Finding[]): string {
  const level = findings[0]?.level;
  return level === "error" ? "is-invalid" : level === "warning" ? "is-warning" : "";
}

export function FieldBox({ field, path }: Place) {
  const desk = useDesk();
  const id = fieldId(path);
  const findings = findingsAt(desk.entry, path);
  const group = parentPath(path);
  const siblings = desk.entry.form.byPath.get(parentPath(field.path))?.group?.fields ?? desk.entry.form.sections.flatMap((section) => section.fields);
  const companions = field.companions
    .flatMap((name) => siblings.find((other) => other.name === name) ?? [])
    .map((other) => ({ field: other, path: joinPath(group, other.name) }))
    .filter((place) => desk.entry.isAsked(place.field, place.path));
  const isMoney = field.companions.includes("unit") && desk.entry.countsMoney(path);
  const review = desk.entry.review.find((entry) => entry.path === path);
  return (
    <div class={`field cap-w${field.layout.width}`} data-path={path}>
      <Label field={field} id={id} name={isMoney ? desk.entry.labelOf(path) : undefined} />
      {field.companions.length ? (
        /* The box is there before its companions are asked: drawn anew, the control would lose the keyboard. */
        <div class={companions.length ? "cap-box" : "cap-box cap-box-one"}>
          <div class={boxCss(field)}><Control field={field} path={path} id={id} desk={desk} css={levelOf(findings)} describedBy={describe(id, findings)} /></div>
          {companions.map((place) => {
            const own = findingsAt(desk.entry, place.path);
            return <div class={boxCss(place.field)} key={place.path} data-path={place.path}><Control {...place} id={fieldId(place.path)} desk={desk} css={levelOf(own)} label={isMoney && place.field.name === "unit" ? t("Currency") : place.field.layout.label} describedBy={describe(fieldId(place.path), own)} /></div>;
          })}
        </div>
      ) : (
        <Control field={field} path={path} id={id} desk={desk} describedBy={describe(id, findings)} css={`${levelOf(findings)}${field.layout.optional && isEmpty(desk.entry.get(path)) ? " is-empty" : ""}`} />
      )}
      <Messages id={id} findings={[...findings, ...companions.flatMap((place) => findingsAt(desk.entry, place.path))]} path={path} />
      {review ? <p class="form-warning cap-review"><Icon name="arrow-back-up" /> {review.by}: {review.text}</p> : null}
      <Computed path={path} />
    </div>
  );
}

function boxCss(field: Field): string {
  return `cap-part cap-part-${field.kind}`;
}

export function describe(id: string, findings: Finding[]): string | undefined {
  return findings.length ? `${id}-found` : undefined;
}

export function Label({ field, id, name: given }: { field: Field; id: string; name?: string | undefined }) {
  const name = given || field.layout.label || field.group?.label || "";
  const note = field.layout.hint || (field.layout.optional && field.layout.short && !field.layout.default ? t("optional") : "");
  return <label for={id}>{name}{note ? <> <span class="cap-note">{note}</span></> : null}</label>;
}

/** One line beside the field; what can be done about it stands in the box below. */
export function Messages({ id, findings, path }: { id: string; findings: Finding[]; path: string }) {
  if (!findings.length) return null;
  return (
    <div id={`${id}-found`} data-found={path}>
      {findings.map((found) => <Message key={`${found.code}${found.path}`} found={found} />)}
    </div>
  );
}

/** What the box below says in full is only heard here, not seen twice. */
function Message({ found }: { found: Finding }) {
  const { entry } = useDesk();
  const [isKeeping, setKeeping] = useState(false);
  if (found.level === "hint" && !found.suggestions.length) return <p class="form-hint">{found.message}</p>;
  if (needsBox(found) && !isIdentifier(found)) return <p class="visually-hidden">{found.message}</p>;
  const reason = entry.reasons[`${found.code}@${found.path}`];
  return (
    <>
      <p class={found.level === "error" ? "form-error" : "form-warning"}>{found.message}{found.level === "warning" && !isKeeping && !reason ? <> <button type="button" class="cap-linklike" onClick={() => setKeeping(true)}>{t("Keep it")}</button></> : null}</p>
      {found.level === "warning" && (isKeeping || reason) ? <div class="cap-keep"><Reason found={found} hasChange={false} takesFocus={isKeeping} /></div> : null}
    </>
  );
}

function Computed({ path }: { path: string }) {
  const { entry, codes, language } = useDesk();
  const found = entry.answer?.quantities.find((quantity) => quantity.path === path);
  if (!found) return null;
  const unit = entry.text(`${parentPath(path)}.unit`);
  const number = writeNumber(entry.text(path), language);
  const typed = [`${number} ${unit ? codes.label("unit", unit) : ""}`, `${entry.text(`${parentPath(path)}.${CURRENCY_NAME}`)} ${number}`];
  return typed.map(plainSpaces).includes(plainSpaces(found.text)) ? null : <p class="form-hint" title={found.rule}>{found.text}</p>;
}

function plainSpaces(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Signs of a machine-readable zone within a sentence: with a digit or a filler, or capitals alone. */
const SIGNS = /([0-9A-Z<]*[0-9<][0-9A-Z<]*|\b[A-Z]{2,}\b)/;

export function isIdentifier(found: Finding): boolean {
  return found.code.startsWith("identifier.");
}

export function needsBox(found: Finding): boolean {
  return isIdentifier(found) ? found.suggestions.length > 0 : found.level === "warning" || found.suggestions.length > 0;
}

/** What one can do about a finding: change it with one button, or say why it stays. */
export function FindingBox({ found, firstKey }: { found: Finding; firstKey: number }) {
  const desk = useDesk();
  if (isIdentifier(found)) return <Corrections found={found} firstKey={firstKey} />;
  const icon = found.level === "error" ? "alert-circle" : found.level === "warning" ? "alert-triangle" : "info-circle";
  return (
    <div class={`finding finding-${found.level} cap-finding`} role="group">
      <Icon name={icon} />
      <div class="finding-body">
        <Sentence text={found.message} />
        <div class="finding-actions">
          {found.suggestions.map((suggestion, at) => <Use key={suggestion.label} desk={desk} patch={suggestion.patch} text={suggestion.label} number={firstKey + at} isFirst={at === 0} isSigns={found.code.startsWith("zone.")} />)}
          {found.level === "warning" ? <Reason found={found} hasChange={found.suggestions.length > 0} /> : null}
        </div>
      </div>
    </div>
  );
}

/** The first sentence says what is wrong, the rest what would be right. */
function Sentence({ text }: { text: string }) {
  const end = endOfSentence(text);
  return end < text.length ? <><span class="finding-title">{text.slice(0, end)}</span>{text.slice(end)}</> : <span class="finding-title">{text}</span>;
}

function Reason({ found, hasChange, takesFocus = false }: { found: Finding; hasChange: boolean; takesFocus?: boolean }) {
  const { entry } = useDesk();
  const key = `${found.code}@${found.path}`;
  const id = `reason-${fieldId(key)}`;
  useEffect(() => { if (takesFocus) document.getElementById(id)?.focus(); }, [takesFocus, id]);
  return (
    <>
      <label for={id}>{hasChange ? t("or keep it, because") : t("Keep it, because")}</label>
      <input id={id} class="form-control cap-auto" maxLength={400} placeholder={t("reason, goes to the validator")} value={entry.reasons[key] ?? ""} onInput={(event) => entry.setReason(key, event.currentTarget.value)} />
    </>
  );
}

function Use({ desk, patch, text, number, isFirst, isSigns }: { desk: Desk; patch: Record<string, Json>; text: string; number: number; isFirst: boolean; isSigns: boolean }) {
  return <button type="button" class={`btn btn-sm${isFirst ? " btn-primary" : ""}`} data-key={number <= 9 ? `alt+${number}` : undefined} onClick={() => takePatch(desk.entry, patch)}>{isSigns ? <Signs text={text} /> : text}{number <= 9 ? <kbd class="cap">Alt {number}</kbd> : null}</button>;
}

/** The words as words, what stands in the zone as signs. */
function Signs({ text }: { text: string }) {
  return <span>{text.split(SIGNS).map((part, at) => (at % 2 ? <bdi class="cap-signs" dir="ltr" key={at}>{part}</bdi> : part))}</span>;
}

/** What a number may have been, the changed signs marked. */
function Corrections({ found, firstKey }: { found: Finding; firstKey: number }) {
  const desk = useDesk();
  const kind = desk.entry.form.byPath.get(found.path.replace(/\[[^\]]*\]/g, ""))?.identifier ?? "";
  return (
    <div class="cap-corrections" role="group" aria-label={t("Did you mean")}>
      {found.suggestions.slice(0, 2).map((suggestion, at) => {
        const value = String(Object.values(suggestion.patch)[0] ?? "");
        const words = <span class="cap-why">{suggestion.label}</span>;
        return (
          <div class="cap-correction" key={value}>
            <Marked value={normaliseIdentifier(kind, value)} kind={kind} marks={suggestion.marks} isFirst={at === 0} />
            {words}
            <button type="button" class={`btn btn-sm push${at === 0 ? " btn-primary" : ""}`} data-key={firstKey + at <= 9 ? `alt+${firstKey + at}` : undefined} aria-label={t("Use {value}", { value })} onClick={() => takePatch(desk.entry, suggestion.patch)}>{t("Use")} <kbd class="cap">Alt {firstKey + at}</kbd></button>
          </div>
        );
      })}
    </div>
  );
}

const GROUPS: Record<string, number[]> = { iso6346: [4, 10], s10: [2, 5, 8, 11], iata_awb: [3] };

function Marked({ value, kind, marks, isFirst }: { value: string; kind: string; marks: [number, number][]; isFirst: boolean }) {
  const gaps = GROUPS[kind] ?? [];
  const isMarked = (at: number): boolean => marks.some(([start, end]) => at >= start && at < end);
  const parts: { text: string; marked: boolean }[] = [];
  [...value].forEach((sign, at) => {
    if (gaps.includes(at)) parts.push({ text: "\u00a0", marked: false });
    const last = parts[parts.length - 1];
    if (last && last.marked === isMarked(at)) last.text += sign;
    else parts.push({ text: sign, marked: isMarked(at) });
  });
  return <span class={`identifier${isFirst ? " strong" : ""}`}>{parts.map((part, at) => (part.marked ? <mark key={at}>{part.text}</mark> : part.text))}</span>;
}

/** Take a suggestion; its button goes, so the focus goes on to the field that it changed. */
function takePatch(entry: Entry, patch: Record<string, Json>): void {
  entry.setMany(patch);
  const [first] = Object.keys(patch);
  if (first) window.setTimeout(() => document.activeElement === document.body && goTo(entry, first), 60);
}
