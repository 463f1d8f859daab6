import { describe, expect, it } from 'vitest';
import { createClaimLimit } from './claim-limit.js';

describe('W3: claims of numbers', () => {
  it('are refused to an address that makes too many, and to no other', async () => {
    const limit = createClaimLimit({ perAddress: 2, ofAll: 100 });
    for (let claims = 0; claims < 2; claims++) await limit.count('198.51.100.1');
    await expect(limit.count('198.51.100.1')).rejects.toMatchObject({ code: 'rate-limited' });
    await limit.count('198.51.100.2');
    for (let claims = 0; claims < 5; claims++) await limit.count('127.0.0.1');
  });

  it('are refused to everybody when all together make too many, of which a refused address has no part', async () => {
    const limit = createClaimLimit({ perAddress: 1, ofAll: 3 });
    await limit.count('198.51.100.1');
    for (let tries = 0; tries < 5; tries++)
      await expect(limit.count('198.51.100.1')).rejects.toMatchObject({ code: 'rate-limited' });
    await limit.count('198.51.100.2');
    await limit.count('198.51.100.3');
    await expect(limit.count('198.51.100.4')).rejects.toMatchObject({ code: 'rate-limited' });
  });
});
