import { EnxameError } from '@enxame/shared/errors/enxame-error';

export interface ResponseHead {
  readonly status: number;
  readonly contentLength: number;
}

/** A peer's answer has a handful of headers; more is not an answer to read. */
export const maxHeadBytes = 8 * 1024;

/**
 * Reads the head of an HTTP/1.1 response (without its empty line). Only what our servers send is understood: a status
 * and a Content-Length; a body of unknown length is refused. Throws `source-lied`. (docs/spec/peer-protocol.md, P10)
 */
export function parseResponseHead(head: string): ResponseHead {
  const [statusLine = '', ...lines] = head.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})(?: |$)/.exec(statusLine)?.[1];
  if (status === undefined) throw new EnxameError('source-lied');
  const lengths: string[] = [];
  for (const line of lines) {
    const [, name, value = ''] = /^([!-9;-~]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    // A line that is no header, or a body framed in another way: two readers could see two bodies.
    if (name === undefined || name.toLowerCase() === 'transfer-encoding') throw new EnxameError('source-lied');
    if (name.toLowerCase() === 'content-length') lengths.push(value);
  }
  const [length = ''] = lengths;
  if (lengths.length !== 1 || !/^\d{1,15}$/.test(length)) throw new EnxameError('source-lied');
  return { status: Number(status), contentLength: Number(length) };
}
