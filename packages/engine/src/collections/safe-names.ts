import { foldFileName } from '@enxame/shared/content/collection';
import { isSafeFileName, maxFileNameBytes, splitExtension, toSafeFileName } from '@enxame/shared/content/file-name';

/**
 * The names in one folder as every system can have them, each with the one that it stands for, in the order of a
 * collection. A name that is safe already stays, whatever the others are; one that is not, or that differs from another
 * only in upper case, gets the next free one: always the same for the same names.
 */
export function toSafeNames<T extends { readonly name: string }>(items: Iterable<T>): [safeName: string, item: T][] {
  const sorted = [...items].sort((left, right) => compareText(left.name, right.name));
  const taken = new Set<string>();
  const safe: [string, T][] = [];
  const others: T[] = [];
  for (const item of sorted) {
    const folded = foldFileName(item.name);
    if (!isSafeFileName(item.name) || taken.has(folded)) others.push(item);
    else {
      taken.add(folded);
      safe.push([item.name, item]);
    }
  }
  const numbers = new Map<string, number>();
  for (const item of others) {
    const base = toSafeFileName(item.name);
    let number = numbers.get(base) ?? 1;
    while (taken.has(foldFileName(numbered(base, number)))) number++;
    numbers.set(base, number + 1);
    taken.add(foldFileName(numbered(base, number)));
    safe.push([numbered(base, number), item]);
  }
  return safe.sort(([left], [right]) => compareBytes(left, right));
}

/** "name (2).ext"; of a long name the stem gives way. */
function numbered(base: string, number: number): string {
  if (number === 1) return base;
  const { stem, extension } = splitExtension(base);
  const suffix = ` (${String(number)})${extension}`;
  const characters = Array.from(stem);
  while (Buffer.byteLength(characters.join('')) + Buffer.byteLength(suffix) > maxFileNameBytes) characters.pop();
  return characters.join('').trimEnd() + suffix;
}

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The order of UTF-8, which differs from that of the language only beyond the first 65,536 characters. */
function compareBytes(left: string, right: string): number {
  return hasSurrogate.test(left) || hasSurrogate.test(right)
    ? Buffer.compare(Buffer.from(left), Buffer.from(right))
    : compareText(left, right);
}

const hasSurrogate = /[\ud800-\udfff]/;
