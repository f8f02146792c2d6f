/** The route as it went: from, via, to; typed place by place. */
import { useEffect, useRef } from "preact/hooks";
import { foldText } from "../../codes/fold";
import { CodePicker } from "../../codes/picker";
import { CodeIndex } from "../../codes/search";
import type { Match } from "../../codes/search";
import type { Json, Part, Suggestion } from "../contract";
import { listAt, newItemId } from "../model/document";
import type { Field } from "../model/schema";
import { t } from "../words";
import { clearSettled, pickerWords } from "./code";
import { fieldId, findingsAt, useDesk } from "./desk";
import type { Desk } from "./desk";
import { Label, levelOf, Messages } from "./field";
import { Icon } from "./icon";

const COUNTRY_LENGTH = 2;

/** The first stop is where it left, the last where it was going; what lies between is transit. */
export function withRoles(stops: Part[]): Part[] {
  return stops.map((stop, at) => {
    const role = stop["role"] === "origin" ? "origin" : at === 0 ? "departure" : at === stops.length - 1 ? "destination" : "transit";
    return { ...stop, role };
  });
}

export function stopOf(list: "place" | "country", code: string, country = ""): Part {
  if (list === "country") return { country: code };
  return { country: country || code.slice(0, COUNTRY_LENGTH).toUpperCase(), place: code };
}

/** The list and the code of a choice; a code of one's own holds a colon itself: place:tn:ras_jedir. */
export function choiceOf(chosen: string): { list: "place" | "country"; code: string } {
  const end = chosen.indexOf(":");
  return { list: chosen.slice(0, end) === "country" ? "country" : "place", code: end < 0 ? "" : chosen.slice(end + 1) };
}

export function RouteBox({ field, path }: { field: Field; path: string }) {
  const desk = useDesk();
  const { entry } = desk;
  const stops = listAt(entry.document, path);
  const findings = findingsAt(entry, path, true);
  const id = fieldId(path);
  const put = (next: Part[]): void => entry.set(path, withRoles(next));
  return (
    <div class={`field cap-w${field.layout.width}`} data-path={path}>
      <Label field={field} id={id} />
      <div class={`cap-chips cap-route form-control ${levelOf(findings)}`}>
        {stops.map((stop, at) => (
          <>
            {at ? <Icon name="arrow-right" /> : null}
            <Stop key={String(stop["id"])} stop={stop} at={at} count={stops.length} desk={desk} move={(by) => put(moved(stops, at, by))} remove={() => put(stops.filter((other) => other !== stop))} />
          </>
        ))}
        <NextStop id={id} path={path} patch={(stop) => ({ [path]: withRoles([...stops, { id: newItemId(), ...stop }]) })} desk={desk} label={field.layout.label || field.group?.label || ""} isFirst={!stops.length} add={(stop) => put([...stops, { id: newItemId(), ...stop }])} removeLast={() => put(stops.slice(0, -1))} />
      </div>
      <Messages id={id} findings={findings} path={path} />
    </div>
  );
}

function moved(stops: Part[], at: number, by: number): Part[] {
  const stop = stops[at];
  if (!stop) return stops;
  const others = stops.filter((other) => other !== stop);
  const to = Math.min(others.length, Math.max(0, at + by));
  return [...others.slice(0, to), stop, ...others.slice(to)];
}

function Stop({ stop, at, count, desk, move, remove }: { stop: Part; at: number; count: number; desk: Desk; move: (by: number) => void; remove: () => void }) {
  const country = String(stop["country"] ?? "");
  const place = String(stop["place"] ?? "");
  const name = place ? desk.codes.label("place", place) : String(stop["place_name"] ?? "") || desk.codes.label("country", country);
  const word = stop["role"] === "origin" ? t("origin") : at === 0 ? t("from") : at === count - 1 ? t("to") : t("via");
  const onKey = (event: KeyboardEvent): void => {
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    if (event.key === "Delete" || event.key === "Backspace") remove();
    else if (event.altKey && event.key === forward) move(1);
    else if (event.altKey && event.key === back) move(-1);
    else return;
    event.preventDefault();
  };
  return (
    <span class="cap-chip" tabIndex={0} role="group" aria-label={`${word} ${name} ${country}`} onKeyDown={onKey}>
      <span class="text-2">{word}</span> <bdi class="strong">{name}</bdi> {place || stop["place_name"] ? <span class="text-2">{country}</span> : null}
      <button type="button" tabIndex={-1} aria-label={t("Remove {name}", { name })} onClick={remove}><Icon name="x" /></button>
    </span>
  );
}

interface NextProps {
  id: string;
  desk: Desk;
  label: string;
  isFirst: boolean;
  path: string;
  /** What adding a stop changes. */
  patch: (stop: Part) => Record<string, Json>;
  add: (stop: Part) => void;
  removeLast: () => void;
}

/** Countries are on the device, places are searched on the server: one field finds both. */
function NextStop({ id, path, patch, desk, label, isFirst, add, removeLast }: NextProps) {
  const host = useRef<HTMLSpanElement>(null);
  const drawn = useRef<CodePicker | null>(null);
  const latest = useRef({ add, patch, removeLast });
  latest.current = { add, patch, removeLast };
  const waiting = desk.entry.unchosen[path]?.text ?? "";
  const countries = desk.codes.indexOf("country", desk.entry.day);
  useEffect(() => {
    if (!countries || !host.current) return;
    const input = document.createElement("input");
    input.id = id;
    input.className = "cap-chip-input";
    input.setAttribute("aria-label", label);
    host.current.replaceChildren(input);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Backspace" && !input.value) latest.current.removeLast();
    });
    const index = new CodeIndex({ ...countries.list, codes: [] });
    for (const [code, entry] of countries.byCode) index.byCode.set(`country:${code}`, { ...entry, code: `country:${code}` });
    const picker: CodePicker = new CodePicker(input, {
      index,
      typed: waiting,
      words: pickerWords(),
      onLeave: (text, near) => desk.entry.leaveUnchosen(path, text, text ? suggestStops(text, near, latest.current.patch) : []),
      search: (text) => searchBoth(desk, countries, text),
      onChange: (code) => {
        const chosen = choiceOf(code);
        if (!chosen.code) return;
        picker.value = "";
        latest.current.add(stopOf(chosen.list, chosen.code, desk.codes.countryOf(chosen.code)));
      },
    });
    drawn.current = picker;
    if (waiting) void picker.settle();
  }, [countries, id]);
  useEffect(() => clearSettled(drawn.current, waiting), [waiting]);
  return <span class={`cap-chip-host${isFirst ? " grow" : ""}`} ref={host} />;
}

/** The nearest places, and the name as it was written: a route may name a place that has no code. */
export function suggestStops(text: string, near: Match[], patch: (stop: Part) => Record<string, Json>): Suggestion[] {
  const found = near.slice(0, 2).map((match) => {
    const { list, code } = choiceOf(match.code.code);
    return { label: match.label, patch: patch(stopOf(list, code, match.code.country)), marks: [] };
  });
  return [...found, { label: t("Keep as written"), patch: patch({ place_name: text }), marks: [] }];
}

async function searchBoth(desk: Desk, countries: CodeIndex, text: string): Promise<Match[]> {
  const named = (list: string) => (match: Match): Match => ({ ...match, code: { ...match.code, code: `${list}:${match.code.code}` } });
  const known = countries.search(text, 3).map(named("country"));
  /* Without a line the countries of this device are still offered. */
  const found = text.trim().length > 1 ? await desk.codes.search("place", text, desk.entry.day).catch((error: unknown) => (known.length ? [] : Promise.reject(error))) : [];
  for (const place of found) desk.codes.remember("place", place.code.code, place.label, place.path);
  return orderStops(text, known, found.slice(0, 9).map(named("place")).map((place) => inCountry(place, countries)));
}

/** Namesakes are told apart by their country. */
export function inCountry(place: Match, countries: CodeIndex): Match {
  const code = place.code.country ?? choiceOf(place.code.code).code.slice(0, COUNTRY_LENGTH).toUpperCase();
  const country = countries.byCode.get(code);
  return country ? { ...place, path: [countries.labelOf(country)] } : place;
}

/** What is called exactly so comes first; then countries that begin so, then places, then what is like it. */
export function orderStops(text: string, countries: Match[], places: Match[]): Match[] {
  const wanted = foldText(text.trim()).text;
  const fit = (match: Match): number => {
    const names = [match.label, match.found?.text ?? ""].map((name) => foldText(name).text);
    return names.includes(wanted) ? 3 : names[0]?.startsWith(wanted) ? 2 : names.some((name) => name.includes(wanted)) ? 1 : 0;
  };
  const named = countries.filter((match) => fit(match) > 0 || !places.length);
  const [exact, begun, rest] = [named.filter((match) => fit(match) === 3), named.filter((match) => fit(match) === 2), named.filter((match) => fit(match) < 2)];
  const [here, others] = [places.filter((match) => fit(match) === 3), places.filter((match) => fit(match) !== 3)];
  return [...exact, ...here, ...begun, ...others, ...rest.slice(0, 2)];
}
