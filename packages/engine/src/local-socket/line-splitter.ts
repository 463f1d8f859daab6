const newline = 0x0a;

export interface LineSplitter {
  /** The lines that this chunk completes, without their newline; undefined once a line is longer than the limit. */
  push(chunk: Buffer): string[] | undefined;
}

/** Cuts a stream of bytes into lines of UTF-8. Holds at most one unfinished line, in the chunks that brought it. */
export function createLineSplitter(maxLineBytes: number): LineSplitter {
  let parts: Buffer[] = [];
  let partBytes = 0;
  return {
    push: (chunk) => {
      const lines: string[] = [];
      let start = 0;
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        if (partBytes + end - start > maxLineBytes) return undefined;
        lines.push(Buffer.concat([...parts, chunk.subarray(start, end)]).toString('utf8'));
        parts = [];
        partBytes = 0;
        start = end + 1;
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
      partBytes += chunk.length - start;
      return partBytes > maxLineBytes ? undefined : lines;
    },
  };
}
