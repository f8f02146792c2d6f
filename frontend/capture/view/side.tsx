/** What is known already: it pays back while one types, and says how old it is when the line is down. */
import { useState } from "preact/hooks";
import type { Known } from "../contract";
import type { Entry } from "../entry";
import { isEmpty, joinPath, plainPath } from "../model/document";
import { isInline, widgetOf } from "../model/schema";
import type { Field } from "../model/schema";
import { t, tn } from "../words";
import { answeringPath, goTo, useDesk } from "./desk";
import { clockOf } from "./head";
import { Icon } from "./icon";

const ICONS: Record<string, string> = { company: "building", consignee: "building", container: "box", route: "route", corridor: "route", concealment: "snowflake", vessel: "ship", conveyance: "ship", plate: "car", person: "user", watch: "alert-triangle", case: "package", flight: "plane" };

const MOST_WORTH = 5;

export function SidePanel() {
  const { entry } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const { known } = entry;
  const first = known.find((item) => item.kind === "watch") ?? known[0];
  return (
    <aside class={`cap-side${isOpen ? " is-open" : ""}`} aria-label={t("What we already know")}>
      {first ? (
        <button type="button" class={`cap-fold${first.kind === "watch" ? " cap-fold-watch" : ""}`} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon name={first.kind === "watch" ? "alert-triangle" : "info-circle"} size={20} />
          <span class="grow"><strong>{first.title}</strong><span class="block">{known.length > 1 ? tn("and {count} more thing we already know", "and {count} more things we already know", known.length - 1) : t("What we already know")}</span></span>
          <Icon name={isOpen ? "chevron-up" : "chevron-down"} size={20} />
        </button>
      ) : null}
      <div class="cap-side-body">
        <div class="cap-side-head">
          <h2>{t("What we already know")}</h2>
          {entry.checkedAt && entry.isOffline ? <p class="caption">{t("as of {time}, before the line dropped", { time: clockOf(entry.checkedAt).slice(0, 5) })}</p> : null}
        </div>
        {known.length ? known.map((item, at) => <KnownBox key={at} item={item} />) : <p class="cap-side-empty">{entry.isOffline ? t("Nothing can be looked up without a line.") : emptyText(entry.type)}</p>}
        <Missing />
      </div>
    </aside>
  );
}

function emptyText(type: string): string {
  if (type === "case") return t("Nothing yet. It appears while you type a consignee, a container, a plate, a route or a concealment.");
  return t("Nothing yet. It appears while you type a name or a number that is on record already.");
}

function KnownBox({ item }: { item: Known }) {
  const { entry, keeper } = useDesk();
  const isNew = entry.baseRevision === null && entry.type === "case";
  const title = item.url ? <a href={item.url} target="_blank" rel="noopener">{item.title}</a> : item.title;
  return (
    <div class={`cap-known${item.kind === "watch" ? " cap-known-watch" : ""}`}>
      <Icon name={ICONS[item.icon] ? (ICONS[item.icon] ?? "") : (ICONS[item.kind] ?? item.icon)} />
      <div class="grow">
        <p><strong>{title}</strong></p>
        {item.text ? <p class="cap-known-text">{item.text}</p> : null}
        {item.newest?.length ? (
          <ul class="cap-known-newest">
            {item.newest.map((found) => <li key={found.id}>{found.url ? <a href={found.url} target="_blank" rel="noopener"><bdi>{found.on || found.reference}</bdi></a> : <bdi>{found.on}</bdi>} <bdi>{found.title}</bdi>{isNew && found.url?.startsWith("/cases/") ? <> <button type="button" class="cap-linklike" onClick={() => void keeper.beginLike(found.id)}>{t("Same as this")}</button></> : null}</li>)}
          </ul>
        ) : null}
        {item.patch && Object.keys(item.patch).length ? <p class="cap-known-text"><button type="button" class="btn btn-sm" onClick={() => entry.setMany(item.patch ?? {})}><Icon name="link" /> {t("Link it")}</button></p> : null}
        {item.photos?.length ? <div class="cap-known-photos">{item.photos.slice(0, 3).map((url) => <img key={url} src={url} alt="" loading="lazy" />)}</div> : null}
      </div>
    </div>
  );
}

/** What is asked and not answered, then what would pay back at once; each with what it unlocks. */
export function worthAnswering(entry: Entry): { path: string; unlocks: string }[] {
  const asked = entry.completeness().missing.map((path) => ({ path, unlocks: unlocksAt(entry, path) }));
  const more: { path: string; unlocks: string }[] = [];
  const place = (fields: Field[], at: string): void => {
    for (const field of fields) {
      const path = joinPath(at, field.name);
      if (!field.layout.short || !entry.isAsked(field, path)) continue;
      if (field.layout.unlocks && isEmpty(entry.get(path)) && !asked.some((item) => item.path === path)) more.push({ path, unlocks: unlocksAt(entry, path) });
      const { group } = field;
      if (!group || widgetOf(group.fields, group.list)) continue;
      if (group.list === "") place(group.fields, path);
      else for (const item of entry.itemPaths(path, isInline(field)).slice(0, 1)) place(group.fields, item);
    }
  };
  place(entry.form.sections.flatMap((section) => section.fields), "");
  const answering = new Set<string>();
  return [...asked, ...more].filter(({ path }) => {
    const at = answeringPath(entry, path);
    return !answering.has(at) && answering.add(at);
  });
}

function unlocksAt(entry: Entry, path: string): string {
  if (path.endsWith(".quantity") && entry.countsMoney(path)) return t("counts in the figures of cash by currency");
  return entry.form.byPath.get(plainPath(answeringPath(entry, path)))?.layout.unlocks ?? entry.form.byPath.get(plainPath(path))?.layout.unlocks ?? "";
}

function Missing() {
  const { entry } = useDesk();
  const worth = worthAnswering(entry);
  if (!worth.length) return null;
  return (
    <div class="cap-missing">
      <h3>{t("Still worth answering")}</h3>
      <ul>
        {worth.slice(0, MOST_WORTH).map(({ path, unlocks }) => <li key={path}><button type="button" class="cap-linklike" onClick={() => goTo(entry, path)}>{entry.labelOf(answeringPath(entry, path))}</button>{unlocks ? `: ${unlocks}` : ""}</li>)}
      </ul>
    </div>
  );
}
