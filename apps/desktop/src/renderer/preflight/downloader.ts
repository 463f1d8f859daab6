import type { EngineCalls } from '@enxame/shared/engine/calls';
import type { Preflight } from '@enxame/shared/engine/preflight';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { PayloadIn } from '@enxame/shared/messages/request-table';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from '../engine/engine-link.js';
import { concernsOf, isPartlyHere } from './preflight-facts.js';

export type DownloadId = PayloadIn<EngineCalls, 'download:start'>['id'];

/** What waits for a word of the person. */
export interface Pending {
  readonly id: DownloadId;
  readonly preflight: Preflight;
  /** Another folder than the usual one, chosen in the dialog. */
  readonly folder: string | undefined;
}

export interface Downloader {
  readonly pending: StoreApi<{ readonly first: Pending | null; readonly waiting: readonly Pending[] }>;
  /** One click: starts at once when all is well, asks otherwise. Resolves with whether it was started. */
  readonly download: (id: DownloadId) => Promise<boolean>;
  /** What is asked about, started nevertheless. */
  readonly goOn: (pending: Pending) => Promise<void>;
  /** Looks again, as it would be in another folder. */
  readonly moveTo: (pending: Pending, folder: string) => Promise<void>;
  readonly drop: (pending: Pending) => void;
}

interface Deps {
  readonly link: EngineLink;
  /** Part of it, or all of it, is on this computer. */
  readonly onHere: (preflight: Preflight, transfer: Transfer) => void;
}

/** Looks before each download what it would meet, and asks only about what deserves it. */
export function createDownloader({ link, onHere }: Deps): Downloader {
  const pending = createStore<{ first: Pending | null; waiting: readonly Pending[] }>(() => ({
    first: null,
    waiting: [],
  }));
  const check = (id: DownloadId, folder: string | undefined): Promise<Preflight> =>
    link.call('download:check', { id, ...(folder !== undefined && { folder }) });
  const start = async ({ id, folder }: Pick<Pending, 'id' | 'folder'>, preflight: Preflight | null): Promise<void> => {
    const transfer = await link.call('download:start', { id, ...(folder !== undefined && { folder }) });
    if (preflight && (preflight.collision === 'same' || isPartlyHere(preflight))) onHere(preflight, transfer);
  };
  const drop = (gone: Pending): void => {
    pending.setState(({ first, waiting }) => {
      const rest = waiting.filter((one) => one !== gone);
      return first === gone ? { first: rest[0] ?? null, waiting: rest.slice(1) } : { waiting: rest };
    });
  };
  const ask = (next: Pending): void => {
    pending.setState(({ first, waiting }) => (first ? { waiting: [...waiting, next] } : { first: next }));
  };
  return {
    pending,
    download: async (id) => {
      let preflight: Preflight | null = null;
      try {
        preflight = await check(id, undefined);
      } catch {
        // Nobody who has it can be asked now, or the folder cannot be looked at: the download waits or says so itself.
      }
      if (preflight && concernsOf(preflight).length > 0) {
        ask({ id, preflight, folder: undefined });
        return false;
      }
      await start({ id, folder: undefined }, preflight);
      return true;
    },
    goOn: async (chosen) => {
      drop(chosen);
      await start(chosen, chosen.preflight);
    },
    moveTo: async (from, folder) => {
      const preflight = await check(from.id, folder);
      const next: Pending = { id: from.id, preflight, folder };
      if (concernsOf(preflight).length > 0) {
        pending.setState(({ first, waiting }) => ({
          first: first === from ? next : first,
          waiting: waiting.map((one) => (one === from ? next : one)),
        }));
        return;
      }
      drop(from);
      await start(next, preflight);
    },
    drop,
  };
}
