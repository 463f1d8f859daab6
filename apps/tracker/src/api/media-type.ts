/**
 * What a browser may show of what anybody uploaded: pictures that cannot hold a script, sound, films, and plain text.
 * Everything else is bytes to be saved: HTML, SVG and the like would run on the tracker's origin. (H24)
 */
const shown: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg jpeg jpe',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a m4b',
  'audio/aac': 'aac',
  'audio/ogg': 'oga ogg opus spx',
  'audio/flac': 'flac',
  'audio/wav': 'wav',
  'video/mp4': 'mp4 m4v',
  'video/webm': 'webm',
  'video/ogg': 'ogv',
  'video/quicktime': 'mov',
  'text/plain; charset=utf-8':
    'txt md log csv tsv json xml yaml yml ini conf toml rst tex srt vtt sh py c h cpp rs go ts',
};

/** Known, and still only to be saved. */
const saved: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'application/zip': 'zip' };

const toTable = (list: Readonly<Record<string, string>>): Map<string, string> =>
  new Map(
    Object.entries(list).flatMap(([type, endings]) => endings.split(' ').map((ending) => [ending, type] as const)),
  );
const shownByEnding = toTable(shown);
const savedByEnding = toTable(saved);

/** By the ending of the name, never by what the bytes or the one who uploaded them say. */
export function toMediaType(name: string): { readonly type: string; readonly mayShow: boolean } {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const type = shownByEnding.get(ending);
  return type === undefined
    ? { type: savedByEnding.get(ending) ?? 'application/octet-stream', mayShow: false }
    : { type, mayShow: true };
}
