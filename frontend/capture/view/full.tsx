/** The full form: every band, every group, items within items. */
import { joinPath, listAt } from "../model/document";
import { widgetOf } from "../model/schema";
import type { Field, Section } from "../model/schema";
import { t } from "../words";
import { fieldId, useDesk } from "./desk";
import { pack } from "./flow";
import type { Cell } from "./flow";
import { Icon } from "./icon";
import { MediaBox } from "./media";
import { ItemHead, RowBox } from "./short";

export function FullForm() {
  const { entry } = useDesk();
  return (
    <div class="cap-full">
      <nav class="tabs cap-tabs" aria-label={t("Parts of the form")}>{entry.form.sections.map((section) => <a key={section.key} href={`#part-${section.key}`}>{section.label}</a>)}</nav>
      {entry.form.sections.map((section) => <SectionBox key={section.key} section={section} />)}
    </div>
  );
}

function SectionBox({ section }: { section: Section }) {
  return (
    <section class="panel" id={`part-${section.key}`}>
      <div class="panel-head"><h2 class="panel-title">{section.label}</h2></div>
      <div class="panel-body stack-md"><Fields fields={section.fields} path="" /></div>
    </section>
  );
}

/** Fields in rows, groups between them where the layout places them. */
function Fields({ fields, path }: { fields: Field[]; path: string }) {
  const { entry } = useDesk();
  const parts: ({ cells: Cell[] } | { field: Field; path: string })[] = [];
  for (const field of fields) {
    const at = joinPath(path, field.name);
    if (field.isCompanion || field.kind === "media" || !entry.isAsked(field, at)) continue;
    if (field.group) {
      if (hasAnything(entry, field, at)) parts.push({ field, path: at });
      continue;
    }
    const cell: Cell = { kind: "field", field, path: at, width: field.layout.width };
    const last = parts[parts.length - 1];
    if (last && "cells" in last) last.cells.push(cell);
    else parts.push({ cells: [cell] });
  }
  return <>{parts.map((part) => ("cells" in part ? pack(entry, part.cells).map((row) => <RowBox key={row.cells[0]?.path} row={row} />) : <GroupBox key={part.path} field={part.field} path={part.path} />))}</>;
}

/** A single group of which nothing is asked is not drawn: attributes before the goods are known. */
function hasAnything(entry: ReturnType<typeof useDesk>["entry"], field: Field, path: string): boolean {
  if (!field.group || field.group.list) return true;
  return field.group.fields.some((inner) => entry.isAsked(inner, joinPath(path, inner.name)));
}

function GroupBox({ field, path }: { field: Field; path: string }) {
  const { group } = field;
  if (!group) return null;
  if (widgetOf(group.fields, group.list) === "media") return <><MediaBox path={path} /><ListBox field={field} path={path} isMedia /></>;
  if (group.list) return <ListBox field={field} path={path} />;
  return (
    <fieldset class="cap-group" data-path={path}>
      <legend class="cap-group-name">{group.label}</legend>
      <div class="stack-md"><Fields fields={group.fields} path={path} /></div>
    </fieldset>
  );
}

function ListBox({ field, path, isMedia = false }: { field: Field; path: string; isMedia?: boolean }) {
  const { entry } = useDesk();
  const { group } = field;
  if (!group) return null;
  const items = listAt(entry.document, path);
  const add = (): void => {
    const id = entry.add(path);
    window.setTimeout(() => document.querySelector<HTMLElement>(`[data-path="${path}[${id}]"] :is(input, select, textarea)`)?.focus(), 30);
  };
  return (
    <div class="cap-list" id={fieldId(path)} data-path={path}>
      {isMedia ? null : <div class="cap-list-head"><h3>{group.label}</h3><span class="count">{items.length}</span></div>}
      {items.map((item, at) => {
        const id = String(item["id"]);
        return (
          <section class="cap-band" key={id} data-path={`${path}[${id}]`}>
            <ItemHead listPath={path} id={id} group={group} number={at + 1} count={items.length} />
            <Fields fields={group.fields} path={`${path}[${id}]`} />
          </section>
        );
      })}
      {isMedia ? null : <button type="button" class="btn btn-link btn-sm cap-another" onClick={add}><Icon name="plus" />{items.length ? t("Another {item}", { item: group.item }) : t("Add {item}", { item: group.item })}</button>}
    </div>
  );
}
