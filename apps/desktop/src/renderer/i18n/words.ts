import type { Widen } from '@enxame/ui/i18n/word-shapes';
import type { en } from './en.js';

/** What a language that counts as English does (one, other) must have. */
export type Words = Widen<typeof en>;
