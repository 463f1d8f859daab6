import { toPrintable } from './printable.js';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'right';
}

/** Marks and joiners take no cell of a terminal; letters of East Asia and emoji take two. */
const zeroWidth = /[\p{M}\u200b-\u200d\ufe0f]/u;
const doubleWidth = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u; // prettier-ignore

/** How many cells of a terminal a text takes. */
export function cellWidth(text: string): number {
  let width = 0;
  for (const character of text) width += zeroWidth.test(character) ? 0 : doubleWidth.test(character) ? 2 : 1;
  return width;
}

/** Rows under their titles, two spaces apart, made printable. The last column is not padded. */
export function toTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => toPrintable(cell(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => cellWidth(line[index] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((text, index) => pad(text, index))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');

  function pad(text: string, index: number): string {
    const room = ' '.repeat((widths[index] ?? 0) - cellWidth(text));
    return columns[index]?.align === 'right' ? room + text : text + room;
  }
}
