/** Which known words a written word may be a slip of: a letter more, less, other, or two exchanged. */

/** Shorter words mean too much to be guessed at; Arabic writes few of its vowels, so that three letters are a word. */
const SHORTEST = 4;
const SHORTEST_ARABIC = 3;
const ARABIC = /^\p{Script=Arabic}/u;
const LONG = 7;

/** How many slips a word of this length is forgiven. */
export function slipsOf(word: string): number {
  return word.length < (ARABIC.test(word) ? SHORTEST_ARABIC : SHORTEST) ? 0 : word.length < LONG ? 1 : 2;
}

/** How many slips lie between two words, or one more than `most` as soon as there are more. */
export function countSlips(first: string, second: string, most: number): number {
  if (Math.abs(first.length - second.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: second.length + 1 }, (_, at) => at);
  for (let row = 1; row <= first.length; row += 1) {
    const here = [row];
    for (let at = 1; at <= second.length; at += 1) {
      const isSame = first[row - 1] === second[at - 1];
      let least = Math.min((last[at] ?? 0) + 1, (here[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (isSame ? 0 : 1));
      if (row > 1 && at > 1 && first[row - 1] === second[at - 2] && first[row - 2] === second[at - 1]) least = Math.min(least, (before[at - 2] ?? 0) + 1);
      here.push(least);
    }
    if (Math.min(...here) > most) return most + 1;
    [before, last] = [last, here];
  }
  return last[second.length] ?? most + 1;
}

/** The known words that are as near to a word as any is, its beginnings included; none where it is too short. */
export function nearestWords(word: string, known: Iterable<string>): Set<string> {
  let least = slipsOf(word);
  let found = new Set<string>();
  if (!least) return found;
  for (const other of known) {
    const slips = Math.min(countSlips(word, other, least), other.length > word.length ? countSlips(word, other.slice(0, word.length), least) + 0.5 : least + 1);
    if (slips > least) continue;
    if (slips < least) [least, found] = [slips, new Set()];
    found.add(other);
  }
  return found;
}
