import { deadline } from '@enxame/wormhole/deadline';
import type { Preflight } from '@enxame/shared/engine/preflight';
import type { Closing } from '../closing.js';
import type { HashPool } from '../hashing/hash-pool.js';
import type { Library } from '../library/library.js';
import type { WantedDownload } from '../transfers/wanted-download.js';
import type { TransferList } from '../transfers/transfer-list.js';
import { checkDownload } from './check-download.js';

/** Somebody waits for the answer: without the list of a folder's files, the rest is told all the same. */
const documentTimeoutMs = 5_000;

/** The call `download:check`. What is under way when the engine closes fails with `cancelled`. */
export function createPreflight(
  deps: {
    readonly library: Library;
    readonly pool: HashPool;
    readonly transfers: Pick<TransferList, 'openCollection'>;
  },
  closing: Closing,
): (wanted: WantedDownload) => Promise<Preflight> {
  const closed = new AbortController();
  closing.add(() => {
    closed.abort();
  });
  const inTime = (): AbortSignal => AbortSignal.any([closed.signal, deadline(documentTimeoutMs)]);
  return (wanted) =>
    checkDownload(wanted, {
      contents: deps.library.contents,
      folders: deps.library.folders,
      pool: deps.pool,
      openCollection: (folder) => deps.transfers.openCollection(folder, inTime()),
      signal: closed.signal,
    });
}
