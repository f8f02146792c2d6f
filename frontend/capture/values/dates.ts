/** Dates as precise as they are stated: a year, a month, a day or a moment with its zone (tests/vectors/partial_dates.json). */
import { asciiDigit } from "./decimals";
import { commaOf, dateFormat } from "./formats";

export type Precision = "year" | "month" | "day" | "time";
export type DateReading = { value: string; precision: Precision } | { code: "date.invalid" | "date.impossible" | "date.no_zone"; wouldBe: string[] };

export interface DateSetting {
  language: string;
  now: Date;
  /** Minutes east of UTC at a moment of the user's clock. */
  offsetAt: (year: number, month: number, day: number, hour: number, minute: number) => number;
}

const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;
const CLOCK = /(?:^|[\s,]|(?<=\d)T)(?:à\s*)?(\d{1,2})\s?[:h.](\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const NEAR: Record<string, number> = {
  today: 0, yesterday: -1, "aujourd'hui": 0, "aujourd’hui": 0, hier: -1, hoy: 0, ayer: -1, hoje: 0, ontem: -1, "اليوم": 0, "أمس": -1,
};
/** Marks of the writing direction, which a date copied from a page in Arabic brings along. */
const DIRECTIONS = /[\u200e\u200f\u061c\u2066-\u2069]/g;
const NOW = new Set(["now", "maintenant", "ahora", "agora", "الآن"]);

export function browserSetting(language: string): DateSetting {
  return {
    language,
    now: new Date(),
    offsetAt: (year, month, day, hour, minute) => -new Date(year, month - 1, day, hour, minute).getTimezoneOffset(),
  };
}

/** Read a canonical date only; this is what the server reads. */
export function parseDate(text: string): DateReading {
  const match = text.length <= 40 ? ISO.exec(text) : null;
  if (!match || text.endsWith("\n")) return { code: "date.invalid", wouldBe: guessDays(text.trim()) };
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => (part === undefined ? undefined : Number(part)));
  const zone = match[7];
  if (!year) return { code: "date.impossible", wouldBe: [] };
  if (month === undefined) return { value: write(year), precision: "year" };
  if (!isPossible(year, month, day)) return { code: "date.impossible", wouldBe: day === undefined ? [] : nearestDays(year, month, day) };
  if (day === undefined) return { value: write(year, month), precision: "month" };
  if (hour === undefined || minute === undefined) return { value: write(year, month, day), precision: "day" };
  const offset = zone === undefined ? undefined : readOffset(zone);
  if (hour > 23 || minute > 59 || (second ?? 0) > 59 || Math.abs(offset ?? 0) > 14 * 60) return { code: "date.impossible", wouldBe: [] };
  if (offset === undefined) return { code: "date.no_zone", wouldBe: [`${text}Z`, `${text}+01:00`] };
  return { value: `${write(year, month, day)}T${pad(hour)}:${pad(minute)}${second === undefined ? "" : `:${pad(second)}`}${writeOffset(offset)}`, precision: "time" };
}

/** Read a date as a person types it: 12/11/2026 06:20, 12 nov 2026, nov 2026, 2021, today, 06:20. */
export function readDate(typed: string, setting: DateSetting): DateReading {
  const text = typed.replace(DIRECTIONS, "").trim().replace(/\p{Nd}/gu, asciiDigit).replace(/\s+/g, " ");
  const canonical = parseDate(text);
  if ("value" in canonical) return canonical;
  if (canonical.code === "date.no_zone") return withClock(text.slice(0, 10), text.slice(11), setting);
  const lower = text.toLocaleLowerCase(setting.language);
  if (NOW.has(lower)) return withClock(localDay(setting.now, 0), `${pad(setting.now.getHours())}:${pad(setting.now.getMinutes())}`, setting);
  const clock = CLOCK.exec(text);
  if (clock && !endsLikeDay(text)) {
    const before = text.slice(0, clock.index).replace(/[,،\s]+(?:at|à|às|a las|um|في|الساعة|على الساعة)?$/i, "").trim();
    const day = before ? readDay(before, setting) : { value: localDay(setting.now, 0), precision: "day" as const };
    if (!("value" in day)) return day;
    if (day.precision !== "day") return { code: "date.invalid", wouldBe: [] };
    return withClock(day.value, `${clock[1]}:${clock[2]}${clock[3] ? `:${clock[3]}` : ""}${clock[4] ?? ""}`, setting);
  }
  return readDay(text, setting);
}

/** 12.11.26 ends like a clock, and is a day. */
function endsLikeDay(text: string): boolean {
  return /\d\.\d{1,2}\.\d*$/.test(text);
}

function withClock(day: string, clock: string, setting: DateSetting): DateReading {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(clock);
  if (!match) return { code: "date.invalid", wouldBe: [] };
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  const zone = match[4] ? match[4].toUpperCase() : writeOffset(setting.offsetAt(year, month, date, hour, minute));
  return parseDate(`${day}T${pad(hour)}:${pad(minute)}${match[3] ? `:${match[3]}` : ""}${zone}`);
}

function readDay(text: string, setting: DateSetting): DateReading {
  const canonical = parseDate(text);
  if ("value" in canonical) return canonical;
  const lower = text.toLocaleLowerCase(setting.language);
  const near = NEAR[lower];
  if (near !== undefined) return parseDate(localDay(setting.now, near));
  const spoken = readSpoken(lower, setting);
  if (spoken) return parseDate(spoken);
  const numbers = /^(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{2}|\d{4}))?$/.exec(text);
  if (numbers) return readNumbers(numbers, setting);
  const monthYear = /^(\d{1,2})[./-](\d{4})$/.exec(text);
  if (monthYear) return parseDate(`${monthYear[2]}-${pad(Number(monthYear[1]))}`);
  return canonical.code === "date.invalid" && canonical.wouldBe.length === 1 ? parseDate(canonical.wouldBe[0] ?? "") : canonical;
}

/** Day first, as the field does, but for month-first countries; a day that cannot be is read the other way. */
function readNumbers(numbers: RegExpExecArray, setting: DateSetting): DateReading {
  const year = fullYear(numbers[3], setting.now);
  const [first, second] = [Number(numbers[1]), Number(numbers[2])];
  const monthFirst = /^en-us/i.test(setting.language);
  const [day, month] = monthFirst ? [second, first] : [first, second];
  if (!isPossible(year, month, day) && isPossible(year, day, month)) return parseDate(write(year, day, month));
  return parseDate(write(year, month, day));
}

function fullYear(written: string | undefined, now: Date): number {
  if (!written) return now.getFullYear();
  if (written.length === 4) return Number(written);
  const near = 2000 + Number(written);
  return near > now.getFullYear() + 1 ? near - 100 : near;
}

function readSpoken(lower: string, setting: DateSetting): string | null {
  const match = /^(?:(\d{1,2})(?:st|nd|rd|th|er)?[\s.\-/]*(?:de |of )?)?(\p{L}[\p{L}.]*)[\s,.\-/]*(?:de )?(\d{4}|\d{2})?$/u.exec(lower) ?? monthFirstWords(lower);
  if (!match) return null;
  const month = findMonth((match[2] ?? "").replace(/\.$/, ""), setting.language);
  if (!month) return null;
  const year = fullYear(match[3], setting.now);
  return match[1] ? write(year, month, Number(match[1])) : write(year, month);
}

function monthFirstWords(lower: string): string[] | null {
  const match = /^(\p{L}[\p{L}.]*) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u.exec(lower);
  return match ? ["", match[2] ?? "", match[1] ?? "", match[3] ?? ""] : null;
}

const monthNames = new Map<string, Map<string, number>>();

function findMonth(word: string, language: string): number | null {
  for (const tongue of new Set([language, "en", "fr", "es", "pt", "ar"])) {
    const names = monthNames.get(tongue) ?? listMonths(tongue);
    monthNames.set(tongue, names);
    for (const [name, month] of names) if (name === word || (word.length >= 3 && name.startsWith(word))) return month;
  }
  return null;
}

function plainWord(word: string): string {
  return word.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().replace(/\.$/, "");
}

function listMonths(language: string): Map<string, number> {
  const names = new Map<string, number>();
  for (const width of ["long", "short"] as const) {
    const format = dateFormat(language, { month: width, timeZone: "UTC" });
    for (let month = 1; month <= 12; month += 1) {
      const name = format.format(Date.UTC(2026, month - 1, 15)).toLocaleLowerCase().replace(/\.$/, "");
      for (const written of [name, plainWord(name)]) if (!names.has(written)) names.set(written, month);
    }
  }
  return names;
}

/** Write a stated date for the reader, no more precisely than it was stated; its own clock, not the reader's. */
export function writeDate(value: string, language: string): string {
  const match = ISO.exec(value);
  if (!match) return value;
  const [year = 1, month = 1, day = 1, hour = 0, minute = 0] = match.slice(1, 6).map((part) => Number(part ?? 1));
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric", numberingSystem: "latn" };
  if (match[2]) options.month = "short";
  if (match[3]) options.day = "numeric";
  const moment = new Date(Date.UTC(year, month - 1, day));
  moment.setUTCFullYear(year);
  const written = dateFormat(language === "en" ? "en-GB" : language, options).format(moment);
  return match[4] ? `${written}${commaOf(language)}${pad(hour)}:${pad(minute)}` : written;
}

function localDay(now: Date, shift: number): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + shift);
  return write(day.getFullYear(), day.getMonth() + 1, day.getDate());
}

function guessDays(text: string): string[] {
  const yearFirst = /^(\d{4})[./ -]?(\d{1,2})[./ -]?(\d{1,2})$/.exec(text);
  const dayFirst = /^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})$/.exec(text);
  const orders = yearFirst ? [[yearFirst[1], yearFirst[2], yearFirst[3]]] : dayFirst ? [[dayFirst[3], dayFirst[2], dayFirst[1]], [dayFirst[3], dayFirst[1], dayFirst[2]]] : [];
  const days = orders.map((parts) => parts.map(Number)).filter(([year = 0, month = 0, day = 0]) => isPossible(year, month, day));
  return [...new Set(days.map(([year = 0, month, day]) => write(year, month, day)))];
}

function nearestDays(year: number, month: number, day: number): string[] {
  if (month >= 1 && month <= 12) return day > 28 && day <= 31 ? [write(year, month, lastDay(year, month))] : [];
  return isPossible(year, day, month) ? [write(year, day, month)] : [];
}

function isPossible(year: number, month: number, day?: number): boolean {
  if (!year || month < 1 || month > 12) return false;
  return day === undefined || (day >= 1 && day <= lastDay(year, month));
}

function lastDay(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function readOffset(zone: string): number {
  if (zone === "Z") return 0;
  const digits = zone.slice(1).replace(":", "");
  const minutes = Number(digits.slice(2) || 0);
  const total = minutes < 60 ? Number(digits.slice(0, 2)) * 60 + minutes : 15 * 60;
  return zone[0] === "-" ? -total : total;
}

function writeOffset(offset: number): string {
  if (offset === 0) return "Z";
  const size = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

function write(year: number, month?: number, day?: number): string {
  const start = String(year).padStart(4, "0");
  if (month === undefined) return start;
  return day === undefined ? `${start}-${pad(month)}` : `${start}-${pad(month)}-${pad(day)}`;
}
