/** No character that folding would change in another way than lower case does. */
const isAscii = /^[\u0000-\u007f]*$/;

/** Text as it is searched: without case, accents and ligatures, so that "relacao" finds "Relação". */
export function foldText(text: string): string {
  // Most names are ASCII, and normalising a million of them takes seconds.
  if (isAscii.test(text)) return text.toLowerCase();
  // Upper and back folds what lower case alone leaves apart ("ß" and "ss", "ſ" and "s").
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase();
}

/** A key whose order by code units is the order that people expect: no case, no accents, "2" before "10". */
export function toSortKey(text: string): string {
  return foldText(text).replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '');
    // The count of digits as one character before them: longer numbers are larger.
    return `${String.fromCharCode(0x30 + Math.min(number.length, 255))}${number}`;
  });
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
