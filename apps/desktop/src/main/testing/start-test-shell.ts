import { expect } from 'vitest';
import { shellCallChannel, shellMessageChannel } from '../../bridge/shell-channels.js';
import type { Start } from '../opened/opened.js';
import { startShell } from '../shell.js';
import { createElectronStandIn } from './electron-stand-in.js';
import { FakeClock } from './fake-clock.js';
import { FakeEngine } from './fake-engine.js';
import { MemoryFiles } from './memory-files.js';
import type { StandInProcess } from './stand-in-process.js';
import { StandInUpdater } from './stand-in-updater.js';
import type { StandInContents, StandInWindow } from './stand-in-window.js';

interface Given {
  readonly platform?: NodeJS.Platform;
  readonly dark?: boolean;
  readonly isPackaged?: boolean;
  readonly start?: Partial<Start>;
  readonly files?: MemoryFiles;
  /** What `dbus-send` prints; undefined: there is no such program. */
  readonly dbus?: string | undefined;
  readonly hasUpdateServer?: boolean;
  /** Before the shell is ready. */
  readonly early?: (app: ReturnType<typeof createElectronStandIn>['app']) => void;
}

/** A shell that was started on a stand-in of Electron, with its parts at hand. */
export async function startTestShell(given: Given = {}) {
  const standIn = createElectronStandIn();
  standIn.nativeTheme.shouldUseDarkColors = given.dark ?? false;
  standIn.app.isPackaged = given.isPackaged ?? true;
  const clock = new FakeClock();
  const files = given.files ?? new MemoryFiles();
  const updater = new StandInUpdater();
  const logged: unknown[] = [];
  const dbus = 'dbus' in given ? given.dbus : 'variant boolean true';
  const started = startShell({
    electron: standIn.electron,
    config: {
      dataFolder: '/data',
      profileFolder: undefined,
      loginArgs: ['--hidden'],
      appImage: undefined,
      configFolder: undefined,
      desktopName: 'KDE',
      suggestedTracker: 'https://127.0.0.1:7667',
      logLevel: 'warn',
    },
    clock,
    platform: given.platform ?? 'linux',
    start: { args: [], folder: '/home/ana', ...given.start },
    readFile: () => Promise.resolve(new Uint8Array()),
    files,
    runProgram: () => (dbus === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(dbus)),
    loadUpdater: () => Promise.resolve(updater),
    hasUpdateServer: given.hasUpdateServer ?? true,
    log: (error) => logged.push(error),
    paths: {
      preload: '/out/preload.cjs',
      engineProcess: '/out/engine-process.js',
      page: '/out/renderer',
      trayIcons: '/out/tray',
      program: '/opt/Enxame/enxame-desktop',
    },
  });
  given.early?.(standIn.app);
  await started;
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
  /** The engine process says that it runs, and answers the shell. */
  const runEngine = async (state?: ConstructorParameters<typeof FakeEngine>[1]): Promise<FakeEngine> => {
    const ports = engine().ports.length;
    engine().emit('message', { type: 'ready' });
    const port = engine().ports[ports];
    if (!port) throw new Error('the shell gave the engine no port');
    const fake = new FakeEngine(port, state);
    await settled();
    return fake;
  };
  /** What the page was told. */
  const told = (): unknown[] =>
    contents()
      .posted.filter(({ channel }) => channel === shellMessageChannel)
      .map(({ message }) => message);
  return { ...standIn, clock, files, updater, logged, window, contents, engine, call, runEngine, told };
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
