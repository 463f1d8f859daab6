import { contentTypes } from '@enxame/shared/content/content-type';

/** Rows of one page: making one is no pause, and a million rows have some 250. */
export const pageRows = 2 ** 12;
export const sha256Bytes = 32;

export const mostSources = 2 ** 16 - 1;

export const isAlive = 1;
export const hasSha256 = 2;
/** Another entry has the same content, or had it. */
export const isShared = 4;

/** The columns of some thousand entries: numbers and bytes outside the heap of objects. -1 ends a chain. */
export interface EntryPage {
  /** `isAlive`, `hasSha256`, `isShared`. */
  readonly flags: Uint8Array;
  /** Index in `contentTypes`. */
  readonly type: Uint8Array;
  /** How many devices can serve the content now, as it is shown; at most `mostSources`. */
  readonly sources: Uint16Array;
  readonly size: Float64Array;
  readonly addedAt: Float64Array;
  readonly sha256: Uint8Array;
  /** The first half of the fingerprint and the second; both 0 until somebody compares. */
  readonly fingerprintHigh: Uint32Array;
  readonly fingerprintLow: Uint32Array;
  readonly content: Int32Array;
  readonly owner: Int32Array;
  readonly devices: Int32Array;
  readonly nextOfContent: Int32Array;
  readonly previousOfContent: Int32Array;
  readonly nextOfOwner: Int32Array;
  readonly previousOfOwner: Int32Array;
  readonly names: string[];
  readonly sortKeys: string[];
}

export function createEntryPage(): EntryPage {
  const numbers = (): Int32Array => new Int32Array(pageRows);
  const texts = (): string[] => new Array<string>(pageRows).fill('');
  return {
    flags: new Uint8Array(pageRows),
    type: new Uint8Array(pageRows),
    sources: new Uint16Array(pageRows),
    size: new Float64Array(pageRows),
    addedAt: new Float64Array(pageRows),
    sha256: new Uint8Array(pageRows * sha256Bytes),
    fingerprintHigh: new Uint32Array(pageRows),
    fingerprintLow: new Uint32Array(pageRows),
    content: numbers(),
    owner: numbers(),
    devices: numbers(),
    nextOfContent: numbers(),
    previousOfContent: numbers(),
    nextOfOwner: numbers(),
    previousOfOwner: numbers(),
    names: texts(),
    sortKeys: texts(),
  };
}

export function setFlag({ flags }: EntryPage, at: number, flag: number): void {
  flags[at] = (flags[at] as number) | flag;
}

export const typeNumbers = new Map(contentTypes.map((type, index) => [type, index]));
