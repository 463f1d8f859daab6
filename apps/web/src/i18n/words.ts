import type { Widen } from '@enxame/ui/i18n/word-shapes';
import type { linkEn } from './link.en.js';
import type { siteEn } from './site.en.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: Words };
  }
}

/** Both pages have `common` and `presence`; the rest is of one of them, by its first key: `link` or else. */
export type Words = Widen<typeof linkEn> & Widen<typeof siteEn>;
