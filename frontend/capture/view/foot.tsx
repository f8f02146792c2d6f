/** The bar at the foot: what one may add, and the way out. */
import { isInline, widgetOf } from "../model/schema";
import type { Field } from "../model/schema";
import { t } from "../words";
import { goTo, useDesk } from "./desk";
import { countFindings } from "./head";
import { Icon } from "./icon";

/** The first list that must not be empty, and those whose items are asked for only when they are there. */
export function addableLists(fields: Field[]): Field[] {
  const lists = fields.filter((field) => field.group?.list && field.layout.short && !widgetOf(field.group.fields, field.group.list));
  const [main] = lists.filter((field) => !field.layout.optional);
  return [...(main ? [main] : []), ...lists.filter((field) => !isInline(field))];
}

/** What one may add: in the bar at the foot, and on a phone at the end of the form. */
export function AddButtons({ css }: { css: string }) {
  const { entry, keeper } = useDesk();
  const lists = addableLists(entry.form.sections.flatMap((section) => section.fields));
  const main = lists.find((field) => !field.layout.optional);
  const add = (field: Field): void => {
    if (field === main && !entry.itemPaths(field.name, false).length) entry.add(field.name);
    const id = entry.add(field.name);
    window.setTimeout(() => document.querySelector<HTMLElement>(`[data-path="${field.name}[${id}]"] :is(input, select)`)?.focus(), 30);
  };
  return (
    <div class={`btn-row ${css}`}>
      {lists.map((field) => <button type="button" class="btn btn-link" key={field.path} onClick={() => add(field)}><Icon name={field === main ? "plus" : "user-plus"} />{field === main ? t("Another {item}", { item: field.group?.item ?? "" }) : capital(field.group?.item ?? "")}</button>)}
      <button type="button" class="btn btn-link" onClick={() => entry.toggleFull()}><Icon name={entry.isFull ? "arrows-minimize" : "arrows-maximize"} />{entry.isFull ? t("Short form") : t("Full form")}</button>
      {entry.canUndo ? <button type="button" class="btn btn-link" data-key="ctrl+alt+z" onClick={() => entry.undo()}><Icon name="arrow-back-up" />{t("Undo")}</button> : null}
      {css === "cap-add-here" ? <button type="button" class="btn btn-link" onClick={() => void keeper.close()}>{t("Close, keep draft")}</button> : null}
    </div>
  );
}

export function Foot() {
  const { entry, keeper } = useDesk();
  const findings = entry.findings();
  const errors = findings.filter((found) => found.level === "error").length;
  const warnings = findings.filter((found) => found.level === "warning" && !entry.reasons[`${found.code}@${found.path}`]).length;
  const first = findings[0];
  return (
    <footer class="foot-bar cap-foot">
      <AddButtons css="cap-foot-add" />
      <span class="cap-foot-note">{entry.isOffline ? t("Goes to the validator when the line returns") : ""}</span>
      {first && (errors || warnings) ? <button type="button" class={`btn cap-count ${errors ? "btn-danger" : "btn-warning"}`} onClick={() => goTo(entry, first.path)}><Icon name={errors ? "alert-circle" : "alert-triangle"} />{countFindings(errors, warnings)}</button> : null}
      <button type="button" class="btn cap-close" onClick={() => void keeper.close()}>{keeper.store && entry.isChanged ? t("Close, keep draft") : t("Close")}</button>
      <button type="button" class="btn btn-primary cap-submit" data-key="ctrl+enter" data-key-label={t("Submit")} disabled={entry.isSending || entry.isElsewhere} onClick={() => void keeper.submit()}>{entry.isSending ? t("Sending …") : t("Submit")} <kbd class="cap">Ctrl ↵</kbd></button>
    </footer>
  );
}

function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
