/** The whole form, or what stands in its place: locked, handed in, unavailable. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
import { UNCHECKED, wordsOf } from "../databases";
import type { Table } from "../model/table";
import { t, tn } from "../words";
import { DeskContext } from "./desk";
import type { Desk } from "./desk";
import { AddButtons, Foot } from "./foot";
import { FullForm } from "./full";
import { FilledLine, Head, Returned, Summary } from "./head";
import { Icon } from "./icon";
import { filesIn } from "./media";
import { PastedTable, tableIn } from "./pasting";
import { ShortForm } from "./short";
import { SidePanel } from "./side";

/** An answer may move its own field to another row, which draws it anew: the keyboard stays with it. */
function useLastingFocus(): void {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const remember = (event: FocusEvent): void => {
      last.current = event.target instanceof HTMLElement && event.target.id ? event.target : null;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);
  useLayoutEffect(() => {
    const lost = last.current;
    if (lost && !lost.isConnected && document.activeElement === document.body) document.getElementById(lost.id)?.focus();
  });
}

export function App({ desk }: { desk: Desk }) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const { entry } = desk;
  useEffect(() => entry.subscribe(() => redraw(0)), [entry]);
  if (entry.phase === "locked") return <Locked />;
  if (entry.phase === "done") return <Done desk={desk} />;
  return <DeskContext.Provider value={desk}><Form desk={desk} /></DeskContext.Provider>;
}

function Form({ desk }: { desk: Desk }) {
  const { entry, photos } = desk;
  useLastingFocus();
  const [isFilledOpen, setFilledOpen] = useState(false);
  const [table, setTable] = useState<Table | null>(null);
  const onPaste = (event: ClipboardEvent): void => {
    const found = tableIn(event, desk);
    if (found) {
      event.preventDefault();
      setTable(found);
      return;
    }
    const files = filesIn(event);
    if (!files.length || !entry.form.byPath.has(photos.listPath)) return;
    event.preventDefault();
    void photos.addFiles(files);
  };
  return (
    <div class="cap-root" onPaste={onPaste}>
      <div class="cap-main-pane">
        <Head />
        <div class={`cap-body${entry.isElsewhere ? " is-elsewhere" : ""}`}>
          {entry.isElsewhere ? <Notice level="warning" icon="lock" text={t("This draft is open in another tab. Write there; here it is shown only.")} /> : null}
          {desk.keeper.store ? null : <Notice level="warning" icon="alert-triangle" text={t("Nothing is kept on this device: drafts need a secure connection (https).")} />}
          {entry.notice ? <Notice level="error" icon="alert-circle" text={entry.notice} more={entry.receipt?.outcome === "conflict" ? <> <a href="/merges">{t("Decide which holds")}</a></> : null} /> : null}
          {table ? <PastedTable table={table} close={() => setTable(null)} /> : null}
          <Returned />
          <Summary />
          <div class="cap-form" inert={entry.isElsewhere}>
            {entry.isFull ? <FullForm /> : <><FilledLine isOpen={isFilledOpen} toggle={() => setFilledOpen(!isFilledOpen)} /><ShortForm isFilledOpen={isFilledOpen} /></>}
            <AddButtons css="cap-add-here" />
          </div>
          {entry.removed ? <div class="cap-toast" role="status">{t("Removed: {item}", { item: entry.removed })} <button type="button" class="cap-linklike" onClick={() => entry.undo()}>{t("Undo")}</button></div> : null}
        </div>
        <Foot />
      </div>
      <SidePanel />
    </div>
  );
}

function Notice({ level, icon, text, more = null }: { level: string; icon: string; text: string; more?: ComponentChildren }) {
  return <div class={`finding finding-${level}`} role="status"><Icon name={icon} /><div class="finding-body"><span class="finding-title">{text}</span>{more}</div></div>;
}

function Locked() {
  const here = encodeURIComponent(window.location.pathname + window.location.search);
  return (
    <div class="cap-alone panel">
      <div class="empty"><Icon name="lock" size={24} /><div>
        <h1>{t("Sign in again, nothing is lost.")}</h1>
        <p class="empty-last">{t("Your session has ended. The draft rests on this device, encrypted, until you are back.")}</p>
        <a class="btn btn-primary" href={`/sign-in?next=${here}`}>{t("Sign in")}</a>
      </div></div>
    </div>
  );
}

function Done({ desk }: { desk: Desk }) {
  const { entry } = desk;
  const { receipt } = entry;
  const again = `/capture/${entry.type}/new`;
  const another = wordsOf(entry.type).another;
  useEffect(() => document.querySelector<HTMLElement>(".cap-alone h1")?.focus(), []);
  return (
    <div class="cap-alone panel">
      <div class="empty"><Icon name={receipt ? "circle-check" : "wifi-off"} size={24} /><div>
        {receipt ? (
          <>
            <h1 tabIndex={-1}>{receipt.outcome === "unchanged" ? t("Nothing had changed.") : t("Handed in.")} <span class="identifier">{receipt.record.reference}</span></h1>
            {UNCHECKED.includes(entry.type) ? null : <p class="empty-last">{t("A second person validates it. You are told if it comes back.")}</p>}
          </>
        ) : (
          <>
            <h1 tabIndex={-1}>{t("Kept on this device, sent when the line returns.")}</h1>
            <p class="empty-last">{tn("{count} waiting to send", "{count} waiting to send", Math.max(1, entry.waiting))}. {t("Keep the device; the record goes under your name only.")}</p>
          </>
        )}
        <div class="btn-row">
          {receipt ? <a class="btn" href={receipt.record.url}>{t("Open the record")}</a> : null}
          <a class="btn" href="/">{t("Home")}</a>
          <a class="btn btn-primary" href={again} data-key="n">{another}</a>
        </div>
      </div></div>
    </div>
  );
}
