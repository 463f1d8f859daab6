import fc from 'fast-check';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it } from 'vitest';
import { maxHeadBytes, type ResponseHead } from './response-head.js';
import { createResponseReader } from './response-reader.js';

interface Answered {
  head: ResponseHead | undefined;
  body: Buffer[];
  ended: boolean;
}

function collect(wantsMore = true) {
  const got: Answered = { head: undefined, body: [], ended: false };
  return {
    got,
    sink: {
      onHead: (head: ResponseHead) => {
        got.head = head;
      },
      onBody: (chunk: Uint8Array) => {
        got.body.push(Buffer.from(chunk));
        return wantsMore;
      },
      onEnd: () => {
        got.ended = true;
      },
    },
  };
}

const answer = (body: string): Buffer =>
  Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);

describe('P10: reading answers', () => {
  it('gives the same answer however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary-ascii' }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(40)),
        (bodies, cuts) => {
          const reader = createResponseReader();
          const wire = bodies.map(answer);
          for (const [index, body] of bodies.entries()) {
            const { sink, got } = collect();
            reader.expect(sink);
            let bytes = wire[index] ?? Buffer.alloc(0);
            for (const cut of cuts) {
              // Cut short of the end: what belongs to the next answer must not come before it is expected.
              reader.read(bytes.subarray(0, cut));
              bytes = bytes.subarray(cut);
            }
            if (bytes.length > 0) reader.read(bytes);
            expect(got.ended).toBe(true);
            expect(Buffer.concat(got.body).toString('latin1')).toBe(body);
            expect(reader.busy).toBe(false);
          }
        },
      ),
    );
  });

  it('survives garbage: it answers, waits or refuses', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(answer('abc'), Buffer.from('HTTP/1.1 200 OK\r\n')),
    );
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 6 }), (parts) => {
        const reader = createResponseReader();
        reader.expect(collect().sink);
        try {
          for (const part of parts) reader.read(part);
        } catch (error) {
          expect(isErrorWithCode(error, 'source-lied')).toBe(true);
        }
      }),
    );
  });

  it('refuses bytes that nobody asked for, before and after an answer', () => {
    const reader = createResponseReader();
    expect(() => reader.read(answer('early'))).toThrow('source-lied');
    const second = createResponseReader();
    const { sink, got } = collect();
    second.expect(sink);
    expect(() => second.read(Buffer.concat([answer('one'), Buffer.from('x')]))).toThrow('source-lied');
    expect(got.ended).toBe(true);
  });

  it('refuses a head without an end', () => {
    const reader = createResponseReader();
    reader.expect(collect().sink);
    expect(() => {
      for (let sent = 0; sent <= maxHeadBytes; sent += 100) reader.read(Buffer.alloc(100, 'a'));
    }).toThrow('source-lied');
  });

  it('asks for no more when the sink has no room', () => {
    const reader = createResponseReader();
    reader.expect(collect(false).sink);
    expect(reader.read(answer('body').subarray(0, -1))).toBe(false);
  });
});
