import type { PieceCells } from '@enxame/shared/engine/piece-cells';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { createContentFetch, type ContentFetchDeps, type FetchedContent } from './content-fetch.js';
import type { DownloadRecord } from './download-record.js';
import { openSourceFeed } from './open-source-feed.js';
import type { SourceFinderDeps } from './source-finder.js';
import { toPieceCells } from './piece-cells.js';

export interface DownloadDeps extends SourceFinderDeps, ContentFetchDeps {
  readonly onChange: () => void;
  readonly onReceived: (bytes: number) => void;
  /** As `ContentFetchOptions.onPlaced`. */
  readonly onPlaced: (fetched: FetchedContent) => Promise<void>;
}

export interface Download {
  readonly progress: Pick<
    Transfer,
    | 'state'
    | 'size'
    | 'bytesDone'
    | 'bytesPerSecond'
    | 'folder'
    | 'queue'
    | 'sources'
    | 'pieceCount'
    | 'piecesVerified'
    | 'error'
  >;
  /** The pieces as a picture; undefined before the first of them is known. */
  cells(): PieceCells | undefined;
  /** The network is another one: dials at once. */
  redial(): void;
  /** As `ContentFetch.run`. */
  run(signal: AbortSignal): Promise<{ readonly path: string }>;
}

/** A content of the list of downloads, on its way from the sources that the tracker knows. */
export function createDownload(record: DownloadRecord, deps: DownloadDeps): Download {
  const { contentId, size } = record;
  const fetch = createContentFetch(
    {
      contentId,
      size,
      place: record,
      personName: record.personName,
      openFeed: (onChange) => openSourceFeed(record, deps, onChange),
      onChange: deps.onChange,
      onReceived: deps.onReceived,
      onPlaced: deps.onPlaced,
    },
    deps,
  );
  return {
    run: (signal) => fetch.run(signal),
    redial: () => {
      fetch.redial();
    },
    cells: () => fetch.pieces && toPieceCells(fetch.pieces, fetch.movingPieces()),
    get progress() {
      const { state, pieces, error, bytesPerSecond } = fetch;
      const sources = fetch.sources();
      return {
        state,
        size,
        bytesDone: pieces?.verifiedBytes ?? 0,
        bytesPerSecond,
        folder: null,
        queue: state === 'waiting' ? firstPlace(sources) : null,
        sources,
        pieceCount: pieces?.count ?? 0,
        piecesVerified: pieces?.verifiedCount ?? 0,
        error,
      };
    },
  };
}

/** Waiting in several queues, it goes on with the first that lets it. */
export function firstPlace(sources: Transfer['sources']): Transfer['queue'] {
  const places = sources.flatMap(({ queue }) => queue ?? []);
  return places.sort((one, other) => one.position - other.position)[0] ?? null;
}
