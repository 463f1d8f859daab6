import { foldText } from './search-text.js';

/** Longer words are compared by their beginning. */
const maxWordChars = 40;
/** A name of 230 bytes that is nothing but words of one letter would have more; the rest of those is not found by. */
const maxNameWords = 64;
/** More words than anybody types; the rest is passed over. */
const maxQueryWords = 16;
/** A word of more parts than this is a hash or a key, which nobody looks for from the middle. */
const maxParts = 6;

/** Scripts that write no spaces: each character is a word of its own. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const wordPattern = new RegExp(String.raw`[${unspaced}]|(?:(?![${unspaced}])[\p{L}\p{N}])+|\p{So}`, 'gu');
const ascii = /^[\u0000-\u007f]*$/;
const partPattern = /\p{N}+|\P{N}+/gu;

const splitWords = (folded: string): string[] =>
  ascii.test(folded) ? splitAscii(folded) : (folded.match(wordPattern) ?? []);

/** By hand: a million names are split when the tracker starts. */
function splitAscii(folded: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let index = 0; index <= folded.length; index++) {
    const code = folded.charCodeAt(index); // NaN behind the end
    const isWord = isAsciiDigit(code) || (code >= 0x61 && code <= 0x7a);
    if (isWord && start === -1) start = index;
    else if (!isWord && start !== -1) {
      words.push(folded.slice(start, index));
      start = -1;
    }
  }
  return words;
}

const cut = (word: string): string => (word.length > maxWordChars ? word.slice(0, maxWordChars) : word);

/**
 * The words by whose beginnings a name is found, each once: letters and digits that stand together, without case and
 * accents; and, where digits meet letters, what begins there ("s01e02" is found by "e02" too). (T10)
 */
export function toNameWords(name: string): string[] {
  const words: string[] = [];
  for (const word of splitWords(foldText(name))) {
    addOnce(words, cut(word));
    if (word.length > 1 && hasDigitAndMore(word)) addInnerWords(word, words);
    if (words.length >= maxNameWords) break;
  }
  return words;
}

/** Names have few words: looking through them is quicker than a set. */
function addOnce(words: string[], word: string): void {
  if (!words.includes(word)) words.push(word);
}

/** The words of a search, each once and none that another implies, in an order that does not depend on how they were typed. */
export function toSearchWords(text: string): string[] {
  const words = [...new Set(splitWords(foldText(text)).map(cut))].sort();
  // Sorted, a word stands right before those that begin with it.
  return words.filter((word, index) => !words[index + 1]?.startsWith(word)).slice(0, maxQueryWords);
}

function hasDigitAndMore(word: string): boolean {
  const first = isAsciiDigit(word.charCodeAt(0));
  for (let index = 0; index < word.length; index++) {
    const code = word.charCodeAt(index);
    if (code > 0x7f) return hasNumberAndMore(word);
    if (isAsciiDigit(code) !== first) return true;
  }
  return false;
}

const isAsciiDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

function hasNumberAndMore(word: string): boolean {
  return /\p{N}/u.test(word) && /\P{N}/u.test(word);
}

function addInnerWords(word: string, words: string[]): void {
  const parts = word.match(partPattern) ?? [];
  if (parts.length > maxParts) return;
  let start = 0;
  for (const part of parts) {
    if (start > 0) addOnce(words, cut(word.slice(start)));
    start += part.length;
  }
}
