/** What people look for: few enough to choose from. `folder` is what has a collection behind it. */
export const contentTypes = ['image', 'audio', 'video', 'document', 'archive', 'program', 'folder', 'other'] as const;
export type ContentType = (typeof contentTypes)[number];

const extensions: Readonly<Record<Exclude<ContentType, 'folder' | 'other'>, string>> = {
  image:
    'ai arw avif bmp cr2 dng eps gif heic heif ico jpe jpeg jpg jxl nef odg pbm pcx pgm png pnm ppm psd raw svg svgz tga tif tiff webp xbm xcf xpm',
  audio: 'aac ac3 aif aiff amr ape au flac it m3u m4a m4b mid midi mka mod mp2 mp3 oga ogg opus s3m spx wav wma wv xm',
  video: '3gp asf avi flv m2ts m4v mkv mov mp4 mpeg mpg mts ogm ogv rm srt ts vob vtt webm wmv',
  document:
    'adoc azw3 csv djvu doc docx dvi epub fb2 htm html key log md mobi numbers odp ods odt org pages pdf ppt pptx ps rst rtf tex tsv txt xls xlsx',
  archive: '7z ar bz2 cab cpio gz iso lha lz lz4 lzma rar tar tbz tgz txz wim xz zip zst zstd',
  program:
    'apk app appimage bash bat bin cmd com deb dll dmg exe flatpak jar js mjs msi pkg pl ps1 py rb rpm sh snap so vbs wasm whl',
};

const types = new Map<string, ContentType>(
  Object.entries(extensions).flatMap(([type, list]) =>
    list.split(' ').map((extension): [string, ContentType] => [extension, type as ContentType]),
  ),
);

/** What a file seems to be, by its extension: for a filter and a word, never for a decision about safety. */
export function toContentType(name: string): ContentType {
  const dot = name.lastIndexOf('.');
  // A name that starts with its only dot has no extension.
  return (dot > 0 && types.get(name.slice(dot + 1).toLowerCase())) || 'other';
}
