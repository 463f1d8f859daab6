import { createCollectionEncoder } from '@enxame/shared/content/collection-encoder';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemberIndex } from './member-index.js';

const idOf = (number: number): Uint8Array => new Uint8Array(32).fill(number);

function indexOf(ids: readonly (number | null)[]) {
  const encoder = createCollectionEncoder();
  for (const [at, id] of ids.entries()) {
    const path = String(at).padStart(4, '0');
    if (id === null) encoder.addEmptyFolder(path);
    else encoder.addFile(path, id, idOf(id));
  }
  return createMemberIndex(encoder.finish());
}

describe('the files of a collection by their contents', () => {
  it('C13: finds all that have one, the first one first', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat({ max: 20 }), { freq: 8 }), { maxLength: 60 }), (ids) => {
        const members = indexOf(ids);
        for (let wanted = 0; wanted <= 21; wanted++) {
          const expected = ids.flatMap((id, at) => (id === wanted ? [at] : []));
          expect([...members.find(idOf(wanted))]).toEqual(expected);
          expect(members.has(idOf(wanted))).toBe(expected.length > 0);
          for (const at of expected) expect(members.firstOf(at)).toBe(expected[0]);
        }
      }),
      { seed: 13 },
    );
  });

  it('takes no longer when a hundred thousand files are the same', () => {
    const members = indexOf(Array.from({ length: 100_000 }, () => 7));
    expect(members.find(idOf(7)).next().value).toBe(0);
    expect(members.firstOf(99_999)).toBe(0);
  });
});
