/** The short form on one screen. */
import { t } from "../words";
import { ItemChips } from "./chips";
import { useDesk } from "./desk";
import { FieldBox, FindingBox } from "./field";
import { firstKeyOf, layShort } from "./flow";
import type { Band, Cell, Row } from "./flow";
import { Icon } from "./icon";
import { MediaBox } from "./media";
import { RouteBox } from "./route";

export function ShortForm({ isFilledOpen }: { isFilledOpen: boolean }) {
  const { entry } = useDesk();
  return <div class="cap-short">{layShort(entry, isFilledOpen).map((band, at) => <BandBox key={band.item ? `${band.item.listPath}${band.item.id}` : `band${at}`} band={band} />)}</div>;
}

function BandBox({ band }: { band: Band }) {
  const rows = band.rows.map((row) => <RowBox key={row.cells[0]?.path} row={row} />);
  if (!band.item) return <>{rows}</>;
  return (
    <section class="cap-band" data-path={`${band.item.listPath}[${band.item.id}]`}>
      <ItemHead {...band.item} />
      {rows}
    </section>
  );
}

export function ItemHead({ listPath, id, group, number, count }: NonNullable<Band["item"]>) {
  const { entry } = useDesk();
  const name = `${group.label} ${number}`;
  return (
    <div class="cap-item-head">
      <h3>{group.label} <span class="text-3">{number}/{count}</span></h3>
      <span class="push btn-row btn-row-tight">
        {group.list === "ordered" && number > 1 ? <button type="button" class="btn btn-tool" aria-label={t("Move {name} up", { name })} onClick={() => entry.move(listPath, id, -1)}><Icon name="chevron-up" /></button> : null}
        {group.list === "ordered" && number < count ? <button type="button" class="btn btn-tool" aria-label={t("Move {name} down", { name })} onClick={() => entry.move(listPath, id, 1)}><Icon name="chevron-down" /></button> : null}
        <button type="button" class="btn btn-tool" aria-label={t("Copy {name}", { name })} title={t("Copy")} onClick={() => entry.duplicate(listPath, id)}><Icon name="copy" /></button>
        <button type="button" class="btn btn-tool" aria-label={t("Remove {name}", { name })} title={t("Remove")} onClick={() => entry.remove(listPath, id)}><Icon name="trash" /></button>
      </span>
    </div>
  );
}

export function RowBox({ row }: { row: Row }) {
  const { entry } = useDesk();
  return (
    <>
      <div class="cap-row">{row.cells.map((cell) => <CellBox key={`${cell.kind}${cell.path}`} cell={cell} />)}</div>
      {row.findings.map((found) => <FindingBox key={`${found.code}${found.path}`} found={found} firstKey={firstKeyOf(entry, found)} />)}
    </>
  );
}

function CellBox({ cell }: { cell: Cell }) {
  const { entry } = useDesk();
  if (cell.kind === "route") return <RouteBox field={cell.field} path={cell.path} />;
  if (cell.kind === "chips") return <ItemChips field={cell.field} path={cell.path} />;
  if (cell.kind === "media") return <MediaBox path={cell.path} />;
  if (cell.finding) return <div class={`cap-w${cell.width} cap-beside`}><FindingBox found={cell.finding} firstKey={firstKeyOf(entry, cell.finding)} /></div>;
  return <FieldBox field={cell.field} path={cell.path} />;
}
