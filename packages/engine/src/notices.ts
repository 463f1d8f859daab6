import type { EnxameError, ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';

/** What was found on start, when nobody was there to be told: it is told to the interface that comes first. */
export interface Notices {
  readonly onBroken: OnBroken;
  /** Each once. */
  take(): ErrorInfo[];
}

export function createNotices(logger: Logger): Notices {
  const waiting: EnxameError[] = [];
  return {
    onBroken: (notice) => {
      logger.error({ err: notice }, 'a document was set aside');
      waiting.push(notice);
    },
    take: () => waiting.splice(0).map((notice) => notice.toJSON()),
  };
}
