/** What is known already: it pays back while one types, and says how old it is when the line is down. */
import { useState } from "preact/hooks";
import type { Known } from "../contract";
import { t, tn } from "../words";
import { answeringPath, goTo, useDesk } from "./desk";
import { clockOf } from "./head";
import { Icon } from "./icon";

const ICONS: Record<string, string> = { company: "building", consignee: "building", container: "box", route: "route", corridor: "route", concealment: "snowflake", vessel: "ship", conveyance: "ship", plate: "car", person: "user", watch: "alert-triangle", case: "package", flight: "plane" };

export function SidePanel() {
  const { entry } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const known = entry.answer?.known ?? [];
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
        {known.length ? known.map((item, at) => <KnownBox key={at} item={item} />) : <p class="cap-side-empty">{entry.isOffline ? t("Nothing can be looked up without a line.") : t("Nothing yet. It appears while you type a consignee, a container, a plate, a route or a concealment.")}</p>}
        <Missing />
      </div>
    </aside>
  );
}

function KnownBox({ item }: { item: Known }) {
  const title = item.url ? <a href={item.url} target="_blank" rel="noopener">{item.title}</a> : item.title;
  return (
    <div class={`cap-known${item.kind === "watch" ? " cap-known-watch" : ""}`}>
      <Icon name={ICONS[item.icon] ? (ICONS[item.icon] ?? "") : (ICONS[item.kind] ?? item.icon)} />
      <div class="grow">
        <p><strong>{title}</strong></p>
        {item.text ? <p class="cap-known-text">{item.text}</p> : null}
        {item.photos?.length ? <div class="cap-known-photos">{item.photos.slice(0, 3).map((url) => <img key={url} src={url} alt="" loading="lazy" />)}</div> : null}
      </div>
    </div>
  );
}

function Missing() {
  const { entry } = useDesk();
  const missing = (entry.answer?.completeness.missing ?? []).filter((item) => item.unlocks).slice(0, 4);
  const own = missing.length ? [] : entry.completeness().missing.slice(0, 4);
  if (!missing.length && !own.length) return null;
  return (
    <div class="cap-missing">
      <h3>{t("Still worth answering")}</h3>
      <ul>
        {missing.map((item) => <li key={item.path}><button type="button" class="cap-linklike" onClick={() => goTo(entry, item.path)}>{item.label ?? entry.labelOf(answeringPath(entry, item.path))}</button>: {item.unlocks}</li>)}
        {own.map((path) => <li key={path}><button type="button" class="cap-linklike" onClick={() => goTo(entry, path)}>{entry.labelOf(path)}</button></li>)}
      </ul>
    </div>
  );
}
