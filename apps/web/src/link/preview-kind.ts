import { splitExtension } from '@enxame/shared/content/file-name';

export type PreviewKind = 'image' | 'audio' | 'video' | 'text';

const extensions: Readonly<Record<PreviewKind, string>> = {
  // What the tracker sends to be shown (its media-type.ts). Not svg: it can hold script and references.
  image: 'png jpg jpeg gif webp avif bmp',
  audio: 'mp3 ogg oga opus wav flac m4a aac',
  video: 'mp4 m4v webm ogv mov',
  text: 'txt md log csv tsv json xml yaml yml ini conf toml rst tex srt vtt sh py c h cpp rs go ts',
};

const kinds = new Map<string, PreviewKind>(
  Object.entries(extensions).flatMap(([kind, list]) =>
    list.split(' ').map((extension) => [extension, kind as PreviewKind] as const),
  ),
);

/** How a file can be shown before it is downloaded, by its extension; null: not at all. */
export function toPreviewKind(name: string): PreviewKind | null {
  return kinds.get(splitExtension(name).extension.slice(1).toLowerCase()) ?? null;
}
