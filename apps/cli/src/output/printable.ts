/** Controls (an escape sequence could rewrite the screen), bidi controls, and what is invisible but moves the cursor. */
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/gu;

/** Text that came from somebody else, safe for a terminal. */
export function toPrintable(text: string): string {
  return text.replace(unprintable, '\u{fffd}');
}
