import { orderByWholeText } from './text-order.js';

const radix = 2 ** 16;
/** Further on than twelve characters names are compared: few still tie. */
const leadingDigits = 6;
const lastStep = 255;

/** The items in the order of a number each (whole, not negative, below 2^53); those that tie stay as they were. */
export function orderByNumber(items: Uint32Array, numberOf: (item: number) => number): Uint32Array {
  // Each number is asked for once, and taken apart into digits of 16 bits: what follows reads arrays only.
  const size = endOf(items);
  const digits = [new Uint16Array(size), new Uint16Array(size), new Uint16Array(size), new Uint16Array(size)] as const;
  let largest = 0;
  for (const item of items) {
    const number = numberOf(item);
    const high = Math.floor(number / 2 ** 32);
    const low = number >>> 0;
    digits[0][item] = low & 0xffff;
    digits[1][item] = low >>> 16;
    digits[2][item] = high & 0xffff;
    digits[3][item] = high >>> 16;
    if (number > largest) largest = number;
  }
  let ordered: Uint32Array = items.slice();
  for (const [place, digit] of digits.entries()) if (largest >= radix ** place) ordered = pass(ordered, digit);
  return ordered;
}

/** The items in the order of a text each, by code units; those that tie stay as they were. */
export function orderByText(items: Uint32Array, textOf: (item: number) => string): Uint32Array {
  // The first characters of each text, two to a digit: one more than the code unit, so that a text that has ended comes
  // before one that goes on. Code units that do not fit share the last step, and with it a text's digits end: whatever
  // ties is compared as a whole.
  const size = endOf(items);
  const digits = Array.from({ length: leadingDigits }, () => new Uint16Array(size));
  for (const item of items) {
    const text = textOf(item);
    let isOver = false;
    for (let place = 0; place < leadingDigits && !isOver; place++) {
      const first = toStep(text, 2 * place);
      const second = first === lastStep ? 0 : toStep(text, 2 * place + 1);
      (digits[place] as Uint16Array)[item] = (first << 8) | second;
      isOver = first === 0 || first === lastStep || second === 0 || second === lastStep;
    }
  }
  let ordered: Uint32Array = items.slice();
  for (const digit of digits.toReversed()) ordered = pass(ordered, digit);
  const isTied = (left: number, right: number): boolean => digits.every((digit) => digit[left] === digit[right]);
  forEachTie(ordered, isTied, (tied) => {
    const first = tied[0] as number;
    const isShared = digits.every((digit) => !hasLastStep(digit[first] as number));
    const common = isShared ? textOf(first).slice(0, 2 * leadingDigits).length : 0;
    orderByWholeText(tied, textOf, common);
  });
  return ordered;
}

const hasLastStep = (digit: number): boolean => digit >> 8 === lastStep || (digit & 0xff) === lastStep;

function toStep(text: string, at: number): number {
  return at < text.length ? Math.min(text.charCodeAt(at) + 1, lastStep) : 0;
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
  forEachTie(items, isTied, (tied) => {
    tied.set(Array.from(tied).sort(compare));
  });
}

/** `order` gets each stretch of neighbours that tie, to be put in order in place. */
function forEachTie(
  items: Uint32Array,
  isTied: (left: number, right: number) => boolean,
  order: (tied: Uint32Array) => void,
): void {
  for (let start = 0; start < items.length;) {
    let end = start + 1;
    while (end < items.length && isTied(items[start] as number, items[end] as number)) end++;
    if (end - start > 1) order(items.subarray(start, end));
    start = end;
  }
}

/** One stable pass of a radix sort, by the digit of each item. */
function pass(items: Uint32Array, digitOf: Uint16Array): Uint32Array {
  const starts = new Uint32Array(radix + 1);
  const own = new Uint16Array(items.length);
  for (let index = 0; index < items.length; index++) {
    const digit = digitOf[items[index] as number] as number;
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
