import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { parseCode, type Code } from './code.js';

/** A code that knows where it is good: `enxame://code/7-abelha-vinho?at=tracker.example.org:7667`. */
export interface CodeLink {
  readonly code: Code;
  /** Host and port of the tracker; undefined: the one in use. */
  readonly at: string | undefined;
}

const maxLinkChars = 500;
const placeForm = /^(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/iu;

export function toCodeLink(code: Code, at: string | undefined): string {
  const link = new URL(`enxame://code/${encodeURIComponent(code.text)}`);
  if (at !== undefined) link.searchParams.set('at', at);
  return link.toString();
}

/** Reads a link, or a code alone, out of what was pasted or typed. Throws `code-invalid`. */
export function parseCodeOrLink(text: string): CodeLink {
  const trimmed = text.trim();
  if (!trimmed.toLowerCase().startsWith('enxame:')) return { code: parseCode(trimmed), at: undefined };
  const invalid = new EnxameError('code-invalid', { code: trimmed.slice(0, 40) });
  if (trimmed.length > maxLinkChars || !URL.canParse(trimmed)) throw invalid;
  const link = new URL(trimmed);
  const place = link.searchParams.get('at') ?? undefined;
  if (link.host !== 'code' || (place !== undefined && !placeForm.test(place))) throw invalid;
  try {
    return { code: parseCode(decodeURIComponent(link.pathname.slice(1))), at: place };
  } catch (error) {
    throw error instanceof EnxameError ? error : invalid;
  }
}
