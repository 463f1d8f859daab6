/**
 * Frames travel as JSON text on every carrier, MessagePort included: a structured clone would keep what JSON drops (an
 * Error with its stack, `undefined`, a Date), so code that works over one carrier would break over another.
 * Throws a TypeError for what JSON cannot hold.
 */
export function toFrameText(frame: unknown): string {
  const text = JSON.stringify(frame) as string | undefined;
  if (text === undefined) throw new TypeError('a frame must be JSON-safe');
  return text;
}

/** Undefined for what is not JSON text; the carrier answers it by closing. */
export function parseFrameText(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined; // the caller closes the carrier: an end that sends this cannot be understood
  }
}
