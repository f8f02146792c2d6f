/** Numbers as people write them, as the server reads them (tests/vectors/decimals.json). */
import { numberFormat } from "./formats";

export type NumberRefusal = "number.empty" | "number.too_long" | "number.not_a_number" | "number.exponent" | "number.wrong_separator" | "number.ambiguous";
export type NumberReading = { value: string } | { code: NumberRefusal; wouldBe: string[] };

const ALIKE: Record<string, string> = { "٫": ".", "٬": "'", "’": "'", "‘": "'", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " " };
const DIGITS = /\p{Nd}/gu;
const NUMBER = /^(?:[+-]?[0-9]+(?:[.,][0-9]+)*[.,]?|[+-]?[.,][0-9]+)$/;
const SPACED = /^([+-]?[0-9]{1,3}(?:([ '])[0-9]{3})(?:\2[0-9]{3})*)([.,][0-9]*)?$/;
const EXPONENT = /^[+-]?[0-9.,]+[eE][+-]?[0-9]+$/;
const GROUPED: Record<string, RegExp> = {
  ",": /^(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3})$/,
  ".": /^(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3})$/,
};

/** The ASCII digit of a decimal digit of any script: scripts count in blocks of ten that begin with zero. */
export function asciiDigit(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 128) return sign;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** Read a number; `decimalComma` null refuses what can be read in two ways. */
export function parseDecimal(text: string, decimalComma: boolean | null): NumberReading {
  const plain = [...text.trim()].map((sign) => ALIKE[sign] ?? sign).join("").replace(DIGITS, asciiDigit);
  if (!plain) return { code: "number.empty", wouldBe: [] };
  if (plain.length > 60) return { code: "number.too_long", wouldBe: [] };
  const comma = text.includes("٫") ? false : decimalComma;
  const spaced = SPACED.exec(plain);
  if (spaced) return readSpaced((spaced[1] ?? "").replace(/[ ']/g, ""), spaced[3] ?? "", comma);
  if (!NUMBER.test(plain)) return { code: EXPONENT.test(plain) ? "number.exponent" : "number.not_a_number", wouldBe: readingsWithin(plain) };
  const readings = readSeparators(plain, comma);
  const only = readings[0];
  if (only === undefined) return { code: "number.wrong_separator", wouldBe: readSeparators(plain, null) };
  return readings.length > 1 ? { code: "number.ambiguous", wouldBe: readings } : { value: canonical(only) };
}

/** Read with the user's own separator; a number that only the other one explains is taken as that. */
export function readNumber(text: string, decimalComma: boolean): NumberReading {
  const own = parseDecimal(text, decimalComma);
  if ("value" in own || own.code !== "number.wrong_separator") return own;
  const other = parseDecimal(text, null);
  return "value" in other ? other : own;
}

function readSpaced(digits: string, fraction: string, comma: boolean | null): NumberReading {
  const wanted = `${digits}.${fraction.slice(1)}`;
  if (fraction && comma !== null && (fraction[0] === ",") !== comma) return { code: "number.wrong_separator", wouldBe: [wanted] };
  return { value: canonical(fraction.length > 1 ? wanted : digits) };
}

function readSeparators(plain: string, comma: boolean | null): string[] {
  if (!/[.,]/.test(plain)) return [plain];
  const marks = comma === null ? [".", ","] : [comma ? "," : "."];
  return [...new Set(marks.map((mark) => readOneWay(plain, mark)).filter((reading) => reading !== null))];
}

function readOneWay(plain: string, mark: string): string | null {
  const sign = /^[+-]/.test(plain) ? (plain[0] ?? "") : "";
  const rest = plain.slice(sign.length);
  const at = rest.indexOf(mark);
  let whole = at < 0 ? rest : rest.slice(0, at);
  const fraction = at < 0 ? "" : rest.slice(at + 1);
  const grouping = mark === "," ? "." : ",";
  if (/[.,]/.test(fraction) || (at >= 0 && !fraction)) return null;
  if (whole.includes(grouping)) {
    if (whole.startsWith("0") || !GROUPED[grouping]?.test(whole)) return null;
    whole = whole.replaceAll(grouping, "");
  }
  const number = fraction ? `${whole || "0"}.${fraction}` : whole;
  return sign === "-" ? `-${number}` : number;
}

function readingsWithin(plain: string): string[] {
  const match = /^[^0-9]{0,12}?([0-9]+(?:[.,][0-9]+)?)\D*$/.exec(plain);
  return match?.[1] ? readSeparators(match[1], null) : [];
}

function canonical(number: string): string {
  return number.replace(/^\+/, "").replace(/^(-?)0+(?=\d)/, "$1");
}

export function usesDecimalComma(language: string): boolean {
  return numberFormat(language, { numberingSystem: "latn" }).formatToParts(1.5).some((part) => part.type === "decimal" && part.value === ",");
}

/** Write a canonical number in the user's way, every decimal kept. */
export function writeNumber(value: string, language: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  const [whole = "", fraction = ""] = value.split(".");
  if (whole.replace("-", "").length > 15) return value;
  const formatted = numberFormat(language === "en" ? "en-GB" : language, { useGrouping: "min2", numberingSystem: "latn" }).format(BigInt(whole.replace("-", "")));
  const sign = whole.startsWith("-") ? "-" : "";
  return `${sign}${formatted}${fraction ? (usesDecimalComma(language) ? "," : ".") + fraction : ""}`;
}
