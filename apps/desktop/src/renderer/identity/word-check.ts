/** So many words prove that there is a paper; nobody types all of them. */
const checkedWords = 3;

/** Places to ask for, in their order, no two the same. `random`: 0 to 1. */
export function pickPlaces(count: number, random: () => number): number[] {
  const places = Array.from({ length: count }, (_, index) => index);
  const picked = Array.from({ length: checkedWords }, () => places.splice(Math.floor(random() * places.length), 1)[0]);
  return picked.flatMap((place) => place ?? []).sort((a, b) => a - b);
}

/** Case, accents and spaces around do not count. */
export function isSameWord(typed: string, word: string): boolean {
  return fold(typed) === fold(word);
}

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').trim().toLowerCase();
