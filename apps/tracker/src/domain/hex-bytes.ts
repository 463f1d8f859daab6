const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Some bytes of an array as lower-case hex. */
export function toHex(bytes: Uint8Array, start: number, count: number): string {
  let text = '';
  for (let index = start; index < start + count; index++) text += hexOfByte[bytes[index] as number] as string;
  return text;
}

/** Writes what lower-case hex says, from a place on. */
export function writeHex(text: string, bytes: Uint8Array, start: number): void {
  for (let index = 0; index * 2 < text.length; index++) {
    bytes[start + index] = (digitAt(text, index * 2) << 4) | digitAt(text, index * 2 + 1);
  }
}

function digitAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

/** The bytes of a text of hex digits. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  writeHex(text, bytes, 0);
  return bytes;
}
