/**
 * One source of one content: asks what it has, and fetches what the board gives it. The swarm owns the board, and decides
 * who is a source at all.
 */
import { manifestPath } from '@enxame/shared/peer/paths';
import type { Source } from '@enxame/shared/tracker/person';
import type { LinkHost, ManifestTask, PiecesTask, SourceLink } from './link-host.js';
import { createPace } from './pace.js';
import { createSourceFetcher, type SourceFetcher } from './source-fetcher.js';
import { startSourceLife } from './source-life.js';

export function createSourceLink(first: Source, host: LinkHost): SourceLink {
  const pace = createPace(host.timers.now);
  let bytesDone = 0;
  let fetcher: SourceFetcher | undefined;
  const life = startSourceLife(first, host, {
    step,
    letGo: () => {
      fetcher?.close();
      fetcher = undefined;
    },
    onFailed: (failure) => {
      host.onFailed(link, failure);
    },
  });

  async function step(): Promise<void> {
    const task = host.task();
    if (task?.kind === 'manifest') await fetchManifest(task);
    else if (task) await fetchPieces(task);
    else await life.idle();
  }

  async function fetchManifest(task: ManifestTask): Promise<void> {
    const connection = await life.connect();
    if (!task.begin(link)) {
      await life.idle();
      return;
    }
    life.setMoving();
    try {
      await task.take(await connection.get(manifestPath(host.contentId), host.authority(), task.maxBytes));
    } finally {
      task.end(link);
    }
  }

  async function fetchPieces(task: PiecesTask): Promise<void> {
    const own = (fetcher ??= createSourceFetcher({
      host,
      task,
      pace,
      hasBetter: () => life.line.hasBetter,
      onBegin: life.setMoving,
      onProgress: (bytes) => {
        life.cameThrough();
        host.onProgress(bytes);
      },
      onVerified: (index) => {
        bytesDone += task.settle(index, link);
      },
    }));
    const { source } = life;
    if (own.needsHave(source)) await own.askHave(source, await life.connect());
    // What it is to bring is decided when it is there: nobody waits for pieces of one that is still being dialled.
    const fetched = own.canFetch(life.source) && (await own.fetch(life.source, await life.connect(), life.signal));
    if (!fetched) await life.idle(own.nextHaveMs(life.source));
  }

  const link: SourceLink = {
    get source() {
      return life.source;
    },
    get moving() {
      return fetcher?.moving;
    },
    get view() {
      return life.view({ bytesPerSecond: pace.bytesPerSecond, bytesDone, piecesHeld: fetcher?.heldCount ?? null });
    },
    update: life.update,
    wake: life.wake,
    redial: life.redial,
    pieceCame: (index) => {
      fetcher?.pieceCame(index);
    },
    close: life.close,
  };
  return link;
}
