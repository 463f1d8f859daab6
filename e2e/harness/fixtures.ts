import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { startEnxame, type RunningProgram } from './program.js';

/** The programs and folders of one test; all of them are gone after it. */
export interface World {
  readonly folder: string;
  path(name: string): string;
  /** Starts the tracker, again at the same address the second time. */
  startTracker(name?: string): Promise<RunningProgram>;
  /** The headless engine of a person, with its own data and downloads folders; the same ones the second time. */
  startPeer(name: string, trackerUrl: string): Promise<RunningProgram>;
}

export const test = base.extend<{ world: World }>({
  // Playwright reads the names of the fixtures from the pattern, so it must be one.
  world: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'enxame-e2e-'));
    const programs: RunningProgram[] = [];
    const start = async (args: readonly string[]): Promise<RunningProgram> => {
      const program = await startEnxame(args);
      programs.push(program);
      return program;
    };
    const path = (name: string): string => join(folder, name);
    const trackerPort = String(await freePort());
    await use({
      folder,
      path,
      startTracker: (name) =>
        start([
          'tracker',
          '--host',
          '127.0.0.1',
          '--port',
          trackerPort,
          '--data',
          path('tracker'),
          ...(name === undefined ? [] : ['--name', name]),
        ]),
      startPeer: (name, trackerUrl) =>
        start([
          'serve',
          '--data',
          path(`${name}-data`),
          '--downloads',
          path(`${name}-downloads`),
          '--tracker',
          trackerUrl,
          '--port',
          '0',
        ]),
    });
    for (const program of programs.reverse()) await program.stop();
    await rm(folder, { recursive: true, force: true });
  },
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
