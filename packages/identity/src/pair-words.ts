import { scrypt } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/portuguese.js';
import type { UserId } from '@enxame/shared/ids';

/** As for the seal of a tracker: 0.1 s for each guess puts another key with the same words out of reach. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;

/**
 * What two people compare to be sure that each has the other's key: four words and a number, the same on both sides
 * and in every language. 50.6 bits, stretched. (docs/spec/identity.md, I12)
 */
export function toPairWords(one: UserId, other: UserId): Promise<string> {
  const pair = [one, other].sort().join(' ');
  return new Promise((resolve, reject) => {
    scrypt(pair, 'enxame pair words v1', 8, cost, (error, bytes) => {
      if (error) {
        reject(error);
        return;
      }
      const number = bytes.readBigUInt64BE();
      const words = [0n, 11n, 22n, 33n].map((shift) => wordlist[Number((number >> shift) & 2047n)] ?? '');
      resolve([...words, String(Number((number >> 44n) % 100n)).padStart(2, '0')].join('-'));
    });
  });
}
