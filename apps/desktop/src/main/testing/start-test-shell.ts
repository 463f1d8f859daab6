import { expect } from 'vitest';
import { shellCallChannel } from '../../bridge/shell-channels.js';
import { startShell } from '../shell.js';
import {
  createElectronStandIn,
  type StandInContents,
  type StandInProcess,
  type StandInWindow,
} from './electron-stand-in.js';
import { FakeClock } from './fake-clock.js';

/** A shell that was started on a stand-in of Electron, with its parts at hand. */
export async function startTestShell(given: { platform?: NodeJS.Platform; dark?: boolean } = {}) {
  const standIn = createElectronStandIn();
  standIn.nativeTheme.shouldUseDarkColors = given.dark ?? false;
  const clock = new FakeClock();
  const logged: unknown[] = [];
  await startShell({
    electron: standIn.electron,
    config: {
      dataFolder: '/data',
      profileFolder: undefined,
      suggestedTracker: 'https://127.0.0.1:7667',
      logLevel: 'warn',
    },
    clock,
    platform: given.platform ?? 'linux',
    readFile: () => Promise.resolve(new Uint8Array()),
    log: (error) => logged.push(error),
    paths: { preload: '/out/preload.cjs', engineProcess: '/out/engine-process.js', page: '/out/renderer' },
  });
  const window = (): StandInWindow => last(standIn.windows);
  const contents = (): StandInContents => window().webContents;
  const engine = (): StandInProcess => last(standIn.forks).process;
  /** A call of the page, or with `event` of somebody else. */
  const call = (name: unknown, payload: unknown, event: object = {}): Promise<unknown> => {
    const handler = standIn.ipcHandlers.get(shellCallChannel);
    expect(handler).toBeDefined();
    const own = { sender: contents(), senderFrame: contents().mainFrame };
    return handler?.({ ...own, ...event }, name, payload) ?? Promise.reject(new Error('unreachable'));
  };
  return { ...standIn, clock, logged, window, contents, engine, call };
}

export type TestShell = Awaited<ReturnType<typeof startTestShell>>;

/** What was ready to run has run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function last<T>(list: readonly T[]): T {
  const item = list.at(-1);
  if (item === undefined) throw new Error('there is none yet');
  return item;
}
