/** Fold text to one comparable shape, as the server does (tests/vectors/text.json), and remember where each sign came from so that matches can be marked. */
const PAIRS: Record<string, string> = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "’": "'", "ـ": "" };
const PLAIN = /^[\x20-\x7e]*$/;
/** Kana voicing marks make another letter, not an accent. */
const DROPPED = /(?![\u3099\u309a])[\p{M}\p{Cf}]/gu;

export interface Folded {
  text: string;
  /** Place in the original of each folded sign; one more entry for the end. */
  places: number[];
}

export function foldText(original: string): Folded {
  if (PLAIN.test(original)) return { text: original.toLowerCase(), places: Array.from({ length: original.length + 1 }, (_, at) => at) };
  let text = "";
  const places: number[] = [];
  let place = 0;
  for (const sign of original) {
    for (const part of foldSign(sign)) {
      text += part;
      for (let unit = 0; unit < part.length; unit += 1) places.push(place);
    }
    place += sign.length;
  }
  places.push(original.length);
  return { text, places };
}

function foldSign(sign: string): string {
  const bare = (PAIRS[sign.toLowerCase()] ?? sign.toLowerCase()).normalize("NFKD").replace(DROPPED, "").toLowerCase().normalize("NFC");
  return /\p{Nd}/u.test(bare) ? String(digitOf(bare)) : (PAIRS[bare] ?? bare);
}

/** Every script's digits stand in a row of ten. */
function digitOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}
