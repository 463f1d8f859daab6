/** What programs add to the name of a file as long as it is being written. */
const unfinishedEndings = [
  '.part', '.partial', '.crdownload', '.download', '.opdownload', '.aria2', '.!ut', '.!qb', '.bc!', '.tmp', '.temp', '.swp', '.swx', '~',
] as const; // prettier-ignore
const systemNames = new Set(['desktop.ini', 'thumbs.db', 'ehthumbs.db', '$recycle.bin', 'system volume information']);

/** Hidden files, what is still being written, and what only a system puts there. */
export function isPassedOver(name: string): boolean {
  const lower = name.toLowerCase();
  if (lower.startsWith('.') || lower.startsWith('~$') || systemNames.has(lower)) return true;
  return unfinishedEndings.some((ending) => lower.endsWith(ending));
}

/** A file that stands beside one of these is not finished: browsers and aria2 keep their notes there. */
export function isAwaited(name: string, others: ReadonlySet<string>): boolean {
  return unfinishedEndings.some((ending) => others.has(`${name}${ending}`));
}
