import { compareText } from './search-text.js';

/** So few are put in order by comparing them. */
const fewItems = 12;
const ended = -1;

/**
 * Puts items in the order of their texts, by code units, in place; those with the same text stay as they were. `depth`: so
 * many characters are the same in all. Looks at each character of long common beginnings once, where comparing texts two
 * by two looks at all of them each time.
 */
export function orderByWholeText(items: Uint32Array, textOf: (item: number) => string, depth = 0): void {
  const texts = Array.from(items, textOf);
  const order = Uint32Array.from(items.keys());
  const scratch = new Uint32Array(items.length);
  sort(order, texts, scratch, 0, items.length, depth);
  const before = items.slice();
  for (let at = 0; at < order.length; at++) items[at] = before[order[at] as number] as number;
}

/** By the character at `depth`: those before a middle one, those with it, those behind it; then each part by itself. */
function sort(
  order: Uint32Array,
  texts: readonly string[],
  scratch: Uint32Array,
  from: number,
  to: number,
  firstDepth: number,
): void {
  let [start, end, depth] = [from, to, firstDepth];
  while (end - start > fewItems) {
    const pivot = middleOf(
      codeAt(texts, order, start, depth),
      codeAt(texts, order, (start + end) >> 1, depth),
      codeAt(texts, order, end - 1, depth),
    );
    let [less, equal] = [0, 0];
    for (let at = start; at < end; at++) {
      const code = codeAt(texts, order, at, depth);
      if (code < pivot) less++;
      else if (code === pivot) equal++;
    }
    const [equalStart, greaterStart] = [start + less, start + less + equal];
    let [nextLess, nextEqual, nextGreater] = [start, equalStart, greaterStart];
    for (let at = start; at < end; at++) {
      const code = codeAt(texts, order, at, depth);
      const item = order[at] as number;
      if (code < pivot) scratch[nextLess++] = item;
      else if (code === pivot) scratch[nextEqual++] = item;
      else scratch[nextGreater++] = item;
    }
    order.set(scratch.subarray(start, end), start);
    const parts: [start: number, end: number, depth: number][] = [
      [start, equalStart, depth],
      [greaterStart, end, depth],
    ];
    if (pivot !== ended) parts.push([equalStart, greaterStart, depth + 1]); // otherwise the same texts
    // Goes on with the largest: what it calls itself with is less than half, whatever names somebody chose.
    parts.sort((one, other) => one[1] - one[0] - (other[1] - other[0]));
    [start, end, depth] = parts.pop() as [number, number, number];
    for (const [partStart, partEnd, partDepth] of parts) sort(order, texts, scratch, partStart, partEnd, partDepth);
  }
  sortFew(order, texts, start, end);
}

function sortFew(order: Uint32Array, texts: readonly string[], start: number, end: number): void {
  for (let at = start + 1; at < end; at++) {
    const item = order[at] as number;
    const text = texts[item] as string;
    let to = at;
    for (; to > start && compareText(texts[order[to - 1] as number] as string, text) > 0; to--) {
      order[to] = order[to - 1] as number;
    }
    order[to] = item;
  }
}

function codeAt(texts: readonly string[], order: Uint32Array, at: number, depth: number): number {
  const text = texts[order[at] as number] as string;
  return depth < text.length ? text.charCodeAt(depth) : ended;
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
