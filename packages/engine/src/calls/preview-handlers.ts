import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { previewCalls } from '@enxame/shared/engine/preview-calls';
import type { Previews } from '../preview/previews.js';

export function createPreviewHandlers(previews: Previews): Pick<EngineHandlers, keyof typeof previewCalls> {
  return {
    'preview:open': ({ contentId, name }, session) => previews.open(session, contentId, name),
    'preview:contents': ({ contentId, offset, limit }) => previews.list(contentId, { offset, limit }),
    'preview:close': ({ id }, session) => {
      previews.close(session, id);
      return {};
    },
  };
}
