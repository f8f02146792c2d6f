/** Head of the form: where one is, that it is kept, what is wrong, what was filled in. */
import { answeringPath, goTo, useDesk } from "./desk";
import { filledFields } from "./flow";
import { Icon } from "./icon";
import { wordsOf } from "../databases";
import { comma, endOfSentence, t, tn } from "../words";

export function titleOf(type: string, isNew: boolean): string {
  const words = wordsOf(type);
  return isNew ? words.new : words.one;
}

export function Head() {
  const { entry } = useDesk();
  const isNew = entry.baseRevision === null;
  const { answered, asked } = entry.completeness();
  const places = wordsOf(entry.type).list;
  return (
    <header class="cap-head">
      <a class="cap-back" href="/" aria-label={t("Home")}><Icon name="arrow-left" size={20} /></a>
      <div class="cap-head-text">
        <div class="breadcrumb">{places} / {entry.isFull ? t("full form") : t("short form")}{entry.reference ? <> / <span class="identifier">{entry.reference}</span></> : null}</div>
        <h1>{titleOf(entry.type, isNew)}</h1>
        <div class="cap-phone-saved">{savedText(entry.savedAt)}</div>
      </div>
      {entry.savedAt ? <span class="badge badge-plain cap-saved" role="status"><Icon name="device-floppy" />{savedText(entry.savedAt)}</span> : null}
      {entry.isOffline || entry.waiting ? <OfflineBadge /> : null}
      <span class="cap-progress">{t("{answered} of {asked}", { answered, asked })} <progress value={answered} max={Math.max(1, asked)} aria-label={t("Answers given")} /></span>
    </header>
  );
}

function savedText(at: Date | null): string {
  return at ? t("Saved on this device {time}", { time: clockOf(at) }) : "";
}

export function clockOf(at: Date): string {
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}:${String(at.getSeconds()).padStart(2, "0")}`;
}

function OfflineBadge() {
  const { entry } = useDesk();
  const waits = entry.waiting ? tn("{count} waiting to send", "{count} waiting to send", entry.waiting) : "";
  const state = entry.isOffline ? t("Offline") : t("Online");
  return <span class="badge badge-warning cap-offline" role="status"><Icon name={entry.isOffline ? "wifi-off" : "device-floppy"} /><span>{state}{waits ? ` · ${waits}` : ""}</span></span>;
}

/** What refuses and what asks for a reason, each a link to its field. */
export function Summary() {
  const { entry } = useDesk();
  const findings = entry.findings();
  const errors = findings.filter((found) => found.level === "error");
  const warnings = findings.filter((found) => found.level === "warning" && !entry.reasons[`${found.code}@${found.path}`]);
  if (!errors.length && !warnings.length) return null;
  const shown = [...errors, ...warnings].slice(0, 8);
  return (
    <div class={`finding ${errors.length ? "finding-error" : "finding-warning"} cap-summary`} role="alert" tabIndex={-1}>
      <Icon name={errors.length ? "alert-circle" : "alert-triangle"} />
      <div class="finding-body">
        <span class="finding-title">{countFindings(errors.length, warnings.length)}:</span>{" "}
        <ul class="findings-inline">
          {shown.map((found) => (
            <li key={`${found.code}${found.path}`}><a href="#content" onClick={(event) => { event.preventDefault(); goTo(entry, found.path); }}>{named(entry.labelOf(answeringPath(entry, found.path)), firstSentence(found.message))}</a></li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Why the record came back, each reason a link to its field. */
export function Returned() {
  const { entry } = useDesk();
  if (!entry.review.length) return null;
  return (
    <div class="finding finding-warning cap-returned">
      <Icon name="arrow-back-up" />
      <div class="finding-body">
        <span class="finding-title">{t("Returned to you:")}</span>
        <ul class="finding-list">
          {entry.review.map((reason) => (
            <li key={`${reason.path}${reason.text}`}><a href="#content" onClick={(event) => { event.preventDefault(); goTo(entry, reason.path); }}>{entry.labelOf(answeringPath(entry, reason.path))}</a>: <bdi>{reason.text}</bdi> <span class="text-3"><bdi>{reason.by}</bdi></span></li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Field and fault, unless the sentence names its field itself. */
function named(label: string, sentence: string): string {
  return !label || sentence.includes(label) ? sentence : `${label} – ${sentence}`;
}

function firstSentence(text: string): string {
  return text.slice(0, endOfSentence(text)).replace(/[.!]$/, "");
}

export function countFindings(errors: number, warnings: number): string {
  const parts = [errors ? tn("{count} error", "{count} errors", errors) : "", warnings ? tn("{count} warning", "{count} warnings", warnings) : ""];
  return parts.filter(Boolean).join(comma());
}

/** One grey line of what office and duty filled in, not ten disabled fields. */
export function FilledLine({ isOpen, toggle }: { isOpen: boolean; toggle: () => void }) {
  const { entry, codes } = useDesk();
  const filled = filledFields(entry);
  if (!filled.length) return null;
  return (
    <div class="filled-line cap-filled">
      <span>{t("Filled from your duty:")}</span>
      <ul>
        {filled.map(({ field, path }) => {
          const value = entry.text(path);
          const given = entry.given.defaults[path];
          const office = entry.given.offices.find((found) => found.code === value)?.name;
          const label = given && given.value === value ? given.label : field.kind === "office" ? (office ?? value) : field.codelist ? codes.label(field.codelist, value) : value;
          const isBare = field.codelist === "yes_no" || field.kind === "integer";
          return <li key={path}>{isBare ? `${field.layout.label}: ${label.toLocaleLowerCase()}` : <bdi>{label}</bdi>}</li>;
        })}
      </ul>
      <button type="button" class="cap-linklike push" aria-expanded={isOpen} onClick={toggle}>{isOpen ? t("Done") : t("Change")}</button>
    </div>
  );
}
