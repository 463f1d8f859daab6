import { receiveFiles } from '../hosted/receive-files.js';
import type { Hosting } from '../hosted/hosting.js';
import type { UploadWriters } from '../hosted/upload-writers.js';
import { apiRoutes } from '@enxame/shared/tracker/api';
import { removeFile } from '@enxame/storage/durable-file';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import { callerOf, type ApiHandlers } from './api-handlers.js';

/** Room is promised in steps of this where nobody said how much will come. */
const stepBytes = 64 * 1024 * 1024;

/** Hosted copies over HTTP. (docs/spec/http-api.md, H20 to H29) */
export function createHostedRoutes(deps: {
  readonly hosting: Hosting;
  readonly writers: UploadWriters;
}): ApiHandlers<'upload' | 'hosted' | 'dropHosted'> {
  const { hosting, writers } = deps;
  return {
    upload: async ({ query: { lifeMs } }, call) => {
      const { user } = callerOf(call);
      const promised = hosting.copies.room.reserve(user.id);
      const expected = Number(call.request.headers['content-length'] ?? 0);
      try {
        // Before the first byte: who brings too much is told at once.
        await promised.ensure(expected);
        const received = await receiveFiles(call, {
          field: apiRoutes.upload.files,
          writers,
          newPath: () => hosting.files.incomingPath(),
          admit: (bytes) =>
            bytes <= expected ? Promise.resolve() : promised.ensure(Math.ceil(bytes / stepBytes) * stepBytes),
        });
        const copies: HostedCopy[] = [];
        try {
          for (const file of received) copies.push(await hosting.take(user, file, lifeMs));
        } finally {
          for (const { path } of received) await removeFile(path); // of those that were not taken
        }
        return { copies };
      } finally {
        promised.release();
      }
    },
    hosted: (_input, call) => hosting.list(callerOf(call).user.id),
    dropHosted: async ({ params: { contentId } }, call) => {
      await hosting.copies.drop(callerOf(call).user.id, contentId);
      return {};
    },
  };
}
