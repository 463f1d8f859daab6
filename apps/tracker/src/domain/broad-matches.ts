import { pageRows, type EntryPage } from './entry-page.js';
import type { EntryTable } from './entry-table.js';
import { passesFields, plainScore, wordScores, type FieldTest } from './match-score.js';
import { countBits, visitBits, type RowSet } from './row-set.js';

/** Where one word of a search is: each row counts for the first of the three that it is in. */
export interface WordRows {
  readonly whole: RowSet;
  readonly beginning: RowSet;
  readonly owner: RowSet;
}

/** Of 16 words, more than which are not looked for. */
const highestScore = 16 * wordScores.whole;

/**
 * What a search found, where it is much: no list of rows and no score of each, but sets, from which both follow for
 * those that somebody looks at. Its own: it stays what it was while the table changes, until which it is read.
 */
export class BroadMatches {
  readonly #table: EntryTable;
  readonly #words: readonly WordRows[];
  readonly #bits: Uint32Array;
  #count = 0;
  #listed: { readonly rows: Uint32Array; readonly scores: Uint8Array } | undefined;

  /** Without words: all rows that are alive. */
  constructor(table: EntryTable, words: readonly WordRows[], test: FieldTest) {
    this.#table = table;
    this.#words = words;
    this.#bits = new Uint32Array((table.rows >> 5) + 1);
    this.#bits.fill(0xffffffff);
    for (const word of words) this.#keepWord(word);
    if (words.length > 0 && test.asksNothing) for (const bits of this.#bits) this.#count += countBits(bits);
    else this.#keepPassing(test);
  }

  get count(): number {
    return this.#count;
  }

  has(row: number): boolean {
    return (((this.#bits[row >> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }

  /** Of a row that is in it. */
  scoreOf(row: number): number {
    if (this.#words.length === 0) return plainScore;
    let sum = 0;
    for (const { whole, beginning } of this.#words) {
      if (whole.has(row)) sum += wordScores.whole;
      else sum += beginning.has(row) ? wordScores.beginning : wordScores.owner;
    }
    return sum;
  }

  /** Ascending. */
  forEach(visit: (row: number) => void): void {
    for (let block = 0; block < this.#bits.length; block++) visitBits(this.#bits[block] as number, block, visit);
  }

  /** Before anybody asks for scores. */
  delete(row: number): void {
    this.#bits[row >> 5] = (this.#bits[row >> 5] as number) & ~(1 << (row & 31));
    this.#count--;
  }

  /** How many rows there are of each score. */
  countScores(): Uint32Array {
    const counts = new Uint32Array(highestScore + 1);
    const [word, ...others] = this.#words;
    if (!word) counts[plainScore] = this.#count;
    else if (others.length > 0) {
      const { scores } = this.#list();
      for (let index = 0; index < scores.length; index++) {
        const score = scores[index] as number;
        counts[score] = (counts[score] as number) + 1;
      }
    } else {
      for (const score of [wordScores.whole, wordScores.beginning, wordScores.owner]) {
        let count = 0;
        for (let block = 0; block < this.#bits.length; block++) count += countBits(this.#bitsOf(word, score, block));
        counts[score] = count;
      }
    }
    return counts;
  }

  /** Those with a score from `first` to `last`. */
  forEachWithScore(first: number, last: number, visit: (row: number, score: number) => void): void {
    const [word, ...others] = this.#words;
    if (others.length > 0) {
      const { rows, scores } = this.#list();
      for (let index = 0; index < rows.length; index++) {
        const score = scores[index] as number;
        if (score >= first && score <= last) visit(rows[index] as number, score);
      }
      return;
    }
    // Of one word the sets tell it without a look at each row.
    for (const score of word ? [wordScores.whole, wordScores.beginning, wordScores.owner] : [plainScore]) {
      if (score < first || score > last) continue;
      for (let block = 0; block < this.#bits.length; block++) {
        let left = word ? this.#bitsOf(word, score, block) : (this.#bits[block] as number);
        for (; left !== 0; left &= left - 1) visit((block << 5) + 31 - Math.clz32(left & -left), score);
      }
    }
  }

  #bitsOf({ whole, beginning }: WordRows, score: number, block: number): number {
    const all = this.#bits[block] as number;
    if (all === 0) return 0;
    const wholeBits = whole.bits[block] ?? 0;
    if (score === wordScores.whole) return all & wholeBits;
    const nameBits = beginning.bits[block] ?? 0;
    return score === wordScores.beginning ? all & nameBits & ~wholeBits : all & ~nameBits & ~wholeBits;
  }

  /** Made when it is first asked for: all rows, ascending, and the score of each. */
  #list(): { readonly rows: Uint32Array; readonly scores: Uint8Array } {
    if (this.#listed) return this.#listed;
    const rows = new Uint32Array(this.#count);
    const scores = new Uint8Array(this.#count);
    let count = 0;
    for (let block = 0; block < this.#bits.length; block++) {
      const first = count;
      for (let left = this.#bits[block] as number; left !== 0; left &= left - 1) {
        rows[count++] = (block << 5) + 31 - Math.clz32(left & -left);
      }
      if (count === first) continue;
      for (const { whole, beginning } of this.#words) {
        const wholeBits = whole.bits[block] ?? 0;
        const nameBits = beginning.bits[block] ?? 0;
        for (let index = first; index < count; index++) {
          const bit = 1 << ((rows[index] as number) & 31);
          const score =
            (wholeBits & bit) !== 0
              ? wordScores.whole
              : (nameBits & bit) !== 0
                ? wordScores.beginning
                : wordScores.owner;
          scores[index] = (scores[index] as number) + score;
        }
      }
    }
    this.#listed = { rows, scores };
    return this.#listed;
  }

  #keepWord({ whole, beginning, owner }: WordRows): void {
    const [wholeBits, nameBits, ownerBits] = [whole.bits, beginning.bits, owner.bits];
    for (let block = 0; block < this.#bits.length; block++) {
      const found = (wholeBits[block] ?? 0) | (nameBits[block] ?? 0) | (ownerBits[block] ?? 0);
      this.#bits[block] = (this.#bits[block] as number) & found;
    }
  }

  #keepPassing(test: FieldTest): void {
    const { pages, rows } = this.#table;
    let page: EntryPage | undefined;
    const bits = this.#bits;
    for (let block = 0; block < bits.length; block++) {
      let left = bits[block] as number;
      let kept = 0;
      if (((block << 5) & (pageRows - 1)) === 0) page = pages[(block << 5) / pageRows];
      while (left !== 0) {
        const bit = 31 - Math.clz32(left & -left);
        left &= left - 1;
        const row = (block << 5) + bit;
        if (row >= rows || !page || !passesFields(test, page, row % pageRows)) continue;
        kept |= 1 << bit;
        this.#count++;
      }
      bits[block] = kept;
    }
  }
}
