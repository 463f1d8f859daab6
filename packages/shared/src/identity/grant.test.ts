import { describe, expect, it } from 'vitest';
import { toBase32 } from '../content/base32.js';
import { deviceIdSchema, trackerIdSchema, userIdSchema } from '../ids.js';
import {
  base64urlSchema,
  certificateStatement,
  grantStatement,
  registrationStatement,
  sessionStatement,
} from './grant.js';

const id = toBase32(new Uint8Array(32));
const userId = userIdSchema.parse(id);
const deviceId = deviceIdSchema.parse(id);
const trackerId = trackerIdSchema.parse(id);

describe('statements', () => {
  it('I3: name their purpose, and then the parts, one a line', () => {
    expect(grantStatement({ userId, deviceId, deviceName: 'a b', issuedAt: 5 })).toBe(
      `enxame device v1\n${id}\n${id}\n5\na b`,
    );
    expect(sessionStatement({ trackerId, nonce: 'n', deviceId })).toBe(`enxame session v1\n${id}\nn\n${id}`);
    expect(registrationStatement({ trackerId, nonce: 'n', userId, name: 'Ana' })).toBe(
      `enxame register v1\n${id}\nn\n${id}\nAna`,
    );
    expect(certificateStatement({ trackerId, certificateHash: 'ff' })).toBe(`enxame certificate v1\n${id}\nff`);
  });

  it('I3: read differently, whatever a name holds, because only the last part is free text', () => {
    const hostile = `x\n${id}\nenxame session v1`;
    const statements = [
      grantStatement({ userId, deviceId, deviceName: hostile, issuedAt: 5 }),
      grantStatement({ userId, deviceId, deviceName: 'x', issuedAt: 5 }),
      registrationStatement({ trackerId, nonce: 'n', userId, name: hostile }),
      sessionStatement({ trackerId, nonce: 'n', deviceId }),
    ];
    expect(new Set(statements.map((statement) => statement.split('\n').slice(0, 4).join('\n'))).size).toBe(3);
    expect(new Set(statements).size).toBe(4);
  });
});

describe('base64urlSchema', () => {
  it.each([
    ['AA', true],
    ['A-_9', true],
    ['', false],
    ['AA==', false],
    ['A+/9', false],
    ['AAAAA', true],
    ['AAAAAA', false],
  ])('takes %j: %s', (text, ok) => {
    expect(base64urlSchema(3.5).safeParse(text).success).toBe(ok);
  });
});
