import { setImmediate } from 'node:timers/promises';

/** Some milliseconds of work: between two of these the tracker answers others. */
const itemsPerTurn = 2000;

/**
 * A JSON document with one list, an item a line, made without keeping the process busy for long. The items are not
 * to change meanwhile.
 */
export async function toJsonLines(
  head: Readonly<Record<string, string | number>>,
  name: string,
  items: readonly unknown[],
): Promise<Buffer> {
  const open = JSON.stringify(head).slice(0, -1);
  const parts = [Buffer.from(`${open},${JSON.stringify(name)}:[\n`)];
  for (let start = 0; start < items.length; start += itemsPerTurn) {
    if (start > 0) await setImmediate();
    const lines = items.slice(start, start + itemsPerTurn).map((item) => JSON.stringify(item));
    parts.push(Buffer.from((start > 0 ? ',\n' : '') + lines.join(',\n')));
  }
  parts.push(Buffer.from('\n]}\n'));
  return Buffer.concat(parts);
}
