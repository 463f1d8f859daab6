import type { EnxameError, ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';

/** What came up when nobody was there to be told: it is told to the interface that comes first. */
export interface Notices {
  readonly onBroken: OnBroken;
  /** Something came up: told when somebody is there, and then not again. */
  raise(notice: EnxameError): void;
  /** Each once. */
  take(): ErrorInfo[];
}

export function createNotices(logger: Logger, onRaised: () => void = () => undefined): Notices {
  const waiting: EnxameError[] = [];
  return {
    onBroken: (notice) => {
      logger.error({ err: notice }, 'a document was set aside');
      waiting.push(notice);
    },
    raise: (notice) => {
      waiting.push(notice);
      onRaised();
    },
    take: () => waiting.splice(0).map((notice) => notice.toJSON()),
  };
}
