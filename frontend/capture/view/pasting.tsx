/** A pasted table before it is taken: each column with what it is, each cell with how it was understood. */
import { useEffect, useState } from "preact/hooks";
import { COLUMNS, MOST_ROWS, readCells, readLines, readTable } from "../model/table";
import type { Column, Reader, Table } from "../model/table";
import { usesDecimalComma } from "../values/decimals";
import { t, tn } from "../words";
import type { Desk } from "./desk";
import { useDesk } from "./desk";
import { Icon } from "./icon";

const SHOWN_ROWS = 8;

export function readerOf(desk: Desk): Reader {
  const { entry, codes } = desk;
  const labels = Object.fromEntries(COLUMNS.filter(Boolean).map((column) => [column, entry.form.byPath.get(`lines.${column}`)?.layout.label ?? ""]));
  return {
    labels,
    decimalComma: usesDecimalComma(desk.language),
    find: (list, text) => {
      const [known] = codes.indexOf(list, entry.day)?.search(text, 1) ?? [];
      const [money] = list === "unit" && !known?.isSure ? (codes.moneyUnits(entry.day)?.search(text, 1) ?? []) : [];
      const found = money?.isSure ? money : known;
      return found ? { code: found.code.code, label: found.label } : null;
    },
  };
}

/** A table for the goods, if that is what was pasted: several cells, onto the form or into a single-line field. */
export function tableIn(event: ClipboardEvent, desk: Desk): Table | null {
  if (!desk.entry.form.byPath.has("lines") || event.target instanceof HTMLTextAreaElement) return null;
  const cells = readCells(event.clipboardData?.getData("text/plain") ?? "");
  return cells ? readTable(cells, readerOf(desk)) : null;
}

export function PastedTable({ table, close }: { table: Table; close: () => void }) {
  const desk = useDesk();
  const [columns, setColumns] = useState(table.columns);
  useEffect(() => document.querySelector<HTMLElement>(".cap-pasted .btn-primary")?.focus(), []);
  const lines = readLines({ ...table, columns }, readerOf(desk));
  const unread = lines.flatMap((line) => line.cells).filter((cell) => cell.isUnread).length;
  const taken = lines.filter((line) => Object.keys(line.values).length);
  const change = (at: number, column: Column): void => setColumns(columns.map((other, place) => (place === at ? column : other === column ? "" : other)));
  const take = (): void => {
    desk.entry.addMany("lines", taken.map((line) => line.values));
    close();
  };
  return (
    <section class="panel cap-pasted" aria-label={t("Table of goods")}>
      <div class="panel-head"><Icon name="copy" /><h2 class="panel-title">{t("Table of goods")}</h2><span class="panel-note push">{table.hasHead ? t("Columns by their headings") : t("Columns by what is in them: please check")}</span></div>
      <div class="table-wrap" tabIndex={0}>
        <table class="table">
          <thead><tr>{columns.map((column, at) => <th key={at} scope="col"><select class="form-select" aria-label={t("Column {number}", { number: at + 1 })} value={column} onChange={(event) => change(at, event.currentTarget.value as Column)}>{COLUMNS.map((name) => <option key={name} value={name}>{name ? desk.entry.form.byPath.get(`lines.${name}`)?.layout.label : t("leave out")}</option>)}</select></th>)}</tr></thead>
          <tbody>{lines.slice(0, SHOWN_ROWS).map((line, at) => <tr key={at}>{line.cells.map((cell, place) => <td key={place} class={cell.isUnread ? "text-error" : cell.shown ? "" : "text-3"}><bdi>{cell.shown || cell.text}</bdi>{cell.isUnread ? <span class="second">{t("not understood yet")}</span> : cell.shown && cell.shown !== cell.text ? <span class="second"><bdi>{cell.text}</bdi></span> : null}</td>)}</tr>)}</tbody>
        </table>
      </div>
      <div class="panel-body btn-row">
        <span class="grow">{lines.length > SHOWN_ROWS ? tn("and {count} more line", "and {count} more lines", lines.length - SHOWN_ROWS) : ""}{table.rows.length > MOST_ROWS ? ` ${t("Only the first {count} lines are taken.", { count: MOST_ROWS })}` : ""} {unread ? tn("{count} cell is not understood and stays empty.", "{count} cells are not understood and stay empty.", unread) : ""}</span>
        <button type="button" class="btn" onClick={close}>{t("Cancel")}</button>
        <button type="button" class="btn btn-primary" disabled={!taken.length} onClick={take}>{tn("Take {count} line", "Take {count} lines", taken.length)}</button>
      </div>
    </section>
  );
}
