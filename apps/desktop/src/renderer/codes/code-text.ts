/** Longer than any link, and than what somebody pastes by mistake in place of one. */
const maxPastedChars = 500;
const linkForm = /^enxame:\/\/code\/\S+$/iu;
/** A number and at least one part with letters: a telephone number is none, and neither is a date. */
const codeForm = /^\d{1,9}(?:-[\p{L}\p{M}\d]{2,24}){1,12}$/u;

/** A code or its link in what was pasted, as it is to be received; null when it is something else. */
export function findPastedCode(pasted: string): string | null {
  const text = pasted.trim();
  if (text.length > maxPastedChars) return null;
  if (linkForm.test(text)) return text;
  return codeForm.test(text) && /\p{L}/u.test(text) ? text : null;
}

/** A code in its parts, the number first. */
export const splitCode = (code: string): string[] => code.split('-');

/** Whether the engine could know how it goes on: there is a number, and a letter after it. */
export const isCompletable = (typed: string): boolean => /^\s*\d+[^\p{L}]*\p{L}/u.test(typed);

/** The first 64 bits of what both sides derived, in groups that two people can read to each other. */
export const toComparable = (verifier: string): string =>
  verifier.slice(0, comparedDigits).match(/.{4}/g)?.join(' ') ?? '';
const comparedDigits = 16;
