import { toPreviewType, type PreviewKind } from '@enxame/shared/content/preview-type';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { previewIdSchema, type previewCalls } from '@enxame/shared/engine/preview-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { contentId } from './scenario-ids.js';
import type { ScenarioEngine } from './scenario.js';

/** What is shown of a file of each kind, whatever it is called. */
const samples: Readonly<Record<PreviewKind, { readonly mediaType: string; readonly body: string }>> = {
  image: {
    mediaType: 'image/svg+xml',
    body: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400"><rect width="640" height="400" fill="#9cc4d8"/>
<path d="M0 290 180 120 300 240 420 150 640 330V400H0Z" fill="#4c6b57"/><circle cx="500" cy="90" r="44" fill="#f4c64e"/></svg>`,
  },
  audio: { mediaType: 'audio/wav', body: '' },
  video: { mediaType: 'video/webm', body: '' },
  text: {
    mediaType: 'text/plain; charset=utf-8',
    body: '# Field notes\n\n- 14 July, station 3: wind 12 m/s, two whales.\n- שלום, مرحبا\n\n<script>alert("never run")</script>\n',
  },
  pdf: { mediaType: 'application/pdf', body: '' },
};

/** What is in the folder of the scenario, as far as it is told. */
const folderFiles = [
  'cerimônia/IMG_0417.jpg',
  'cerimônia/IMG_0418 noivos saindo da igreja debaixo de arroz.jpg',
  'festa/valsa.mp4',
  'lista de convidados.ods',
  'صور الحفل.png',
];

/** Answers and remembers what a page is to be given for each preview. */
export function createPreviewCalls(
  scenario: Pick<ScenarioEngine, 'previews'>,
): Pick<EngineHandlers, keyof typeof previewCalls> {
  return {
    'preview:open': ({ name }) => {
      const type = toPreviewType(name);
      if (!type) throw new EnxameError('not-supported');
      const id = previewIdSchema.parse(String(scenario.previews.size).padStart(43, 'p'));
      const { mediaType, body } = samples[type.kind];
      scenario.previews.set(id, { mediaType, body });
      return { id, size: body.length };
    },
    'preview:contents': () => ({
      total: 2310,
      files: folderFiles.map((path, index) => ({ path, size: 4_200_000 + index, contentId: contentId(900 + index) })),
    }),
    'preview:close': ({ id }) => {
      scenario.previews.delete(id);
      return {};
    },
  };
}
