import { errorInfoSchema } from '@enxame/shared/errors/enxame-error';
import { z } from 'zod';

/** Main to the engine process. `port` carries the MessagePort of a page. */
export const toEngineProcessSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('port') }),
  /** Close the engine, then exit. */
  z.object({ type: z.literal('stop') }),
]);
export type ToEngineProcess = z.infer<typeof toEngineProcessSchema>;

/** The engine process to main. */
export const fromEngineProcessSchema = z.discriminatedUnion('type', [
  /** The engine runs: pages may be connected. */
  z.object({ type: z.literal('ready') }),
  /** Where main fetches what the page looks at: a port of 127.0.0.1. Before `ready`. (docs/adr/0028) */
  z.object({ type: z.literal('previews'), port: z.int().min(1).max(65_535) }),
  /** The engine could not start. The process waits for `stop`: a message of a process that exits may be lost. */
  z.object({ type: z.literal('failed'), error: errorInfoSchema }),
]);
export type FromEngineProcess = z.infer<typeof fromEngineProcessSchema>;
