import { maxSharePaths } from '@enxame/shared/engine/calls';
import type { Visibility } from '@enxame/shared/engine/visibility';
import { isErrorWithCode, toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from '../engine/engine-link.js';
import type { Upload } from './upload.js';

export interface UploadItem {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly bytesSent: number;
  readonly started: boolean;
}

export interface Refused {
  readonly id: number;
  /** A path of the engine's computer, or the name of a file of this browser. */
  readonly path: string;
  readonly error: ErrorInfo;
}

export interface AdderState {
  readonly uploads: readonly UploadItem[];
  readonly refused: readonly Refused[];
}

/** Puts files into the catalogue: by path where there is one, else by way of the engine's own folder. */
export interface FileAdder {
  readonly state: StoreApi<AdderState>;
  sharePaths(paths: readonly string[], visibility: Visibility): Promise<void>;
  uploadFiles(files: readonly File[], visibility: Visibility): Promise<void>;
  cancelUpload(id: number): void;
  /** Something of this browser that could not even be read. */
  refuse(name: string): void;
  readonly dismissRefused: () => void;
}

/** A copy that is to be made, and then shared. */
interface Waiting {
  readonly item: UploadItem;
  readonly file: File;
  readonly visibility: Visibility;
}

/** More at once would only share the same wire; two keep it busy while one ends. */
const uploadsAtOnce = 2;

export function createFileAdder(deps: { readonly link: EngineLink; readonly upload: Upload }): FileAdder {
  const state = createStore<AdderState>(() => ({ uploads: [], refused: [] }));
  const queue: Waiting[] = [];
  const running = new Map<number, AbortController>();
  let nextId = 0;

  const refuse = (path: string, error: ErrorInfo): void => {
    state.setState(({ refused }) => ({ refused: [...refused, { id: nextId++, path, error }] }));
  };

  async function sharePaths(paths: readonly string[], visibility: Visibility): Promise<void> {
    // What was shared before for fewer must not become everybody's by being dropped again.
    const visible = visibility.kind === 'everyone' ? {} : { visibility };
    for (let start = 0; start < paths.length; start += maxSharePaths) {
      const part = paths.slice(start, start + maxSharePaths);
      try {
        const { refused } = await deps.link.call('share:add', { paths: [...part], ...visible });
        for (const { path, error } of refused) refuse(path, error);
      } catch (error) {
        refuse(part[0] ?? '', toErrorInfo(error));
      }
    }
  }

  async function work(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { item, file, visibility } = next;
      const controller = new AbortController();
      running.set(item.id, controller);
      update(item.id, { started: true });
      try {
        const path = await deps.upload(
          file,
          (bytesSent) => {
            update(item.id, { bytesSent });
          },
          controller.signal,
        );
        drop(item.id);
        await sharePaths([path], visibility);
      } catch (error) {
        drop(item.id);
        if (!isErrorWithCode(error, 'cancelled')) refuse(item.name, toErrorInfo(error));
      } finally {
        running.delete(item.id);
      }
    }
  }

  const update = (id: number, change: Partial<UploadItem>): void => {
    state.setState(({ uploads }) => ({
      uploads: uploads.map((item) => (item.id === id ? { ...item, ...change } : item)),
    }));
  };
  const drop = (id: number): void => {
    state.setState(({ uploads }) => ({ uploads: uploads.filter((item) => item.id !== id) }));
  };

  return {
    state,
    sharePaths,
    uploadFiles: async (files, visibility) => {
      const items = files.map((file): Waiting => ({
        item: { id: nextId++, name: file.name, size: file.size, bytesSent: 0, started: false },
        file,
        visibility,
      }));
      queue.push(...items);
      state.setState(({ uploads }) => ({ uploads: [...uploads, ...items.map(({ item }) => item)] }));
      const free = Math.max(0, uploadsAtOnce - running.size);
      await Promise.all(Array.from({ length: Math.min(free, items.length) }, () => work()));
    },
    cancelUpload: (id) => {
      const index = queue.findIndex(({ item }) => item.id === id);
      if (index >= 0) queue.splice(index, 1);
      running.get(id)?.abort();
      drop(id);
    },
    refuse: (name) => {
      refuse(name, { code: 'path-unreadable', params: { path: name } });
    },
    dismissRefused: () => {
      state.setState({ refused: [] });
    },
  };
}
