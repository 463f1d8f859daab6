import { apiRoutes } from '@enxame/shared/tracker/api';
import type { LinkPage } from '@enxame/shared/tracker/link';
import type { z } from 'zod';
import { toPath, type ApiQuery, type TrackerApi } from '../api/tracker-api.js';

/** What is behind a link, for who may see it. */
export type LinkContent = NonNullable<LinkPage['content']>;
export type FolderFiles = z.output<typeof apiRoutes.linkFiles.reply>;

/** What is asked of one link, with the pass that its password gave. */
export interface LinkApi {
  /** Throws `link-ended`, `not-found`. */
  read(signal: AbortSignal): Promise<LinkPage>;
  /** From then on the pass goes with everything. Throws `link-password-wrong`, `rate-limited`. */
  open(password: string): Promise<void>;
  files(offset: number, signal: AbortSignal): Promise<FolderFiles>;
  /** Where the bytes are; `index` is of a file in a folder. */
  contentPath(options?: { readonly index?: number; readonly inline?: true }): string;
  zipPath(): string;
}

export function createLinkApi(api: TrackerApi, id: string): LinkApi {
  let pass: string | undefined;
  const base = `/links/${encodeURIComponent(id)}`;
  const withPass = (path: string, query: ApiQuery = {}): string => toPath(path, { pass, ...query });
  return {
    read: (signal) => api.ask({ path: base, query: { pass }, reply: apiRoutes.link.reply, signal }),
    open: async (password) => {
      const request = { method: 'post', path: `${base}/open`, body: { password } } as const;
      ({ pass } = await api.ask({ ...request, reply: apiRoutes.openLink.reply }));
    },
    files: (offset, signal) =>
      api.ask({ path: `${base}/files`, query: { pass, offset }, reply: apiRoutes.linkFiles.reply, signal }),
    contentPath: ({ index, inline } = {}) =>
      withPass(index === undefined ? `${base}/content` : `${base}/files/${String(index)}`, {
        inline: inline && 'true',
      }),
    zipPath: () => withPass(`${base}/zip`),
  };
}
