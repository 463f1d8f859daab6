import type { IncomingMessage, ServerResponse } from 'node:http';
import { toPreviewType } from '@enxame/shared/content/preview-type';
import type { EngineSession } from '@enxame/shared/engine/engine-host';
import { maxPreviews, previewIdSchema, previewPath, type PreviewId } from '@enxame/shared/engine/preview-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { answerPreview, type OpenPreview } from './answer-preview.js';
import type { PreviewContents } from './preview-contents.js';

/** A player has two or three requests under way: one that plays, one that it has just left. */
const maxAnswers = 8;

/** What interfaces look at now. Owns the ids and the answers under way. (docs/spec/preview.md) */
export interface Previews {
  /** Throws `content-not-found`, `not-supported`, `rate-limited`. */
  open(session: EngineSession, contentId: ContentId, name: string): { readonly id: PreviewId; readonly size: number };
  /** What is in a folder that is here. Throws `content-not-found`. */
  readonly list: PreviewContents['list'];
  /** Another session's, or one that is closed, is let be. */
  close(session: EngineSession, id: PreviewId): void;
  endSession(session: EngineSession): void;
  /** Answers `GET /preview/<id>`. Throws `not-found`, `rate-limited`, `not-supported`; too late for that, it ends the connection. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly end: () => void;
}

interface Held extends OpenPreview {
  readonly session: EngineSession;
  readonly abort: AbortController;
  answers: number;
}

export function createPreviews(deps: {
  readonly contents: PreviewContents;
  readonly randomBytes: (count: number) => Buffer;
}): Previews {
  const previews = new Map<PreviewId, Held>();

  function end(id: PreviewId, held: Held): void {
    previews.delete(id);
    held.abort.abort();
  }

  return {
    open: (session, contentId, name) => {
      const type = toPreviewType(name);
      if (!type) throw new EnxameError('not-supported');
      const size = deps.contents.sizeOf(contentId);
      if (size === undefined) throw new EnxameError('content-not-found');
      if ([...previews.values()].filter((each) => each.session === session).length >= maxPreviews)
        throw new EnxameError('rate-limited');
      const id = previewIdSchema.parse(deps.randomBytes(32).toString('base64url'));
      previews.set(id, { session, contentId, name, size, type, abort: new AbortController(), answers: 0 });
      return { id, size };
    },
    list: (collectionId, page) => deps.contents.list(collectionId, page),
    close: (session, id) => {
      const held = previews.get(id);
      if (held?.session === session) end(id, held);
    },
    endSession: (session) => {
      for (const [id, held] of previews) if (held.session === session) end(id, held);
    },
    answer: async (request, response) => {
      const id = previewIdSchema.safeParse((request.url ?? '').slice(previewPath.length)).data;
      const held = id && previews.get(id);
      if (!held) throw new EnxameError('not-found');
      if (held.answers >= maxAnswers) throw new EnxameError('rate-limited');
      held.answers++;
      try {
        await answerPreview(deps.contents, held, request, response, held.abort.signal);
      } finally {
        held.answers--;
      }
    },
    end: () => {
      for (const [id, held] of previews) end(id, held);
    },
  };
}
