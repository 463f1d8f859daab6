import { compareText } from './search-text.js';

const radix = 2 ** 16;
/** Further on names are compared: few still tie. */
const leadingChars = 8;

/** The items in the order of a number each (whole, not negative, below 2^53); those that tie stay as they were. */
export function orderByNumber(items: Uint32Array, numberOf: (item: number) => number): Uint32Array {
  // Each number is asked for once: what follows reads arrays only.
  const numbers = new Float64Array(endOf(items));
  let largest = 0;
  for (const item of items) {
    const number = numberOf(item);
    numbers[item] = number;
    if (number > largest) largest = number;
  }
  let ordered: Uint32Array = items.slice();
  const own = new Uint32Array(items.length);
  for (let scale = 1; scale <= largest; scale *= radix) {
    for (let index = 0; index < own.length; index++) {
      own[index] = Math.floor((numbers[ordered[index] as number] as number) / scale) % radix;
    }
    ordered = pass(ordered, own);
  }
  return ordered;
}

/** The items in the order of a text each, by code units; those that tie stay as they were. */
export function orderByText(items: Uint32Array, textOf: (item: number) => string): Uint32Array {
  // The first characters of each text. One that has ended comes before one that goes on, whatever follows: hence one
  // more than the code unit, and one bucket more.
  const leads = new Uint32Array(endOf(items) * leadingChars);
  for (const item of items) {
    const text = textOf(item);
    const length = Math.min(text.length, leadingChars);
    for (let index = 0; index < length; index++) leads[item * leadingChars + index] = text.charCodeAt(index) + 1;
  }
  let ordered: Uint32Array = items.slice();
  const own = new Uint32Array(items.length);
  for (let char = leadingChars - 1; char >= 0; char--) {
    for (let index = 0; index < own.length; index++) {
      own[index] = leads[(ordered[index] as number) * leadingChars + char] as number;
    }
    ordered = pass(ordered, own);
  }
  const isTied = (left: number, right: number): boolean => {
    for (let index = 0; index < leadingChars; index++) {
      if (leads[left * leadingChars + index] !== leads[right * leadingChars + index]) return false;
    }
    return true;
  };
  orderTies(ordered, isTied, (left, right) => compareText(textOf(left), textOf(right)));
  return ordered;
}

function endOf(items: Uint32Array): number {
  let end = 0;
  for (const item of items) if (item >= end) end = item + 1;
  return end;
}

/** Compares, in place, only those neighbours that tie. */
export function orderTies(
  items: Uint32Array,
  isTied: (left: number, right: number) => boolean,
  compare: (left: number, right: number) => number,
): void {
  for (let start = 0; start < items.length;) {
    let end = start + 1;
    while (end < items.length && isTied(items[start] as number, items[end] as number)) end++;
    if (end - start > 1) items.set(Array.from(items.subarray(start, end)).sort(compare), start);
    start = end;
  }
}

/** One stable pass of a radix sort. `own`: the digit of each item, at most `radix`. */
function pass(items: Uint32Array, own: Uint32Array): Uint32Array {
  const starts = new Uint32Array(radix + 2);
  for (let index = 0; index < own.length; index++) {
    const digit = own[index] as number;
    starts[digit + 1] = (starts[digit + 1] as number) + 1;
  }
  for (let digit = 1; digit < starts.length; digit++) {
    starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
  }
  const ordered = new Uint32Array(items.length);
  for (let index = 0; index < items.length; index++) {
    const digit = own[index] as number;
    ordered[starts[digit] as number] = items[index] as number;
    starts[digit] = (starts[digit] as number) + 1;
  }
  return ordered;
}
