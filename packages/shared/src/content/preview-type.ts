import { splitExtension } from './file-name.js';

export const previewKinds = ['image', 'audio', 'video', 'text', 'pdf'] as const;
export type PreviewKind = (typeof previewKinds)[number];

/** How a content is shown inside the app. `mediaType` is all that its bytes are ever served as. */
export interface PreviewType {
  readonly kind: PreviewKind;
  readonly mediaType: string;
}

/** What a browser shows by itself and without running anything of it. Web pages are text here: nobody wants to run them. */
const mediaTypes: Readonly<Record<Exclude<PreviewKind, 'text' | 'pdf'>, Readonly<Record<string, string>>>> = {
  image: {
    'image/png': 'png',
    'image/jpeg': 'jpg jpeg jpe',
    'image/gif': 'gif',
    'image/webp': 'webp',
    'image/avif': 'avif',
    'image/bmp': 'bmp',
    'image/svg+xml': 'svg',
    'image/x-icon': 'ico',
  },
  audio: {
    'audio/mpeg': 'mp3',
    'audio/wav': 'wav',
    'audio/ogg': 'ogg oga opus',
    'audio/flac': 'flac',
    'audio/mp4': 'm4a',
    'audio/aac': 'aac',
  },
  video: {
    'video/mp4': 'mp4 m4v',
    'video/webm': 'webm',
    'video/ogg': 'ogv',
    'video/quicktime': 'mov',
    'video/x-matroska': 'mkv',
  },
};

const textExtensions =
  'bat bib c cc conf cpp css csv diff go h htm html ini java jl js json jsx kt log m md mjs nfo patch php ps1 py r rb rs sh ' +
  'sql srt tex toml ts tsv tsx txt vtt xml yaml yml';

const types = new Map<string, PreviewType>([
  ...Object.entries(mediaTypes).flatMap(([kind, table]) =>
    Object.entries(table).flatMap(([mediaType, list]) =>
      list.split(' ').map((extension): [string, PreviewType] => [extension, { kind: kind as PreviewKind, mediaType }]),
    ),
  ),
  ...textExtensions
    .split(' ')
    .map((extension): [string, PreviewType] => [extension, { kind: 'text', mediaType: 'text/plain; charset=utf-8' }]),
  ['pdf', { kind: 'pdf', mediaType: 'application/pdf' }],
]);

/** By the extension of the name; null for what can only be opened by another program. (docs/spec/preview.md, V3) */
export function toPreviewType(name: string): PreviewType | null {
  return types.get(splitExtension(name).extension.slice(1).toLowerCase()) ?? null;
}
