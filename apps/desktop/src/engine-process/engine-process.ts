import { createEngine } from '@enxame/engine/engine';
import { serveLocally } from '@enxame/engine/local-socket/serve-locally';
import { listenPreviews } from '@enxame/engine/preview/preview-server';
import { createNatPortMapper } from '@enxame/engine/port-mapping/nat-port-mapper';
import { pino } from 'pino';
import { engineProcessOptionsSchema } from '../bridge/engine-process-options.js';
import { findParentPort } from './parent-port.js';
import { runEngine } from './run-engine.js';

const parentPort = findParentPort(process);
if (!parentPort) throw new Error('the engine process is started by the main process of the desktop app');

const { logLevel, suggestedTracker, ...options } = engineProcessOptionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const logger = pino({ level: logLevel }, pino.destination(2));

process.exitCode = await runEngine({
  parentPort,
  createEngine: async () => {
    const engine = await createEngine({
      ...options,
      ...(suggestedTracker === undefined ? {} : { suggestedTracker }),
      logger,
      portMapper: createNatPortMapper(),
      hashWorkerUrl: new URL('./hash-worker.js', import.meta.url),
      folderWorkerUrl: new URL('./folder-worker.js', import.meta.url),
      sealingWorkerUrl: new URL('./sealing-worker.js', import.meta.url),
    });
    return serveLocally(engine, options.dataFolder); // for the command `enxame`, beside the window
  },
  listenPreviews: (engine) => listenPreviews(engine, logger),
  // Ctrl-C in a terminal reaches every process of the group, this one included: the engine still finishes its writes.
  onStopSignal: (stop) => {
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  },
  onInternal: (error) => {
    logger.fatal(error, 'the engine could not start');
  },
});
// The parent's port keeps the process alive; the engine is closed, and nothing else has a say.
process.exit();
