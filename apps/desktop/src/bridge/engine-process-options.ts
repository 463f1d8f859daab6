import { z } from 'zod';

export const logLevelSchema = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);
export type LogLevel = z.infer<typeof logLevelSchema>;

/** What main tells a new engine process, as the JSON text that is its one argument. */
export const engineProcessOptionsSchema = z.strictObject({
  dataFolder: z.string().min(1),
  downloadsFolder: z.string().min(1),
  suggestedTracker: z.string().optional(),
  version: z.string(),
  logLevel: logLevelSchema,
});
export type EngineProcessOptions = z.infer<typeof engineProcessOptionsSchema>;
