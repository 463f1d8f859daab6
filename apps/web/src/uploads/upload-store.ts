import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { apiRoutes } from '@enxame/shared/tracker/api';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { toApiError } from '../api/tracker-api.js';

export type UploadState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending'; readonly bytes: number }
  /** All was sent; the tracker hashes and keeps it. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'done'; readonly copy: HostedCopy }
  | { readonly kind: 'failed'; readonly error: EnxameError };

export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly state: UploadState;
}

/** Sends one file; `onSent` tells how many bytes went out. Throws `cancelled`, or why the tracker refused. */
export type SendFile = (file: File, onSent: (bytes: number) => void, signal: AbortSignal) => Promise<unknown>;

/** Files on their way to the tracker, one after the other: more at once would only be slower each. */
export interface UploadStore extends StoreApi<readonly Upload[]> {
  readonly add: (files: readonly File[]) => void;
  /** Stops it, or takes it from the list when it is over. */
  readonly cancel: (id: number) => void;
  readonly clear: () => void;
}

export function createUploadStore({ send }: { send: SendFile }): UploadStore {
  const store = createStore<readonly Upload[]>(() => []);
  const files = new Map<number, File>();
  const running = new Map<number, AbortController>();
  let lastId = 0;

  const change = (id: number, state: UploadState): void => {
    store.setState((uploads) => uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)), true);
  };

  async function run(id: number, file: File, stop: AbortController): Promise<void> {
    try {
      change(id, { kind: 'sending', bytes: 0 });
      const onSent = (bytes: number): void => {
        change(id, bytes < file.size ? { kind: 'sending', bytes } : { kind: 'checking' });
      };
      const { copies } = apiRoutes.upload.reply.parse(await send(file, onSent, stop.signal));
      const [copy] = copies;
      if (copy) change(id, { kind: 'done', copy });
    } catch (thrown) {
      const error = toApiError(thrown, stop.signal);
      if (error.code === 'cancelled') remove(id);
      else change(id, { kind: 'failed', error });
    }
  }

  async function runNext(): Promise<void> {
    if (running.size > 0) return;
    const next = store.getState().find(({ state }) => state.kind === 'waiting');
    const file = next && files.get(next.id);
    if (!next || !file) return;
    const stop = new AbortController();
    running.set(next.id, stop);
    await run(next.id, file, stop);
    files.delete(next.id);
    running.delete(next.id);
    await runNext();
  }

  function remove(id: number): void {
    files.delete(id);
    store.setState((uploads) => uploads.filter((upload) => upload.id !== id), true);
  }

  return {
    ...store,
    add: (added) => {
      const uploads = added.map((file): Upload => {
        files.set(++lastId, file);
        return { id: lastId, name: file.name, size: file.size, state: { kind: 'waiting' } };
      });
      store.setState((before) => [...before, ...uploads], true);
      void runNext();
    },
    cancel: (id) => {
      const stop = running.get(id);
      if (stop) stop.abort();
      else remove(id);
    },
    clear: () => {
      store.setState((uploads) => uploads.filter(({ state }) => !isOver(state)), true);
    },
  };
}

export const isOver = ({ kind }: UploadState): boolean => kind === 'done' || kind === 'failed';
