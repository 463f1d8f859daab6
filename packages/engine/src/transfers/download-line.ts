import type { PathKind, Transfer, TransferPriority } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DeviceId, TransferId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import type { RateControl } from '../limits/rate-control.js';
import type { RateTaker } from '../limits/rate-taker.js';
import type { PeerConnection } from '../peer/peer-connection.js';
import type { ConnectOptions, SourcePaths } from '../peer/paths/source-paths.js';
import type { Slots } from '../waiting/slots.js';
import { createDownloadQueue } from './download-queue.js';
import { compareDownloads, placeBefore } from './download-order.js';
import type { DownloadRecord } from './download-record.js';

/** In which order downloads move, and how fast each may. Keeps nothing: priority, order and limit are in the records. */
export interface DownloadLine {
  /** The slots as one download sees them. */
  readonly slotsOf: (id: TransferId) => Slots;
  /**
   * The ways to sources, at the rate that this download may have from each person. `onGiver`: bytes come from it;
   * `onMoved`: so many came, by such a path.
   */
  limitPaths(
    id: TransferId,
    paths: SourcePaths,
    onGiver: (deviceId: DeviceId) => void,
    onMoved: (kind: PathKind, bytes: number) => void,
  ): SourcePaths;
  describe(record: DownloadRecord): Pick<Transfer, 'priority' | 'limitBytesPerSecond' | 'queue'>;
  prioritise(record: DownloadRecord, priority: TransferPriority): Promise<void>;
  move(record: DownloadRecord, before: TransferId | null): Promise<void>;
  limit(record: DownloadRecord, bytesPerSecond: number | null): Promise<void>;
  /** The count of slots is another. */
  readonly changed: () => void;
}

export interface DownloadLineDeps {
  readonly records: {
    get(id: TransferId): DownloadRecord | undefined;
    values(): IterableIterator<DownloadRecord>;
  };
  /** Durable when it resolves. */
  readonly update: (id: TransferId, change: Partial<DownloadRecord>) => Promise<void>;
  readonly secondsLeft: (id: TransferId) => number | null;
  readonly slots: () => number;
  readonly rates: RateControl;
  readonly onChange: (id: TransferId) => void;
}

export function createDownloadLine(deps: DownloadLineDeps): DownloadLine {
  const { records, rates, update } = deps;
  const queue = createDownloadQueue({
    count: deps.slots,
    compare: (a, b) => {
      const [first, second] = [records.get(a), records.get(b)];
      return first && second ? compareDownloads(first, second) : 0;
    },
    secondsLeft: deps.secondsLeft,
    onChange: deps.onChange,
  });
  for (const { id, limitBytesPerSecond } of records.values()) rates.limitTransfer(id, limitBytesPerSecond);

  return {
    slotsOf: queue.slotsOf,
    limitPaths: (id, paths, onGiver, onMoved) =>
      limitPaths(paths, ({ userName, deviceId }, { pathKind }) => {
        let isFirst = true;
        return noting(rates.receiving(userName, id), (bytes) => {
          if (isFirst) onGiver(deviceId);
          isFirst = false;
          onMoved(pathKind, bytes);
        });
      }),
    describe: ({ id, priority, limitBytesPerSecond }) => ({ priority, limitBytesPerSecond, queue: queue.place(id) }),
    prioritise: async ({ id }, priority) => {
      await update(id, { priority });
      queue.changed();
    },
    move: async (record, before) => {
      if (record.id === before) return;
      const other = before === null ? null : records.get(before);
      if (other === undefined) throw new EnxameError('transfer-not-found');
      const changes = placeBefore(records.values(), record, other);
      await Promise.all([...changes].map(([id, change]) => update(id, change)));
      queue.changed();
    },
    limit: async ({ id }, limitBytesPerSecond) => {
      await update(id, { limitBytesPerSecond });
      rates.limitTransfer(id, limitBytesPerSecond);
    },
    changed: queue.changed,
  };
}

/** Every connection that comes of them reads at the rate of its person. */
export function limitPaths(
  paths: SourcePaths,
  rateOf: (source: Source, connection: PeerConnection) => RateTaker,
): SourcePaths {
  return {
    ...paths,
    connect: async (source, options) => {
      const onBetter: ConnectOptions['onBetter'] = (connection) => {
        connection.limitTo(rateOf(source, connection));
        options.onBetter(connection);
      };
      const connection = await paths.connect(source, { ...options, onBetter });
      connection.limitTo(rateOf(source, connection));
      return connection;
    },
  };
}

/** `onTake` is told of all bytes. */
function noting(rate: RateTaker, onTake: (bytes: number) => void): RateTaker {
  return {
    quantum: () => rate.quantum(),
    take: (bytes) => {
      onTake(bytes);
      return rate.take(bytes);
    },
  };
}
