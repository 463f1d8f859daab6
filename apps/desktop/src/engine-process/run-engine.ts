import type { Engine } from '@enxame/engine/engine';
import { createPortCarrier, type PortLike } from '@enxame/shared/engine/port-carrier';
import { toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toEngineProcessSchema, type FromEngineProcess } from '../bridge/engine-process-messages.js';
import type { ParentPort } from './parent-port.js';

/**
 * Runs one engine for the process that forked this one: gives it a carrier for each port that comes, closes it when
 * told to. Settles when the process may exit: with the exit code. Ports that come before the engine runs wait for it.
 */
export async function runEngine(deps: {
  readonly parentPort: ParentPort;
  readonly createEngine: () => Promise<Engine>;
  /** Where main fetches what the page looks at. */
  readonly listenPreviews: (engine: Engine) => Promise<{ readonly port: number; close(): Promise<void> }>;
  readonly onStopSignal: (stop: () => void) => void;
  readonly onInternal: (error: unknown) => void;
}): Promise<number> {
  const { parentPort } = deps;
  const waiting: PortLike[] = [];
  let engine: Engine | undefined;
  let previews: { readonly port: number; close(): Promise<void> } | undefined;
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });

  deps.onStopSignal(stop);
  parentPort.on('message', ({ data, ports }) => {
    const message = toEngineProcessSchema.safeParse(data);
    if (!message.success) return;
    switch (message.data.type) {
      case 'port':
        if (engine) for (const port of ports) engine.accept(createPortCarrier(port));
        else waiting.push(...ports);
        break;
      case 'stop':
        stop();
        break;
      default:
        message.data satisfies never;
    }
  });

  try {
    engine = await deps.createEngine();
    previews = await deps.listenPreviews(engine);
  } catch (error) {
    deps.onInternal(error);
    await engine?.close();
    parentPort.postMessage({ type: 'failed', error: toErrorInfo(error) } satisfies FromEngineProcess);
    await stopped; // an exit in this turn could lose the message
    return 1;
  }
  for (const port of waiting.splice(0)) engine.accept(createPortCarrier(port));
  parentPort.postMessage({ type: 'previews', port: previews.port } satisfies FromEngineProcess);
  parentPort.postMessage({ type: 'ready' } satisfies FromEngineProcess);
  await stopped;
  await previews.close();
  await engine.close();
  return 0;
}
