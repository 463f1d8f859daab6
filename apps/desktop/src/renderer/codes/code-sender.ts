import type { CodeSend } from '@enxame/shared/engine/code';
import { isErrorWithCode, toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from '../engine/engine-link.js';
import type { Upload } from '../shares/upload.js';
import { toCall, type SendOptions } from './send-options.js';

export interface CodeSenderState {
  /** A code is being made. */
  readonly busy: boolean;
  /** Files of this browser are copied to the engine first. */
  readonly upload: { readonly bytesSent: number; readonly size: number } | null;
  readonly error: ErrorInfo | null;
}

/** Puts something under a new code: paths of the engine's computer, files of this browser, or a text. One at a time. */
export interface CodeSender {
  readonly state: StoreApi<CodeSenderState>;
  readonly options: StoreApi<SendOptions>;
  sendPaths(paths: readonly string[]): Promise<void>;
  sendFiles(files: readonly File[]): Promise<void>;
  sendText(text: string): Promise<void>;
  /** Something of this browser that could not even be read. */
  refuse(name: string): void;
  readonly cancel: () => void;
  readonly dismiss: () => void;
}

type What = { readonly paths: string[] } | { readonly text: string };

export function createCodeSender(deps: {
  readonly link: EngineLink;
  readonly upload: Upload;
  readonly options: StoreApi<SendOptions>;
  readonly onSent: (send: CodeSend) => void;
}): CodeSender {
  const { link, upload, options, onSent } = deps;
  const state = createStore<CodeSenderState>(() => ({ busy: false, upload: null, error: null }));
  let abort = new AbortController();

  async function run(prepare: (signal: AbortSignal) => Promise<What>): Promise<void> {
    abort.abort(); // what was begun before is what the person just replaced
    const mine = new AbortController();
    abort = mine;
    state.setState({ busy: true, upload: null, error: null });
    try {
      const what = await prepare(mine.signal);
      const send = await link.call('code:send', { ...toCall(options.getState()), ...what });
      if (abort === mine) onSent(send);
    } catch (error) {
      if (abort === mine && !isErrorWithCode(error, 'cancelled')) state.setState({ error: toErrorInfo(error) });
    } finally {
      if (abort === mine) state.setState({ busy: false, upload: null });
    }
  }

  async function uploadAll(files: readonly File[], signal: AbortSignal): Promise<What> {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    const paths: string[] = [];
    for (const file of files) {
      const tell = (bytes: number): void => {
        if (!signal.aborted) state.setState({ upload: { bytesSent: before + bytes, size } });
      };
      tell(0);
      paths.push(await upload(file, tell, signal));
      before += file.size;
    }
    return { paths };
  }

  return {
    state,
    options,
    sendPaths: (paths) => run(() => Promise.resolve({ paths: [...paths] })),
    sendFiles: (files) => run((signal) => uploadAll(files, signal)),
    sendText: (text) => run(() => Promise.resolve({ text })),
    refuse: (name) => {
      state.setState({ error: { code: 'path-unreadable', params: { path: name } } });
    },
    cancel: () => {
      abort.abort();
      abort = new AbortController();
      state.setState({ busy: false, upload: null });
    },
    dismiss: () => {
      state.setState({ error: null });
    },
  };
}
