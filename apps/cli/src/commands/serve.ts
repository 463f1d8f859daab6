import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveLocally } from '@enxame/engine/local-socket/serve-locally';
import { createWebServer, webPort } from '@enxame/engine/web/web-server';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import type { Engine } from '@enxame/engine/engine';
import type { Logger } from 'pino';
import type { CommandContext } from '../command-context.js';
import { joinTracker } from '../engine/tracker-ready.js';
import { untilAborted } from '../until-aborted.js';

const uiFolder = fileURLToPath(new URL('../../../desktop/out/renderer', import.meta.url));

export interface ServeOptions {
  /** Given: no other will do. */
  readonly port: number | undefined;
  readonly downloads: string | undefined;
  readonly logger: Logger;
}

/** The engine and its interface for browsers, in the foreground, until the program is asked to stop. */
export async function runServe(context: CommandContext, options: ServeOptions): Promise<void> {
  const { dataFolder, tracker, words, terminal, stop } = context;
  const downloadsFolder =
    options.downloads === undefined ? undefined : resolve(context.workingFolder, options.downloads);
  const closers: (() => Promise<void>)[] = [];
  try {
    const engine = await context.engines.start({
      dataFolder,
      ...(downloadsFolder !== undefined && { downloadsFolder }),
      ...(tracker !== undefined && { suggestedTracker: tracker }),
    });
    closers.push(() => engine.close());
    const accept = engine.accept.bind(engine);
    const client = connectOwn(engine);
    if (downloadsFolder !== undefined) await client.call('settings:set', { downloadsFolder });
    // Before anybody is told that it is ready: a network that is wrong must not look like one that is right.
    if (tracker !== undefined) await join(context, client, tracker);

    const served = await serveLocally(engine, dataFolder);
    closers.push(() => served.close());
    const wantedPort = options.port ?? webPort;
    const exactPort = options.port !== undefined;
    const web = await createWebServer({
      dataFolder,
      uiFolder,
      port: wantedPort,
      exactPort,
      accept,
      answerPreview: engine.answerPreview.bind(engine),
      logger: options.logger,
    });
    closers.push(() => web.close());
    if (wantedPort !== 0 && web.port !== wantedPort) terminal.tell(words.portTaken(wantedPort, web.port));

    terminal.print(context.json ? JSON.stringify({ ready: true, url: web.url }) : words.ready(web.url));
    await untilAborted(stop);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function connectOwn(engine: Engine): EngineClient {
  const [ours, theirs] = createMemoryCarrierPair();
  engine.accept(theirs);
  return createEngineClient(ours);
}

async function join({ terminal, words }: CommandContext, client: EngineClient, tracker: string): Promise<void> {
  const used = await joinTracker(client, tracker);
  if (used) terminal.tell(words.otherTracker(used.url, tracker));
}
