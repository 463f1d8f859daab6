import { describe, expect, it } from 'vitest';
import { fromIpBytes, toIpBytes } from './ip-bytes.js';
import { parseMapAnswer, toMapRequest, type MapRequest } from './pcp-message.js';

const request: MapRequest = {
  clientHost: '192.168.7.2',
  nonce: Buffer.from('abcdefghijkl'),
  internalPort: 40001,
  external: { host: '0.0.0.0', port: 40001 },
  lifeSeconds: 3600,
};
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
/** What miniupnpd 2.3.1 answered to it. */
const answer = hex(
  `02810000 00000e10 00000362 00000000 00000000 00000000
   61626364 65666768 696a6b6c 06000000 9c419c41 00000000 00000000 0000ffff 1400000a`,
);
const changed = (at: number, value: number): Buffer => {
  const bytes = Buffer.from(answer);
  bytes[at] = value;
  return bytes;
};

describe('a request for a port (RFC 6887)', () => {
  it('has the form of sections 7.1 and 11.1', () => {
    expect(toMapRequest(request)).toEqual(
      hex(
        `02010000 00000e10 00000000 00000000 0000ffff c0a80702
         61626364 65666768 696a6b6c 06000000 9c419c41 00000000 00000000 0000ffff 00000000`,
      ),
    );
  });

  it('is answered with where others come in', () => {
    expect(parseMapAnswer(answer, request)).toEqual({
      kind: 'mapped',
      host: '20.0.0.10',
      port: 40001,
      lifeSeconds: 3600,
    });
  });

  it.each([
    ['another nonce', changed(24, 0)],
    ['another protocol', changed(36, 17)],
    ['another port', changed(40, 0)],
    ['a request', changed(1, 1)],
    ['another kind of answer', changed(1, 0x82)],
    ['too short', answer.subarray(0, 56)],
    ['no multiple of four', Buffer.concat([answer, Buffer.of(0)])],
    ['too long', Buffer.concat([answer, Buffer.alloc(1100)])],
    ['nothing', Buffer.alloc(0)],
  ])('is not answered by %s', (_, bytes) => {
    expect(parseMapAnswer(bytes, request)).toBeUndefined();
  });

  it.each([
    ['says no', changed(3, 2), { kind: 'refused', reason: 'not-authorized' }],
    ['says what nobody knows yet', changed(3, 77), { kind: 'refused', reason: 'result 77' }],
    ['wants another version', changed(3, 1), { kind: 'other-version' }],
    ['speaks NAT-PMP only', hex('00810001 00000362'), { kind: 'other-version' }],
  ])('is answered by a router that %s', (_, bytes, expected) => {
    expect(parseMapAnswer(bytes, request)).toEqual(expected);
  });
});

describe('addresses in 16 bytes', () => {
  it.each([
    ['192.168.7.2', '00000000000000000000ffffc0a80702', '192.168.7.2'],
    ['::', '0'.repeat(32), '::'],
    ['::1', `${'0'.repeat(31)}1`, '::1'],
    ['2001:db8::', `20010db8${'0'.repeat(24)}`, '2001:db8::'],
    ['2001:DB8:0:0:1::2', '20010db8000000000001000000000002', '2001:db8::1:0:0:2'],
    ['fe80::1%eth0', 'fe800000000000000000000000000001', 'fe80::1'],
  ])('%s', (host, bytes, back) => {
    expect(toIpBytes(host).toString('hex')).toBe(bytes);
    expect(fromIpBytes(Buffer.from(bytes, 'hex'))).toBe(back);
  });
});
