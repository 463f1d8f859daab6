import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { scalarSeedBytes, startSpake2 } from './spake2.js';

const python = '/usr/bin/python3';
const program = `
import sys, spake2
password, identity, message = (bytes.fromhex(text) for text in sys.argv[1:4])
other = spake2.SPAKE2_Symmetric(password, idSymmetric=identity)
print(other.start().hex())
print(other.finish(message).hex())
`;

function hasPythonSpake2(): boolean {
  try {
    execFileSync(python, ['-c', 'import spake2'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // the reason is printed below
  }
}

const isThere = hasPythonSpake2();
if (!isThere) process.stdout.write('SPAKE2 was not compared with python3-spake2: it is not installed.\n');

describe.skipIf(!isThere)('SPAKE2 beside python3-spake2', () => {
  it('W10 agrees on the key with another implementation, for any password and identity', () => {
    for (let run = 0; run < 10; run++) {
      const password = randomBytes(1 + (run % 40));
      const identity = randomBytes(run * 3);
      const ours = startSpake2({ password, identity, seed: randomBytes(scalarSeedBytes) });
      const args = [password, identity, Buffer.from(ours.message)].map((bytes) => bytes.toString('hex'));
      const [message = '', key = ''] = execFileSync(python, ['-c', program, ...args], { encoding: 'utf8' }).split('\n');
      expect(Buffer.from(ours.finish(Buffer.from(message, 'hex'))).toString('hex')).toBe(key);
    }
  });
});
