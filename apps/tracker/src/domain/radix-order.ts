import { compareText } from './search-text.js';

const radix = 2 ** 16;
/** Further on names are compared: few still tie. */
const leadingChars = 8;

/** The items in the order of a number each (whole, not negative, below 2^53); those that tie stay as they were. */
export function orderByNumber(items: Uint32Array, numberOf: (item: number) => number): Uint32Array {
  let largest = 0;
  for (const item of items) largest = Math.max(largest, numberOf(item));
  let ordered: Uint32Array = items.slice();
  for (let scale = 1; scale <= largest; scale *= radix) {
    ordered = pass(ordered, (item) => Math.floor(numberOf(item) / scale) % radix);
  }
  return ordered;
}

/** The items in the order of a text each, by code units; those that tie stay as they were. */
export function orderByText(items: Uint32Array, textOf: (item: number) => string): Uint32Array {
  let ordered: Uint32Array = items.slice();
  for (let index = leadingChars - 1; index >= 0; index--) {
    // A text that has ended comes before one that goes on, whatever follows: hence one bucket more than code units.
    ordered = pass(ordered, (item) => {
      const text = textOf(item);
      return index < text.length ? text.charCodeAt(index) + 1 : 0;
    });
  }
  const leadOf = (item: number): string => textOf(item).slice(0, leadingChars);
  orderTies(ordered, leadOf, (left, right) => compareText(textOf(left), textOf(right)));
  return ordered;
}

/** Compares, in place, only those neighbours whose lead is the same. */
export function orderTies(
  items: Uint32Array,
  leadOf: (item: number) => string | number,
  compare: (left: number, right: number) => number,
): void {
  for (let start = 0; start < items.length;) {
    const lead = leadOf(items[start] as number);
    let end = start + 1;
    while (end < items.length && leadOf(items[end] as number) === lead) end++;
    if (end - start > 1) items.set(Array.from(items.subarray(start, end)).sort(compare), start);
    start = end;
  }
}

/** One stable pass of a radix sort. `digitOf` answers at most `radix`. */
function pass(items: Uint32Array, digitOf: (item: number) => number): Uint32Array {
  const starts = new Uint32Array(radix + 2);
  const own = new Uint32Array(items.length);
  for (let index = 0; index < items.length; index++) {
    const digit = digitOf(items[index] as number);
    own[index] = digit;
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
