/** Fold text to one comparable shape, as the server does, and remember where each sign came from so that matches can be marked. */
const PAIRS: Record<string, string> = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "’": "'", "ـ": "" };

export interface Folded {
  text: string;
  /** Place in the original of each folded sign; one more entry for the end. */
  places: number[];
}

export function foldText(original: string): Folded {
  let text = "";
  const places: number[] = [];
  let place = 0;
  for (const sign of original) {
    const folded = (PAIRS[sign.toLowerCase()] ?? sign.toLowerCase()).normalize("NFD").replace(/\p{M}/gu, "");
    for (const part of folded) {
      text += part;
      for (let unit = 0; unit < part.length; unit += 1) places.push(place);
    }
    place += sign.length;
  }
  places.push(original.length);
  return { text, places };
}
