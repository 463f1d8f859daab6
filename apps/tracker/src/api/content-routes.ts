import type { ContentId, UserId } from '@enxame/shared/ids';
import type { Contents } from '../hosted/contents.js';
import type { ApiHandlers } from './api-handlers.js';
import { sendContent } from './send-content.js';

/** What went out of a content, for the counts. */
export interface SentContent {
  readonly contentId: ContentId;
  readonly name: string;
  readonly bytes: number;
  /** The download ended with the content's last byte. */
  readonly isDownload: boolean;
  /** Undefined for who was not signed in. */
  readonly userId: UserId | undefined;
}

/** Contents by their hashes. (docs/spec/http-api.md, H22 to H26) */
export function createContentRoutes(deps: {
  readonly contents: Contents;
  readonly onSent: (sent: SentContent) => void;
}): ApiHandlers<'download'> {
  const { contents } = deps;
  return {
    download: async ({ params: { hash }, query: { inline } }, call) => {
      const content = contents.find(hash, call.caller?.user.id);
      const isInline = inline === 'true';
      const part = content.collection ? await contents.openZip(content, call) : contents.open(content, call);
      const sent = await sendContent(call, part, { inline: isInline });
      if (!sent) return;
      const { contentId, name } = content;
      const isDownload = sent.isComplete && !isInline;
      deps.onSent({ contentId, name, bytes: sent.bytes, isDownload, userId: call.caller?.user.id });
    },
  };
}
