/** Bytes of UTF-8. File systems allow 255; the rest is room for " (12)" and a suffix while it arrives. */
export const maxFileNameBytes = 230;

/** Windows opens a device, not a file, for these names, whatever the extension. */
const reservedName = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;
/** Separators, what Windows forbids, C0 and C1 controls. */
const forbidden = /[/\\:*?"<>|\u0000-\u001f\u007f-\u009f]/gu;
/** Characters that have no looks of their own but change how a name reads: bidi controls, invisible ones, line breaks. */
const deceptive = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * A name for one file, safe on every system, that keeps the extension and, as far as it can, the looks.
 * Idempotent: a safe name comes back as it is. Never empty, never with a separator.
 */
export function toSafeFileName(name: string): string {
  const cleaned = name.toWellFormed().replace(deceptive, '').normalize('NFC').replace(forbidden, '_');
  const trimmed = cleaned.replace(/^\s+|[\s.]+$/gu, '');
  const { stem, extension } = splitExtension(trimmed);
  const safeStem = reservedName.test(stem.split('.')[0]?.trimEnd() ?? '') ? `_${stem}` : stem;
  const cut = cutToBytes(safeStem, maxFileNameBytes - utf8Bytes(extension)).replace(/[\s.]+$/u, '');
  return cut + extension || '_';
}

/** Plain characters with single dots and spaces between them: nearly all names, told without making one of them anew. */
const plainName = /^[\w!#$%&'()+,;=@[\]^`{}~-]+(?:[. ][\w!#$%&'()+,;=@[\]^`{}~-]+)*$/;

/** Whether a name stays as it is. */
export function isSafeFileName(name: string): boolean {
  if (name.length <= maxFileNameBytes && plainName.test(name))
    return !reservedName.test(name.split('.')[0]?.trimEnd() ?? '');
  return name !== '' && toSafeFileName(name) === name;
}

/** Splits before the last dot; a name that starts with its only dot has no extension, and neither has a very long one. */
export function splitExtension(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || utf8Bytes(name.slice(dot)) > 20) return { stem: name, extension: '' };
  return { stem: name.slice(0, dot), extension: name.slice(dot) };
}

function cutToBytes(text: string, maxBytes: number): string {
  let bytes = 0;
  let cut = '';
  for (const character of text) {
    bytes += utf8Bytes(character);
    if (bytes > maxBytes) break;
    cut += character;
  }
  return cut;
}

/** The length in UTF-8, without an encoder: this package has no platform. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
