import { toSafeFileName } from '@enxame/shared/content/file-name';
import { previewPath } from '@enxame/shared/engine/preview-calls';
import type { ContentId } from '@enxame/shared/ids';
import { useEffect, useState } from 'react';
import { useApp } from '../shell/app-context.js';

export interface Previewed {
  readonly contentId: ContentId;
  readonly name: string;
}

export interface OpenedPreview {
  readonly url: string;
  readonly size: number;
}

/** Where the bytes of a content are, as long as the caller is on the screen. Opened anew when the engine comes back. */
export function usePreview({ contentId, name }: Previewed): {
  readonly opened: OpenedPreview | null;
  readonly error: unknown;
} {
  const { link } = useApp();
  const [state, setState] = useState<{ opened: OpenedPreview | null; error: unknown }>({ opened: null, error: null });
  useEffect(() => {
    let isOver = false;
    let closeLast = (): void => undefined;
    const open = (): void => {
      link.call('preview:open', { contentId, name: toSafeFileName(name) }).then(
        ({ id, size }) => {
          const close = (): void => {
            link.call('preview:close', { id }).catch(() => undefined); // the engine is gone, and its previews with it
          };
          if (isOver) {
            close();
            return;
          }
          closeLast = close;
          setState({ opened: { url: previewPath + id, size }, error: null });
        },
        (error: unknown) => {
          if (!isOver) setState({ opened: null, error });
        },
      );
    };
    if (link.state.getState().phase === 'open') open();
    const end = link.onOpen(open);
    return () => {
      isOver = true;
      end();
      closeLast();
    };
  }, [link, contentId, name]);
  return state;
}
