import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { maxHeadBytes, parseResponseHead, type ResponseHead } from './response-head.js';

/** Takes the body of one response as it arrives. */
export interface BodySink {
  /** Called once, before the body. What it throws ends the connection. */
  onHead(head: ResponseHead): void;
  /** `chunk` is only valid during the call. False asks for no more until the connection is resumed. */
  onBody(chunk: Uint8Array): boolean;
  onEnd(): void;
}

/**
 * Cuts the bytes of a connection into responses, one after the other, without copying bodies. Fed by the socket's
 * reads; owns nothing but the few bytes of a head that came in parts.
 */
export interface ResponseReader {
  /** The next response goes to this sink. One at a time. */
  expect(sink: BodySink): void;
  /** False when the sink wants no more. Throws `source-lied` for bytes that no request asked for, or a broken head. */
  read(bytes: Uint8Array): boolean;
  readonly busy: boolean;
}

export function createResponseReader(): ResponseReader {
  let sink: BodySink | undefined;
  let head = '';
  let bodyLeft = -1; // below zero while the head is being read

  /** Returns how many of the bytes belonged to the head. */
  function readHead(current: BodySink, bytes: Uint8Array): number {
    const before = head.length;
    head += Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, maxHeadBytes - before)).toString(
      'latin1',
    );
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) {
      if (head.length >= maxHeadBytes) throw new EnxameError('source-lied');
      return bytes.length;
    }
    const parsed = parseResponseHead(head.slice(0, end));
    head = '';
    bodyLeft = parsed.contentLength;
    current.onHead(parsed);
    return end + 4 - before;
  }

  function finish(current: BodySink): void {
    sink = undefined;
    bodyLeft = -1;
    current.onEnd();
  }

  return {
    expect: (next) => {
      if (sink) throw new Error('one response at a time');
      sink = next;
    },
    read: (bytes) => {
      let offset = 0;
      let wantsMore = true;
      while (offset < bytes.length) {
        if (!sink) throw new EnxameError('source-lied');
        if (bodyLeft < 0) offset += readHead(sink, bytes.subarray(offset));
        const count = Math.min(Math.max(0, bodyLeft), bytes.length - offset);
        if (count > 0) {
          // Most reads are nothing but body: a view of the whole would be one more object for each.
          const body = count === bytes.length ? bytes : bytes.subarray(offset, offset + count);
          offset += count;
          bodyLeft -= count;
          wantsMore = sink.onBody(body);
        }
        if (bodyLeft === 0) finish(sink);
      }
      return wantsMore;
    },
    get busy() {
      return sink !== undefined;
    },
  };
}
