import type { Translate } from './i18n-context.js';

/** Counts up to here are said so often that what is said is kept. */
const maxKeptCount = 1000;
/** In no name: stands where one goes. */
const mark = '\u{f0000}';

/**
 * As `t`, which looks everything up anew each time: a list that is scrolled asks it for hundreds of words in each frame.
 * What has no parameter, one count or one text is kept, of a text the sentence around it.
 */
export function rememberWords(t: Translate): Translate {
  const kept = new Map<string, string>();
  const keep = (name: string, say: () => string): string => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const said = say();
    kept.set(name, said);
    return said;
  };
  return (key, params) => {
    const [first, second] = params ? Object.entries(params) : [];
    if (!first) return keep(key, () => t(key));
    if (second) return t(key, params);
    const [name, value] = first;
    if (typeof value === 'string') {
      return keep(`${key} ${name}`, () => t(key, { [name]: mark })).replaceAll(mark, () => value);
    }
    const isKept = name === 'count' && typeof value === 'number' && value >= 0 && value <= maxKeptCount;
    return isKept ? keep(`${key} ${String(value)}`, () => t(key, params)) : t(key, params);
  };
}
