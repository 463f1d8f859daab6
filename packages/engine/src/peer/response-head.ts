import { EnxameError } from '@enxame/shared/errors/enxame-error';

export interface ResponseHead {
  readonly status: number;
  readonly contentLength: number;
}

/** A peer's answer has a handful of headers; more is not an answer to read. */
export const maxHeadBytes = 8 * 1024;

/**
 * Reads the head of an HTTP/1.1 response (without its empty line). Only what our servers send is understood: a status
 * and a Content-Length; a body of unknown length is refused. Throws `source-lied`.
 */
export function parseResponseHead(head: string): ResponseHead {
  const [statusLine = '', ...lines] = head.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})(?: |$)/.exec(statusLine)?.[1];
  if (status === undefined) throw new EnxameError('source-lied');
  const headers = lines.map((line) => /^([!-9;-~]+):[ \t]*(.*?)[ \t]*$/.exec(line));
  const lengths = headers.flatMap((header) =>
    header?.[1]?.toLowerCase() === 'content-length' ? [header[2] ?? ''] : [],
  );
  const [length = ''] = lengths;
  if (
    lengths.length !== 1 ||
    !/^\d{1,16}$/.test(length) ||
    headers.some((header) => header?.[1]?.toLowerCase() === 'transfer-encoding')
  ) {
    throw new EnxameError('source-lied');
  }
  return { status: Number(status), contentLength: Number(length) };
}
