/** Money is counted in its own currency: its quantity is an amount, and its unit is chosen among the currencies. */
import { CodeIndex } from "../../codes/search";
import type { Code } from "../../codes/search";
import type { Json, Part } from "../contract";
import { joinPath, parentPath } from "./document";

export const AMOUNT_OF_CURRENCY = "currency";
export const CURRENCY_NAME = "attributes.currency";
const MARK = "currency:";
/** What a traveller mostly carries stands first until an office has used others. */
const FIRST = ["EUR", "USD", "GBP"];
/** Units of account, and what stands for no currency or a test: nobody carries them. */
const NO_NOTES = /^X(?:B[A-D]|TS|XX|SU|UA)$/;

/** One list to choose from: the currencies, then what else such goods are counted in. */
export function moneyIndex(currencies: CodeIndex, units: CodeIndex): CodeIndex {
  const marked = currencies.list.codes.filter(({ code }) => !NO_NOTES.test(code)).map((code): Code => ({ ...code, code: `${MARK}${code.code}` }));
  const ordered = [...FIRST.flatMap((wanted) => marked.filter(({ code }) => code === `${MARK}${wanted}`)), ...marked.filter(({ code }) => !FIRST.includes(code.slice(MARK.length)))];
  const others = units.list.codes.filter(({ code }) => code !== AMOUNT_OF_CURRENCY).map(({ uses: _, ...code }): Code => code);
  const made = new CodeIndex({ ...units.list, codes: [...ordered, ...others] });
  const amount = units.byCode.get(AMOUNT_OF_CURRENCY);
  if (amount) made.byCode.set(AMOUNT_OF_CURRENCY, amount);
  return made;
}

/** What the one field shows of the two that hold it. */
export function moneyUnit(unit: string, currency: string): string {
  return unit === AMOUNT_OF_CURRENCY && currency ? `${MARK}${currency}` : unit;
}

/** What choosing changes: the unit at its path, and the currency beside it. */
export function chooseMoneyUnit(unitPath: string, chosen: string): Record<string, Json | undefined> {
  const currency = joinPath(parentPath(unitPath), CURRENCY_NAME);
  const code = currencyIn(chosen);
  return code ? { [unitPath]: AMOUNT_OF_CURRENCY, [currency]: code } : { [unitPath]: chosen || undefined, [currency]: undefined };
}

export function currencyIn(chosen: string): string {
  return chosen.startsWith(MARK) ? chosen.slice(MARK.length) : "";
}

/** Put a unit, which may be a currency, into the values of a line. */
export function putUnit(values: Part, chosen: string): void {
  const currency = currencyIn(chosen);
  values["unit"] ??= currency ? AMOUNT_OF_CURRENCY : chosen;
  if (currency && values["unit"] === AMOUNT_OF_CURRENCY) values["attributes"] ??= { currency };
}
