import { scrypt } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/portuguese.js';
import type { TrackerId } from '@enxame/shared/ids';

/** About 0.1 s for each guess: with the 40 bits of the words, finding another key with the same words is out of reach. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;

/**
 * A tracker's id as three words and a number that two people can compare, the same in every language:
 * "mel-trigo-farol-41". 39.6 bits, stretched. (docs/spec/identity.md, I7)
 */
export function toSealWords(trackerId: TrackerId): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(trackerId, 'enxame seal words v1', 8, cost, (error, bytes) => {
      if (error) {
        reject(error);
        return;
      }
      const number = bytes.readBigUInt64BE();
      const words = [0n, 11n, 22n].map((shift) => wordlist[Number((number >> shift) & 2047n)] ?? '');
      resolve([...words, String(Number((number >> 33n) % 100n)).padStart(2, '0')].join('-'));
    });
  });
}
